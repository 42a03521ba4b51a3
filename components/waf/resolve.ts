/** Decides the web application firewall. */
import { slots } from "../access/slots.ts";
import type { Known } from "../kernel/known.ts";
import { pick } from "../kernel/pick.ts";
import type { WafArgs, WafSpec } from "./model.ts";

export function resolveWaf(
  args: WafArgs | null,
  stands: { readonly regional: boolean; readonly global: boolean },
  { findings }: Known,
): WafSpec | null {
  if (args === null) return null;
  if (!stands.regional && !stands.global) {
    findings.note("edge.waf", "not made: no public application balancer and no CDN stands behind it");
    return null;
  }
  const lists = Object.fromEntries(Object.entries(args.lists).filter(([, list]) => list.ranges.length > 0));
  const numbers = slots([...Object.keys(lists), ...Object.keys(args.limits).map(name => `limit ${name}`)]);
  return {
    place: "primary",
    mode: args.mode,
    core: args.core,
    knownBadInputs: args.knownBadInputs,
    reputation: args.reputation,
    bots: args.bots,
    limits: Object.fromEntries(
      Object.entries(args.limits).map(([name, limit]) => [name, { ...limit, priority: pick(numbers, `limit ${name}`) }]),
    ),
    lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, { ...list, priority: pick(numbers, name) }])),
    countries: args.countries ?? null,
    ddos: args.ddos,
    logs: args.logs,
    ...stands,
  };
}
