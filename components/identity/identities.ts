import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, IdentitiesOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { IdentitiesSpec } from "./model.ts";

/** One principal per role; they have no rights until `Grants`. */
export class Identities<N extends Natives> extends pulumi.ComponentResource implements Made<IdentitiesOutputs, N["identities"]> {
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;
  readonly native: N["identities"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: IdentitiesSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["identities"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Identities", name, spec, opts);
    const made = cloud.identities({ ...shared, name, parent: this }, spec, on);
    this.principals = made.principals;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ principals: this.principals });
  }
}
