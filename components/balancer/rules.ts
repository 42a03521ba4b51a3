/**
 * Routes as numbered rules, for a cloud that asks them one after the other. The order is the meaning: nearer hosts before wildcards,
 * longer paths before shorter, a host's own paths before its rest, and what names no host last.
 */
import { hash } from "../kernel/hash.ts";
import { heaviest, nearness } from "./hosts.ts";
import type { BalancerSpec, RouteRule } from "./model.ts";

/** Hosts, paths and headers that one rule may name together: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const mostValues = 5;

/** Numbers that rules of each kind of host share, in the order in which they are asked: 1 to 49999. */
const spans: readonly { readonly least: number; readonly from: number; readonly count: number }[] = [
  { least: Number.POSITIVE_INFINITY, from: 1, count: 20_000 },
  { least: 6, from: 20_001, count: 2_000 },
  { least: 5, from: 22_001, count: 2_000 },
  { least: 4, from: 24_001, count: 4_000 },
  { least: 0, from: 28_001, count: 8_000 },
  { least: Number.NEGATIVE_INFINITY, from: 36_001, count: 13_800 },
];

/** Each span holds a band for every weight of a path, heavy ones first, and a wide one for the rules that name no path. */
const weights = 64;
const restShare = 4;

interface Wanted {
  readonly key: string;
  readonly near: number;
  /** Of the longest path; below every path for a rule that names none. */
  readonly weight: number;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly pool: string;
}

const nobody = Number.NEGATIVE_INFINITY;

type Tables = Pick<BalancerSpec, "hosts" | "otherwise" | "pass">;

/** Rules by name: `docs` for a route that names no host, `api` for the rest of a table of hosts, `api.docs` for a route in it. */
export function rulesOf({ hosts, otherwise, pass }: Tables): Readonly<Record<string, RouteRule>> {
  const most = pass ? mostValues - 1 : mostValues; // each rule asks for the pass too
  const ofHosts = Object.entries(hosts).flatMap(([table, spec]) => {
    const near = nearness(spec.hosts[0] ?? "");
    const own = Object.entries(spec.paths).flatMap(([route, { paths, pool }]) =>
      split(`${table}.${route}`, near, spec.hosts, paths, pool, most),
    );
    return [...own, ...split(table, near, spec.hosts, [], spec.otherwise, most)];
  });
  const ofPaths = Object.entries(otherwise?.paths ?? {}).flatMap(([route, { paths, pool }]) => split(route, nobody, [], paths, pool, most));
  return numbered([...ofHosts, ...ofPaths]);
}

/** `/api/*` means `/api` as well, which a pattern does not. */
const patternsOf = (path: string): readonly string[] => (path.endsWith("/*") ? [path.slice(0, -2), path] : [path]);

const chunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  all.length === 0 ? [[]] : Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** As few rules as name everything; they answer alike, so that their order does not matter. */
function split(
  key: string,
  near: number,
  hosts: readonly string[],
  paths: readonly string[],
  pool: string,
  most: number,
): readonly Wanted[] {
  const patterns = paths.flatMap(patternsOf);
  const ways = Array.from({ length: most }, (_, at) => at + 1)
    .map(named => ({ named, left: patterns.length === 0 ? 1 : most - named }))
    .filter(({ left }) => left > 0)
    .map(({ named, left }) => chunks(hosts, named).flatMap(some => chunks(patterns, left).map(few => [some, few] as const)));
  const whole = hosts.length === 0 ? chunks(patterns, most).map(few => [hosts, few] as const) : null;
  const fewest = whole ?? ways.toSorted((one, other) => one.length - other.length)[0] ?? [];
  const weight = paths.length === 0 ? nobody : heaviest(paths);
  return fewest.map(([some, few], at) => ({ key: at === 0 ? key : `${key}-${at + 1}`, near, weight, hosts: some, paths: few, pool }));
}

/** Where the band of a rule begins, and how wide it is. */
function bandOf({ near, weight }: Wanted): { readonly from: number; readonly count: number } {
  const { from, count } = spans.find(({ least }) => near >= least) ?? { from: 1, count: weights };
  const width = Math.floor((count * (restShare - 1)) / restShare / weights);
  if (weight === nobody) return { from: from + width * weights, count: count - width * weights };
  return { from: from + width * Math.max(0, weights - weight), count: width };
}

/**
 * A number from the rule's name within its band, so that a new rule moves no other: two rules can never change places in one deploy,
 * because a number is free only when its rule has left it. Where two names meet, or a band is full, the next number is taken; the
 * order stays right, and such a neighbour moves by one (AWS may then refuse once, and takes it at the second try).
 */
function numbered(wanted: readonly Wanted[]): Readonly<Record<string, RouteRule>> {
  const placed = wanted.map(rule => {
    const { from, count } = bandOf(rule);
    return { ...rule, wish: from + (hash(rule.key) % count) };
  });
  placed.sort(
    (one, other) =>
      descending(one.near, other.near) || descending(one.weight, other.weight) || one.wish - other.wish || (one.key < other.key ? -1 : 1),
  );
  const rules: Record<string, RouteRule> = {};
  let last = 0;
  for (const { key, wish, hosts, paths, pool } of placed) {
    last = Math.max(last + 1, wish);
    rules[key] = { priority: last, hosts, paths, pool };
  }
  return rules;
}

const descending = (one: number, other: number): number => (one === other ? 0 : other > one ? 1 : -1);
