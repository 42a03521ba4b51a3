/** Members to add to a map, by its path, and how one goes together with all that names it. */
import type { Assignment } from "../../cli/planner/config.ts";
import { isMap, type Plain } from "../../components/kernel/merge.ts";

/** A member that nobody has yet: its name, what stands there, and what must be said beside it. */
type Newcomer = readonly [name: string, value: unknown, ...beside: Assignment[]];

/** By the path of the map; of several the first that is accepted counts. */
export const newcomers: Readonly<Record<string, (platform: Plain) => readonly Newcomer[]>> = {
  tags: () => [["newcomer", "yes"]],
  "network.tiers": () => [
    ["management", {}],
    ["public", {}],
  ],
  "network.tiers.*.cidrs": platform => ["a", "b"].map(zone => [zone, `${rangeOf(platform)}.${zone === "a" ? 240 : 241}.0/24`]),
  "network.acl": () => [
    ["app", { inbound: { "100": { ports: "8080", cidr: "10.0.0.0/8" } }, outbound: { "100": { protocol: "all", cidr: "10.0.0.0/8" } } }],
  ],
  "network.acl.*.inbound": () => [["200", { ports: "8443", cidr: "10.0.0.0/8" }]],
  "network.acl.*.outbound": () => [["200", { ports: "8443", cidr: "10.0.0.0/8" }]],
  "network.peered": () => [["newcomer", "192.168.200.0/24"]],
  "access.flows": platform => roleNames(platform).map(role => ["newcomer", { from: [role], to: ["internet"], ports: [8444] }]),
  "access.outside": platform =>
    roleNames(platform).map(role => [
      "newcomer",
      { ranges: ["203.0.113.0/24"] },
      { path: ["access", "flows", "newcomer"], value: { from: ["newcomer"], to: [role], ports: [8444] } },
    ]),
  keys: () => [["newcomer", {}]],
  "secrets.values": () => [["newcomer", {}]],
  roles: () => [["newcomer", { size: { vcpu: 2, memoryGiB: 4 }, ports: { app: 8080 }, count: { min: 1, max: 2 } }]],
  "roles.*.ports": () => [["newcomer", 9877]],
  "roles.*.volumes": () => [["newcomer", { gib: 64 }]],
  "roles.*.scaling.steps": () => [["newcomer", { metric: "cpu", above: 90, forSeconds: 300, add: 1 }]],
  "roles.*.scaling.schedules": () => [["newcomer", { at: "03:00", min: 1, max: 2 }]],
  databases: () => [["newcomer", { size: { vcpu: 2, memoryGiB: 8 } }]],
  "databases.*.replicas": () => [
    ["newcomer", {}],
    ["newcomer", { storageGiB: 1024 }],
  ],
  "databases.*.databases": () => [["newcomer", {}]],
  "databases.*.parameters": () => [
    ["log_min_duration_statement", 250],
    ["log_lock_waits", "on"],
    ["long_query_time", 2],
    ["wait_timeout", 600],
  ],
  caches: () => [["newcomer", { usableGiB: 1, shape: { kind: "replicated", replicas: 1 } }]],
  "caches.*.parameters": () => [
    ["notify-keyspace-events", "KEA"],
    ["timeout", 60],
    ["maxmemory-samples", 6],
  ],
  buckets: () => [["newcomer", {}]],
  "buckets.*.rules": () => [["newcomer", { prefix: "newcomer/", expireAfterDays: 500 }]],
  "buckets.*.cors": () => [["newcomer", { origins: ["https://example.net"], methods: ["GET"] }]],
  "edge.dns.zones": () => [["newcomer", { domain: "newcomer.example.org" }]],
  "edge.dns.zones.*.records": () => [["newcomer", { type: "TXT", values: ["hello"] }]],
  "edge.dns.internal.names": platform => keysIn(platform.databases).map(database => ["newcomer", database]),
  "edge.certificates": platform => domainsOf(platform).map(domain => ["newcomer", { domain: `newcomer.${domain}` }]),
  "edge.waf.limits": () => [["newcomer", { requests: 500, path: "/newcomer/" }]],
  "edge.waf.lists": () => [["newcomer", { action: "deny", ranges: ["203.0.113.0/24"] }]],
  "edge.balancers": platform =>
    roleNames(platform).map(role => [
      "newcomer",
      { form: "network", listeners: { app: { port: 8443, protocol: "tcp" } }, pools: { [role]: {} } },
      { path: ["access", "flows", "newcomer"], value: { from: ["newcomer"], to: [role], ports: [8080, 8000] } },
    ]),
  "edge.balancers.*.listeners": () => [["newcomer", { port: 8444, protocol: "tcp" }]],
  "edge.balancers.*.pools": platform =>
    roleNames(platform).map(role => [
      "newcomer",
      { role },
      {
        path: ["access", "flows", "newcomer"],
        value: { from: keysIn(inside(platform, "edge", "balancers")), to: [role], ports: [8080, 8000, 3000] },
      },
    ]),
  "edge.balancers.*.routes": platform => poolsOf(platform).map(to => ["newcomer", { hosts: ["newcomer.example.com"], to }]),
  "edge.cdn.sites.*.behaviours": () => [["newcomer", { paths: ["/newcomer/*"] }]],
  "entry.sites": () => [
    [
      "newcomer",
      { peer: "192.0.2.99", ranges: ["192.168.77.0/24"], secret: "psk" },
      { path: ["access", "outside", "newcomer"], value: { ranges: ["192.168.77.0/24"] } },
    ],
  ],
  grants: platform =>
    roleNames(platform).flatMap(to =>
      bucketNames(platform).map(bucket => ["newcomer", { to, can: "write", on: `bucket:${bucket}` }] as const),
    ),
};

const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isMap(inner) ? inner[key] : undefined), value);
const domainsOf = (platform: Plain): readonly string[] =>
  entriesOf(inside(platform, "edge", "dns", "zones")).map(([, { domain }]) => String(domain));
const poolsOf = (platform: Plain): readonly string[] =>
  entriesOf(inside(platform, "edge", "balancers")).flatMap(([, { pools }]) => keysIn(pools));
const keysIn = (value: unknown): readonly string[] => (isMap(value) ? Object.keys(value) : []);
const roleNames = ({ roles }: Plain): readonly string[] => keysIn(roles);
const rangeOf = ({ network }: Plain): string => (isMap(network) ? String(network.range).split(".").slice(0, 2).join(".") : "");
const bucketNames = ({ buckets }: Plain): readonly string[] => keysIn(buckets);
const entriesOf = (value: unknown): readonly (readonly [string, Plain])[] =>
  isMap(value) ? Object.entries(value).flatMap(([name, inner]) => (isMap(inner) ? [[name, inner] as const] : [])) : [];

/** A list of names without one of them; null where none is left. */
const without = (names: unknown, name: string): unknown => {
  const left = Array.isArray(names) ? names.filter(one => one !== name) : [];
  return left.length > 0 ? left : null;
};

const members = ["roles", "databases", "caches", "buckets", "keys"];

/** What a member is called by others; null where nothing names it. */
function calledBy([concept = "", name = "", inner = "", ...rest]: readonly string[]): string | null {
  if (members.includes(concept) && inner === "") return name;
  const named = ["access.outside", "secrets.values", "edge.balancers"];
  return named.includes(`${concept}.${name}`) && rest.length === 0 ? inner : null;
}

/** Sites that ask a balancer or show a certificate, and with the last of them the CDN itself. */
function sitesNaming(platform: Plain, isNamed: (site: Plain) => boolean): readonly Assignment[] {
  const sites = entriesOf(inside(platform, "edge", "cdn", "sites"));
  const named = sites.filter(([, site]) => isNamed(site)).map(([name]) => name);
  if (named.length === 0 || named.length < sites.length) return named.map(name => ({ path: ["edge", "cdn", "sites", name], value: null }));
  return [{ path: ["edge", "cdn"], value: null }, ...recordsTo(platform, "cdn")];
}

const recordsTo = (platform: Plain, front: string): readonly Assignment[] =>
  entriesOf(inside(platform, "edge", "dns", "zones")).flatMap(([zone, { records }]) =>
    entriesOf(records).flatMap(([record, { to }]) =>
      to === front ? [{ path: ["edge", "dns", "zones", zone, "records", record], value: null }] : [],
    ),
  );

/** What of the way in goes with a front, a site or a certificate. */
function edgeNaming(platform: Plain, [concept, part, name = "", ...rest]: readonly string[]): readonly Assignment[] {
  if (concept !== "edge") return [];
  if (part === "balancers" && rest.length === 0) return [...recordsTo(platform, name), ...sitesNaming(platform, site => asks(site, name))];
  if (part === "cdn" && name === "sites" && rest.length === 1) {
    const [site] = rest;
    return sitesNaming(platform, one => one === inside(platform, "edge", "cdn", "sites", site ?? ""));
  }
  if (part !== "certificates" || rest.length > 0) return [];
  const shown = entriesOf(inside(platform, "edge", "balancers"))
    .filter(([, { certificates }]) => Array.isArray(certificates) && certificates.includes(name))
    .map(([balancer, { certificates }]) => ({
      path: ["edge", "balancers", balancer, "certificates"],
      value: without(certificates, name),
    }));
  return [...shown, ...sitesNaming(platform, ({ certificate }) => certificate === name)];
}

const asks = ({ origin, behaviours }: Plain, balancer: string): boolean =>
  origin === balancer || entriesOf(behaviours).some(([, behaviour]) => behaviour.origin === balancer);

/** Everything under an own key goes under the platform's. */
const keysNaming = (platform: Plain, key: string): readonly Assignment[] => [
  ...["roles", "databases", "caches", "buckets"].flatMap(concept =>
    entriesOf(platform[concept])
      .filter(([, { encryptionKey }]) => encryptionKey === key)
      .map(([name]) => ({ path: [concept, name, "encryptionKey"], value: null })),
  ),
  ...["secrets", "logs"].flatMap(part => {
    const said = platform[part];
    return isMap(said) && said.encryptionKey === key ? [{ path: [part, "encryptionKey"], value: null }] : [];
  }),
];

/** Flows without these names; one that is left without a side goes. */
function flowsNaming(platform: Plain, gone: readonly string[]): readonly Assignment[] {
  const left = (names: unknown): unknown => gone.reduce(without, names);
  return entriesOf(inside(platform, "access", "flows")).flatMap(([flow, { from, to }]): readonly Assignment[] => {
    const sides = Object.entries({ from, to }).filter(([, names]) => Array.isArray(names) && names.some(name => gone.includes(name)));
    const rest = sides.map(([side, names]) => ({ path: ["access", "flows", flow, side], value: left(names) }));
    return rest.some(({ value }) => value === null) ? [{ path: ["access", "flows", flow], value: null }] : rest;
  });
}

/** Null for the member, and everything that names it goes or names it no more: flows, grants, and what of the way in hangs on it. */
export function removal(platform: Plain, path: readonly string[]): readonly Assignment[] {
  const called = calledBy(path);
  const hung = edgeNaming(platform, path);
  const cdn = hung.some(({ path: [, part, ...rest] }) => part === "cdn" && rest.length === 0) ? ["cdn"] : [];
  const gone = [...(called === null ? [] : [called]), ...cdn];
  const keys = path[0] === "keys" && called !== null ? keysNaming(platform, called) : [];
  const grants = entriesOf(platform.grants)
    .filter(([, { to, on }]) => gone.some(name => to === name || String(on).endsWith(`:${name}`)))
    .map(([grant]) => ({ path: ["grants", grant], value: null }));
  return [{ path, value: null }, ...hung, ...keys, ...flowsNaming(platform, gone), ...grants];
}
