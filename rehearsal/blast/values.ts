/** Other values for a key: by hand where the schema cannot know them, else from the schema. Some are refused; the first accepted counts. */
import type { Cloud } from "../../components/kernel/cloud.ts";
import { isMap, type Plain } from "../../components/kernel/merge.ts";
import { factsOf } from "../../providers/facts.ts";
import type { Decision } from "../../stacks/spec.ts";
import { valueAt } from "../changes.ts";
import type { Key } from "./keys.ts";

export interface Around {
  readonly cloud: Cloud;
  readonly platform: Plain;
  readonly decision: Decision;
  /** Names that stand for `*`, in order. */
  readonly names: readonly string[];
  readonly now: unknown;
}

const namesOf = (platform: Plain, concept: string): readonly string[] => {
  const members = platform[concept];
  return isMap(members) ? Object.keys(members) : [];
};

const others = <T>(values: readonly T[], now: unknown): readonly T[] => values.filter(value => value !== now);

/** Above what a disk has by itself. */
const manyOperations = [4000, 6000, 12_000];

/** Classes that are larger than anything the fixtures ask for, with what they have. */
const classes: Readonly<Record<Cloud, Readonly<Record<"roles" | "databases" | "caches", readonly string[]>>>> = {
  aws: { roles: ["m6i.4xlarge"], databases: ["db.r6g.8xlarge", "db.r6g.4xlarge"], caches: ["cache.r6g.2xlarge"] },
  azure: {
    roles: ["Standard_D16s_v5"],
    databases: ["Standard_E16ds_v5"],
    caches: ["MemoryOptimized_M150", "Balanced_B50", "Balanced_B100"],
  },
  gcp: {
    roles: ["n2-standard-16"],
    databases: ["db-custom-32-131072", "db-perf-optimized-N-16"],
    caches: ["REDIS_HIGHMEM_XLARGE", "REDIS_HIGHMEM_MEDIUM"],
  },
};

const classOf =
  (concept: "roles" | "databases" | "caches") =>
  ({ cloud }: Around) =>
    classes[cloud][concept];
const keyNames = ({ platform, now }: Around): readonly unknown[] => [...others(namesOf(platform, "keys"), now), null];

/** The second last address but some of the subnet that the machine stands in. */
function freeAddress({ decision, names: [role = ""] }: Around): readonly unknown[] {
  const machine = decision.spec.machines[role];
  const subnet = Object.values(machine?.instances ?? {})[0]?.subnet ?? "";
  const range = decision.spec.sites.primary.network.subnets[subnet]?.cidr.split("/")[0]?.split(".").slice(0, 3);
  return range === undefined ? [] : [[...range, "37"].join(".")];
}

/** Another range of the same length that nothing else has. */
const freeRange = ({ platform }: Around): readonly unknown[] => {
  const range = String(valueAt(platform, ["network", "range"]))
    .split(".")
    .slice(0, 2)
    .join(".");
  return [`${range}.240.0/26`, `${range}.200.0/24`];
};

/** Ports of a role by name, but the one that is asked now. */
const portsOf = ({ platform, names: [role = ""], now }: Around): readonly unknown[] => {
  const ports = valueAt(platform, ["roles", role, "ports"]);
  return isMap(ports) ? others(Object.keys(ports), now) : [];
};

const edgeNames = (platform: Plain): readonly string[] => {
  const balancers = valueAt(platform, ["edge", "balancers"]);
  return isMap(balancers) ? Object.keys(balancers) : [];
};

/** Ports of the role behind a pool, but the one that is asked now. */
const portsOfPool = ({ platform, names: [balancer = "", pool = ""], now }: Around): readonly unknown[] => {
  const role = valueAt(platform, ["edge", "balancers", balancer, "pools", pool, "role"]);
  const ports = valueAt(platform, ["roles", typeof role === "string" ? role : pool, "ports"]);
  return isMap(ports) ? others(Object.keys(ports), now ?? "app") : [];
};

const peersOf = ({ platform, now }: Around): readonly unknown[] =>
  others(namesOf(platform, "roles"), Array.isArray(now) ? now[0] : now).map(name => [name]);

const edgeOf = ({ platform }: Around, ...path: readonly string[]): readonly string[] => {
  const members = valueAt(platform, ["edge", ...path]);
  return isMap(members) ? Object.keys(members) : [];
};

/** The way in: names, paths and ranges that no schema knows. */
const wayIn: Readonly<Record<string, (around: Around) => readonly unknown[]>> = {
  "edge.dns.zones.*.domain": () => ["example.net"],
  "edge.dns.zones.*.records.*.name": () => ["other"],
  "edge.dns.zones.*.records.*.to": around => others([...edgeOf(around, "balancers"), "cdn"], around.now),
  "edge.dns.zones.*.records.*.values": () => [["20 mail.example.org"], ["192.0.2.77"]],
  "edge.dns.zones.*.records.*.failover.standby": () => ["other.example.net"],
  "edge.dns.zones.*.records.*.failover.path": () => ["/alive"],
  "edge.dns.internal.domain": () => ["other.internal"],
  "edge.dns.internal.names.*": ({ platform, now }) => others([...namesOf(platform, "databases"), ...namesOf(platform, "caches")], now),
  "edge.certificates.*.domain": around => others(["other.example.com", "other.freeagentics.com", "other.cctelegram.dev"], around.now),
  "edge.certificates.*.also": () => [["more.example.com"], ["more.freeagentics.com"], ["more.cctelegram.dev"]],
  "edge.waf.limits.*.path": () => ["/other/"],
  "edge.waf.lists.*.path": () => ["/other/"],
  "edge.waf.lists.*.ranges": () => [["203.0.113.0/24"]],
  "edge.waf.countries.codes": () => [["KP", "IR"]],
  "edge.balancers.*.address": ({ now }) => (now === undefined ? ["10.30.11.77", "10.0.11.77", "10.0.2.77"] : []),
  "edge.balancers.*.certificates": around => [edgeOf(around, "certificates").slice(0, 1), edgeOf(around, "certificates").slice(1, 2)],
  "edge.balancers.*.listeners.*.to": around => others(edgeOf(around, "balancers", around.names[0] ?? "", "pools"), around.now),
  "edge.balancers.*.pools.*.role": ({ platform, now }) => others(namesOf(platform, "roles"), now),
  "edge.balancers.*.pools.*.port": portsOfPool,
  "edge.balancers.*.pools.*.authority.certificate": () => ["other-ca"],
  "edge.balancers.*.pools.*.authority.host": () => ["other.example.com"],
  "edge.balancers.*.pools.*.healthyCodes": () => ["200-399"],
  "edge.balancers.*.routes.*.hosts": () => [["other.example.com"]],
  "edge.balancers.*.routes.*.paths": () => [["/other/*"]],
  "edge.balancers.*.routes.*.to": around => others(edgeOf(around, "balancers", around.names[0] ?? "", "pools"), around.now),
  "edge.balancers.*.tls.suites": () => [["ECDHE-RSA-AES256-GCM-SHA384"]],
  "edge.balancers.*.logs": ({ platform, now }) => others([...namesOf(platform, "buckets"), "off"], now),
  "edge.cdn.sites.*.names": () => [["app.example.com"]],
  "edge.cdn.sites.*.certificate": around => others(edgeOf(around, "certificates"), around.now),
  "edge.cdn.sites.*.origin": ({ platform, now }) => others([...namesOf(platform, "buckets"), ...edgeNames(platform)], now),
  "edge.cdn.sites.*.originName": () => ["steady.example.com", "api.freeagentics.com"],
  "edge.cdn.sites.*.behaviours.*.paths": () => [["/other/*"]],
  "edge.cdn.sites.*.behaviours.*.origin": ({ platform, now }) => others([...edgeNames(platform), ...namesOf(platform, "buckets")], now),
  "edge.cdn.countries.codes": () => [["KP", "IR"]],
  "edge.cdn.logs": ({ platform, now }) => others([...namesOf(platform, "buckets"), "off"], now),
  "entry.session.roles": ({ platform }) => [namesOf(platform, "roles").slice(0, 1)],
  "entry.session.people": () => [["user:somebody@example.com"], ["role:Operators"], ["group:00000000-0000-4000-8000-000000000077"]],
  "entry.sites.*.peer": () => ["192.0.2.77"],
  "entry.sites.*.ranges": () => [["192.168.99.0/24"]],
  "entry.sites.*.secret": ({ platform, now }) => {
    const values = valueAt(platform, ["secrets", "values"]);
    return isMap(values) ? others(Object.keys(values), now) : [];
  },
  "entry.clients.range": () => ["172.17.0.0/22"],
  "entry.clients.certificate": () => ["arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-4111-8111-111111111111"],
  "entry.clients.rootCertificate": () => ["arn:aws:acm:us-east-1:123456789012:certificate/22222222-2222-4222-8222-222222222222"],
  "entry.clients.directory": () => ["d-1234567890"],
};

/** By path, with `*` for names. */
const byHand: Readonly<Record<string, (around: Around) => readonly unknown[]>> = {
  "tags.*": () => ["another"],
  "network.range": () => ["10.77.0.0/16"],
  "network.zones": ({ now }) => [Number(now) + 1, Number(now) - 1],
  "network.secondaryRange": () => ["10.88.0.0/16"],
  "network.tiers.*.prefix": ({ now }) => [25, 23, 26].filter(prefix => prefix !== now),
  "network.tiers.*.cidrs.*": freeRange,
  "network.peered.*": () => ["192.168.77.0/24"],
  "network.acl.*.inbound.*.ports": () => ["8081"],
  "network.acl.*.outbound.*.ports": () => ["8081"],
  "network.acl.*.inbound.*.cidr": () => ["10.0.0.0/8"],
  "network.acl.*.outbound.*.cidr": () => ["10.0.0.0/8"],
  "access.flows.*.from": peersOf,
  "access.flows.*.to": peersOf,
  "access.flows.*.ports": () => [[9999]],
  "access.outside.*.ranges": () => [["198.51.100.0/24"]],
  "access.outside.*.host": () => ["office.example.com"],
  "logs.encryptionKey": keyNames,
  "secrets.encryptionKey": keyNames,
  "roles.*.encryptionKey": keyNames,
  "databases.*.encryptionKey": keyNames,
  "caches.*.encryptionKey": keyNames,
  "buckets.*.encryptionKey": keyNames,
  "roles.*.size.class": classOf("roles"),
  "databases.*.size.class": classOf("databases"),
  "databases.*.replicas.*.size.class": classOf("databases"),
  "caches.*.class": classOf("caches"),
  "roles.*.instances": ({ now }) => [Number(now) + 1, Number(now) - 1],
  "roles.*.size.minGhz": () => [3, 3.3],
  "roles.*.disk.iops": ({ now }) => others(manyOperations, now),
  "roles.*.volumes.*.iops": ({ now }) => others(manyOperations, now),
  "roles.*.image": ({ cloud, now }) => others(Object.keys(factsOf(cloud).images), now),
  "roles.*.userData": () => ["#cloud-config\npackages: [curl]\n"],
  "roles.*.health.port": portsOf,
  "roles.*.health.path": () => ["/alive"],
  "roles.*.address": freeAddress,
  "roles.*.ports.*": () => [9876],
  "roles.*.scaling.schedules.*.days": () => [["sat", "sun"]],
  "roles.*.scaling.schedules.*.at": () => ["21:30"],
  "roles.*.scaling.schedules.*.timezone": () => ["Europe/London"],
  "databases.*.version": ({ now }) => others(["16", "17", "14", "8.0", "8.4"], now),
  "databases.*.parameters.*": ({ now }) =>
    typeof now === "number" ? [now + 1] : ["on", "off", "100", "200"].filter(value => value !== now),
  "databases.*.backups.window": () => ["22:00-23:00"],
  "databases.*.maintenance.window": () => ["20:00-21:00"],
  "databases.*.adminUser": () => ["operator"],
  "databases.*.exchange": ({ platform, now }) => others(namesOf(platform, "buckets"), now),
  "caches.*.version": ({ now }) => others(["8.2", "8.0", "7.2", "7.1", "7.0", "6.2", "7.4"], now),
  "caches.*.snapshots.window": () => ["22:00-23:00"],
  "caches.*.parameters.*": ({ now }) => (typeof now === "number" ? [now + 1] : ["KEA", "1"]),
  "caches.*.zones": () => [
    ["a", "c"],
    ["b", "a"],
  ],
  "caches.*.usableGiB": ({ now }) => [1.5, 2, 3, 0.7, 0.5].map(times => Number(now) * times),
  "buckets.*.rules.*.prefix": () => ["other/"],
  "buckets.*.cors.*.origins": () => [["https://example.org"]],
  "buckets.*.cors.*.methods": () => [["GET", "HEAD"]],
  "buckets.*.cors.*.headers": () => [["x-other"]],
  "buckets.*.accessLog": ({ platform, names: [bucket], now }) => others(namesOf(platform, "buckets"), now).filter(name => name !== bucket),
  "buckets.*.literalName": () => ["blastliteralname"],
  "grants.*.to": ({ platform, now }) => others(namesOf(platform, "roles"), now),
  "grants.*.on": ({ platform, now }) =>
    others(
      [
        ...namesOf(platform, "buckets").map(name => `bucket:${name}`),
        ...namesOf(platform, "databases").map(name => `secret:${name}`),
        "logs",
      ],
      now,
    ),
  ...wayIn,
};

type Node = Key["nodes"][number];

function numbers({ type, minimum = 0, maximum = 1_000_000 }: Node, now: unknown): readonly unknown[] {
  const wanted =
    typeof now === "number" ? [now * 2, now + 1, now - 1, now / 2, now * 4] : [minimum * 2 || 1, minimum + 1, minimum, 100, 3000, 512];
  return wanted.filter(value => value >= minimum && value <= maximum && value !== now && (type === "number" || Number.isInteger(value)));
}

function fromSchema(node: Node, now: unknown): readonly unknown[] {
  if (Array.isArray(node.enum)) return node.enum.filter(value => value !== now);
  if (node.const !== undefined) return node.const === now ? [] : [node.const];
  if (node.type === "boolean") return [now !== true];
  return node.type === "integer" || node.type === "number" ? numbers(node, now) : [];
}

export function otherValues({ path, nodes }: Key, around: Around): readonly unknown[] {
  const hand = byHand[path.join(".")];
  return hand === undefined ? nodes.flatMap(node => fromSchema(node, around.now)) : hand(around);
}
