/**
 * The names by which Pulumi knows every resource of the shipped systems: a line each in `tests/identity`, type, name, and its parent's.
 * A line that goes or changes means that the resource is deleted and made anew; a line that comes, a resource more.
 * `UPDATE_IDENTITY=1 npx vitest run tests/shipped.test.ts -t identities` writes the files; look at what it changed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../cli/planner/model.ts";
import { everyCell, planOf } from "../support/shipped.ts";
import { nameOf } from "../support/shownPlan.ts";

const folder = new URL("../identity/", import.meta.url);
const fileOf = (system: string, environment: string, cloud: string): string => `${system}.${cloud}.${environment}.txt`;

function identities({ resources }: Plan): readonly string[] {
  const types = new Map(resources.map(({ urn, type }) => [urn, type]));
  return resources
    .map(({ type, name, parent }) => `${type} ${name} ${parent === null ? "- -" : `${types.get(parent)} ${nameOf(parent)}`}`)
    .toSorted((one, other) => (one < other ? -1 : 1));
}

const told = (path: string, gone: readonly string[], come: readonly string[]): string =>
  [
    path,
    ...gone.map(line => `- ${line}`),
    ...come.map(line => `+ ${line}`),
    ...(gone.length === 0
      ? ["", "Resources were added."]
      : [
          "",
          "A line that goes or changes is a resource that Pulumi deletes and makes anew, with all it holds.",
          "Keep the name, or give the resource an alias; else the change is BREAKING, and the CHANGELOG says so first.",
        ]),
    "UPDATE_IDENTITY=1 npx vitest run tests/shipped.test.ts -t identities writes the files.",
  ].join("\n");

describe("identities", () => {
  it.each(everyCell)("%s %s %s", async (system, environment, cloud) => {
    const path = fileOf(system, environment, cloud);
    const file = new URL(path, folder);
    const is = identities(await planOf({ system, environment }, cloud));
    if (process.env.UPDATE_IDENTITY === "1") writeFileSync(file, `${is.join("\n")}\n`);
    const was = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    const [before, now] = [new Set(was), new Set(is)];
    const gone = was.filter(line => !now.has(line));
    const come = is.filter(line => !before.has(line));
    if (gone.length + come.length > 0) throw new Error(told(`tests/identity/${path}`, gone, come));
    expect(was).toEqual(is);
  });

  it("have a file for each shipped cell, and no other", () => {
    expect(readdirSync(folder).toSorted()).toEqual(everyCell.map(cell => fileOf(...cell)).toSorted());
  });
});
