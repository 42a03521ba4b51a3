import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NetworkOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { NetworkSpec } from "./model.ts";

/** A private network. Changing its range replaces it and everything inside; where protection is on, that is refused. */
export class Network<N extends Natives> extends pulumi.ComponentResource implements Made<NetworkOutputs, N["network"]> {
  readonly networkId: pulumi.Output<string>;
  readonly subnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly native: N["network"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: NetworkSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["network"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Network", name, spec, opts);
    const made = cloud.network({ ...shared, name, parent: this }, spec, on);
    this.networkId = made.networkId;
    this.subnetIds = made.subnetIds;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ networkId: this.networkId, subnetIds: this.subnetIds });
  }
}
