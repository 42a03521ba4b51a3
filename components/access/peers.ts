import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { PeersSpec } from "./model.ts";

/** A network identity for every member of one place. */
export class Peers<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["peers"]> {
  readonly native: N["peers"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: PeersSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["peers"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Peers", name, spec, opts);
    const made = cloud.peers({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
