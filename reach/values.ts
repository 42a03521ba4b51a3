/** Reading planned values: what a property says, whom it refers to, and what role a resource plays. */
import type { PlannedResource } from "../cli/planner/model.ts";

/** A planned resource that says what no reader understands: a gap in the reading must not pass for a closed door. */
export class ReadFault extends Error {
  constructor(resource: PlannedResource, what: string) {
    super(`${resource.name} (${resource.type}): ${what}`);
    this.name = "ReadFault";
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(member => typeof member === "string") : []);

/** Whether only a deploy will know it. */
export const isUnknown = (value: unknown): boolean => isFields(value) && value.unknown === true;

/** The resources that a value hangs on, at any depth, each once. The plan names all of a property's for each part of it. */
export function referred(value: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (isFields(part)) {
      if (part.unknown === true) for (const urn of texts(part.from)) found.add(urn);
      else if (typeof part.resource === "string" && Object.keys(part).length === 1) found.add(part.resource);
      else Object.values(part).forEach(visit);
    }
  };
  visit(value);
  return [...found];
}

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A number, also where a cloud's API writes it as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

export const flagOf = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

/** Members of a list; none where there is no list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Texts of a list, also where a single text stands for a list of one; what is not a text is left out. */
export const textsOf = (value: unknown): readonly string[] => (typeof value === "string" ? [value] : texts(value));

/** Fields of an object; none where there is no object. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Objects of a list, each as fields. */
export const rowsOf = (value: unknown): readonly Fields[] => listOf(value).map(fieldsOf);

/** A value some levels down: `at(inputs, "networkProfile", "subnet")`. */
export const at = (value: unknown, ...path: readonly string[]): unknown => path.reduce<unknown>((part, key) => fieldsOf(part)[key], value);

/** Role by tag (AWS, Azure) or label (Google). */
export function roleOf(resource: PlannedResource): string | undefined {
  const { tags, labels } = resource.inputs;
  return textOf(fieldsOf(tags).role) ?? textOf(fieldsOf(labels).role);
}

/** Resources by URN and by type, built once per reading. */
export interface Inventory {
  readonly all: readonly PlannedResource[];
  readonly at: (urn: string) => PlannedResource | undefined;
  readonly ofType: (...types: readonly string[]) => readonly PlannedResource[];
  /** Resources of a type that a value hangs on. */
  readonly referredOf: (value: unknown, ...types: readonly string[]) => readonly PlannedResource[];
}

export function inventoryOf(resources: readonly PlannedResource[]): Inventory {
  const byUrn = new Map(resources.map(resource => [resource.urn, resource]));
  const byType = Map.groupBy(resources, resource => resource.type);
  return {
    all: resources,
    at: urn => byUrn.get(urn),
    ofType: (...types) => types.flatMap(type => byType.get(type) ?? []),
    referredOf: (value, ...types) =>
      referred(value)
        .map(urn => byUrn.get(urn))
        .filter(resource => resource !== undefined)
        .filter(resource => types.includes(resource.type)),
  };
}
