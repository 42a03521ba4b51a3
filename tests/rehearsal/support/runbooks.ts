/** The commands of docs/operations.md, so that what is documented is what is executed. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
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

/** Runs one block on a stage; `up` and `destroy` go through the stage, since they need the program. */
export async function follow(
  stage: Stage,
  block: readonly string[] | undefined,
  given: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (block === undefined) throw new Error("the runbook has no such block");
  for (const line of block) {
    const [command, ...args] = words(line.replace(/<([a-z-]+)>/g, (_, key: string) => given[key] ?? stage.name));
    expect(command).toBe("pulumi");
    const run = { up: stage.deploy, destroy: stage.destroy, refresh: null }[args[0] ?? ""] ?? null;
    const problem = run === null ? await stage.cli(args).then(({ ok, err }) => (ok ? null : err)) : (await run()).problem;
    expect(problem, line).toBeNull();
  }
}
