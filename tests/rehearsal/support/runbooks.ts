/** The commands of docs/operations.md, so that what is documented is what is executed. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { run } from "../../../rehearsal/command.ts";
import type { Stage } from "../../../rehearsal/stage.ts";
import { root } from "../../support/shipped.ts";

const text = readFileSync(new URL("docs/operations.md", root), "utf8");

/** The blocks of one runbook, each a list of commands. */
export function runbook(title: string): readonly (readonly string[])[] {
  const [, section] = text.split(`## Runbook: ${title}\n`);
  if (section === undefined) throw new Error(`docs/operations.md has no runbook "${title}"`);
  const [body = ""] = section.split("\n## ");
  return [...body.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block.trim().split("\n"));
}

/** Words as a shell splits them: only spaces and single quotes are used. */
const words = (line: string): readonly string[] => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

const main = fileURLToPath(new URL("cli/main.ts", root));

/** Null when the command went well. */
async function problemOf(stage: Stage, [command, ...args]: readonly string[]): Promise<string | null> {
  if (command === "npm") {
    const [, script = "", , ...rest] = args;
    const { ok, err } = await run(process.execPath, [main, script, ...rest], { env: process.env });
    return ok ? null : err;
  }
  expect(command).toBe("pulumi");
  // These need the program, or a cloud's settings that the stage holds.
  const inStage = { up: stage.deploy, destroy: stage.destroy, refresh: stage.refresh }[args[0] ?? ""];
  const target = args.filter((_, index) => args[index - 1] === "--target");
  if (inStage !== undefined) return (await inStage({ target })).problem;
  const { ok, err } = await stage.cli(args);
  return ok ? null : err;
}

/** Runs one block on a stage, what stands in `<>` filled in; `each` repeats the last option for every entry, or leaves it out. */
export async function follow(
  stage: Stage,
  block: readonly string[] | undefined,
  given: Readonly<Record<string, string>> = {},
  each: readonly Readonly<Record<string, string>>[] = [{}],
): Promise<void> {
  if (block === undefined) throw new Error("the runbook has no such block");
  const filled = (text: string, values: Readonly<Record<string, string>>): string =>
    text.replace(/<([a-z-]+)>/g, (_, key: string) => values[key] ?? given[key] ?? stage.name);
  for (const line of block) {
    const [, fixed = line, repeated = ""] = /^(.*?)( --found .*)?$/.exec(line) ?? [];
    const whole = filled(fixed, {}) + each.map(values => filled(repeated, values)).join("");
    expect(await problemOf(stage, words(whole)), whole).toBeNull();
  }
}
