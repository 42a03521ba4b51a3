/** The rows of `rehearsal/rules/*.json` as they stand, read without the program. */
import { readdirSync, readFileSync } from "node:fs";

interface Row {
  readonly replace: readonly string[];
  readonly keepOnRemove?: readonly string[];
  readonly conditional?: readonly { readonly path: string }[];
}

const folder = new URL("../../rehearsal/rules/", import.meta.url);

export const rules: readonly (readonly [type: string, row: Row])[] = readdirSync(folder)
  .filter(name => name.endsWith(".json"))
  .flatMap(name => {
    const file: { readonly types: Readonly<Record<string, Row>> } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
    return Object.entries(file.types);
  });
