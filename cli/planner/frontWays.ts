/**
 * What a flow of a balancer or of the CDN opens. A balancer opens connections to roles of its pools alone, on the pools' ports,
 * whatever further ports a rule has. On Google its rules name the front ends of all balancers, and the CDN stands before its groups itself.
 */
import type { Reach } from "../../reach/model.ts";
import { difference, intersection, linesOf, type PortSet, portSet, union } from "../../reach/ports.ts";
import { at, fieldsOf, type Inventory, numberOf, rowsOf, textOf, textsOf } from "../../reach/values.ts";

/** One pool before a role. */
interface Pool {
  /** A balancer, or `cdn`. */
  readonly front: string;
  /** The balancer whose pool it is. */
  readonly balancer: string;
  readonly role: string;
  readonly serves: PortSet;
  readonly asked: PortSet;
}

const tcp = (port: unknown): PortSet => {
  const number = numberOf(port);
  return number === undefined ? union() : portSet("tcp", [number, number]);
};

const poolOf = (front: string, balancer: string, pool: unknown): Pool => ({
  front,
  balancer,
  role: textOf(at(pool, "role")) ?? "",
  serves: tcp(at(pool, "port")),
  asked: tcp(at(pool, "health", "port")),
});

/** As the components say. */
function poolsIn(inventory: Inventory): readonly Pool[] {
  const balancers = inventory
    .ofType("strata:index:Balancer")
    .flatMap(({ name, inputs }) => Object.values(fieldsOf(inputs.pools)).map(pool => poolOf(name, name, pool)));
  const sites = inventory.ofType("strata:index:Cdn").flatMap(({ inputs }) => Object.values(fieldsOf(inputs.sites)));
  const backends = sites.flatMap(site => Object.values(fieldsOf(at(site, "front", "backends")))).map(backend => at(backend, "to"));
  const behindCdn = rowsOf(backends).filter(({ kind }) => kind === "pool");
  return [...balancers, ...behindCdn.map(to => poolOf("cdn", textOf(to.balancer) ?? "", to.pool))];
}

type Way = Pick<Reach, "from" | "to" | "place" | "through">;

const waysOf = (way: Way, ports: PortSet): readonly Reach[] => linesOf(ports).map(line => ({ ...way, ...line }));

/** Nothing where no balancer and no CDN of Google's opens the connection. `rule`: what the flow became, if it became one. */
export function frontWays(inventory: Inventory, cloud: string, rule: unknown, way: Way, ports: PortSet): readonly Reach[] | undefined {
  const { from, to } = way;
  const pools = poolsIn(inventory);
  const isBalancer = (name: string): boolean => inventory.ofType("strata:index:Balancer").some(balancer => balancer.name === name);
  const google = cloud === "gcp";
  if (google && from === "cdn" && isBalancer(to))
    return pools
      .filter(({ front, balancer }) => front === "cdn" && balancer === to)
      .flatMap(({ role, serves }) => waysOf({ ...way, to: role }, serves));
  if (!(isBalancer(from) || (google && from === "cdn"))) return undefined;
  const before = pools.filter(({ role }) => role === to);
  const own = before.filter(({ front, balancer }) => front === from || (google && front === "cdn" && balancer === from));
  const ranges = google ? [...textsOf(at(rule, "from", "sources")), ...textsOf(at(rule, "from", "roles"))] : [];
  const rest = difference(ports, union(...before.flatMap(({ serves, asked }) => [serves, asked])));
  return [
    ...own.flatMap(({ front, serves }) => waysOf({ ...way, from: front }, intersection(ports, serves))),
    ...ranges.flatMap(range => waysOf({ ...way, from: range }, rest)),
  ];
}

/** The ranges of an outside peer that calls a balancer: no rule has them where the balancer's own list does. */
export function callersOf(inventory: Inventory, from: string, to: string): readonly string[] {
  if (from === "internet") return [from];
  const rules = inventory.ofType("strata:index:Flows").flatMap(({ inputs }) => Object.values(fieldsOf(inputs.rules)));
  const known = rules.map(rule => at(rule, "from")).filter(peer => at(peer, "kind") === "ranges" && at(peer, "name") === from);
  const named = known.flatMap(peer => textsOf(at(peer, "ranges")));
  const listed = inventory
    .ofType("strata:index:Balancer")
    .filter(({ name }) => name === to)
    .flatMap(({ inputs }) => textsOf(inputs.callers));
  const ranges = named.length > 0 ? named : listed;
  return ranges.length > 0 ? [...new Set(ranges)] : [from];
}
