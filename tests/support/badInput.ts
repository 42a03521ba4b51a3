/** Runs a row of bad input the way a stack would run, and compares everything that is said of it. */
import { expect, it } from "vitest";
import { ConfigError, issueLine } from "../../components/kernel/errors.ts";
import type { Issue } from "../../components/kernel/findings.ts";
import { platformOf } from "../../stacks/layers.ts";
import { readSettings } from "../../stacks/settings.ts";
import { around, configure, refusals, written } from "./configured.ts";

/** Parts of an issue's path, problem and remedy. */
export type Said = readonly [path: string, problem: string, remedy: string];

export interface Row {
  readonly title: string;
  /** YAML of the base of a system that is otherwise good. */
  readonly base?: string;
  /** The whole file, when the file itself is what is wrong. */
  readonly file?: string | Uint8Array;
  /** Stack configuration over system, cloud `aws` and environment `prod`; undefined takes a key away. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secretKeys?: readonly string[];
  readonly expect: readonly Said[];
}

/** Everything a run of the program says before it registers anything. */
function refused({ base, file, config = {}, secretKeys = [] }: Row): readonly Issue[] {
  const system = written(file ?? around(base ?? ""));
  const all = Object.entries({ system, cloud: "aws", environment: "prod", ...config }).filter(([, value]) => value !== undefined);
  configure(Object.fromEntries(all), secretKeys);
  return refusals(() => {
    const { issues } = platformOf(readSettings());
    if (issues.length > 0) throw new ConfigError(issues);
  });
}

export function check(rows: readonly Row[]): void {
  it.each(rows)("$title", row => {
    const issues = refused(row);
    const lines = issues.map(issueLine);
    expect(issues.length, lines.join("\n")).toBe(row.expect.length);
    for (const [index, [path, problem, remedy]] of row.expect.entries()) {
      expect(issues[index]?.path).toContain(path);
      expect(issues[index]?.problem).toContain(problem);
      expect(issues[index]?.remedy).toContain(remedy);
    }
    expect(lines.join("\n")).not.toMatch(/\n\s+at |hunter2/);
  });
}
