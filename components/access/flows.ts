import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, NoOutputs } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { FlowsSpec } from "./model.ts";

/** Every firewall rule of one place; whatever is not here is denied. */
export class Flows<N extends Natives> extends pulumi.ComponentResource implements Made<NoOutputs, N["flows"]> {
  readonly native: N["flows"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: FlowsSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["flows"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Flows", name, spec, opts);
    const made = cloud.flows({ ...shared, name, parent: this }, spec, on);
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({});
  }
}
