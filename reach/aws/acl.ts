/** Network ACLs: filters without memory, so that what goes in must also be let out again. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { difference, ephemeralPorts, every, intersection, none, type PortSet, portSet, protocolOf, union } from "../ports.ts";
import { contains, isEverywhere, isPrivate, overlaps, type Range, rangeOf } from "../ranges.ts";
import { flagOf, type Inventory, numberOf, ReadFault, rowsOf, textOf } from "../values.ts";

/** What passes the edge of a subnet, by direction and the range at the other end. */
export interface Filter {
  readonly urn: string;
  readonly inward: (peer: Range) => PortSet;
  readonly outward: (peer: Range) => PortSet;
}

interface AclRule {
  readonly acl: string;
  readonly egress: boolean;
  readonly number: number;
  readonly allow: boolean;
  readonly ports: PortSet;
  readonly range: Range;
}

const listTypes = ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"] as const;
const subnetType = "aws:ec2/subnet:Subnet";
const vpcType = "aws:ec2/vpc:Vpc";

/** A network's own list as AWS makes it: everything passes. */
const open: Filter = { urn: "", inward: () => every, outward: () => every };

export function filtersOf(inventory: Inventory): { readonly of: (subnet: string, vpc: string) => Filter } {
  const rules = Map.groupBy(rulesOf(inventory), rule => rule.acl);
  const filters = new Map(inventory.ofType(...listTypes).map(list => [list.urn, filterOf(list.urn, rules.get(list.urn) ?? [])]));
  const bound = boundOf(inventory);
  return { of: (subnet, vpc) => filters.get(bound.get(subnet) ?? bound.get(vpc) ?? "") ?? open };
}

function rulesOf(inventory: Inventory): readonly AclRule[] {
  const apart = inventory.ofType("aws:ec2/networkAclRule:NetworkAclRule").flatMap(rule => {
    const { inputs } = rule;
    const row = { ...inputs, action: inputs.ruleAction, ruleNo: inputs.ruleNumber };
    return inventory.referredOf(inputs.networkAclId, ...listTypes).map(list => ruleOf(rule, list.urn, flagOf(inputs.egress) === true, row));
  });
  const within = inventory
    .ofType(...listTypes)
    .flatMap(list => [
      ...rowsOf(list.inputs.ingress).map(row => ruleOf(list, list.urn, false, row)),
      ...rowsOf(list.inputs.egress).map(row => ruleOf(list, list.urn, true, row)),
    ]);
  return [...apart, ...within];
}

function ruleOf(resource: PlannedResource, acl: string, egress: boolean, row: Readonly<Record<string, unknown>>): AclRule {
  const range = rangeOf(textOf(row.cidrBlock) ?? textOf(row.ipv6CidrBlock) ?? "");
  const number = numberOf(row.ruleNo);
  const protocol = protocolOf(textOf(row.protocol) ?? "");
  if (!range || number === undefined) throw new ReadFault(resource, "a rule of a network ACL without a range or a number");
  const ports = protocol === "all" ? every : portSet(protocol, [numberOf(row.fromPort) ?? 0, numberOf(row.toPort) ?? 65_535]);
  return { acl, egress, number, allow: textOf(row.action)?.toLowerCase() === "allow", ports, range };
}

/** List by subnet; a network's own list by the network. */
function boundOf(inventory: Inventory): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const list of inventory.ofType("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"))
    for (const vpc of inventory.referredOf(list.inputs.defaultNetworkAclId, vpcType)) found.set(vpc.urn, list.urn);
  for (const list of inventory.ofType(...listTypes))
    for (const subnet of inventory.referredOf(list.inputs.subnetIds, subnetType)) found.set(subnet.urn, list.urn);
  for (const { inputs } of inventory.ofType("aws:ec2/networkAclAssociation:NetworkAclAssociation"))
    for (const subnet of inventory.referredOf(inputs.subnetId, subnetType))
      for (const list of inventory.referredOf(inputs.networkAclId, ...listTypes)) found.set(subnet.urn, list.urn);
  return found;
}

function filterOf(urn: string, rules: readonly AclRule[]): Filter {
  const ordered = rules.toSorted((a, b) => a.number - b.number);
  const passing = (egress: boolean): ((peer: Range) => PortSet) => {
    const own = ordered.filter(rule => rule.egress === egress);
    const known = new Map<Range, PortSet>();
    return peer => {
      const set = known.get(peer) ?? passed(own, peer);
      known.set(peer, set);
      return set;
    };
  };
  return { urn, inward: passing(false), outward: passing(true) };
}

/** The first rule that fits decides. A refusal of a part of the range leaves the rest open, and open for some is open. */
function passed(ordered: readonly AclRule[], peer: Range): PortSet {
  let left = every;
  let allowed = none;
  for (const rule of ordered) {
    if (rule.allow && meets(rule.range, peer)) allowed = union(allowed, intersection(left, rule.ports));
    if (contains(rule.range, peer)) left = difference(left, rule.ports);
  }
  return allowed;
}

/** Private addresses are no part of the internet, so a rule about them says nothing of it. */
const meets = (range: Range, peer: Range): boolean => overlaps(range, peer) && !(isEverywhere(peer) && isPrivate(range));

const answersFrom = union(portSet("tcp", ephemeralPorts), portSet("udp", ephemeralPorts));

/**
 * What can be asked when `back` may come back: a protocol with ports needs one that answers are sent to, as whoever asks may
 * choose it; a protocol without ports needs itself.
 */
export function answered(asked: PortSet, back: PortSet): PortSet {
  if (back === every) return asked;
  const answers = intersection(back, answersFrom);
  const withPorts = [...answers.keys()].map(protocol => portSet(protocol));
  const withoutPorts = difference(back, union(portSet("tcp"), portSet("udp")));
  return intersection(asked, union(...withPorts, withoutPorts));
}
