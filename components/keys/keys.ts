import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, KeysOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { KeysSpec } from "./model.ts";

/** The key ring of one place. A key that is taken out of the platform waits its deletion days, and what it encrypted is lost with it. */
export class Keys<N extends Natives> extends pulumi.ComponentResource implements Made<KeysOutputs, N["keys"]> {
  readonly keyIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly native: N["keys"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: KeysSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["keys"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Keys", name, spec, opts);
    const made = cloud.keys({ ...shared, name, parent: this }, spec, on);
    this.keyIds = made.keyIds;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ keyIds: this.keyIds });
  }
}
