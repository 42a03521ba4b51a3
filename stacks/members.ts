/** The members of a platform, each decided by its concept and gathered by name. */

import type { CacheSpec } from "../components/cache/model.ts";
import { resolveCache } from "../components/cache/resolve.ts";
import { bucketsOf } from "../components/cdn/buckets.ts";
import type { GroupSpec, MachineSpec } from "../components/compute/model.ts";
import { resolveGroup, resolveMachine } from "../components/compute/resolve.ts";
import type { DatabaseSpec, ReplicaSpec } from "../components/database/model.ts";
import { resolveDatabase, type Sites } from "../components/database/resolve.ts";
import { accessTo } from "../components/identity/resolve.ts";
import type { Known } from "../components/kernel/known.ts";
import { proposal } from "../components/kernel/nearest.ts";
import type { NetworkSpec, Tier } from "../components/network/model.ts";
import { mostOf } from "../components/scaling/resolve.ts";
import type { BucketSpec } from "../components/storage/model.ts";
import { ordered, resolveBucket } from "../components/storage/resolve.ts";
import type { PlatformArgs } from "./platform.ts";
import type { SizeLine } from "./spec.ts";

export interface Compute {
  readonly groups: Readonly<Record<string, GroupSpec>>;
  readonly machines: Readonly<Record<string, MachineSpec>>;
  readonly sizes: readonly SizeLine[];
  /** Most hosts each tier may hold at once. */
  readonly hosts: Readonly<Partial<Record<Tier, number>>>;
}

export function decideCompute(args: PlatformArgs, network: NetworkSpec, zones: readonly string[], known: Known): Compute {
  const groups: Record<string, GroupSpec> = {};
  const machines: Record<string, MachineSpec> = {};
  const sizes: SizeLine[] = [];
  const hosts: Partial<Record<Tier, number>> = {};
  const addresses = new Map<string, string>();
  for (const [name, role] of Object.entries(args.roles)) {
    const decided =
      role.kind === "group" ? resolveGroup(name, role, network, zones, known) : resolveMachine(name, role, network, zones, known);
    if (decided === null) continue;
    const { spec, asked, choice } = decided;
    if ("count" in spec) groups[name] = spec;
    else machines[name] = spec;
    sizes.push({ path: `roles.${name}`, asked, choice });
    if ("instances" in spec) judgeAddress(name, Object.values(spec.instances), addresses, known);
    hosts[role.tier] = (hosts[role.tier] ?? 0) + ("count" in spec ? mostOf(spec) : Object.keys(spec.instances).length);
  }
  return { groups, machines, sizes, hosts };
}

/** A fixed address belongs to one machine. */
function judgeAddress(
  name: string,
  instances: readonly { readonly address: string | null }[],
  taken: Map<string, string>,
  { findings }: Known,
): void {
  for (const { address } of instances) {
    if (address === null) continue;
    const other = taken.get(address);
    if (other !== undefined)
      findings.refuse(
        `roles.${name}.address`,
        `expected an address of its own, got "${address}", which is that of ${other}`,
        "use another one of the subnet",
      );
    taken.set(address, name);
  }
}

export interface Data {
  readonly databases: Readonly<Record<string, DatabaseSpec>>;
  readonly replicas: Readonly<Record<string, ReplicaSpec>>;
  readonly caches: Readonly<Record<string, CacheSpec>>;
  readonly sizes: readonly SizeLine[];
}

export function decideData(args: PlatformArgs, sites: Sites, zones: readonly string[], logDays: number, known: Known): Data {
  const databases: Record<string, DatabaseSpec> = {};
  const replicas: Record<string, ReplicaSpec> = {};
  const caches: Record<string, CacheSpec> = {};
  const sizes: SizeLine[] = [];
  for (const [name, database] of Object.entries(args.databases)) {
    const decided = resolveDatabase(name, database, sites, zones, args.secrets.rotation, logDays, known);
    if (decided === null) continue;
    databases[name] = decided.primary.spec;
    sizes.push({ path: `databases.${name}`, asked: decided.primary.asked, choice: decided.primary.choice });
    for (const [component, { spec, path, asked, choice }] of Object.entries(decided.replicas)) {
      replicas[component] = spec;
      sizes.push({ path, asked, choice });
    }
  }
  for (const [name, cache] of Object.entries(args.caches)) {
    const decided = resolveCache(name, cache, sites.primary, zones, args.secrets.rotation, known);
    if (decided === null) continue;
    caches[name] = decided.spec;
    sizes.push({ path: `caches.${name}`, asked: decided.asked, choice: decided.choice });
  }
  return { databases, replicas, caches, sizes };
}

/** Whether following access logs from a bucket leads back to it. */
function circles(name: string, buckets: PlatformArgs["buckets"]): boolean {
  const seen = new Set<string>();
  let next = buckets[name]?.accessLog;
  while (next !== undefined && next !== name && !seen.has(next)) {
    seen.add(next);
    next = buckets[next]?.accessLog;
  }
  return next === name;
}

export function decideStorage(
  args: PlatformArgs,
  roles: readonly string[],
  sites: Sites,
  known: Known,
): Readonly<Record<string, BucketSpec>> {
  const names = Object.keys(args.buckets);
  for (const [name, { accessLog }] of Object.entries(args.buckets)) {
    const path = `buckets.${name}.accessLog`;
    if (accessLog !== undefined && !names.includes(accessLog))
      known.findings.refuse(
        path,
        `no bucket is called "${accessLog}"`,
        proposal(
          accessLog,
          names.filter(other => other !== name),
        ),
      );
    const target = accessLog === undefined ? undefined : args.buckets[accessLog];
    const { logTargetWithKey, logTargetWithLock } = known.facts.limits.storage;
    if (target?.encryptionKey !== undefined)
      known.findings.use(`buckets.${accessLog}.encryptionKey`, logTargetWithKey, target.encryptionKey);
    if (target?.retentionLock !== undefined)
      known.findings.use(`buckets.${accessLog}.retentionLock`, logTargetWithLock, `${target.retentionLock.days} days`);
    if (accessLog !== name && circles(name, args.buckets))
      known.findings.refuse(
        path,
        `expected a chain of logs that ends, got "${accessLog}", which leads back to ${name}`,
        "let the last bucket of the chain log nowhere",
      );
  }
  for (const [name, { exchange }] of Object.entries(args.databases))
    if (exchange !== undefined && !names.includes(exchange))
      known.findings.refuse(
        `databases.${name}.exchange`,
        `no bucket is called "${exchange}"`,
        names.length === 0 ? "add it to buckets" : proposal(exchange, names),
      );
  const cdn = bucketsOf(args.edge.cdn, known);
  const decided = Object.entries(args.buckets).flatMap(([name, bucket]) => {
    const uses = { reads: cdn.read.includes(name), logs: cdn.logs === name };
    if (uses.logs && bucket.encryptionKey !== undefined)
      known.findings.use(`buckets.${name}.encryptionKey`, known.facts.limits.storage.logTargetWithKey, bucket.encryptionKey);
    return Object.entries(resolveBucket(name, bucket, { ...accessTo(name, args.grants, roles), cdn: uses }, sites, known));
  });
  return ordered(Object.fromEntries(decided), balancerLogs(args, known));
}

/** Who logs into which bucket, on a cloud whose balancers log into buckets: what a bucket must be for them is judged here. */
function balancerLogs({ buckets, edge }: PlatformArgs, { facts, findings }: Known): ReadonlyMap<string, readonly string[]> {
  const prefixes = new Map<string, readonly string[]>();
  for (const [name, { form, logs }] of Object.entries(edge.balancers)) {
    const bucket = typeof logs === "string" ? buckets[logs] : undefined;
    if (typeof logs !== "string" || bucket === undefined || facts.limits.balancer.logs[form] !== "bucket") continue;
    const { logTargetWithKey, logTargetWithLock } = facts.limits.storage;
    if (bucket.encryptionKey !== undefined) findings.use(`buckets.${logs}.encryptionKey`, logTargetWithKey, bucket.encryptionKey);
    if (bucket.retentionLock !== undefined)
      findings.use(`buckets.${logs}.retentionLock`, logTargetWithLock, `${bucket.retentionLock.days} days`);
    prefixes.set(logs, [...(prefixes.get(logs) ?? []), name]);
  }
  return prefixes;
}
