import * as pulumi from "@pulumi/pulumi";
import type { CacheOutputs, CloudAdapter, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { CacheSpec } from "./model.ts";

/** A private cache. Changing its shape or adding an own key later replaces it. */
export class Cache<N extends Natives> extends pulumi.ComponentResource implements Made<CacheOutputs, N["cache"]> {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly tls: true;
  readonly clustered: boolean;
  readonly secret: pulumi.Output<string> | null;
  readonly native: N["cache"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: CacheSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["cache"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Cache", name, spec, opts);
    const made = cloud.cache({ ...shared, name, parent: this }, spec, on);
    this.host = made.host;
    this.port = made.port;
    this.tls = made.tls;
    this.clustered = made.clustered;
    this.secret = made.secret;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ host: this.host, port: this.port, tls: this.tls, clustered: this.clustered, secret: this.secret });
  }
}
