import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { RoutesSpec } from "./model.ts";

/** Listeners of one balancer, joined to the groups behind its pools. */
export class Routes<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["routes"]> {
  readonly native: N["routes"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: RoutesSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["routes"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Routes", name, spec, opts);
    const made = cloud.routes({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
