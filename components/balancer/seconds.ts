/** Times that a cloud takes in a range of its own. */
import type { Known } from "../kernel/known.ts";
import type { BalancerArgs } from "./model.ts";

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

/** Who says nothing gets a minute, or what the cloud has nearest to it. */
const usualIdleSeconds = 60;

export function idleOf(path: string, { form, idleSeconds }: BalancerArgs, known: Known): number {
  const range = known.facts.limits.balancer.idleSeconds[form];
  if (idleSeconds === undefined) return Math.min(range.max, Math.max(range.min, usualIdleSeconds));
  return taken(`${path}.idleSeconds`, idleSeconds, range, known);
}
