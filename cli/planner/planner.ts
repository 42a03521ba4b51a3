/** Runs a program in this process against a simulated engine and gives back the plan: no CLI, no network, no account. */
import * as pulumi from "@pulumi/pulumi";
import type { Decision } from "../../stacks/spec.ts";
import { faultsOf } from "./checks.ts";
import { rulesOf } from "./flows.ts";
import { type Plan, PlanFault, type PlannedResource } from "./model.ts";
import { listen, type Recording } from "./monitor.ts";
import { messageOf, watched } from "./watch.ts";

/** The configuration of one stack as Pulumi hands it to a program: texts by full key. */
export interface StackConfig {
  readonly stack: string;
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** The program: reports what it decided before it makes anything, and gives back the stack's outputs. */
export type Program = (seen: (decision: Decision) => void) => Promise<Readonly<Record<string, unknown>>>;

export interface PlanOptions {
  /** Answer every output with a made-up value instead of an unknown one. */
  readonly known?: boolean;
  /** Waits before a registration is answered, to shuffle the order in which outputs resolve. */
  readonly settle?: (name: string) => Promise<void>;
  /** Keep stack traces: three times slower, since the SDK takes one for every promise. */
  readonly traces?: boolean;
}

interface Made {
  readonly type: string;
  readonly name: string;
}

// Pulumi's runtime is one per process: plans wait for each other.
let turn: Promise<unknown> = Promise.resolve();

export function planWith(program: Program, config: StackConfig, options: PlanOptions = {}): Promise<Plan> {
  const plan = turn.then(() => planNow(program, config, options));
  turn = plan.catch(() => undefined);
  return plan;
}

async function planNow(program: Program, config: StackConfig, { known = false, settle, traces = false }: PlanOptions): Promise<Plan> {
  const made: Made[] = [];
  const declared = new Map<string, readonly string[]>();
  await pulumi.runtime.setMocks({ newResource: refuse, call: refuse }, "strata", config.stack, !known);
  pulumi.runtime.setAllConfig({ ...config.values }, [...config.secretKeys]);
  const recording = listen(monitor(), {
    stack: config.stack,
    known,
    declared: (type, name) => declared.get(`${type} ${name}`) ?? [],
    settle: settle ?? null,
  });

  let decision: Decision | undefined;
  const { failure, strays } = await watched(traces, () => {
    // Sees every constructor as it is called, so the order of making is known whatever resolves first.
    pulumi.runtime.registerStackTransformation(({ type, name, props }) => {
      made.push({ type, name });
      if (known) declared.set(`${type} ${name}`, undefinedIn(props));
      return undefined;
    });
    return program(seen => {
      decision = seen;
    });
  });
  if (failure !== null) throw pulumi.RunError.isInstance(failure.error) ? failure.error : new PlanFault([messageOf(failure.error, traces)]);
  const faults = [...strays, ...faultsOf(recording, made)];
  if (decision === undefined) throw new PlanFault([...faults, "the program never said what it decided"]);
  if (faults.length > 0) throw new PlanFault(faults);
  return planOf(decision, recording, made);
}

/** An SDK class leaves undefined what only the cloud fills in. */
const undefinedIn = (props: Readonly<Record<string, unknown>>): string[] => Object.keys(props).filter(key => props[key] === undefined);

const refuse = (): never => {
  throw new Error("the simulated engine answers registrations itself");
};

function monitor() {
  const found = pulumi.runtime.getMonitor();
  if (found === undefined) throw new Error("the simulated engine was not set");
  return found;
}

/** Components in the order of making, each followed by its own resources by name and type. */
function inOrder(resources: readonly PlannedResource[], made: readonly Made[]): PlannedResource[] {
  const rank = new Map(made.map(({ type, name }, index) => [`${type} ${name}`, index]));
  const compare = (one: PlannedResource, other: PlannedResource): number =>
    one.custom || other.custom
      ? Number(one.custom) - Number(other.custom) || compareText(one.name, other.name) || compareText(one.type, other.type)
      : (rank.get(`${one.type} ${one.name}`) ?? 0) - (rank.get(`${other.type} ${other.name}`) ?? 0);
  const children = Map.groupBy(resources, ({ parent }) => parent);
  const under = (parent: string | null): PlannedResource[] =>
    (children.get(parent) ?? []).sort(compare).flatMap(child => [child, ...under(child.urn)]);
  return under(null);
}

// Plain order of code units: the same on every machine, whatever its language.
const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function planOf(decision: Decision, recording: Recording, made: readonly Made[]): Plan {
  const { foundation, places } = decision.spec;
  const resources = inOrder(recording.resources, made);
  return {
    format: 1,
    system: foundation.system,
    environment: foundation.environment,
    cloud: foundation.cloud,
    region: places.primary.region,
    secondaryRegion: places.secondary?.region ?? null,
    resources,
    outputs: recording.outputs,
    sizes: decision.sizes,
    flows: rulesOf(decision, resources),
    waiting: decision.waiting,
    notes: decision.notes,
    ties: decision.ties,
    placeholders: decision.placeholders,
    preflight: decision.preflight,
    suppliedSecrets: decision.suppliedSecrets,
  };
}
