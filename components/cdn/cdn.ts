import * as pulumi from "@pulumi/pulumi";
import type { CdnOutputs, CloudAdapter, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { CdnSpec } from "./model.ts";

/** The CDN of one stack, with all its sites. */
export class Cdn<N extends Natives> extends pulumi.ComponentResource implements Made<CdnOutputs, N["cdn"]> {
  readonly hosts: CdnOutputs["hosts"];
  readonly native: N["cdn"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: CdnSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["cdn"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Cdn", name, spec, opts);
    const made = cloud.cdn({ ...shared, name, parent: this }, spec, on);
    this.hosts = made.hosts;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ hosts: this.hosts });
  }
}
