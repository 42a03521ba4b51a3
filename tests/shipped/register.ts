/**
 * Every documented requirement of network, access, compute, database, cache, storage, edge and entry against what the four systems plan:
 * a property of a planned resource, a flow with its rules or what it waits for, a note, or the concept that will show it.
 * The register is `register.yaml`, which also tells the forms of a claim. What a cloud makes of a property is not shown here.
 */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import { clouds } from "../../components/kernel/cloud.ts";
import { planOf } from "../support/shipped.ts";

/** Concepts that do not exist yet, and what only a person or a generated page can show. */
const concepts = [
  ...["cluster", "workloads", "observability", "backup", "budget", "bootstrap"],
  ...["keys", "identity", "outputs"], // their full depth
] as const;

const where = {
  cloud: z.enum([...clouds, "all"]).default("all"),
  environment: z.string().default("prod"),
  variant: z.string().optional(),
};

const Planned = z
  .strictObject({
    ...where,
    type: z.string(),
    name: z.string(),
    property: z.string().optional(),
    equals: z.unknown().optional(),
    atLeast: z.number().optional(),
    contains: z.unknown().optional(),
    matches: z.string().optional(),
    absent: z.literal(true).optional(),
    count: z.int().optional(),
  })
  .refine(({ property, count, ...rest }) => {
    const said = (["equals", "atLeast", "contains", "matches", "absent"] as const).filter(key => rest[key] !== undefined).length;
    return property === undefined ? said === 0 && count !== undefined : said === 1;
  }, "a property with one expectation, or a count of resources");
const Flow = z.strictObject({ ...where, from: z.string(), to: z.string(), ports: z.string().optional() });
const Waits = z.strictObject({ ...where, from: z.string(), to: z.string(), ports: z.string().optional(), for: z.string() });
const Note = z.strictObject({ ...where, text: z.string() });

const Claim = z.union([
  z.strictObject({ planned: Planned }),
  z.strictObject({ flow: Flow }),
  z.strictObject({ waits: Waits }),
  z.strictObject({ note: Note }),
  z.strictObject({ later: z.enum(concepts), why: z.string().min(1) }),
  z.strictObject({ dropped: z.string().min(1) }),
]);
type Claim = z.output<typeof Claim>;

const requirementId = z.string().regex(/^(CT|CTE|RF|FA|BF)(-[A-Z0-9]+)+-\d{2}$/);
const Register = z.strictObject({
  sections: z.record(z.string().regex(/^[A-D][1-9]$/), z.array(requirementId).min(1)),
  claims: z.record(requirementId, z.array(Claim).min(1)),
});

const { sections, claims } = Register.parse(parse(readFileSync(new URL("../register.yaml", import.meta.url), "utf8")));

const systems: Readonly<Record<string, string>> = {
  CT: "cctelegram",
  CTE: "cctelegram",
  RF: "reference",
  FA: "freeagentics",
  BF: "bettafish",
};
const systemOf = (id: string): string => systems[id.slice(0, id.indexOf("-"))] ?? id;

/** A name, or a pattern where it begins with ^. */
const means = (pattern: string, text: string): boolean => (pattern.startsWith("^") ? new RegExp(pattern).test(text) : pattern === text);

/** `disks.0.size` within plain data; undefined where there is nothing. */
const at = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined), value);

const text = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** Whether every key of `part` is in `whole` with the same value. */
const holds = (whole: unknown, part: unknown): boolean =>
  typeof part === "object" && part !== null && !Array.isArray(part)
    ? Object.entries(part).every(([key, value]) => holds(at(whole, key), value))
    : isDeepStrictEqual(whole, part);

function fits(value: unknown, claim: z.output<typeof Planned>): boolean {
  if (claim.absent === true) return value === undefined || value === null;
  if (claim.equals !== undefined) return isDeepStrictEqual(value, claim.equals);
  if (claim.atLeast !== undefined) return Number(value) >= claim.atLeast;
  if (claim.matches !== undefined) return new RegExp(claim.matches).test(text(value));
  return Array.isArray(value) ? value.some(item => holds(item, claim.contains)) : text(value).includes(text(claim.contains));
}

/** What is wrong with one claim on one plan; null where it holds. */
function fault(plan: Plan, claim: Claim): string | null {
  if ("planned" in claim) return resourceFault(plan.resources, claim.planned);
  if ("flow" in claim) {
    const { from, to, ports } = claim.flow;
    const found = plan.flows.filter(
      flow => means(from, flow.from) && means(to, flow.to) && (ports === undefined || means(ports, flow.ports)),
    );
    if (found.length === 0) return `no flow from ${from} to ${to}${ports === undefined ? "" : ` on ${ports}`}`;
    return found.some(flow => flow.rules.length === 0) ? `the flow from ${from} to ${to} became no rule` : null;
  }
  if ("waits" in claim) {
    const { from, to, ports, for: what } = claim.waits;
    const found = plan.waiting.filter(flow => means(from, flow.from) && means(to, flow.to) && flow.waitsFor === what);
    const waits = found.some(flow => ports === undefined || flow.ports.split(", ").includes(ports));
    return waits ? null : `no flow from ${from} to ${to}${ports === undefined ? "" : ` on ${ports}`} waits for ${what}`;
  }
  if ("note" in claim) {
    const said = claim.note.text;
    return plan.notes.some(note => `${note.path}: ${note.text}`.includes(said)) ? null : `no note says "${said}"`;
  }
  return null;
}

function resourceFault(resources: readonly PlannedResource[], claim: z.output<typeof Planned>): string | null {
  const found = resources.filter(resource => resource.type === claim.type && means(claim.name, resource.name));
  const near = resources.filter(resource => resource.type === claim.type).map(resource => resource.name);
  if (claim.count !== undefined && found.length !== claim.count)
    return `expected ${claim.count} of ${claim.type} ${claim.name}, got ${found.length} of ${near.join(", ")}`;
  if (claim.count === 0) return null;
  if (found.length === 0) return `no ${claim.type} called ${claim.name}; there are ${near.join(", ") || "none"}`;
  const { property } = claim;
  if (property === undefined) return null;
  const wrong = found.find(resource => !fits(at(resource.inputs, property), claim));
  return wrong === undefined ? null : `${wrong.name}.${property} is ${text(at(wrong.inputs, property)) || "nothing"}`;
}

const cellOf = (claim: Claim): z.output<typeof Note> | null =>
  "planned" in claim
    ? { ...claim.planned, text: "" }
    : "flow" in claim
      ? { ...claim.flow, text: "" }
      : "waits" in claim
        ? { ...claim.waits, text: "" }
        : "note" in claim
          ? claim.note
          : null;

describe("register", () => {
  it("has a claim for every requirement of its sections, and for no other", () => {
    expect(Object.keys(claims).toSorted()).toEqual([...new Set(Object.values(sections).flat())].toSorted());
    // No document of D describes a way in.
    expect(Object.keys(sections)).toEqual(
      [..."ABCD"].flatMap(system => [...(system === "D" ? "1245678" : "12456789")].map(of => system + of)),
    );
  });

  it.each(Object.entries(claims))("[%s]", async (id, ofOne) => {
    const faults: string[] = [];
    for (const claim of ofOne) {
      const cell = cellOf(claim);
      if (cell === null) continue;
      for (const cloud of cell.cloud === "all" ? clouds : [cell.cloud]) {
        const wrong = fault(await planOf({ ...cell, system: systemOf(id) }, cloud), claim);
        if (wrong !== null)
          faults.push(`${[cloud, cell.environment, cell.variant].filter(part => part !== undefined).join(" ")}: ${wrong}`);
      }
    }
    expect(faults).toEqual([]);
  });
});
