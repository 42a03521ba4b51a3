import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, FoundationOutputs, Natives, Part } from "../contract.ts";
import { anchor, randomProvider } from "../random.ts";
import type { Shared } from "../shared.ts";
import type { FoundationSpec } from "./model.ts";

/** What everything else of a stack stands on. Its anchor makes a change of system, cloud or region on a live stack fail at preview. */
export class Foundation<N extends Natives> extends pulumi.ComponentResource implements FoundationOutputs {
  readonly providers: readonly pulumi.ProviderResource[];
  readonly suffix: pulumi.Output<string>;
  readonly native: N["foundation"];
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, cloud: CloudAdapter<N>, spec: FoundationSpec, shared: Shared & { readonly unlocked: boolean }) {
    super("strata:index:Foundation", name, spec, { transformations: [...cloud.transformations] });
    const { unlocked, ...scope } = shared;
    const random = randomProvider(`${name}-random`, this);
    const keepers = { system: spec.system, cloud: spec.cloud, region: scope.place.region };
    const root = anchor(`${name}-anchor`, keepers, { parent: this, provider: random, protect: !unlocked });
    this.suffix = root.hex;
    const made: Part<N, "foundation"> = cloud.foundation({ ...scope, name, parent: this }, spec, { suffix: this.suffix, anchor: root });
    this.providers = [random, ...made.providers];
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ suffix: this.suffix });
  }
}
