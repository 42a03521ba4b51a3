/** Decides every balancer: who it listens to, who answers, by which host and path. */
import { callersOn } from "../access/letsIn.ts";
import type { AccessArgs } from "../access/model.ts";
import type { GroupSpec } from "../compute/model.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { NetworkSpec } from "../network/model.ts";
import { tablesOf } from "./hosts.ts";
import { idleOf } from "./idle.ts";
import { answering, judgePorts, listenersOf, standard } from "./listeners.ts";
import type { BalancerArgs, BalancerSpec, RoutesSpec } from "./model.ts";
import { poolsOf } from "./pools.ts";
import { rulesOf } from "./rules.ts";
import { standOf } from "./stand.ts";
import { judgeCertificates, tlsOf } from "./tls.ts";

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
  /** Balancers that ask for the CDN's pass. */
  readonly passes: readonly string[];
}

/** Whom flows let in from outside where TLS ends, by range; members of the platform come by their own rules. */
function callersOf(name: string, listeners: BalancerSpec["listeners"], access: AccessArgs, ipv6: boolean): readonly string[] {
  const froms = Object.values(listeners).flatMap(({ port, protocol }) => (protocol === "https" ? callersOn(access, name, port) : []));
  const ranges = froms.flatMap(from =>
    from === "internet" ? ["0.0.0.0/0", ...(ipv6 ? ["::/0"] : [])] : (access.outside[from]?.ranges ?? []),
  );
  return [...new Set(ranges)];
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

/** Where each rule names few hosts and paths, many of them make many rules; every listener that ends TLS has them all. */
function judgeRules(
  path: string,
  { listeners = standard }: BalancerArgs,
  tables: Parameters<typeof rulesOf>[0],
  { facts, findings }: Known,
): void {
  const most = facts.limits.balancer.maxRules;
  const each = Object.keys(rulesOf(tables)).length + (tables.pass ? 1 : 0); // who names no rule must have the pass too
  const rules = each * Object.values(listeners).filter(({ protocol }) => protocol === "https").length;
  if (most !== null && rules > most)
    findings.refuse(
      `${path}.routes`,
      `expected at most ${most} rules of hosts and paths on ${facts.cloud}, got ${rules}`,
      "name fewer hosts and paths, say *.example.com for several hosts, or use a second balancer",
    );
}

export function resolveBalancer(name: string, args: BalancerArgs, on: BalancerOn, known: Known): BalancerSpec {
  const path = `edge.balancers.${name}`;
  const { facts, findings } = known;
  const limits = facts.limits.balancer;
  findings.use(`${path}.form`, limits.offered[args.form][args.scheme], args.form);
  findings.use(path, limits.deletionProtection);
  const stand = standOf(path, name, args, on, known);
  judgeCertificates(path, args, on, known);
  const pools = poolsOf(path, args, name, on, known);
  const names = Object.keys(args.pools);
  const listeners = answering(path, name, args, listenersOf(path, args, names, known), on.access, known);
  if (args.form === "network") judgePorts(path, listeners, pools, known);
  const tables = tablesOf(path, args, names, findings, limits.maxRoutes);
  const pass = on.passes.includes(name);
  judgeRules(path, args, { ...tables, pass }, known);
  return {
    place: "primary",
    form: args.form,
    scheme: args.scheme,
    ...stand,
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
    pass,
    callers: callersOf(name, listeners, on.access, on.network.ipv6),
  };
}

/** The same, for the step that joins: with its rules, where the cloud has them, and the scaling of groups that ask this balancer. */
export const resolveRoutes = (
  name: string,
  spec: BalancerSpec,
  groups: Readonly<Record<string, GroupSpec>>,
  { facts }: Known,
): RoutesSpec => ({
  ...spec,
  balancer: name,
  rules: facts.limits.balancer.maxRules === null ? {} : rulesOf(spec),
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
