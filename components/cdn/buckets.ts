import type { Known } from "../kernel/known.ts";
import type { CdnArgs } from "./model.ts";

/** Origins by name, among them the buckets that the CDN reads, and the bucket that it writes its logs into; null without. */
export function bucketsOf(args: CdnArgs | null, { facts }: Known): { readonly read: readonly string[]; readonly logs: string | null } {
  if (args === null) return { read: [], logs: null };
  const read = Object.values(args.sites).flatMap(({ origin, behaviours }) => [
    origin,
    ...Object.values(behaviours).flatMap(behaviour => behaviour.origin ?? []),
  ]);
  return { read, logs: facts.limits.cdn.logs === "bucket" ? (args.logs ?? null) : null };
}
