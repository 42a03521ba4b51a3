/** `docs`: writes what the documentation takes from the program: the parity page, the README's table, its plan and its flows. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { clouds } from "../components/kernel/cloud.ts";
import type { Plan } from "./planner/model.ts";

const root = new URL("../", import.meta.url);

/** Path to text, as the files should stand. */
export async function docsFiles(): Promise<Readonly<Record<string, string>>> {
  // Loaded late: no other command needs the plan of the default stack.
  const [{ fullParity }, { renewed }, { planStack }, { stackConfig }] = await Promise.all([
    import("./parity.ts"),
    import("./readme.ts"),
    import("./planner/strata.ts"),
    import("./planner/config.ts"),
  ]);
  const plan = await planStack(stackConfig({}, root));
  const everywhere: Plan[] = [];
  for (const cloud of clouds) everywhere.push(cloud === plan.cloud ? plan : await planStack(stackConfig({ cloud }, root)));
  return { "docs/parity.md": fullParity(), "README.md": renewed(current("README.md"), plan, everywhere) };
}

/** What takes minutes to work out; a test of the rehearsal compares it. */
async function slowFiles(): Promise<Readonly<Record<string, string>>> {
  const [{ outcomesOn }, { blastPage, cellsOf }] = await Promise.all([
    import("../rehearsal/blast.ts"),
    import("../rehearsal/blast/page.ts"),
  ]);
  const [aws, azure, gcp] = [await outcomesOn("aws"), await outcomesOn("azure"), await outcomesOn("gcp")].map(cellsOf);
  return { "docs/blast-radius.md": blastPage({ aws: aws ?? {}, azure: azure ?? {}, gcp: gcp ?? {} }) };
}

function current(path: string): string {
  try {
    return readFileSync(new URL(path, root), "utf8");
  } catch {
    return "";
  }
}

/** Paths of the files that are not what the program would write. */
export const staleDocs = (files: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(files).filter(path => current(path) !== files[path]);

export function docsCommand(program: Command): void {
  program
    .command("docs")
    .description("write docs/parity.md, and the README's plan, flows and parity table")
    .option("--all", "docs/blast-radius.md as well: some minutes")
    .action(async ({ all = false }: { readonly all?: boolean }) => {
      const files = { ...(await docsFiles()), ...(all ? await slowFiles() : {}) };
      const stale = staleDocs(files);
      for (const path of stale) writeFileSync(new URL(path, root), files[path] ?? "");
      console.log(stale.length === 0 ? "the documentation is current" : `wrote ${stale.join(", ")}`);
    });
}
