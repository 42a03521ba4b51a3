/** Runs a row of bad input the way a stack would run, and compares everything that is said of it. */
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, it } from "vitest";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { ConfigError, issueLine } from "../../components/kernel/errors.ts";
import type { Issue } from "../../components/kernel/findings.ts";
import { program } from "../../stacks/program.ts";
import { readSettings } from "../../stacks/settings.ts";
import { around, configure, written } from "./configured.ts";

/** Parts of an issue's path, problem and remedy. */
export type Said = readonly [path: string, problem: string, remedy: string];

export interface Row {
  readonly title: string;
  /** YAML of the base of a system that is otherwise good. */
  readonly base?: string;
  /** The whole file, when the file itself is what is wrong. */
  readonly file?: string | Uint8Array;
  /** Where it is refused: `aws` unless said, `all` for every cloud. */
  readonly on?: Cloud | "all";
  /** Stack configuration over system, cloud and environment `prod`; undefined takes a key away. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secretKeys?: readonly string[];
  readonly expect: readonly Said[];
}

/** Names of everything that was registered since the file began. */
const registered: string[] = [];

/** Every registration from here on is written down. */
export async function listen(): Promise<void> {
  registered.length = 0;
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => {
    registered.push(name);
    return { id: name, state: inputs };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "strata", "prod", true);
}

/** What the program registers when it is not refused; to show that `check` would see it. */
export async function registrations(base: string): Promise<readonly string[]> {
  await listen();
  configure({ system: written(around(base)), cloud: "aws", environment: "prod" });
  await program(readSettings(), { planning: true });
  await pulumi.runtime.disconnect();
  return registered;
}

/** Everything a run of the program says before it registers anything. */
async function refused(cloud: Cloud, { base, file, config = {}, secretKeys = [] }: Row): Promise<readonly Issue[]> {
  const system = written(file ?? around(base ?? ""));
  const all = Object.entries({ system, cloud, environment: "prod", ...config }).filter(([, value]) => value !== undefined);
  configure(Object.fromEntries(all), secretKeys);
  try {
    await program(readSettings(), { planning: true });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
}

/** A row and a cloud that refuses it. */
type Case = readonly [title: string, cloud: Cloud, row: Row];
const casesOf = ({ on = "aws", ...row }: Row): readonly Case[] =>
  on === "all"
    ? clouds.map((cloud): Case => [`${row.title} (${cloud})`, cloud, row])
    : [[on === "aws" ? row.title : `${row.title} (${on})`, on, row]];

export function check(rows: readonly Row[]): void {
  beforeAll(listen);
  it.each(rows.flatMap(casesOf))("%s", async (_, cloud, row) => {
    const issues = await refused(cloud, row);
    const lines = issues.map(issueLine);
    expect(issues.length, lines.join("\n")).toBe(row.expect.length);
    for (const [index, [path, problem, remedy]] of row.expect.entries()) {
      expect(issues[index]?.path).toContain(path);
      expect(issues[index]?.problem).toContain(problem);
      expect(issues[index]?.remedy).toContain(remedy);
    }
    expect(lines.join("\n")).not.toMatch(/\n\s+at |hunter2/);
    expect(registered).toEqual([]);
  });
}
