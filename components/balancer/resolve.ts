/** Decides every balancer: who it listens to, who answers, by which host and path. */
import type { AccessArgs } from "../access/model.ts";
import type { GroupSpec } from "../compute/model.ts";
import { address, addressText, contains, lastAddress, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import { pick } from "../kernel/pick.ts";
import { type NetworkSpec, type Tier, tiers } from "../network/model.ts";
import { tablesOf } from "./hosts.ts";
import type { BalancerArgs, BalancerSpec, ListenerSpec, PoolSpec, RoutesSpec } from "./model.ts";
import { rulesOf } from "./rules.ts";

/** What a balancer names, decided before. */
export interface BalancerOn {
  readonly groups: Readonly<Record<string, GroupSpec>>;
  /** Every compute role, machines too. */
  readonly roles: readonly string[];
  readonly buckets: readonly string[];
  /** Host names of each certificate. */
  readonly certificates: Readonly<Record<string, readonly string[]>>;
  readonly access: AccessArgs;
  readonly network: NetworkSpec;
  /** Whether the platform has a web application firewall. */
  readonly waf: boolean;
}

type Named<T> = Readonly<Record<string, T>>;

const standard = {
  https: { port: 443, protocol: "https" as const },
  http: { port: 80, protocol: "redirect" as const },
};

/** Connecting says that it works, where a role has no check of its own. */
const tcpHealth = { intervalSeconds: 30, timeoutSeconds: 5, healthy: 2, unhealthy: 3 };

function poolOf(
  path: string,
  name: string,
  pool: BalancerArgs["pools"][string],
  form: BalancerSpec["form"],
  on: BalancerOn,
  { findings }: Known,
): PoolSpec | null {
  const role = pool.role ?? name;
  const group = on.groups[role];
  if (group === undefined) {
    const groups = Object.keys(on.groups);
    if (on.roles.includes(role)) {
      if (!Object.hasOwn(on.groups, role))
        findings.refuse(
          `${path}.role`,
          `expected a role of kind group, got "${role}", which is none`,
          "make it a group: a balancer's instances are replaceable",
        );
    } else
      findings.refuse(
        `${path}.role`,
        `no role is called "${role}"`,
        groups.length === 0 ? "add it to roles" : `${proposal(role, groups)}; a pool is called as its role unless it says \`role\``,
      );
    return null;
  }
  const port = group.ports[pool.port];
  if (port === undefined) {
    findings.refuse(
      `${path}.port`,
      `no port of ${role} is called "${pool.port}"`,
      `use one of ${Object.keys(group.ports).join(", ") || "none: give the role ports"}`,
    );
    return null;
  }
  const protocol = form === "network" ? "tcp" : pool.protocol;
  // A network balancer connects, unless the role's own check asks the very port.
  const health = form === "network" && group.health?.port !== port ? null : group.health;
  // An application balancer needs an answer it can read.
  const asked =
    health === null || (form === "application" && health.protocol === "tcp")
      ? { ...tcpHealth, protocol: form === "network" ? ("tcp" as const) : protocol, port, path: "/health" }
      : health;
  return {
    role,
    portName: pool.port,
    port,
    protocol,
    health: {
      protocol: asked.protocol,
      port: asked.port,
      path: asked.path,
      intervalSeconds: asked.intervalSeconds,
      timeoutSeconds: asked.timeoutSeconds,
      healthy: asked.healthy,
      unhealthy: asked.unhealthy,
      codes: pool.healthyCodes,
    },
    stickySeconds: pool.stickySeconds,
    drainSeconds: pool.drainSeconds,
  };
}

function listenersOf(path: string, args: BalancerArgs, pools: readonly string[], { facts, findings }: Known): Named<ListenerSpec> {
  const asked = args.listeners ?? (args.form === "application" ? standard : {});
  const taken = new Map<number, string>();
  if (Object.keys(asked).length === 0)
    findings.refuse(`${path}.listeners`, "expected a listener, got none", "add one such as `https: { port: 443, protocol: tcp }`");
  const ends = Object.values(asked).some(({ protocol }) => protocol === "https");
  return Object.fromEntries(
    Object.entries(asked).map(([name, { port, protocol, ...more }]): [string, ListenerSpec] => {
      const at = `${path}.listeners.${name}`;
      const to = "to" in more ? more.to : undefined;
      const other = taken.get(port);
      if (other !== undefined)
        findings.refuse(`${at}.port`, `expected a port of its own, got ${port}, which is that of ${other}`, "use another one");
      taken.set(port, name);
      if ((protocol === "tcp") !== (args.form === "network"))
        findings.refuse(
          `${at}.protocol`,
          `expected ${args.form === "network" ? '"tcp" on a network balancer' : '"https" or "redirect" on an application balancer'}, got "${protocol}"`,
          args.form === "network" ? "say tcp: the role behind it ends TLS" : "say https, or make the balancer's form network",
        );
      if (protocol === "redirect" && port !== 80)
        findings.refuse(`${at}.port`, `expected 80 for a redirect, got ${port}`, "use 80: what answers without TLS only sends to https");
      if (protocol === "redirect" && !ends)
        findings.refuse(at, "expected a listener to send visitors to, got none that ends TLS", "add `https: { port: 443 }`");
      if (protocol === "https" && args.certificates.length === 0)
        findings.refuse(
          `${at}`,
          "expected a certificate for a listener that ends TLS, got none",
          `name one of edge.certificates in ${path}.certificates`,
        );
      if (to !== undefined && !pools.includes(to)) findings.refuse(`${at}.to`, `no pool is called "${to}"`, proposal(to, pools));
      const only = pools.length === 1 ? pools[0] : pools.find(pool => pool === name);
      if (protocol === "tcp" && to === undefined && only === undefined)
        findings.refuse(
          `${at}.to`,
          `expected one of the pools ${pools.join(", ") || "(there are none)"}, got none`,
          "say which pool answers",
        );
      if (protocol === "https" && facts.limits.balancer.offered.application[args.scheme].is === "absent")
        return [name, { port, protocol, pool: null }];
      return [name, { port, protocol, pool: protocol === "tcp" ? (to ?? only ?? "") : null }];
    }),
  );
}

/** The address that the cloud gives nobody else: near the end of the subnet, below what Kubernetes takes. */
const innerAddress = 249;

function addressOf(
  path: string,
  args: BalancerArgs,
  subnet: string | undefined,
  on: BalancerOn,
  { facts, findings }: Known,
): string | null {
  const support = facts.limits.balancer.address;
  if (args.scheme === "public") {
    if (args.address !== undefined)
      findings.refuse(
        `${path}.address`,
        `expected none on a public balancer, got "${args.address}"`,
        "drop it: names point to it, whatever its address",
      );
    return null;
  }
  if (args.address !== undefined && !findings.use(`${path}.address`, support, args.address)) return null;
  if (support.is !== "native" || subnet === undefined) return null;
  const range = parseRange(pick(on.network.subnets, subnet).cidr);
  const text = args.address ?? addressText(Math.min(range.first + innerAddress, lastAddress(range) - 6));
  const value = address(text);
  if (!contains(range, { first: value, prefix: 32 }) || value < range.first + 4 || value > lastAddress(range) - 2)
    findings.refuse(
      `${path}.address`,
      `expected a free address of ${pick(on.network.subnets, subnet).cidr}, got "${text}"`,
      "use one from the fifth to the third last",
    );
  return text;
}

/** Whom flows let in from outside, by range; members of the platform come by their own rules. */
function callersOf(name: string, access: AccessArgs, ipv6: boolean): readonly string[] {
  const froms = Object.values(access.flows).flatMap(flow => (flow.to.includes(name) ? flow.from : []));
  const ranges = froms.flatMap(from =>
    from === "internet" ? ["0.0.0.0/0", ...(ipv6 ? ["::/0"] : [])] : (access.outside[from]?.ranges ?? []),
  );
  return [...new Set(ranges)];
}

/** A balancer that no flow lets through to a pool would find it ill for ever. */
function judgeWays(path: string, name: string, pools: Named<PoolSpec>, access: AccessArgs, { findings }: Known): void {
  const asked = Object.entries(pools).flatMap(([pool, { role, port, health }]) =>
    [...new Set([port, health.port])].map(number => [pool, { role, port: number }] as const),
  );
  for (const [pool, { role, port }] of asked) {
    const open = Object.values(access.flows).some(
      flow => flow.from.includes(name) && flow.to.includes(role) && flow.ports.some(text => within(port, String(text))),
    );
    if (!open)
      findings.refuse(
        `${path}.pools.${pool}`,
        `expected a flow from ${name} to ${role} on port ${port}, got none`,
        `add to access.flows: ${name}-${role}: { from: [${name}], to: [${role}], ports: [${port}] }`,
      );
  }
}

function within(port: number, text: string): boolean {
  const [from = 0, to = from] = text.split("-").map(Number);
  return from <= port && port <= to;
}

function logsOf(path: string, args: BalancerArgs, name: string, on: BalancerOn, { facts, findings }: Known): BalancerSpec["logs"] {
  const to = facts.limits.balancer.logs[args.form];
  if (args.logs === null) return null;
  if (args.logs !== undefined && !on.buckets.includes(args.logs))
    findings.refuse(
      `${path}.logs`,
      `no bucket is called "${args.logs}"`,
      on.buckets.length === 0 ? "add it to buckets" : proposal(args.logs, on.buckets),
    );
  if (to === "none") {
    if (args.logs !== undefined) findings.use(`${path}.logs`, facts.limits.balancer.networkLogs);
    return null;
  }
  if (to === "destination") {
    if (args.logs !== undefined) findings.use(`${path}.logs`, facts.limits.balancer.logBucket);
    return { to };
  }
  if (args.logs === undefined) {
    findings.note(`${path}.logs`, `no access log: on ${facts.cloud} it goes to a bucket, and none is named`);
    return null;
  }
  return { to, bucket: args.logs, prefix: name };
}

function tlsOf(path: string, { form, tls }: BalancerArgs, { facts, findings }: Known): BalancerSpec["tls"] {
  if (form === "network") return null;
  const { tls: policies, suites, suiteNames } = facts.limits.balancer;
  const { policy, support } = policies[tls.minimum];
  findings.use(`${path}.tls.minimum`, support, tls.minimum);
  const own = tls.suites.length > 0 && findings.use(`${path}.tls.suites`, suites, tls.suites.join(", "));
  for (const suite of own && suiteNames !== null ? tls.suites : [])
    if (suiteNames?.[suite] === undefined)
      findings.refuse(
        `${path}.tls.suites`,
        `expected suites that the cloud offers, got "${suite}"`,
        `use some of ${Object.keys(suiteNames ?? {}).join(", ")}`,
      );
  if (own && tls.minimum === "1.3")
    findings.refuse(`${path}.tls.suites`, "expected none beside a floor of 1.3, whose suites are fixed, got some", "drop them");
  return { minimum: tls.minimum, policy, suites: own ? tls.suites.map(suite => suiteNames?.[suite] ?? suite) : [] };
}

/** What the cloud takes of a number of seconds: the nearest, with a note. */
function taken(
  path: string,
  asked: number,
  { min, max }: { readonly min: number; readonly max: number },
  { facts, findings }: Known,
): number {
  const near = Math.min(max, Math.max(min, asked));
  if (near !== asked) findings.note(path, `${asked} becomes ${near}: ${facts.cloud} takes ${min} to ${max}`);
  return near;
}

/** Who says nothing gets a minute, or what the cloud has nearest to it. */
const usualIdleSeconds = 60;

function idleOf(path: string, { form, idleSeconds }: BalancerArgs, known: Known): number {
  const range = known.facts.limits.balancer.idleSeconds[form];
  if (idleSeconds === undefined) return Math.min(range.max, Math.max(range.min, usualIdleSeconds));
  return taken(`${path}.idleSeconds`, idleSeconds, range, known);
}

function judgePool(path: string, pool: PoolSpec, form: BalancerSpec["form"], known: Known): PoolSpec {
  const { facts, findings } = known;
  const limits = facts.limits.balancer;
  if (pool.health.codes !== "200-299" && form === "application") findings.use(`${path}.healthyCodes`, limits.healthyCodes);
  if (form === "application" && (pool.protocol === "https" || pool.health.protocol === "https"))
    findings.use(`${path}.protocol`, limits.roleTls, "https");
  findings.use(`${path}.health.healthy`, limits.healthyThreshold);
  findings.use(`${path}.health.timeoutSeconds`, limits.healthTimeout);
  const sticky = limits.sticky[form];
  if (pool.stickySeconds !== null) findings.use(`${path}.stickySeconds`, sticky, String(pool.stickySeconds));
  findings.use(`${path}.drainSeconds`, limits.drain[form]);
  return {
    ...pool,
    // Met another way, it still is met.
    stickySeconds:
      pool.stickySeconds !== null && sticky.is !== "absent"
        ? taken(`${path}.stickySeconds`, pool.stickySeconds, limits.stickySeconds, known)
        : null,
  };
}

/** Where each rule names few hosts and paths, many of them make many rules; every listener that ends TLS has them all. */
function judgeRules(
  path: string,
  { listeners = standard }: BalancerArgs,
  tables: Pick<BalancerSpec, "hosts" | "otherwise">,
  { facts, findings }: Known,
): void {
  const most = facts.limits.balancer.maxRules;
  const rules = Object.keys(rulesOf(tables)).length * Object.values(listeners).filter(({ protocol }) => protocol === "https").length;
  if (most !== null && rules > most)
    findings.refuse(
      `${path}.routes`,
      `expected at most ${most} rules of hosts and paths on ${facts.cloud}, got ${rules}`,
      "name fewer hosts and paths, say *.example.com for several hosts, or use a second balancer",
    );
}

/** Where it stands, if nobody says: internal ones among the roles, unless the cloud wants its gateways alone. */
function tierOf(path: string, { tier, form, scheme }: BalancerArgs, { facts, findings }: Known): Tier {
  if (tier !== undefined) return tier;
  if (scheme === "public") return "public";
  const { gateways } = facts.limits.balancer;
  if (form === "network" || gateways === null) return "app";
  findings.use(`${path}.tier`, gateways.support);
  return gateways.tier;
}

/** Where connections are handed on as they come, the role answers on the listener's port. */
function judgePorts(path: string, listeners: Named<ListenerSpec>, pools: Named<PoolSpec>, { facts, findings }: Known): void {
  for (const [name, { port, pool }] of Object.entries(listeners)) {
    const to = pool === null ? undefined : pools[pool];
    if (to !== undefined && to.port !== port)
      findings.use(`${path}.listeners.${name}.port`, facts.limits.balancer.portsApart, String(port));
  }
}

export function resolveBalancer(name: string, args: BalancerArgs, on: BalancerOn, known: Known): BalancerSpec | null {
  const path = `edge.balancers.${name}`;
  const { facts, findings, places } = known;
  const limits = facts.limits.balancer;
  findings.use(`${path}.form`, limits.offered[args.form][args.scheme], args.form);
  findings.use(path, limits.deletionProtection);
  const tier = tierOf(path, args, known);
  const { subnets = [] } = on.network.tiers[tier] ?? {};
  if (subnets.length === 0)
    findings.refuse(
      `${path}.tier`,
      `expected one of the tiers ${tiers.filter(one => on.network.tiers[one] !== undefined).join(", ") || "(there are none)"}, got "${tier}"`,
      `add \`${tier}: {}\` to network.tiers`,
    );
  if (args.scheme === "public" && tier !== "public")
    findings.refuse(`${path}.tier`, `expected public for a public balancer, got "${tier}"`, "drop it, or make the scheme internal");
  const zones = Object.keys(places.primary.zones);
  if (args.form === "application" && zones.length < limits.minZones)
    findings.refuse(
      "network.zones",
      `expected at least ${limits.minZones} for ${name} on ${facts.cloud}, got ${zones.length}`,
      `use ${limits.minZones}`,
    );
  for (const certificate of args.certificates)
    if (!Object.hasOwn(on.certificates, certificate)) {
      const names = Object.keys(on.certificates);
      findings.refuse(
        `${path}.certificates`,
        `no certificate is called "${certificate}"`,
        names.length === 0 ? "add it to edge.certificates" : proposal(certificate, names),
      );
    }
  if (args.form === "network" && args.certificates.length > 0)
    findings.refuse(
      `${path}.certificates`,
      "expected none on a network balancer, which ends no TLS, got some",
      "drop them, or make the form application",
    );
  const pools = Object.fromEntries(
    Object.entries(args.pools).flatMap(([pool, one]): [string, PoolSpec][] => {
      const at = `${path}.pools.${pool}`;
      const spec = poolOf(at, pool, one, args.form, on, known);
      return spec === null ? [] : [[pool, judgePool(at, spec, args.form, known)]];
    }),
  );
  const names = Object.keys(args.pools);
  if (names.length === 0)
    findings.refuse(`${path}.pools`, "expected a pool, got none", "name who answers, such as `web: {}` for the role web");
  judgeWays(path, name, pools, on.access, known);
  const listeners = listenersOf(path, args, names, known);
  judgePorts(path, listeners, pools, known);
  const tables = tablesOf(path, args, names, findings, limits.maxRoutes);
  judgeRules(path, args, tables, known);
  return {
    place: "primary",
    form: args.form,
    scheme: args.scheme,
    tier,
    subnets,
    zones,
    address: addressOf(path, args, subnets[0], on, known),
    ipv6: on.network.ipv6 && args.scheme === "public" && findings.use("network.ipv6", limits.ipv6[args.form]),
    certificates: args.certificates,
    certified: Object.fromEntries(args.certificates.map(certificate => [certificate, on.certificates[certificate] ?? []])),
    listeners,
    pools,
    ...tables,
    idleSeconds: idleOf(path, args, known),
    tls: tlsOf(path, args, known),
    logs: logsOf(path, args, name, on, known),
    waf: args.waf && on.waf && args.form === "application" && args.scheme === "public",
    callers: callersOf(name, on.access, on.network.ipv6),
  };
}

/** The same, for the step that joins: with the scaling rules of groups that ask this balancer. */
export const resolveRoutes = (name: string, spec: BalancerSpec, groups: Readonly<Record<string, GroupSpec>>): RoutesSpec => ({
  ...spec,
  balancer: name,
  rules: rulesOf(spec),
  scaling: Object.fromEntries(
    Object.entries(groups).flatMap(([role, group]): [string, RoutesSpec["scaling"][string]][] => {
      // Who only hands connections on reads no requests.
      const pool = spec.form === "network" ? undefined : group.joins.find(join => join.balancer === name)?.pool;
      const { requestsPerMinute, latencySeconds } = group.scaling;
      return pool === undefined || (requestsPerMinute === null && latencySeconds === null)
        ? []
        : [[role, { pool, requestsPerMinute, latencySeconds }]];
    }),
  ),
});
