import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { EndpointsSpec } from "./model.ts";

/** Private ways from one network to the cloud's own services. */
export class Endpoints<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["endpoints"]> {
  readonly native: N["endpoints"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: EndpointsSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["endpoints"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Endpoints", name, spec, opts);
    const made = cloud.endpoints({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
