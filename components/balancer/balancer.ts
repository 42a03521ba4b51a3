import * as pulumi from "@pulumi/pulumi";
import type { BalancerOutputs, CloudAdapter, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { BalancerSpec } from "./model.ts";

/** Front ends and pools of one balancer. Changing its form or scheme replaces it, and with it the address that names point to. */
export class Balancer<N extends Natives> extends pulumi.ComponentResource implements Made<BalancerOutputs, N["balancer"]> {
  readonly host: BalancerOutputs["host"];
  readonly native: N["balancer"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: BalancerSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["balancer"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Balancer", name, spec, opts);
    const made = cloud.balancer({ ...shared, name, parent: this }, spec, on);
    this.host = made.host;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ host: this.host });
  }
}
