/** The way in, decided after compute and storage: balancers name roles, certificates name zones, the CDN names both. */

import type { CdnSeen } from "../components/access/model.ts";
import type { BalancerSpec } from "../components/balancer/model.ts";
import { judgeNeighbours } from "../components/balancer/neighbours.ts";
import { type BalancerOn, resolveBalancer, resolveRoutes } from "../components/balancer/resolve.ts";
import { passesOf } from "../components/cdn/passes.ts";
import { cdnSeen, resolveCdn } from "../components/cdn/resolve.ts";
import { resolveCertificates } from "../components/certificates/resolve.ts";
import type { GroupSpec } from "../components/compute/model.ts";
import { resolveRecords } from "../components/dns/answers.ts";
import { resolveZones } from "../components/dns/resolve.ts";
import type { Account } from "../components/foundation/model.ts";
import type { Known } from "../components/kernel/known.ts";
import type { NetworkSpec, Tier } from "../components/network/model.ts";
import { judgeAsking } from "../components/scaling/resolve.ts";
import { resolveWaf, type WafStands } from "../components/waf/resolve.ts";
import type { Compute, Data } from "./members.ts";
import type { PlatformArgs } from "./platform.ts";
import type { EdgeSpec } from "./spec.ts";

export interface Edge {
  readonly spec: EdgeSpec;
  /** As whom flows see the CDN; null without one. */
  readonly cdn: CdnSeen | null;
  /** Groups with the pools they join. */
  readonly groups: Readonly<Record<string, GroupSpec>>;
  /** Tiers whose subnets hold application balancers alone. */
  readonly gatewayTiers: readonly Tier[];
  /** Account values for which placeholders stand in. */
  readonly missing: readonly string[];
}

/** Specs and the account paths a deploy still needs. */
export interface WithMissing<T> {
  readonly spec: T;
  readonly missing: readonly string[];
}

export function decideEdge(
  args: PlatformArgs,
  compute: Compute,
  data: Data,
  network: NetworkSpec,
  account: Partial<Account>,
  logDays: number,
  known: Known,
): Edge {
  const { edge } = args;
  const passes = passesOf(edge.cdn, { ...edge, access: args.access }, known);
  const on: BalancerOn = {
    groups: compute.groups,
    roles: Object.keys(args.roles),
    buckets: Object.keys(args.buckets),
    certificates: Object.fromEntries(Object.entries(edge.certificates).map(([key, { domain, also }]) => [key, [domain, ...also]])),
    access: args.access,
    network,
    waf: edge.waf !== null,
    passes,
  };
  const balancers = Object.fromEntries(
    Object.entries(edge.balancers).map(([name, balancer]) => [name, resolveBalancer(name, balancer, on, known)]),
  );
  const behind = {
    balancers,
    groups: compute.groups,
    buckets: Object.keys(args.buckets),
    certificates: edge.certificates,
    access: args.access,
    zones: edge.dns.zones,
    waf: edge.waf !== null,
  };
  const cdn = resolveCdn(edge.cdn, behind, known);
  const usedBy = (scheme: BalancerSpec["scheme"]): readonly string[] =>
    Object.values(balancers).flatMap(balancer => (balancer.scheme === scheme ? balancer.certificates : []));
  const zones = resolveZones(edge.dns, account.dnsZones ?? {}, logDays, known);
  const certificates = resolveCertificates(
    edge.certificates,
    {
      dns: edge.dns,
      public: usedBy("public"),
      internal: usedBy("internal"),
      cdn: Object.values(cdn?.sites ?? {}).map(site => site.certificate),
      authorities: Object.values(balancers).flatMap(({ pools }) =>
        Object.values(pools).flatMap(({ authority }) => (authority === null ? [] : [authority.certificate])),
      ),
      references: account.certificates ?? {},
    },
    known,
  );
  const waf = resolveWaf(edge.waf, standsOf(balancers, cdn), known);
  const records = resolveRecords(
    edge.dns,
    {
      balancers,
      cdn,
      databases: [
        ...Object.keys(data.databases),
        ...Object.entries(data.replicas).flatMap(([name, { place }]) => (place === "primary" ? [name] : [])),
      ],
      caches: Object.keys(data.caches),
      machines: Object.keys(compute.machines),
      asked: {
        balancers: Object.keys(edge.balancers),
        roles: Object.keys(args.roles),
        groups: Object.keys(compute.groups),
        data: [...Object.keys(args.databases), ...Object.keys(args.caches)],
        cdn: edge.cdn !== null,
      },
      ipv6: args.network.ipv6,
    },
    known,
  );
  const gatewayTiers = judgeNeighbours(balancers, args.roles, known);
  const groups = Object.fromEntries(
    Object.entries(compute.groups).map(([name, group]) => [name, { ...group, joins: joinsOf(name, balancers) }]),
  );
  for (const [name, group] of Object.entries(groups)) judgeAsking(name, group, balancers, known);
  const routes = Object.fromEntries(
    Object.entries(balancers).map(([name, balancer]) => [name, resolveRoutes(name, balancer, groups, known)]),
  );
  return {
    spec: { zones: zones.spec, certificates: certificates.spec, pass: passes.length > 0, waf, balancers, routes, cdn, records },
    groups,
    cdn: cdnSeen(cdn, behind, known),
    gatewayTiers,
    missing: [...zones.missing, ...certificates.missing],
  };
}

/** Who stands behind the web application firewall, and whether anyone but the CDN reaches it. */
function standsOf(balancers: EdgeSpec["balancers"], cdn: EdgeSpec["cdn"]): WafStands {
  const origins = Object.values(cdn?.sites ?? {}).flatMap(site => Object.values(site.origins));
  const behind = cdn?.closed ? origins.flatMap(origin => (origin.kind === "balancer" ? [origin.balancer] : [])) : [];
  const regional = Object.entries(balancers).flatMap(([name, { waf }]) => (waf ? [name] : []));
  return { regional: regional.length > 0, global: cdn?.waf ?? false, direct: regional.some(name => !behind.includes(name)) };
}

/** Every pool that a role answers. */
const joinsOf = (role: string, balancers: EdgeSpec["balancers"]): GroupSpec["joins"] =>
  Object.entries(balancers).flatMap(([balancer, { pools }]) =>
    Object.entries(pools).flatMap(([pool, spec]) =>
      spec.role === role ? [{ balancer, pool, portName: spec.portName, port: spec.port }] : [],
    ),
  );
