import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, MachineOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { MachineSpec } from "./model.ts";

/** Named instances. Rebuilding one keeps its data volumes. */
export class Machine<N extends Natives> extends pulumi.ComponentResource implements Made<MachineOutputs, N["machine"]> {
  readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;
  readonly native: N["machine"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: MachineSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["machine"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Machine", name, spec, opts);
    const made = cloud.machine({ ...shared, name, parent: this }, spec, on);
    this.addresses = made.addresses;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ addresses: this.addresses });
  }
}
