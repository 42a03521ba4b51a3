/** What a run found so far, kept in a file: one that was cut short goes on where it stood, as long as no line of the project has changed. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Fault } from "./fault.ts";
import type { Judged } from "./suites.ts";

const root = new URL("../../", import.meta.url);

/** Whatever a test's outcome may hang on. */
const folders = ["cli", "components", "providers", "rehearsal", "stacks", "tests"];

function digest(): string {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const entry of readdirSync(new URL(`${folder}/`, root), { recursive: true, withFileTypes: true }).toSorted((one, other) =>
      `${one.parentPath}/${one.name}` < `${other.parentPath}/${other.name}` ? -1 : 1,
    ))
      if (entry.isFile() && /\.(ts|ya?ml|json|txt)$/.test(entry.name)) hash.update(readFileSync(`${entry.parentPath}/${entry.name}`));
  return hash.digest("hex");
}

const Kept = z.object({
  digest: z.string(),
  found: z.record(
    z.string(),
    z.object({
      by: z.object({ suite: z.string(), failure: z.object({ test: z.string(), said: z.string(), tells: z.boolean() }) }).nullable(),
      crashes: z.array(z.string()),
    }),
  ),
});

export function notebook(file: URL, anew: boolean) {
  const now = digest();
  const before = !anew && existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
  const found: Record<string, Judged> = before?.digest === now ? before.found : {};
  return {
    found: (fault: Fault): Judged | undefined => found[JSON.stringify(fault)],
    keep(fault: Fault, judged: Judged): void {
      found[JSON.stringify(fault)] = judged;
      mkdirSync(new URL(".", file), { recursive: true });
      writeFileSync(file, `${JSON.stringify({ digest: now, found }, null, 2)}\n`);
    },
  };
}
