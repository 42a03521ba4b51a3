/** Security groups: rules by priority, Azure's own behind them, and what they let through between two parties. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Ports } from "../model.ts";
import { difference, every, everyPort, intersection, isEmpty, type PortSet, portSet, protocolOf, union } from "../ports.ts";
import { type Inventory, numberOf, ReadFault, rowsOf, textOf } from "../values.ts";
import { eitherOf, nameOf, urnsOf } from "./ground.ts";
import { type Match, matchOf, narrower, type Party, type Side } from "./party.ts";

/** What one thing lets through. */
export interface Opening {
  /** Name of the rule, or of the group for one of Azure's own. */
  readonly name: string;
  readonly traffic: PortSet;
  /** Whether somebody wrote it. */
  readonly written: boolean;
}

interface Rule {
  readonly name: string;
  readonly written: boolean;
  readonly priority: number;
  readonly allows: boolean;
  readonly source: Side;
  readonly destination: Side;
  readonly traffic: PortSet;
  /** Whether it holds whatever port the caller sends from, which the caller chooses. */
  readonly fromEveryPort: boolean;
}

export type Direction = "Inbound" | "Outbound";
export type Filter = Readonly<Record<Direction, readonly Rule[]>>;

type Fields = Readonly<Record<string, unknown>>;

function portsOf(text: string, owner: PlannedResource): Ports {
  if (text === "*") return everyPort;
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined) throw new ReadFault(owner, `"${text}" is no range of ports`);
  return [Number(first), Number(last ?? first)];
}

/** Any protocol on some ports means the two that have ports. */
function trafficOf(protocol: string, ports: readonly Ports[]): PortSet {
  const read = protocolOf(protocol);
  const kinds = read === "all" && !ports.some(([first, last]) => first <= 0 && last >= everyPort[1]) ? (["tcp", "udp"] as const) : [read];
  return union(...kinds.flatMap(kind => ports.map(range => portSet(kind, range))));
}

function sideOf(fields: Fields, key: "source" | "destination", owner: PlannedResource): Side {
  const groups = urnsOf(fields[`${key}ApplicationSecurityGroups`], "azure-native:network:ApplicationSecurityGroup");
  const prefixes = eitherOf(fields, `${key}AddressPrefix`, `${key}AddressPrefixes`);
  if (groups.length + prefixes.length === 0) throw new ReadFault(owner, `the plan does not know the ${key} of a rule`);
  return { groups, prefixes };
}

function ruleOf(fields: Fields, owner: PlannedResource): readonly [Direction, Rule] {
  const direction = textOf(fields.direction);
  const access = textOf(fields.access);
  const priority = numberOf(fields.priority);
  const protocol = textOf(fields.protocol);
  const known = (direction === "Inbound" || direction === "Outbound") && (access === "Allow" || access === "Deny");
  if (!known || priority === undefined || protocol === undefined) {
    throw new ReadFault(owner, "a rule needs a direction, an access, a priority and a protocol");
  }
  const ports = eitherOf(fields, "destinationPortRange", "destinationPortRanges").map(text => portsOf(text, owner));
  const sourcePorts = eitherOf(fields, "sourcePortRange", "sourcePortRanges").map(text => portsOf(text, owner));
  const rule: Rule = {
    name: owner.name,
    written: true,
    priority,
    allows: access === "Allow",
    source: sideOf(fields, "source", owner),
    destination: sideOf(fields, "destination", owner),
    traffic: trafficOf(protocol, ports),
    fromEveryPort: sourcePorts.every(([first, last]) => first <= 0 && last >= everyPort[1]),
  };
  return [direction, rule];
}

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules (read 2025-11-21). */
function ownRules(name: string): readonly (readonly [Direction, Rule])[] {
  const rule = (priority: number, allows: boolean, from: string, to: string): Rule => ({
    name,
    written: false,
    priority,
    allows,
    source: { groups: [], prefixes: [from] },
    destination: { groups: [], prefixes: [to] },
    traffic: every,
    fromEveryPort: true,
  });
  return [
    ["Inbound", rule(65_000, true, "VirtualNetwork", "VirtualNetwork")],
    ["Inbound", rule(65_001, true, "AzureLoadBalancer", "*")],
    ["Inbound", rule(65_500, false, "*", "*")],
    ["Outbound", rule(65_000, true, "VirtualNetwork", "VirtualNetwork")],
    ["Outbound", rule(65_001, true, "*", "Internet")],
    ["Outbound", rule(65_500, false, "*", "*")],
  ];
}

export interface Filters {
  /** By URN, those included that are only referred to: Azure's own rules are in each. */
  readonly filterAt: (urn: string) => Filter;
  /** Ranges and tags that written rules name. */
  readonly words: readonly string[];
}

export function filtersOf(inventory: Inventory): Filters {
  const written = new Map<string, (readonly [Direction, Rule])[]>();
  const add = (urn: string, fields: Fields, owner: PlannedResource) => {
    written.set(urn, [...(written.get(urn) ?? []), ruleOf(fields, owner)]);
  };
  for (const group of inventory.ofType("azure-native:network:NetworkSecurityGroup")) {
    for (const fields of rowsOf(group.inputs.securityRules)) add(group.urn, fields, group);
  }
  for (const rule of inventory.ofType("azure-native:network:SecurityRule")) {
    const [group] = urnsOf(rule.inputs.networkSecurityGroupName, "azure-native:network:NetworkSecurityGroup");
    if (group === undefined) throw new ReadFault(rule, "it belongs to no security group of the plan");
    add(group, rule.inputs, rule);
  }
  const made = new Map<string, Filter>();
  const filterAt = (urn: string): Filter => {
    const known = made.get(urn);
    if (known) return known;
    const rules = [...(written.get(urn) ?? []), ...ownRules(nameOf(urn))].toSorted(([, a], [, b]) => a.priority - b.priority);
    const inOrder = (wanted: Direction) => rules.flatMap(([direction, rule]) => (direction === wanted ? [rule] : []));
    const filter = { Inbound: inOrder("Inbound"), Outbound: inOrder("Outbound") };
    made.set(urn, filter);
    return filter;
  };
  const words = [...written.values()].flat().flatMap(([, { source, destination }]) => [...source.prefixes, ...destination.prefixes]);
  return { filterAt, words };
}

/**
 * What a group lets through from one party to another: the first rule that speaks about a packet decides.
 * A rule that speaks about some of a party's addresses only opens what it allows, and closes nothing for sure.
 */
export function letThrough(rules: readonly Rule[], from: Party, to: Party, here: Party): readonly Opening[] {
  const openings: Opening[] = [];
  let undecided = every;
  for (const { name, written, allows, source, destination, traffic, fromEveryPort } of rules) {
    if (isEmpty(undecided)) break;
    const match: Match = narrower(matchOf(source, from, here), () => matchOf(destination, to, here));
    if (match === "none") continue;
    const decided = intersection(undecided, traffic);
    if (allows && !isEmpty(decided)) openings.push({ name, traffic: decided, written });
    if (match === "whole" && fromEveryPort) undecided = difference(undecided, traffic);
  }
  return openings;
}
