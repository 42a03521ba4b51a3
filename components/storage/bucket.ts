import * as pulumi from "@pulumi/pulumi";
import type { BucketOutputs, CloudAdapter, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { BucketSpec } from "./model.ts";

/** One private bucket. Renaming it in the platform makes another bucket; where protection is on, that is refused. */
export class Bucket<N extends Natives> extends pulumi.ComponentResource implements Made<BucketOutputs, N["bucket"]> {
  readonly bucketName: pulumi.Output<string>;
  readonly native: N["bucket"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: BucketSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["bucket"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Bucket", name, spec, opts);
    const made = cloud.bucket({ ...shared, name, parent: this }, spec, on);
    this.bucketName = made.bucketName;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}
