/** The command line: each command is one file over the same library. Exit codes: 0 done, 1 refused, 2 wrong usage. */
import { enableCompileCache } from "node:module";
import { Command } from "commander";
import { adoptCommand } from "./adopt.ts";
import { compareCommand } from "./compare.ts";
import { docsCommand } from "./docs.ts";
import { engineCommand } from "./engine.ts";
import { planCommand } from "./plan.ts";
import { rehearseCommand } from "./rehearse.ts";
import { schemaCommand } from "./schema.ts";

// The SDKs are large: what is loaded from here on starts a quarter sooner the second time.
enableCompileCache();

// A reader that stops early, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const program = new Command("strata")
  .description("One description of a platform, on AWS, Azure or Google Cloud.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
planCommand(program);
compareCommand(program);
rehearseCommand(program);
engineCommand(program);
adoptCommand(program);
schemaCommand(program);
docsCommand(program);
await program.parseAsync();
