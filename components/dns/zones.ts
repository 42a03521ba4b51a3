import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, ZonesOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { ZonesSpec } from "./model.ts";

/** Public zones, and the private one of the network. A zone holds records of people too, so it is protected. */
export class Zones<N extends Natives> extends pulumi.ComponentResource implements Made<ZonesOutputs, N["zones"]> {
  readonly nameServers: ZonesOutputs["nameServers"];
  readonly signers: ZonesOutputs["signers"];
  readonly native: N["zones"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: ZonesSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["zones"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Zones", name, spec, opts);
    const made = cloud.zones({ ...shared, name, parent: this }, spec, on);
    this.nameServers = made.nameServers;
    this.signers = made.signers;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ nameServers: this.nameServers, signers: this.signers });
  }
}
