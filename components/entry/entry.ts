import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, EntryOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { EntrySpec } from "./model.ts";

/** Session access, and the VPNs of one network. */
export class Entry<N extends Natives> extends pulumi.ComponentResource implements Made<EntryOutputs, N["entry"]> {
  readonly session: EntryOutputs["session"];
  readonly tunnels: EntryOutputs["tunnels"];
  readonly native: N["entry"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: EntrySpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["entry"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Entry", name, spec, opts);
    const made = cloud.entry({ ...shared, name, parent: this }, spec, on);
    this.session = made.session;
    this.tunnels = made.tunnels;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ session: this.session, tunnels: this.tunnels });
  }
}
