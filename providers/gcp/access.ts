/**
 * Access on one global network. A rule is enforced twice: at the source by address ranges, at the target by service account.
 * Both halves also carry this place's ranges, because a role's service account is the same in both places and the firewall has no other border.
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { FlowsSpec, Peer, PeersSpec, RuleSpec } from "../../components/access/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { Tier } from "../../components/network/model.ts";
import { privateApis } from "./endpoints.ts";
import { physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** Service accounts made with the identities are the network identities; nothing is created here. */
export function peers(_scope: Scope, spec: PeersSpec, on: On<"peers">): Out<"peers"> {
  const members = Object.keys(spec.peers).filter(name => pick(spec.peers, name).kind === "compute");
  return {
    native: { accounts: Object.fromEntries(members.map(name => [name, pick(on.identities.principals, name)])) },
    ready: [],
  };
}

type Addresses = readonly pulumi.Input<string>[];

const tierRanges = ({ network }: On<"flows">, tier: Tier): readonly string[] =>
  Object.values(network.native.plan).flatMap(subnet => (subnet.tier === tier ? [subnet.cidr] : []));

const single = (address: pulumi.Output<string>): pulumi.Output<string> => pulumi.interpolate`${address}/32`;

/** Addresses of database servers here, by the database that they serve: a primary and its replicas are one peer, as readers are spread over all. */
const serversHere = ({ place }: FlowsSpec, { databases }: On<"flows">) =>
  Object.values(databases).flatMap(({ native }) => (native.place === place ? [[native.source, single(native.address)] as const] : []));

function databaseAddresses(name: string, spec: FlowsSpec, on: On<"flows">): Addresses {
  const servers = serversHere(spec, on).filter(([source]) => source === name);
  if (servers.length === 0) throw new Error(`no endpoint of database "${name}" in ${spec.place}`);
  return servers.map(([, address]) => address);
}

/** Where a peer answers: an egress rule knows nothing but addresses. */
function addressesOf(peer: Peer, spec: FlowsSpec, on: On<"flows">): Addresses {
  switch (peer.kind) {
    case "compute":
      return tierRanges(on, peer.tier);
    case "database":
      return databaseAddresses(peer.name, spec, on);
    case "cache":
      return pick(on.caches, peer.name).native.addresses.map(single);
    case "endpoints":
    case "store":
      return [privateApis.range];
    case "balancer":
      return peer.front;
    case "vpn":
    case "cdn":
      return [];
    case "ranges":
      return peer.ranges;
  }
}

/** IANA's numbers where Google has no word. */
const protocols = { tcp: "tcp", udp: "udp", vrrp: "112", all: "all" };

const allows = ({ protocol, fromPort, toPort }: RuleSpec) => [
  {
    protocol: protocols[protocol],
    ...(protocol === "tcp" || protocol === "udp" ? { ports: [fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`] } : {}),
  },
];

/** Google refuses a rule with addresses of both kinds, so each kind gets a rule of its own. */
const byFamily = (addresses: Addresses) =>
  [
    { mark: "", addresses: addresses.filter(address => typeof address !== "string" || !address.includes(":")) },
    { mark: "-v6", addresses: addresses.filter(address => typeof address === "string" && address.includes(":")) },
  ].filter(family => family.addresses.length > 0);

/** Every rule of one place, and what closes everything else. */
export function flows(scope: Scope, spec: FlowsSpec, on: On<"flows">): Out<"flows"> {
  const allowed = Object.entries(spec.rules).flatMap(([key, rule]) => [
    ...ingress(scope, key, rule, spec, on),
    ...egress(scope, key, rule, spec, on),
  ]);
  const kept = keptFromRanges(scope, spec, allowed, on);
  const refused = on.network.native.shared ? [] : closed(scope, spec, allowed, on); // once per network: it means everywhere
  return { native: { rules: [...allowed, ...kept, ...refused] }, ready: allowed };
}

const base = (scope: Scope, part: string, on: On<"flows">) => ({
  name: physical([scope.name, part], 63, on.foundation.suffix),
  network: on.network.networkId,
});

/** Who a rule lets in. Managed services open no connections into the network. */
function sourcesOf(from: Peer, on: On<"flows">) {
  if (from.kind === "compute") return [{ mark: "", source: { sourceServiceAccounts: [pick(on.peers.native.accounts, from.name)] } }];
  const ranges = from.kind === "ranges" ? from.ranges : from.kind === "balancer" || from.kind === "cdn" ? from.sources : [];
  return byFamily(ranges).map(({ mark, addresses }) => ({ mark, source: { sourceRanges: [...addresses] } }));
}

/** Addresses under which balancers hand connections on to a role: what a packet still bears when it comes in. */
function frontsOf(role: string, { rules }: FlowsSpec, on: On<"flows">): Addresses {
  const names = Object.values(rules).flatMap(({ from, to }) => (from.kind === "balancer" && to.name === role ? [from.name] : []));
  return [...new Set(names)].flatMap(name => {
    const { handsOn, addresses } = pick(on.balancers, name).native;
    return handsOn ? Object.values(addresses).map(single) : [];
  });
}

/** At the answering side, if it is a machine of ours: who may come in. */
function ingress(scope: Scope, key: string, rule: RuleSpec, spec: FlowsSpec, on: On<"flows">): readonly gcp.compute.Firewall[] {
  const { from, to } = rule;
  if (to.kind !== "compute") return [];
  const fronts = frontsOf(to.name, spec, on);
  return sourcesOf(from, on).map(
    ({ mark, source }) =>
      new gcp.compute.Firewall(
        `${scope.name}-in-${key}${mark}`,
        {
          ...base(scope, `in-${key}${mark}`, on),
          direction: "INGRESS",
          priority: rule.priority,
          ...source,
          targetServiceAccounts: [pick(on.peers.native.accounts, to.name)],
          // No range of this place could match what comes in over IPv6.
          ...(mark === "" ? { destinationRanges: [...tierRanges(on, to.tier), ...fronts] } : {}),
          allows: allows(rule),
        },
        { parent: scope.parent },
      ),
  );
}

/** At the opening side, if it is a machine of ours: where it may go. */
function egress(scope: Scope, key: string, rule: RuleSpec, spec: FlowsSpec, on: On<"flows">): readonly gcp.compute.Firewall[] {
  const { from, to } = rule;
  if (from.kind !== "compute") return [];
  return byFamily(addressesOf(to, spec, on)).map(
    ({ mark, addresses }) =>
      new gcp.compute.Firewall(
        `${scope.name}-out-${key}${mark}`,
        {
          ...base(scope, `out-${key}${mark}`, on),
          direction: "EGRESS",
          priority: rule.to.kind === "ranges" ? behindEndpoints + rule.priority : rule.priority,
          targetServiceAccounts: [pick(on.peers.native.accounts, from.name)],
          ...(mark === "" ? { sourceRanges: [...tierRanges(on, from.tier)] } : {}),
          destinationRanges: [...addresses],
          allows: allows(rule),
        },
        { parent: scope.parent },
      ),
  );
}

/** Ways to ranges, such as the whole internet, come after this number; ways to members before it. */
const behindEndpoints = 10_000;

/**
 * Endpoints of databases and caches filter nothing themselves, and a way out to the internet means every address, theirs too.
 * So what no rule for an endpoint allowed is refused before the ways to ranges are asked.
 */
function keptFromRanges(scope: Scope, spec: FlowsSpec, allowed: readonly pulumi.Resource[], on: On<"flows">) {
  const endpoints = [
    ...serversHere(spec, on).map(([, address]) => address),
    ...Object.values(on.caches).flatMap(({ native }) => native.addresses.map(single)),
  ];
  if (endpoints.length === 0) return [];
  return [refusal(scope, "closed-data", { direction: "EGRESS", priority: behindEndpoints, destinationRanges: endpoints }, allowed, on)];
}

/** What no rule allowed, refused both ways. */
function closed(scope: Scope, spec: FlowsSpec, allowed: readonly pulumi.Resource[], on: On<"flows">): readonly gcp.compute.Firewall[] {
  const everywhere = [{ mark: "", range: "0.0.0.0/0" }, ...(spec.ipv6 ? [{ mark: "-v6", range: "::/0" }] : [])];
  const priority = 65_534; // the last before the implied rules, which let everything out and log nothing
  return everywhere.flatMap(({ mark, range }) => [
    refusal(scope, `closed-in${mark}`, { direction: "INGRESS", priority, sourceRanges: [range] }, allowed, on),
    refusal(scope, `closed-out${mark}`, { direction: "EGRESS", priority, destinationRanges: [range] }, allowed, on),
  ]);
}

type Refused = Pick<gcp.compute.FirewallArgs, "direction" | "priority" | "sourceRanges" | "destinationRanges">;

/** Logged, and made after the rules, or hosts that are running lose their connections for a moment. */
function refusal(scope: Scope, part: string, refused: Refused, allowed: readonly pulumi.Resource[], on: On<"flows">): gcp.compute.Firewall {
  return new gcp.compute.Firewall(
    `${scope.name}-${part}`,
    { ...base(scope, part, on), ...refused, denies: [{ protocol: "all" }], logConfig: { metadata: "INCLUDE_ALL_METADATA" } },
    { parent: scope.parent, dependsOn: [...allowed] },
  );
}
