/** Network ACLs: stateless, so every allowed port brings the rule that lets its replies through. */
import { contains, moved, parseRange, type Range, rangeText } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import type { PlaceKey } from "../kernel/places.ts";
import type { AclRuleSpec, AclSpec, NetworkArgs, NetworkSpec, Tier } from "./model.ts";

type Rules = NonNullable<NetworkArgs["acl"][Tier]>["inbound"];

const highest = 32_766;
/** Replies to clients arrive on ephemeral ports; NAT gateways and balancers use the whole range from 1024 on. */
const ephemeral = { fromPort: 1024, toPort: 65_535 };

function ruleOf(rule: Rules[string], place: (range: string) => string): AclRuleSpec {
  const [from = 0, to = from] = rule.ports === undefined ? [0, 65_535] : rule.ports.split("-").map(Number);
  return { action: rule.action, protocol: rule.protocol, fromPort: from, toPort: to, cidr: place(rule.cidr) };
}

const rulesOf = (rules: Rules, place: (range: string) => string): Record<string, AclRuleSpec> =>
  Object.fromEntries(Object.entries(rules).map(([number, rule]) => [number, ruleOf(rule, place)]));

/** Replies to what `rules` allow, numbered after them; nothing where the other direction allows everything already. */
function repliesTo(rules: Record<string, AclRuleSpec>, other: Record<string, AclRuleSpec>): Record<string, AclRuleSpec> {
  const open = (protocol: string, cidr: string): boolean =>
    Object.values(other).some(
      rule =>
        rule.action === "allow" &&
        rule.cidr === cidr &&
        (rule.protocol === "all" ||
          (rule.protocol === protocol && rule.fromPort <= ephemeral.fromPort && rule.toPort === ephemeral.toPort)),
    );
  const needed = new Map<string, AclRuleSpec>();
  for (const rule of Object.values(rules))
    for (const protocol of rule.protocol === "all" ? (["tcp", "udp"] as const) : [rule.protocol])
      if (rule.action === "allow" && !open(protocol, rule.cidr))
        needed.set(`${protocol} ${rule.cidr}`, { action: "allow", protocol, ...ephemeral, cidr: rule.cidr });
  const start = Math.max(0, ...Object.keys(other).map(Number));
  return Object.fromEntries([...needed.values()].map((rule, index) => [String(start + 10 * (index + 1)), rule]));
}

/** A range of the first network is the same place of this one; one outside stays what it is. */
const here = (text: string, first: Range, own: Range): string =>
  contains(first, parseRange(text)) ? rangeText(moved(parseRange(text), first, own)) : text;

export function aclOf(args: NetworkArgs, place: PlaceKey, first: Range, own: Range, { facts, findings }: Known): NetworkSpec["acl"] {
  const offered = facts.limits.network.acl.is === "native";
  const specs: Partial<Record<Tier, AclSpec>> = {};
  for (const [tier, wanted] of Object.entries(args.acl) as [Tier, NonNullable<NetworkArgs["acl"][Tier]>][]) {
    const path = `network.acl.${tier}`;
    if (place === "primary") findings.use(path, facts.limits.network.acl);
    if (args.tiers[tier] === undefined && place === "primary")
      findings.refuse(
        path,
        `expected a tier of this network (${Object.keys(args.tiers).join(", ") || "it has none"}), got "${tier}"`,
        "add it to network.tiers, or drop the rules",
      );
    for (const number of [...Object.keys(wanted.inbound), ...Object.keys(wanted.outbound)])
      if (Number(number) > highest)
        findings.refuse(path, `expected rule numbers 1 to ${highest}, got ${number}`, `use a number up to ${highest}`);
    const inbound = rulesOf(wanted.inbound, text => here(text, first, own));
    const outbound = rulesOf(wanted.outbound, text => here(text, first, own));
    if (offered && args.ipv6 && (tier === "public" || tier === "app") && place === "primary")
      findings.refuse(
        path,
        "expected a tier of IPv4 alone, since the rules are, got dual stack: everything over IPv6 would be dropped",
        "turn ipv6 off, or let flows do the work",
      );
    if (offered)
      specs[tier] = {
        inbound: { ...inbound, ...repliesTo(outbound, inbound) },
        outbound: { ...outbound, ...repliesTo(inbound, outbound) },
      };
  }
  return specs;
}
