/** The plan: what would exist, as data. `plan --json` prints exactly this; format 1 is a contract. */
import type { FlowLine } from "../../components/access/model.ts";
import type { Decision } from "../../stacks/spec.ts";

/**
 * A value as the plan shows it: plain data, except
 * `{ unknown: true, from }` for what only a deploy will know, with the resources that its property hangs on,
 * `{ secret: true }` for what nobody may see, and `{ resource: urn }` for a whole resource.
 */
export type Shown = unknown;

export interface PlannedOptions {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string | null;
  readonly ignoreChanges: readonly string[];
  /** Paths whose change replaces, whatever the provider would do. */
  readonly replaceOnChanges: readonly string[];
  /** Former names: a URN, or the parts that differed. */
  readonly aliases: readonly (string | Readonly<Record<string, string | boolean>>)[];
  readonly customTimeouts: Readonly<Record<string, string>>;
}

export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Null directly under the stack. */
  readonly parent: string | null;
  /** Null for components and for providers themselves. */
  readonly provider: string | null;
  /** False for a component. */
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, Shown>>;
  readonly dependencies: readonly string[];
  readonly options: PlannedOptions;
}

export interface PlannedFlow extends FlowLine {
  /** The rules that this flow became on this cloud. */
  readonly rules: readonly string[];
}

/** What was decided, but for the specs, which the components carry as their inputs; and what came of it. */
export interface Plan extends Omit<Decision, "spec" | "flows"> {
  readonly format: 1;
  readonly system: string;
  readonly environment: string;
  readonly cloud: string;
  readonly region: string;
  readonly secondaryRegion: string | null;
  /** Components in the order in which they are made, each followed by its own resources by name and type. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, Shown>>;
  readonly flows: readonly PlannedFlow[];
}

/** A fault of the program, not of what a person asked for: it would fail, or mean something else, on a real engine. */
export class PlanFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(["the program is at fault, not the configuration:", ...faults.map(fault => `- ${fault}`)].join("\n"));
    this.name = "PlanFault";
    this.faults = faults;
  }
}
