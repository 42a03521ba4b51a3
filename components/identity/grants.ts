import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { GrantsSpec } from "./model.ts";

/** What every principal may do; made before any host that acts as one. */
export class Grants<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["grants"]> {
  readonly native: N["grants"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: GrantsSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["grants"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Grants", name, spec, opts);
    const made = cloud.grants({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
