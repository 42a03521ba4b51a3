import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { RecordsSpec } from "./model.ts";

/** Names of balancers, CDN, databases and caches; last, because they name what exists. */
export class Records<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["records"]> {
  readonly native: N["records"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: RecordsSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["records"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Records", name, spec, opts);
    const made = cloud.records({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
