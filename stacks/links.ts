/** What follows from the members together: who is a peer, which keys are used where, which private ways a network needs. */

import type { Member, Members } from "../components/access/judge.ts";
import type { MemberPeer } from "../components/access/model.ts";
import type { BalancerSpec, SeenAs } from "../components/balancer/model.ts";
import type { CloudFacts } from "../components/contract.ts";
import { parseRange } from "../components/kernel/cidr.ts";
import type { Known } from "../components/kernel/known.ts";
import type { PlaceKey } from "../components/kernel/places.ts";
import type { KeyUse } from "../components/keys/resolve.ts";
import type { LogsSpec } from "../components/logs/model.ts";
import type { DataService, EndpointsSpec, NetworkSpec, PlatformService } from "../components/network/model.ts";
import { reservedRange } from "../components/network/resolve.ts";
import type { SecretsSpec } from "../components/secrets/model.ts";
import type { BucketSpec } from "../components/storage/model.ts";
import type { Compute, Data } from "./members.ts";
import type { PlatformArgs } from "./platform.ts";

const one = (port: number) => ({ from: port, to: port });

/** Every peer that is a member of this platform. `endpoints` is one where the cloud's services have private addresses. */
export function membersOf(
  args: PlatformArgs,
  compute: Compute,
  data: Data,
  balancers: Readonly<Record<string, BalancerSpec>>,
  network: NetworkSpec,
  endpoints: boolean,
  /** People of a VPN that has a network identity. */
  vpn: MemberPeer | null,
  { facts }: Known,
): Members {
  const member = (peer: MemberPeer, ports: Member["ports"], more: Partial<Member> = {}): [string, Member] => [
    peer.name,
    { peer, ports, healthPort: null, handsOn: false, serves: [], acts: [], ...more },
  ];
  // A member that was refused still is somebody: flows name it, and say nothing more about it.
  const refused: readonly [string, Member][] = [
    ...Object.entries(args.roles).map(([name, { tier }]) => member({ kind: "compute", name, tier }, [one(1)])),
    ...Object.keys(args.databases).map(name => member({ kind: "database", name, tier: "data" }, [one(1)])),
    ...Object.keys(args.caches).map(name => member({ kind: "cache", name, tier: "data" }, [one(1)])),
    ...Object.keys(args.edge.balancers).map(name =>
      member({ kind: "balancer", name, tier: "public", by: "identity", stands: true, front: [], sources: [] }, [one(1)]),
    ),
  ].filter(
    ([name]) => ![compute.groups, compute.machines, data.databases, data.caches, balancers].some(decided => Object.hasOwn(decided, name)),
  );
  return Object.fromEntries([
    ...refused,
    ...Object.values(compute.groups).map(({ role, tier, health }) =>
      member({ kind: "compute", name: role, tier }, [], { healthPort: health?.port ?? null }),
    ),
    ...Object.values(compute.machines).map(({ role, tier }) => member({ kind: "compute", name: role, tier }, [])),
    ...Object.entries(data.databases).map(([name, { port, pooler, exchange }]) =>
      member(
        { kind: "database", name, tier: "data" },
        pooler === null || pooler.port === port ? [one(port)] : [one(port), one(pooler.port)],
        {
          acts: [
            ...(pooler === null ? [] : [{ to: "itself" as const, port }]),
            ...(exchange === null ? [] : [{ to: "store" as const, port: 443 }]),
          ],
        },
      ),
    ),
    ...Object.entries(data.caches).map(([name, cache]) =>
      member({ kind: "cache", name, tier: "data" }, [one(cache.port), ...cache.clientPorts]),
    ),
    ...Object.entries(balancers).map(([name, balancer]) => {
      const { seenAs, sources } = facts.limits.balancer;
      const as = seenAs[balancer.form][balancer.scheme];
      return member(
        { kind: "balancer", name, tier: balancer.tier, ...seenOf(balancer, as, network, sources[balancer.form][balancer.scheme]) },
        Object.values(balancer.listeners).map(({ port }) => one(port)),
        { handsOn: as === "callers", serves: Object.values(balancer.pools).map(({ role, port }) => ({ role, port })) },
      );
    }),
    ...(endpoints ? [member({ kind: "endpoints", name: "endpoints", tier: "data" }, [one(443)])] : []),
    ...(vpn === null ? [] : [member(vpn, [])]),
  ]);
}

/** Where each member stands, for whoever needs the way to it before all of them are known. */
export const tiersOfMembers = (
  args: PlatformArgs,
  balancers: Readonly<Record<string, BalancerSpec>>,
): Readonly<Record<string, MemberPeer["tier"]>> =>
  Object.fromEntries([
    ...Object.entries(args.roles).map(([name, { tier }]) => [name, tier] as const),
    ...[...Object.keys(args.databases), ...Object.keys(args.caches)].map(name => [name, "data"] as const),
    ...Object.entries(balancers).map(([name, { tier }]) => [name, tier] as const),
  ]);

/** Ranges that a VPN keeps clear of, by the path that says them. */
export const takenRanges = ({ network }: PlatformArgs, second: boolean): Readonly<Record<string, string>> => ({
  "network.range": network.range,
  ...(second ? { "network.secondaryRange": network.secondaryRange } : {}),
  ...Object.fromEntries(Object.entries(network.peered).map(([name, range]) => [`network.peered.${name}`, range])),
});

/** Where a balancer is reached from within, and what its targets see of it. */
function seenOf(
  { scheme, subnets, address }: BalancerSpec,
  as: SeenAs,
  network: NetworkSpec,
  sources: readonly string[],
): Pick<Extract<MemberPeer, { kind: "balancer" }>, "by" | "stands" | "front" | "sources"> {
  const ranges = subnets.flatMap(key => network.subnets[key]?.cidr ?? []);
  const front = scheme === "internal" && address !== null ? [`${address}/32`] : [];
  switch (as) {
    case "identity":
      return { by: "identity", stands: true, front: [], sources: [] };
    case "subnet":
      return network.proxyRange === null
        ? { by: "address", stands: true, front: ranges, sources: [...ranges, ...sources] }
        : { by: "address", stands: false, front, sources: [network.proxyRange, ...sources] };
    case "front":
    case "callers":
      return { by: "address", stands: false, front, sources };
  }
}

/** Every key that is named, by whom it is named. */
export function namedKeys({ roles, databases, caches, buckets, secrets, logs }: PlatformArgs): Readonly<Record<string, string>> {
  const holders = [
    ...Object.entries({ roles, databases, caches, buckets }).flatMap(([concept, members]) =>
      Object.entries(members).map(([name, { encryptionKey }]) => [`${concept}.${name}`, encryptionKey] as const),
    ),
    ["secrets", secrets.encryptionKey] as const,
    ["logs", logs.encryptionKey] as const,
  ];
  return Object.fromEntries(holders.flatMap(([path, key]) => (key === undefined ? [] : [[`${path}.encryptionKey`, key] as const])));
}

/** Who encrypts with what, as decided. */
export function keyUses(
  secrets: SecretsSpec,
  compute: Compute,
  data: Data,
  buckets: Readonly<Record<string, BucketSpec>>,
  logs: LogsSpec,
  /** Places that have a network, and so logs of their own. */
  sites: readonly PlaceKey[],
  { callersUseKeys }: CloudFacts,
): readonly KeyUse[] {
  const hosts = { ...compute.groups, ...compute.machines };
  return [
    ...Object.entries(hosts).flatMap(([name, { encryptionKey }]): KeyUse[] =>
      encryptionKey === null ? [] : [{ path: `roles.${name}.encryptionKey`, purpose: encryptionKey, place: "primary", user: "compute" }],
    ),
    ...Object.entries({ ...data.databases, ...data.replicas }).flatMap(([name, spec]): KeyUse[] => {
      const path = `databases.${"source" in spec ? spec.source : name}.encryptionKey`;
      const geo = "backups" in spec ? (spec.backups.geo?.encryptionKey ?? null) : null;
      return [spec.encryptionKey, geo].flatMap((key): KeyUse[] => (key === null ? [] : [{ path, ...key, user: "database" }]));
    }),
    ...Object.entries(data.caches).flatMap(([name, { encryptionKey }]): KeyUse[] =>
      encryptionKey === null ? [] : [{ path: `caches.${name}.encryptionKey`, ...encryptionKey, user: "cache" }],
    ),
    ...Object.entries(buckets).flatMap(([name, { encryptionKey, copyOf, cdn }]): KeyUse[] => {
      const path = `buckets.${copyOf ?? name}.encryptionKey`;
      const users: readonly KeyUse["user"][] = cdn.reads && callersUseKeys ? ["storage", "cdn"] : ["storage"];
      return encryptionKey === null ? [] : users.map(user => ({ path, ...encryptionKey, user }));
    }),
    ...(secrets.encryptionKey === null
      ? []
      : [{ path: "secrets.encryptionKey", purpose: secrets.encryptionKey, place: "primary" as const, user: "secrets" as const }]),
    ...sites.flatMap((place): KeyUse[] =>
      logs.encryptionKey === null ? [] : [{ path: "logs.encryptionKey", purpose: logs.encryptionKey, place, user: "logs" }],
    ),
  ];
}

/** What is reached by a private endpoint needs the tier it stands in, once there is a network that asks. */
export function judgeDoors(network: NetworkSpec, args: PlatformArgs, { facts, findings }: Known): void {
  const tiers = Object.keys(network.tiers);
  const closed = [
    ...Object.keys(args.secrets.values).map(name => `the private endpoint of secret ${name} stands`),
    ...Object.keys(args.buckets).map(name => `the private endpoint of bucket ${name} stands`),
  ];
  const ways = facts.endpointAddresses && args.network.endpoints === "private" ? ["network.endpoints: private has its addresses"] : [];
  const [first] = [...(facts.privateEndpoints ? closed : []), ...ways];
  if (first !== undefined && tiers.length > 0 && !tiers.includes("data"))
    findings.refuse(
      "network.tiers",
      `expected a data tier on ${facts.cloud}, where ${first}, got ${tiers.join(", ")}`,
      "add `data: {}` to network.tiers",
    );
}

const interfaces: readonly PlatformService[] = ["secrets", "keys", "logs", "metrics", "session", "tokens"];

/** The private ways of one place: nothing for services that nobody there uses. */
export function endpointsOf(
  place: PlaceKey,
  args: PlatformArgs,
  network: NetworkSpec,
  data: Data,
  buckets: Readonly<Record<string, BucketSpec>>,
  /** Whether an internal application balancer stands here. */
  inner: boolean,
  { facts }: Known,
): EndpointsSpec {
  const servers = [...Object.values(data.databases), ...Object.values(data.replicas)].filter(server => server.place === place);
  const caches = Object.values(data.caches).filter(cache => cache.place === place);
  const services: readonly DataService[] = [
    ...servers.map(server => server.engine),
    ...caches.map(cache => (cache.sharded ? ("redisCluster" as const) : ("redis" as const))),
    ...(facts.privateEndpoints && Object.values(buckets).some(bucket => bucket.place === place) ? (["bucket"] as const) : []),
    ...(facts.privateEndpoints && place === "primary" ? (["vault"] as const) : []),
  ];
  const used = [...new Set(services)].toSorted();
  const reserved = reservedRange(facts.limits.network.servicesRange, parseRange(network.range));
  return {
    place,
    gateways: ["storage"],
    interfaces: args.network.endpoints === "private" && place === "primary" ? interfaces : [],
    data: used,
    subnets: network.tiers.data?.subnets ?? [],
    servicesRange: used.includes("redis") ? reserved : null,
    proxyRange: inner ? network.proxyRange : null,
  };
}
