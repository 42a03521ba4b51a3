import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { WafSpec } from "./model.ts";

/** The web application firewall of one stack. */
export class Waf<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["waf"]> {
  readonly native: N["waf"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: WafSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["waf"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Waf", name, spec, opts);
    const made = cloud.waf({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
