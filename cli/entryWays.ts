/** Ways that no rule decides: where entries answer and whom they ask, as their own specs say it. */
import type { Reach } from "../reach/model.ts";
import type { PortLine } from "../reach/ports.ts";
import { at, fieldsOf, type Inventory, numberOf, textOf } from "../reach/values.ts";
import type { PlannedFlow } from "./planner/model.ts";

const tcp = (port: number): PortLine => ({ protocol: "tcp", ports: [port, port] });
const udp = (port: number): PortLine => ({ protocol: "udp", ports: [port, port] });

/** Who calls an entry that has no packet filter of ours in front, and what the CDN asks, whose rules name its lists of addresses. */
export const isOfEntries = ({ from, to, rule }: PlannedFlow): boolean =>
  from === "cdn" || to === "cdn" || (rule === null && from === "internet" && to === "vpn");

/** A balancer opens nothing to a role that stands behind none of its pools: such a rule waits for a pool. */
export function isServed({ from, to }: PlannedFlow, inventory: Inventory): boolean {
  const balancer = inventory.ofType("strata:index:Balancer").find(({ name }) => name === from);
  return balancer === undefined || Object.values(fieldsOf(balancer.inputs.pools)).some(pool => at(pool, "role") === to);
}

export const entryWays = (inventory: Inventory): readonly Reach[] => [...calls(inventory), ...visits(inventory), ...asks(inventory)];

const fromInternet = (to: string, through: string, lines: readonly PortLine[]): readonly Reach[] =>
  lines.map(line => ({ from: "internet", to, ...line, place: "primary", through: [through] }));

/** VPNs, and sessions where a host of the cloud's own takes them in. */
const calls = (inventory: Inventory): readonly Reach[] =>
  inventory
    .ofType("strata:index:Entry")
    .flatMap(({ name, inputs: { clients, sites, ranges } }) => [
      ...(clients === null ? [] : fromInternet("vpn", name, [tcp(443)])),
      ...(Object.keys(fieldsOf(sites)).length === 0 ? [] : fromInternet("vpn", name, [udp(500), udp(4500)])),
      ...(textOf(at(ranges, "session")) === undefined ? [] : fromInternet("session", name, [tcp(443)])),
    ]);

const visits = (inventory: Inventory): readonly Reach[] =>
  inventory
    .ofType("strata:index:Cdn")
    .filter(({ inputs }) => Object.keys(fieldsOf(inputs.sites)).length > 0)
    .flatMap(({ name }) => fromInternet("cdn", name, [tcp(443), tcp(80)]));

/** Balancers by https, or the groups behind them where the CDN is a front of its own. */
const asks = (inventory: Inventory): readonly Reach[] =>
  inventory.ofType("strata:index:Cdn").flatMap(({ name, inputs }) => {
    const asked = (end: unknown, line: PortLine): readonly Reach[] => {
      const to = textOf(end);
      return to === undefined ? [] : [{ from: "cdn", to, ...line, place: "primary", through: [name] }];
    };
    return Object.values(fieldsOf(inputs.sites)).flatMap(site =>
      at(site, "front") === null
        ? Object.values(fieldsOf(at(site, "origins"))).flatMap(origin => asked(at(origin, "balancer"), tcp(443)))
        : Object.values(fieldsOf(at(site, "front", "backends"))).flatMap(backend => {
            const port = numberOf(at(backend, "to", "pool", "port"));
            return port === undefined ? [] : asked(at(backend, "to", "pool", "role"), tcp(port));
          }),
    );
  });
