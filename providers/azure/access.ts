import * as azure from "@pulumi/azure-native";
import type { FlowsSpec, Peer, PeersSpec, RuleSpec } from "../../components/access/model.ts";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { Tier } from "../../components/network/model.ts";
import { each, groupOf, homeOf, inTurn } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** An application security group for every member (balancers are told by their addresses), and one for object storage, whose private endpoints are many. */
export function peers(scope: Scope, spec: PeersSpec, on: On<"peers">): Out<"peers"> {
  const { name, parent } = scope;
  const peer = (key: string) => new azure.network.ApplicationSecurityGroup(`${name}-peer-${key}`, homeOf(scope, on), { parent });
  const groups = each(Object.fromEntries(Object.entries(spec.peers).filter(([, { kind }]) => kind !== "balancer")), peer);
  const store = peer("store");
  return { native: { groups, store }, ready: [...Object.values(groups), store] };
}

type Direction = "Inbound" | "Outbound";
type RuleArgs = Omit<
  azure.network.SecurityRuleArgs,
  "resourceGroupName" | "networkSecurityGroupName" | "securityRuleName" | "direction" | "sourcePortRange"
>;

/** Azure's rules know no protocol by number: VRRP between two peers is all of theirs. */
const protocol = { tcp: "Tcp", udp: "Udp", vrrp: "*", all: "*" } satisfies Record<RuleSpec["protocol"], string>;

/** Above every rule of a flow (200 to 3900), below Azure's own defaults. */
const afterFlows = 4000;
const last = 4096;

const any = { sourceAddressPrefix: "*", destinationAddressPrefix: "*", destinationPortRange: "*", protocol: "*" };
const denied = { ...any, access: "Deny", priority: last };
const probes = { ...any, access: "Allow", priority: afterFlows, sourceAddressPrefix: "AzureLoadBalancer" };
/** Logs and metrics have no private endpoint of their own here. */
const monitor = {
  ...any,
  access: "Allow",
  priority: afterFlows,
  protocol: "Tcp",
  sourceAddressPrefix: "VirtualNetwork",
  destinationAddressPrefix: "AzureMonitor",
  destinationPortRange: "443",
};

/** A gateway reads its certificates from a vault. Azure looks after it by a way of its own, which no rule filters: application-gateway-private-deployment. */
const outward = {
  ...any,
  access: "Allow",
  priority: afterFlows + 1,
  protocol: "Tcp",
  destinationAddressPrefix: "Internet",
  destinationPortRange: "443",
};

/** Whatever arrives in the subnet of gateways, in either family, arrives at a gateway. */
const arriving = { destinationAddressPrefix: "*" };

interface Wanted {
  readonly tier: Tier;
  readonly direction: Direction;
  readonly key: string;
  readonly args: RuleArgs;
}

/**
 * Every flow twice, where it leaves and where it arrives; then nothing more, either way. One rule of a group after the other,
 * since the group takes one change at a time; what denies comes last, so that a first deploy cuts nobody off.
 */
export function flows(scope: Scope, spec: FlowsSpec, on: On<"flows">): Out<"flows"> {
  const { name, parent } = scope;
  const { groups } = on.network.native;
  const written = Object.entries(spec.rules).flatMap(([key, one]): readonly Wanted[] => {
    const args = argsOf(one, on);
    return [
      ...within(spec, one.from).map(tier => ({ tier, direction: "Outbound" as const, key, args })),
      ...within(spec, one.to).map(tier => ({
        tier,
        direction: "Inbound" as const,
        key,
        args: isGateway(one.to) ? { ...args, ...arriving } : args,
      })),
    ];
  });
  const logging = new Set(
    Object.values(spec.rules).flatMap(({ from, to }) => (from.kind === "compute" && to.kind === "endpoints" ? [from.tier] : [])),
  );
  const gateways = new Set(
    Object.values(spec.rules).flatMap(({ from, to }) => [from, to].flatMap(peer => (isGateway(peer) ? [peer.tier] : []))),
  );
  const around = spec.tiers.flatMap((tier): readonly Wanted[] => [
    ...(gateways.has(tier) ? [{ tier, direction: "Outbound" as const, key: `outward-${tier}`, args: outward }] : []),
    ...(logging.has(tier) ? [{ tier, direction: "Outbound" as const, key: `monitor-${tier}`, args: monitor }] : []),
    { tier, direction: "Inbound", key: `probes-${tier}`, args: probes },
    { tier, direction: "Inbound", key: `deny-${tier}`, args: denied },
    { tier, direction: "Outbound", key: `deny-${tier}`, args: denied },
  ]);
  const rules = spec.tiers.flatMap(tier => {
    const here = [...written, ...around].filter(one => one.tier === tier);
    const byName = Object.fromEntries(here.map(one => [`${one.direction.toLowerCase()}-${one.key}`, one]));
    const made = inTurn<Wanted, azure.network.SecurityRule>(
      byName,
      (key, { direction, args }, after) =>
        new azure.network.SecurityRule(
          `${name}-${key}`,
          {
            ...groupOf(scope, on),
            networkSecurityGroupName: pick(groups, tier).name,
            securityRuleName: shortened([key], { max: 80, separator: "-", suffixLength: 0 }),
            direction,
            sourcePortRange: "*",
            ...args,
          },
          { parent, dependsOn: after },
        ),
    );
    return Object.values(made);
  });
  return { native: { rules }, ready: rules };
}

/** A balancer that stands in a subnet, rather than hand connections on. */
const isGateway = (peer: Peer): peer is Extract<Peer, { kind: "balancer" }> => peer.kind === "balancer" && peer.stands;

/** The tier whose group judges this side of a rule: none for outside ranges and for balancers that hand connections on; object storage answers from the data tier. */
function within(spec: FlowsSpec, peer: Peer): readonly Tier[] {
  if (peer.kind === "ranges" || peer.kind === "cdn" || (peer.kind === "balancer" && !isGateway(peer))) return [];
  const home = peer.kind === "store" ? "data" : peer.tier;
  return spec.tiers.filter(tier => tier === home);
}

function argsOf({ from, to, fromPort, toPort, priority, ...rule }: RuleSpec, on: On<"flows">): RuleArgs {
  const everyPort = rule.protocol === "vrrp" || rule.protocol === "all";
  return {
    access: "Allow",
    priority,
    protocol: protocol[rule.protocol],
    destinationPortRange: everyPort ? "*" : fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`,
    ...sourceOf(from, on),
    ...destinationOf(to, on),
  };
}

const identityOf = (peer: Exclude<Peer, { kind: "ranges" | "balancer" | "cdn" }>, { peers: { native } }: On<"flows">) => [
  { id: (peer.kind === "store" ? native.store : pick(native.groups, peer.name)).id },
];

/** Whatever is not this network: Azure's word covers both address families. */
const isInternet = (ranges: readonly string[]): boolean => ranges.includes("0.0.0.0/0");

// Azure gives a single range back in the singular, and a list of one would show as a difference.
function sourceOf(peer: Peer, on: On<"flows">) {
  if (peer.kind === "cdn") return sourceRanges(peer.sources); // a service tag stands where a range would
  if (peer.kind === "balancer") return sourceRanges(peer.sources);
  if (peer.kind !== "ranges") return { sourceApplicationSecurityGroups: identityOf(peer, on) };
  if (isInternet(peer.ranges)) return { sourceAddressPrefix: "Internet" };
  return sourceRanges(peer.ranges);
}

const sourceRanges = (ranges: readonly string[]) =>
  ranges.length === 1 ? { sourceAddressPrefix: ranges.join() } : { sourceAddressPrefixes: [...ranges] };
const destinationRanges = (ranges: readonly string[]) =>
  ranges.length === 1 ? { destinationAddressPrefix: ranges.join() } : { destinationAddressPrefixes: [...ranges] };

function destinationOf(peer: Peer, on: On<"flows">) {
  if (peer.kind === "cdn") return {}; // no rule leads to it
  if (peer.kind === "balancer") return destinationRanges(peer.front);
  if (peer.kind !== "ranges") return { destinationApplicationSecurityGroups: identityOf(peer, on) };
  if (isInternet(peer.ranges)) return { destinationAddressPrefix: "Internet" };
  return destinationRanges(peer.ranges);
}
