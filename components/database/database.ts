import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, DatabaseOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { DatabaseSpec } from "./model.ts";

/** A private database server. Renaming it, or adding an own key later, replaces it; where protection is on, that is refused. */
export class Database<N extends Natives> extends pulumi.ComponentResource implements Made<DatabaseOutputs, N["database"]> {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly secret: pulumi.Output<string> | null;
  readonly native: N["database"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: DatabaseSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["database"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Database", name, spec, opts);
    const made = cloud.database({ ...shared, name, parent: this }, spec, on);
    this.host = made.host;
    this.port = made.port;
    this.secret = made.secret;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ host: this.host, port: this.port, secret: this.secret });
  }
}
