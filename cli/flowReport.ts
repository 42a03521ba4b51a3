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
function linesOf({ protocol, ports }: PlannedFlow, cloud: string): readonly PortLine[] {
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
  if (kind === "cdn") return textsOf(at(peer, "sources"));
  // One range of Google's own stands for all its services, storage among them.
  const own = ["store", "endpoints"];
  return cloud === "gcp" && own.includes(name) ? own : [name];
}

/** Who opens a connection that no rule lets through: an outside peer that a list of callers lets in is there by its ranges. */
function callersOf({ from, to }: PlannedFlow, { ofType }: Inventory): readonly string[] {
  const rules = ofType("strata:index:Flows").flatMap(({ inputs }) => Object.values(fieldsOf(inputs.rules)));
  const named = rules.map(rule => at(rule, "from")).filter(peer => at(peer, "kind") === "ranges" && at(peer, "name") === from);
  const listed = ofType("strata:index:Balancer").filter(({ name }) => name === to);
  const ranges = [...named.map(peer => at(peer, "ranges")), ...listed.map(({ inputs }) => inputs.callers)].flatMap(textsOf);
  const isOutside = from !== "internet" && from !== "cdn" && ranges.length > 0;
  return isOutside ? [...new Set(named.length > 0 ? named.flatMap(peer => textsOf(at(peer, "ranges"))) : ranges)] : [from];
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
    extra: without(reaches, cloud === "azure" ? [...decided, ...byServiceTag(decided)] : decided),
  };
}

export const isAsDecided = ({ missing, extra, exposures }: FlowReport): boolean =>
  missing.length === 0 && extra.length === 0 && exposures.length === 0;
