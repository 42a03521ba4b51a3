/** The name a provider makes up for what the program leaves unnamed: https://www.pulumi.com/docs/iac/concepts/resources/names/ (read 2026-11). */
import { createHash } from "node:crypto";
import type { Values } from "./wire.ts";

export interface Nameless {
  readonly type: string;
  readonly urn: string;
  readonly logical: string;
  readonly nameInput: string | null;
  /** How often a name was made up for this resource before: digits differ each time, and are the same in every run. */
  readonly before: number;
}

/** Inputs with a name: the program's, else the one it had, else a new one. A mark among the inputs remembers who chose. */
export function named({ type, urn, logical, nameInput, before }: Nameless, news: Values, olds: Values): Values {
  if (nameInput === null || news[nameInput] !== undefined) return news;
  const hex = (digits: number): string => createHash("sha256").update(`${urn} ${before}`).digest("hex").slice(0, digits);
  const azure = type.startsWith("azure-native:");
  const name = olds[nameInput] ?? (azure ? `${logical}${hex(8)}` : `${logical}-${hex(7)}`);
  return { ...news, [nameInput]: name, ...(azure ? { __createBeforeDelete: true } : { __defaults: [nameInput] }) };
}
