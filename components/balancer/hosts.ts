/**
 * Routes as tables, so that three clouds answer alike: the nearest host decides, then the longest path. A host with a route of its own
 * for every path answers alone; one without falls back on the paths that name no host, and last on the pool of the rest.
 */
import type { Findings } from "../kernel/findings.ts";
import { hash } from "../kernel/hash.ts";
import { proposal } from "../kernel/nearest.ts";
import type { BalancerArgs, BalancerSpec, HostSpec } from "./model.ts";

type Tables = Pick<BalancerSpec, "hosts" | "otherwise">;
type Paths = HostSpec["paths"];
type Route = readonly [string, BalancerArgs["routes"][string]];

const hostPattern = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** What every cloud takes: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html is the narrowest. */
const pathPattern = /^(?=.{1,126}$)\/[A-Za-z0-9._~$'@:+/-]*(\/\*)?$/;

/** A host as part of names: `app-example-com`, `any-example-com`; `a.b-c.d` and `a-b.c.d` may not share one. */
function keyOf(host: string, taken: Readonly<Record<string, unknown>>): string {
  const key = host.replace("*", "any").replaceAll(".", "-");
  return Object.hasOwn(taken, key) ? `${key}-${hash(host)}` : key;
}

/** A path alone counts more than the same with all below it, and that more than anything shorter. */
export const weightOf = (path: string): number => (path.endsWith("/*") ? 2 * (path.length - 2) : 2 * path.length + 1);

/** By the longest path of a route. */
export const heaviest = (paths: readonly string[]): number => Math.max(...paths.map(weightOf));

/** Names count most, then wildcards, those with more labels first: of two that mean the same host the nearer one decides. */
export const nearness = (host: string): number => (host.startsWith("*") ? host.split(".").length : Number.POSITIVE_INFINITY);

/** The nearest first, then by name. */
const byHost = (one: string, other: string): number =>
  nearness(one) === nearness(other) ? (one < other ? -1 : 1) : nearness(other) > nearness(one) ? 1 : -1;

export function tablesOf(path: string, { form, routes }: BalancerArgs, pools: readonly string[], findings: Findings, most: number): Tables {
  const entries = Object.entries(routes);
  if (form === "network") {
    if (entries.length > 0)
      findings.refuse(
        `${path}.routes`,
        "expected none on a network balancer, which reads no request, got some",
        "drop them, or make the form application",
      );
    return { hosts: {}, otherwise: null };
  }
  if (entries.length > most)
    findings.refuse(`${path}.routes`, `expected at most ${most}, got ${entries.length}`, "join routes to the same pool");
  judge(path, routes, pools, findings);
  const everywhere = Object.fromEntries(
    entries.flatMap(([name, { hosts, paths, to }]) => (hosts.length === 0 && paths.length > 0 ? [[name, { paths, pool: to }]] : [])),
  );
  const otherwise = restOf(path, entries, pools, findings);
  const hosts = hostTables(entries, everywhere, otherwise);
  const paths = ordered(everywhere);
  for (const one of [...Object.values(hosts), { paths }]) judgeOrder(path, one.paths, findings);
  return { hosts, otherwise: { paths, otherwise } };
}

/** The pool that answers what no route names. */
function restOf(path: string, entries: readonly Route[], pools: readonly string[], findings: Findings): string {
  const rest = entries.find(([, { hosts, paths }]) => hosts.length === 0 && paths.length === 0)?.[1].to;
  if (rest !== undefined) return rest;
  const [only = ""] = pools;
  if (pools.length !== 1)
    findings.refuse(
      `${path}.routes`,
      `expected a route for what no other one names, got none for ${pools.length} pools`,
      "add one that says `to` alone",
    );
  return pools.length === 1 ? only : "";
}

/** A table for each host: a route that joins it moves no other. */
function hostTables(entries: readonly Route[], everywhere: Paths, otherwise: string): Readonly<Record<string, HostSpec>> {
  const hosts = [...new Set(entries.flatMap(([, route]) => route.hosts))].toSorted(byHost);
  const tables: Record<string, HostSpec> = {};
  for (const host of hosts) {
    const here = entries.filter(([, route]) => route.hosts.includes(host));
    const alone = here.find(([, { paths }]) => paths.length === 0)?.[1].to;
    const own: Paths = Object.fromEntries(
      here.flatMap(([name, { paths, to }]) => (paths.length === 0 ? [] : [[name, { paths, pool: to }]])),
    );
    tables[keyOf(host, tables)] = {
      hosts: [host],
      paths: ordered(alone === undefined ? { ...without(everywhere, own), ...own } : own),
      otherwise: alone ?? otherwise,
    };
  }
  return tables;
}

const ordered = (paths: Paths): Paths =>
  Object.fromEntries(Object.entries(paths).toSorted(([, one], [, other]) => heaviest(other.paths) - heaviest(one.paths)));

/** Paths for every host, less those that a host answers itself, and what lies below these. */
function without(everywhere: Paths, own: Paths): Paths {
  const taken = Object.values(own).flatMap(({ paths }) => paths);
  const answered = (path: string): boolean =>
    taken.some(one => one === path || (one.endsWith("/*") && `${path}/`.startsWith(one.slice(0, -1))));
  return Object.fromEntries(
    Object.entries(everywhere).flatMap(([name, { paths, pool }]) => {
      const left = paths.filter(path => !answered(path));
      return left.length === 0 ? [] : [[name, { paths: left, pool }]];
    }),
  );
}

/** Routes go by their longest path: one that another covers must not come after it, nor beside it. */
function judgeOrder(path: string, paths: Paths, findings: Findings): void {
  const entries = Object.entries(paths);
  for (const [name, later] of entries)
    for (const [other, earlier] of entries.filter(([one, { paths: own }]) => one !== name && heaviest(own) >= heaviest(later.paths)))
      for (const wide of earlier.paths)
        for (const narrow of later.paths)
          if (wide !== narrow && wide.endsWith("/*") && `${narrow}/`.startsWith(wide.slice(0, -1)))
            findings.refuse(
              `${path}.routes.${name}`,
              `expected ${narrow} not to lie below ${wide} of ${other}, which is asked first for its longest path`,
              `give ${wide} a route of its own`,
            );
}

function judge(path: string, routes: BalancerArgs["routes"], pools: readonly string[], findings: Findings): void {
  const owners = new Map<string, string>();
  for (const [name, { hosts, paths, to }] of Object.entries(routes)) {
    const at = `${path}.routes.${name}`;
    if (!pools.includes(to))
      findings.refuse(`${at}.to`, `no pool is called "${to}"`, pools.length === 0 ? "add it to pools" : proposal(to, pools));
    for (const host of hosts)
      if (!hostPattern.test(host))
        findings.refuse(
          `${at}.hosts`,
          `expected a host name, or "*." before one, got "${host}"`,
          'write it in small letters, such as "api.example.com"',
        );
    for (const one of paths)
      if (!pathPattern.test(one) || one === "/*")
        findings.refuse(
          `${at}.paths`,
          `expected a path, with /* at most at its end, got "${one}"`,
          one === "/*" ? "leave paths out: that means every path" : 'write it such as "/api/*"',
        );
    for (const host of hosts.length === 0 ? ["*"] : hosts)
      for (const one of paths.length === 0 ? ["*"] : paths) {
        const key = `${host} ${one}`;
        const other = owners.get(key);
        if (other !== undefined)
          findings.refuse(
            at,
            `expected ${one === "*" ? "every path" : `path ${one}`} of ${host === "*" ? "every host" : host} to be named once, got it here and in ${other}`,
            "drop one of the two",
          );
        owners.set(key, name);
      }
  }
}
