/**
 * Where the CDN is a flag of backends, a site is a front of its own before the groups of its balancers, and needs their routes as well:
 * what a path is kept like is the behaviour's word, who answers it the balancer's. The longest path decides in both, so it decides in the two together.
 */
import type { BalancerSpec, HostSpec } from "../balancer/model.ts";
import type { GroupSpec } from "../compute/model.ts";
import { pick } from "../kernel/pick.ts";
import type { BackendSpec, BehaviourSpec, CdnSiteSpec, FrontSpec } from "./model.ts";

type Site = Omit<CdnSiteSpec, "front">;
type Balancers = Readonly<Record<string, BalancerSpec>>;
/** Name of the behaviour for what none names; no other one is called so. */
export const rest = "rest";

export function frontOf(site: Site, balancers: Balancers, groups: Readonly<Record<string, GroupSpec>>): FrontSpec {
  const backends: Record<string, BackendSpec> = {};
  const behaviours = { ...site.behaviours, [rest]: site.otherwise };
  /** The backend for a path of a host, noted as it is met. */
  const backendOf = (behaviour: string, host: string, path: string | null): string | null => {
    const { paths: _paths, ...kept } = pick<BehaviourSpec>(behaviours, behaviour);
    const origin = site.origins[kept.origin];
    if (origin === undefined) return null; // refused already
    if (origin.kind === "bucket") {
      backends[behaviour] = { behaviour: kept, to: origin };
      return behaviour;
    }
    const balancer = pick(balancers, origin.balancer);
    const pool = poolOf(tableOf(balancer, host), path);
    const spec = pool === null ? undefined : balancer.pools[pool];
    if (pool === null || spec === undefined) return null;
    const key = `${behaviour}-${pool}`;
    backends[key] = {
      behaviour: kept,
      to: {
        kind: "pool",
        balancer: origin.balancer,
        name: pool,
        pool: spec,
        seconds: Math.max(origin.seconds, balancer.idleSeconds),
        requestsPerMinute: groups[spec.role]?.scaling.requestsPerMinute ?? null,
      },
    };
    return key;
  };
  const hosts = Object.fromEntries(
    site.names.flatMap((host): [string, FrontSpec["hosts"][string]][] => {
      const otherwise = backendOf(rest, host, null);
      if (otherwise === null) return [];
      const paths: Record<string, string[]> = {};
      for (const path of pathsOf(site, host, balancers)) {
        const backend = backendOf(behaviourOf(site, path), host, path);
        if (backend !== null) paths[backend] = [...(paths[backend] ?? []), path];
      }
      return [[host, { paths, otherwise }]];
    }),
  );
  return { backends, hosts };
}

/** `/a/*` covers all below `/a`; a path alone covers itself. */
const covers = (pattern: string, path: string): boolean =>
  pattern === path || (pattern.endsWith("/*") && path.startsWith(pattern.slice(0, -1)));

const longest = (patterns: readonly string[], path: string): string | undefined =>
  patterns.filter(pattern => covers(pattern, path)).toSorted((one, other) => other.length - one.length)[0];

/** Every path that a behaviour or a route names, shorter ones first. */
function pathsOf(site: Site, host: string, balancers: Balancers): readonly string[] {
  const routes = Object.values(site.origins).flatMap(origin =>
    origin.kind === "bucket" ? [] : Object.values(tableOf(pick(balancers, origin.balancer), host).paths).flatMap(({ paths }) => paths),
  );
  const both = routes.flatMap(path => (path.endsWith("/*") ? [path.slice(0, -2), path] : [path]));
  return [...new Set([...Object.values(site.behaviours).flatMap(({ paths }) => paths), ...both])].toSorted(
    (one, other) => one.length - other.length || (one < other ? -1 : 1),
  );
}

function behaviourOf({ behaviours }: Site, path: string): string {
  const pattern = longest(
    Object.values(behaviours).flatMap(({ paths }) => paths),
    path,
  );
  return Object.entries(behaviours).find(([, { paths }]) => pattern !== undefined && paths.includes(pattern))?.[0] ?? rest;
}

type Table = Omit<HostSpec, "hosts">;

/** The routes of the nearest host: by its own name, by a wildcard above it, or those of every host. */
function tableOf({ hosts, otherwise }: BalancerSpec, host: string): Table {
  const tables = Object.values(hosts);
  const own = tables.find(table => table.hosts.includes(host));
  const wild = tables
    .flatMap(table => table.hosts.flatMap(name => (name.startsWith("*.") && host.endsWith(name.slice(1)) ? [{ name, table }] : [])))
    .toSorted((one, other) => other.name.length - one.name.length)[0]?.table;
  return own ?? wild ?? otherwise ?? { paths: {}, otherwise: "" };
}

/** Who answers a path; null where the balancer was refused. */
function poolOf(table: Table, path: string | null): string | null {
  const routes = Object.values(table.paths).flatMap(({ paths, pool }) =>
    paths.flatMap(one => (one.endsWith("/*") ? [one.slice(0, -2), one] : [one]).map(pattern => ({ pattern, pool }))),
  );
  const pattern =
    path === null
      ? undefined
      : longest(
          routes.map(route => route.pattern),
          path,
        );
  const pool = routes.find(route => route.pattern === pattern)?.pool ?? table.otherwise;
  return pool === "" ? null : pool;
}
