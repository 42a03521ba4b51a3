import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, GroupOutputs, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { GroupSpec } from "./model.ts";

/** Replaceable instances behind one template; they hold no data. */
export class Group<N extends Natives> extends pulumi.ComponentResource implements Made<GroupOutputs, N["group"]> {
  readonly groupName: pulumi.Output<string>;
  readonly native: N["group"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: GroupSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["group"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Group", name, spec, opts);
    const made = cloud.group({ ...shared, name, parent: this }, spec, on);
    this.groupName = made.groupName;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ groupName: this.groupName });
  }
}
