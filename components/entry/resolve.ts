/** Decides how people get in. */
import type { Known } from "../kernel/known.ts";
import type { NetworkSpec } from "../network/model.ts";
import type { EntryArgs, EntrySpec } from "./model.ts";

export interface EntryOn {
  readonly network: NetworkSpec;
  /** Compute roles of the platform. */
  readonly roles: readonly string[];
  /** Secrets by name. */
  readonly secrets: readonly string[];
  /** Outside peers and their ranges. */
  readonly outside: Readonly<Record<string, readonly string[]>>;
}

export function resolveEntry(_args: EntryArgs, _on: EntryOn, _known: Known): EntrySpec | null {
  return null;
}
