import type { Known } from "./known.ts";

/** What the cloud takes of a number of seconds: the nearest, with a note. */
export function taken(
  path: string,
  asked: number,
  { min, max }: { readonly min: number; readonly max: number },
  { facts, findings }: Known,
): number {
  const near = Math.min(max, Math.max(min, asked));
  if (near !== asked) findings.note(path, `${asked} becomes ${near}: ${facts.cloud} takes ${min} to ${max}`);
  return near;
}
