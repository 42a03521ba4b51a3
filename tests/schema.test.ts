/** The JSON Schemas for editors: current, free of lists of things with members, and kind to every shipped file. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { platformSchema, staleSchemas, systemSchema } from "../cli/schema.ts";
import { isMap } from "../components/kernel/merge.ts";
import { readSystem, shippedSystems } from "../stacks/source.ts";

/** Paths of lists whose items have members. */
function listsOfMaps(part: unknown, path: string): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((inner, index) => listsOfMaps(inner, `${path}/${index}`));
  if (!isMap(part)) return [];
  const found = part.type === "array" && holdsMap(part.items) ? [path] : [];
  return [...found, ...Object.entries(part).flatMap(([key, inner]) => listsOfMaps(inner, `${path}/${key}`))];
}

const holdsMap = (items: unknown): boolean =>
  Array.isArray(items) ? items.some(holdsMap) : isMap(items) && (items.type === "object" || Object.values(items).some(holdsMap));

const editor = z.fromJSONSchema(systemSchema());

describe("stacks/schema", () => {
  it("is what npm run schema writes", () => expect(staleSchemas()).toEqual([]));

  it("has no list of things with members: they are maps, whose keys are identity", () => {
    expect(listsOfMaps(platformSchema(), "")).toEqual([]);
    expect(listsOfMaps({ type: "array", items: { anyOf: [{ type: "object" }] } }, "self")).toEqual(["self"]);
  });

  it.each([...shippedSystems(), "stacks/examples/minimal.yaml"])("lets %s pass", file => {
    const path = readSystem(file).value?.path;
    const content: unknown = parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
    expect(editor.safeParse(content).error?.issues ?? []).toEqual([]);
  });

  it.each([
    ["an unknown key", { base: { databse: {} } }],
    ["an unknown cloud", { base: { clouds: { ibm: {} } } }],
    ["a number in quotes", { base: { network: { zones: "3" } } }],
    ["no environment", { environments: {} }],
    ["an unknown top level key", { enviroments: {} }],
  ])("refuses %s", (_, over) => {
    const whole = { name: "trial", description: "trial", base: {}, environments: { prod: {} }, ...over };
    expect(editor.safeParse(whole).success).toBe(false);
  });

  it("lets a patch say a part, and un-say", () => {
    const base = {
      roles: { api: { count: { max: 4 } }, web: null, box: { volumes: { data: null } } },
      databases: { db: { backups: { days: null } } },
      caches: { c: { shape: { replicas: 2 } } },
    };
    const whole = {
      name: "trial",
      description: "trial",
      base,
      environments: { prod: null, staging: { clouds: { gcp: { keys: null } } } },
      variants: {},
    };
    expect(editor.safeParse(whole).error?.issues ?? []).toEqual([]);
  });
});
