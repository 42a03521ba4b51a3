import type { Known } from "../kernel/known.ts";
import { within } from "../kernel/limits.ts";

/** What the cloud takes, with a note where that is another wait than asked. */
export function secondsOf(site: string, seconds: number, { facts, findings }: Known): number {
  const { originSeconds } = facts.limits.cdn;
  const { min, max } = originSeconds;
  if (findings.use(`${site}.originSeconds`, within(originSeconds, seconds), String(seconds))) return seconds;
  return Math.min(max, Math.max(min, seconds));
}
