/** Which balancers know the platform's CDN from that of any other customer, whose addresses are the same: by a secret header, its pass. */
import type { AccessArgs } from "../access/model.ts";
import type { BalancerArgs } from "../balancer/model.ts";
import type { Known } from "../kernel/known.ts";
import type { WafArgs } from "../waf/model.ts";
import type { CdnArgs } from "./model.ts";

interface PassOn {
  readonly balancers: Readonly<Record<string, BalancerArgs>>;
  readonly waf: WafArgs | null;
  readonly access: AccessArgs;
}

/** Public application balancers that nobody but the CDN may call: whoever else is let in has no pass. */
export function passesOf(cdn: CdnArgs | null, { balancers, waf, access }: PassOn, { facts }: Known): readonly string[] {
  const { pass } = facts.limits.cdn;
  if (!cdn?.closed || pass === "nobody") return [];
  const asked = Object.values(cdn.sites).flatMap(({ origin, behaviours }) => [
    origin,
    ...Object.values(behaviours).flatMap(behaviour => behaviour.origin ?? []),
  ]);
  const isAlone = (name: string): boolean =>
    asked.includes(name) && Object.values(access.flows).every(flow => !flow.to.includes(name) || flow.from.every(from => from === "cdn"));
  const reading = Object.entries(balancers).filter(([, { form, scheme }]) => form === "application" && scheme === "public");
  if (pass === "routes") return reading.flatMap(([name]) => (isAlone(name) ? [name] : []));
  // One policy speaks for all that stand behind it, and only what blocks keeps anyone out.
  const behind = reading.flatMap(([name, balancer]) => (balancer.waf ? [name] : []));
  return waf?.mode === "block" && behind.every(isAlone) ? behind : [];
}
