/** `adopt`: settles the creates that a deploy left open when it was cut off, in an exported stack. */
import { writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";

interface AdoptFlags {
  readonly file: string;
  readonly found?: ReadonlyMap<string, string>;
}

function pair(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [, urn, id] = /^(urn:pulumi:[^=]+)=(.+)$/s.exec(text) ?? [];
  if (urn === undefined || id === undefined) throw new InvalidArgumentError("expected urn=id, the URN as the exported stack writes it");
  return new Map([...before, [urn, id]]);
}

export function adoptCommand(program: Command): void {
  program
    .command("adopt")
    .description("write down what a deploy that was cut off had made, in a stack that `pulumi stack export` wrote")
    .requiredOption("--file <name>", "the exported stack; it is rewritten")
    .option("--found <urn=id>", "a pending create that does exist in the cloud, and its id there; may be repeated", pair)
    .action(async ({ file, found = new Map() }: AdoptFlags) => {
      const [{ readExported }, { pendingCreates, settled }, { ConfigError }] = await Promise.all([
        import("../rehearsal/exported.ts"),
        import("../rehearsal/pending.ts"),
        import("../components/kernel/errors.ts"),
      ]);
      try {
        const { state } = readExported(file);
        const pending = pendingCreates(state).map(({ urn }) => urn);
        const strangers = [...found.keys()].filter(urn => !pending.includes(urn));
        if (strangers.length > 0)
          throw new ConfigError(
            strangers.map(urn => ({
              path: "--found",
              problem: `no pending create is called ${urn}`,
              remedy: pending.length === 0 ? "nothing is pending" : `pending are ${pending.join(", ")}`,
            })),
          );
        writeFileSync(file, `${JSON.stringify(settled(state, found), null, 2)}\n`);
        for (const urn of pending) console.log(`${found.has(urn) ? "adopted" : "dropped"} ${urn}`);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        console.error(error.message);
        process.exitCode = 1;
      }
    });
}
