import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, DatabaseOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { ReplicaSpec } from "./model.ts";

/** A read replica; promoted by a person, never by the program. */
export class Replica<N extends Natives> extends pulumi.ComponentResource implements Made<DatabaseOutputs, N["database"]> {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly secret: pulumi.Output<string> | null;
  readonly native: N["database"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: ReplicaSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["replica"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Replica", name, spec, opts);
    const made = cloud.replica({ ...shared, name, parent: this }, spec, on);
    this.host = made.host;
    this.port = made.port;
    this.secret = made.secret;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ host: this.host, port: this.port, secret: this.secret });
  }
}
