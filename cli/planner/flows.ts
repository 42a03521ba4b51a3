/** Which rules a documented flow became, found again by the names that the clouds' adapters give them. */
import type { Peer, RuleSpec } from "../../components/access/model.ts";
import type { PlaceKey } from "../../components/kernel/places.ts";
import type { Decision } from "../../stacks/spec.ts";
import type { PlannedFlow, PlannedResource } from "./model.ts";

/** AWS names a rule by what it says: the peer, or its ranges, and then the same again for the other family of addresses. */
function labels(peer: Peer): string[] {
  const ranges = peer.kind === "ranges" ? peer.ranges.map(range => range.replace("/", "-")) : [peer.name];
  return ranges.flatMap(label => [label, `${label}-ipv6`]);
}

const portsOf = ({ protocol, fromPort, toPort }: RuleSpec): string =>
  [protocol, ...(fromPort === 0 ? [] : [fromPort]), ...(toPort === fromPort ? [] : [toPort])].join("-");

/** Every name that a rule of this flow may have. */
function namesOf(component: string, key: string, rule: RuleSpec): string[] {
  const ports = portsOf(rule);
  return [
    ...["in", "out", "inbound", "outbound"].flatMap(way => [`${component}-${way}-${key}`, `${component}-${way}-${key}-v6`]),
    ...labels(rule.from).map(label => `${component}-ingress-${rule.to.name}-${label}-${ports}`),
    ...labels(rule.to).map(label => `${component}-egress-${rule.from.name}-${label}-${ports}`),
  ];
}

export function rulesOf({ flows, spec }: Decision, resources: readonly PlannedResource[]): PlannedFlow[] {
  const urns = new Map(resources.map(({ name, urn }) => [name, urn]));
  const rulesIn = (place: PlaceKey, key: string): string[] => {
    const rule = spec.sites[place]?.flows.rules[key];
    const component = place === "primary" ? "flows" : "flows-dr";
    return rule === undefined ? [] : namesOf(component, key, rule).flatMap(name => urns.get(name) ?? []);
  };
  return flows.map(flow => ({ ...flow, rules: flow.rule === null ? [] : rulesIn(flow.place, flow.rule) }));
}
