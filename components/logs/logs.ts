import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, LogsOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { LogsSpec } from "./model.ts";

/** The one destination of a stack's logs. */
export class Logs<N extends Natives> extends pulumi.ComponentResource implements Made<LogsOutputs, N["logs"]> {
  readonly destination: pulumi.Output<string>;
  readonly native: N["logs"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: LogsSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["logs"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Logs", name, spec, opts);
    const made = cloud.logs({ ...shared, name, parent: this }, spec, on);
    this.destination = made.destination;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ destination: this.destination });
  }
}
