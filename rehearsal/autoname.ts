/** The name a provider makes up for what the program leaves unnamed: https://www.pulumi.com/docs/iac/concepts/resources/names/ (read 2026-11). */
import { randomBytes } from "node:crypto";
import type { Values } from "./wire.ts";

const hex = (digits: number): string => randomBytes(digits).toString("hex").slice(0, digits);

/** Inputs with a name: the program's, else the one it had, else a new one. A mark among the inputs remembers who chose. */
export function named(type: string, logical: string, nameInput: string | null, news: Values, olds: Values): Values {
  if (nameInput === null || news[nameInput] !== undefined) return news;
  const azure = type.startsWith("azure-native:");
  const name = olds[nameInput] ?? (azure ? `${logical}${hex(8)}` : `${logical}-${hex(7)}`);
  return { ...news, [nameInput]: name, ...(azure ? { __createBeforeDelete: true } : { __defaults: [nameInput] }) };
}
