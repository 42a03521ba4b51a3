/** Every physical name of a plan: what the program says, and what Pulumi would make of the logical name where it says nothing. */
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import type { Cloud } from "../../components/kernel/cloud.ts";
import { factsOf } from "../../providers/facts.ts";
import { type NameKind, nameKinds, nameless } from "./nameKinds.ts";
import { valueAt } from "./shownPlan.ts";

export interface PhysicalName {
  readonly resource: PlannedResource;
  readonly kind: NameKind;
  readonly text: string;
}

/** The same for all: names that only chance would tell apart count as equal. */
const suffix = { aws: "-0000000", azure: "00000000", gcp: "-0000000" } satisfies Record<Cloud, string>;

const ofClouds = ({ resources }: Plan): readonly PlannedResource[] =>
  resources.filter(({ custom, type }) => custom && !/^(pulumi|random):/.test(type));

function textOf(cloud: Cloud, { name, inputs }: PlannedResource, { input, auto }: NameKind): string | null {
  const said = valueAt(inputs, input);
  if (said !== undefined) return String(said);
  return auto ? `${name}${suffix[cloud]}` : null;
}

/** Of a plan with `known: true`: a name that hangs on a suffix stands in no other. */
export const physicalNames = (cloud: Cloud, plan: Plan): readonly PhysicalName[] =>
  ofClouds(plan).flatMap(resource =>
    (nameKinds[cloud][resource.type] ?? []).flatMap(kind => {
      const text = textOf(cloud, resource, kind);
      return text === null ? [] : [{ resource, kind, text }];
    }),
  );

/** Types of resources that nobody has said anything about. */
export const strangers = (cloud: Cloud, types: readonly string[]): readonly string[] =>
  types.filter(type => Object.hasOwn(nameKinds[cloud], type) === nameless[cloud].test(type));

function broken(cloud: Cloud, { resource, kind, text }: PhysicalName): readonly string[] {
  const rule = factsOf(cloud).names[kind.rule];
  if (rule === undefined) return [`${resource.type} is judged by "${kind.rule}", which ${cloud} has not`];
  const at = `${resource.name} (${kind.rule}) is called "${text}"`;
  if (text.length < rule.min || text.length > rule.max) return [`${at}: ${text.length} characters, not ${rule.min} to ${rule.max}`];
  return rule.pattern.test(text) ? [] : [`${at}, against ${rule.pattern.source}`];
}

/** Most services ignore case, so that all are held to it. */
const identityOf = ({ resource: { type, inputs }, kind: { input, within }, text }: PhysicalName): string =>
  [type, input, ...within.map(path => String(valueAt(inputs, path))), text].join(" ").toLowerCase();

function doubled(all: readonly PhysicalName[]): readonly string[] {
  const owners = new Map<string, string>();
  return all.flatMap(one => {
    const identity = identityOf(one);
    const other = owners.get(identity);
    owners.set(identity, one.resource.name);
    return other === undefined ? [] : [`${one.resource.name} and ${other} are both called "${one.text}"`];
  });
}

/** What a cloud would refuse of a plan's names. */
export function nameFaults(cloud: Cloud, plan: Plan): readonly string[] {
  const all = physicalNames(cloud, plan);
  const unknown = strangers(cloud, [...new Set(ofClouds(plan).map(({ type }) => type))]);
  return [...unknown.map(type => `nothing is said of names of ${type}`), ...all.flatMap(one => broken(cloud, one)), ...doubled(all)];
}
