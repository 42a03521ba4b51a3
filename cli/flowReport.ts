/** What the planned rules, routes and addresses let through, against the flows that were decided. */
import { reachabilityOf } from "../reach/index.ts";
import type { Exposure, Reach } from "../reach/model.ts";
import { type PortLine, portSet } from "../reach/ports.ts";
import { at, fieldsOf, type Inventory, inventoryOf, textOf, textsOf } from "../reach/values.ts";
import type { Plan, PlannedFlow } from "./planner/model.ts";
import { joined, without } from "./planner/ways.ts";

export interface FlowReport {
  readonly format: 1;
  readonly system: string;
  readonly environment: string;
  readonly cloud: string;
  readonly reaches: readonly Reach[];
  readonly exposures: readonly Exposure[];
  /** Decided, yet closed: `through` names the rules that were to open it. */
  readonly missing: readonly Reach[];
  /** Open, yet not decided: `through` names what lets it through. */
  readonly extra: readonly Reach[];
}

/** No port at all is a protocol that has none; Azure's rules know no VRRP, so its flow is one of everything. */
function linesOf({ protocol, ports }: Pick<PlannedFlow, "protocol" | "ports">, cloud: string): readonly PortLine[] {
  const [first = "", last = first] = ports.split("-");
  const numbers: PortLine["ports"] = ports === "" ? [0, 65_535] : [Number(first), Number(last)];
  const kind = (["tcp", "udp", ...(cloud === "azure" ? [] : ["vrrp" as const])] as const).find(known => known === protocol) ?? "all";
  return [...portSet(kind, numbers)].flatMap(([protocol, runs]) => runs.map(run => ({ protocol, ports: run })));
}

/** The names that a reader gives to one side of a decided rule. */
function endsOf(peer: unknown, cloud: string): readonly string[] {
  const [kind, name] = [textOf(at(peer, "kind")), textOf(at(peer, "name")) ?? ""];
  if (kind === "ranges")
    return [...new Set(textsOf(at(peer, "ranges")).map(range => (/^(0\.0\.0\.0|::)\/0$/.test(range) ? "internet" : range)))];
  // One range of Google's own stands for all its services, storage among them.
  const own = ["store", "endpoints"];
  return cloud === "gcp" && own.includes(name) ? own : [name];
}

const rulesIn = ({ ofType }: Inventory): readonly (readonly [key: string, rule: unknown, place: unknown])[] =>
  ofType("strata:index:Flows").flatMap(({ inputs: { rules, place } }) =>
    Object.entries(fieldsOf(rules)).map(([key, rule]) => [key, rule, place] as const),
  );

/** Who opens a connection that no rule lets through: an outside peer that a list of callers lets in is there by its ranges. */
function callersOf({ from, to }: PlannedFlow, inventory: Inventory): readonly string[] {
  const members = inventory.ofType("strata:index:Peers").flatMap(({ inputs }) => Object.keys(fieldsOf(inputs.peers)));
  if (["internet", "cdn", ...members].includes(from)) return [from];
  const peers = rulesIn(inventory).map(([, rule]) => at(rule, "from"));
  const named = peers.filter(peer => at(peer, "kind") === "ranges" && at(peer, "name") === from).map(peer => at(peer, "ranges"));
  const listed = inventory.ofType("strata:index:Balancer").filter(({ name }) => name === to);
  const ranges = (named.length > 0 ? named : listed.map(({ inputs }) => inputs.callers)).flatMap(textsOf);
  return ranges.length > 0 ? [...new Set(ranges)] : [from];
}

/** The decided flows as permissions, by the peers of their rules: a flow's line names an outside peer, a rule has its ranges. */
export function decidedOf({ flows, resources, cloud }: Plan): readonly Reach[] {
  const inventory = inventoryOf(resources);
  const specs = inventory.ofType("strata:index:Flows").map(({ inputs }) => inputs);
  return flows.flatMap(flow => {
    const rule = at(
      specs.find(({ place }) => place === flow.place),
      "rules",
      flow.rule ?? "",
    );
    if (flow.rule === null)
      return callersOf(flow, inventory).flatMap(from =>
        linesOf(flow, cloud).map(line => ({ from, to: flow.to, ...line, place: flow.place, through: [] })),
      );
    const through = flow.rules.flatMap(urn => inventory.at(urn)?.name ?? []);
    return endsOf(at(rule, "from"), cloud).flatMap(from =>
      endsOf(at(rule, "to"), cloud).flatMap(to => linesOf(flow, cloud).map(line => ({ from, to, ...line, place: flow.place, through }))),
    );
  });
}

/**
 * Rules that no flow is shown for: behind a balancer that hands packets on, its callers. Who stands in the network gets to the role beside it,
 * who does not has the balancer alone, so these may be open and need not be.
 */
function besideOf({ flows, resources, cloud }: Plan): readonly Reach[] {
  const inventory = inventoryOf(resources);
  const shown = new Set(flows.map(({ rule, place }) => `${place} ${rule}`));
  const handing = inventory.ofType("strata:index:Balancer").filter(({ inputs }) => inputs.form === "network");
  const behind = new Set(handing.flatMap(({ inputs }) => Object.values(fieldsOf(inputs.pools))).map(pool => at(pool, "role")));
  return rulesIn(inventory).flatMap(([key, rule, where]) => {
    const place = where === "secondary" ? "secondary" : "primary";
    if (shown.has(`${place} ${key}`) || !behind.has(at(rule, "to", "name"))) return [];
    const [first, last] = [at(rule, "fromPort"), at(rule, "toPort")].map(String);
    const protocol = textOf(at(rule, "protocol")) ?? "";
    const ports = protocol === "tcp" || protocol === "udp" ? `${first}-${last}` : "";
    const lines = linesOf({ protocol, ports }, cloud);
    return endsOf(at(rule, "from"), cloud).flatMap(from =>
      endsOf(at(rule, "to"), cloud).flatMap(to => lines.map(line => ({ from, to, ...line, place, through: [] }))),
    );
  });
}

/** Azure's logs have a public door alone: who may use the private ones may use it, where a way to the internet does not hold it already. */
const byServiceTag = (decided: readonly Reach[]): readonly Reach[] =>
  decided.filter(({ to }) => to === "endpoints").map(way => ({ ...way, to: "AzureMonitor" }));

export function flowReport(plan: Plan): FlowReport {
  const { reaches, exposures } = reachabilityOf(plan);
  const decided = decidedOf(plan);
  const { system, environment, cloud } = plan;
  return {
    format: 1,
    ...{ system, environment, cloud },
    reaches: joined(reaches),
    exposures,
    missing: without(decided, reaches),
    extra: without(reaches, [...decided, ...besideOf(plan), ...(cloud === "azure" ? byServiceTag(decided) : [])]),
  };
}

export const isAsDecided = ({ missing, extra, exposures }: FlowReport): boolean =>
  missing.length === 0 && extra.length === 0 && exposures.length === 0;
