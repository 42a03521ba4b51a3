/** How long a connection may be silent. */
import type { Known } from "../kernel/known.ts";
import { taken } from "../kernel/taken.ts";
import type { BalancerArgs } from "./model.ts";

/** Who says nothing gets a minute, or what the cloud has nearest to it. */
const usualIdleSeconds = 60;

export function idleOf(path: string, { form, idleSeconds }: BalancerArgs, known: Known): number {
  const range = known.facts.limits.balancer.idleSeconds[form];
  if (idleSeconds === undefined) return Math.min(range.max, Math.max(range.min, usualIdleSeconds));
  return taken(`${path}.idleSeconds`, idleSeconds, range, known);
}
