/** Rules of security groups, however they are written: on their own, the older kind, or within the group. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { every, type PortSet, portSet, protocolOf } from "../ports.ts";
import { type Range, rangeOf } from "../ranges.ts";
import { flagOf, type Inventory, isUnknown, listOf, numberOf, ReadFault, rowsOf, textOf } from "../values.ts";

/** Who the other side of a rule is. A list of ranges is the endpoint that AWS keeps it for, or an id as written. */
export type RulePeer =
  | { readonly kind: "group"; readonly urn: string }
  | { readonly kind: "range"; readonly range: Range }
  | { readonly kind: "list"; readonly id: string };

export interface Rule {
  readonly name: string;
  readonly group: string;
  readonly egress: boolean;
  readonly ports: PortSet;
  readonly peer: RulePeer;
}

/** Rules of each group in both directions. */
export interface Rules {
  readonly ingress: (group: string) => readonly Rule[];
  readonly egress: (group: string) => readonly Rule[];
}

export const groupTypes = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] as const;
export const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const listType = "aws:ec2/managedPrefixList:ManagedPrefixList";

const standalone = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": false,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": true,
} as const;
const olderType = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** Resources that make rules: they name groups without being members of them. */
export const ruleTypes: readonly string[] = [...groupTypes, ...Object.keys(standalone), olderType];

type Row = Readonly<Record<string, unknown>>;

export function rulesOf(inventory: Inventory): Rules {
  const found = [...apart(inventory), ...older(inventory), ...within(inventory)];
  const ingress = Map.groupBy(
    found.filter(rule => !rule.egress),
    rule => rule.group,
  );
  const egress = Map.groupBy(
    found.filter(rule => rule.egress),
    rule => rule.group,
  );
  return { ingress: group => ingress.get(group) ?? [], egress: group => egress.get(group) ?? [] };
}

const apart = (inventory: Inventory): readonly Rule[] =>
  Object.entries(standalone).flatMap(([type, egress]) =>
    inventory.ofType(type).flatMap(resource => {
      const { inputs } = resource;
      const ports = portsOf(inputs.ipProtocol, inputs);
      const groups = inventory.referredOf(inputs.securityGroupId, ...groupTypes);
      const peers = peersOf(inventory, resource, {
        groups: [inputs.referencedSecurityGroupId],
        ranges: [inputs.cidrIpv4, inputs.cidrIpv6],
        lists: [inputs.prefixListId],
      });
      return groups.flatMap(({ urn }) => peers.map(peer => ({ name: resource.name, group: urn, egress, ports, peer })));
    }),
  );

const older = (inventory: Inventory): readonly Rule[] =>
  inventory.ofType(olderType).flatMap(resource => {
    const { inputs } = resource;
    const egress = inputs.type === "egress";
    return inventory
      .referredOf(inputs.securityGroupId, ...groupTypes)
      .flatMap(({ urn }) => rowRules(inventory, resource, urn, egress, { ...inputs, securityGroups: [inputs.sourceSecurityGroupId] }));
  });

const within = (inventory: Inventory): readonly Rule[] =>
  inventory
    .ofType(...groupTypes)
    .flatMap(group => [
      ...rowsOf(group.inputs.ingress).flatMap(row => rowRules(inventory, group, group.urn, false, row)),
      ...rowsOf(group.inputs.egress).flatMap(row => rowRules(inventory, group, group.urn, true, row)),
    ]);

function rowRules(inventory: Inventory, resource: PlannedResource, group: string, egress: boolean, row: Row): readonly Rule[] {
  const ports = portsOf(row.protocol, row);
  const others = peersOf(inventory, resource, {
    groups: listOf(row.securityGroups),
    ranges: [...listOf(row.cidrBlocks), ...listOf(row.ipv6CidrBlocks)],
    lists: listOf(row.prefixListIds),
  });
  const self: readonly RulePeer[] = flagOf(row.self) === true ? [{ kind: "group", urn: group }] : [];
  return [...others, ...self].map(peer => ({ name: resource.name, group, egress, ports, peer }));
}

/** No ports, or -1, are all of them; so are they wherever the protocol is any, whatever else is written. */
function portsOf(protocol: unknown, { fromPort, toPort }: Row): PortSet {
  const known = protocolOf(textOf(protocol) ?? numberOf(protocol) ?? "");
  if (known === "all") return every;
  const first = numberOf(fromPort) ?? -1;
  return first < 0 ? portSet(known) : portSet(known, [first, numberOf(toPort) ?? first]);
}

interface Written {
  readonly groups: readonly unknown[];
  readonly ranges: readonly unknown[];
  readonly lists: readonly unknown[];
}

function peersOf(inventory: Inventory, resource: PlannedResource, { groups, ranges, lists }: Written): readonly RulePeer[] {
  const said = (values: readonly unknown[]): readonly unknown[] => values.filter(value => value !== undefined && value !== null);
  return [
    ...said(groups).flatMap(value => groupPeers(inventory, value)),
    ...said(ranges).map(value => rangePeer(resource, value)),
    ...said(lists).flatMap(value => listPeers(inventory, resource, value)),
  ];
}

/** A group that is not planned here has no member here: the rule opens nothing that this plan makes. */
const groupPeers = (inventory: Inventory, value: unknown): readonly RulePeer[] =>
  inventory.referredOf(value, ...groupTypes).map(({ urn }) => ({ kind: "group", urn }));

function rangePeer(resource: PlannedResource, value: unknown): RulePeer {
  const range = rangeOf(textOf(value) ?? "");
  if (!range) throw new ReadFault(resource, isUnknown(value) ? "a range that only a deploy will know" : "a range that is none");
  return { kind: "range", range };
}

function listPeers(inventory: Inventory, resource: PlannedResource, value: unknown): readonly RulePeer[] {
  if (typeof value === "string") return [{ kind: "list", id: value }];
  return inventory
    .referredOf(value, endpointType, listType)
    .flatMap(target =>
      target.type === endpointType
        ? [{ kind: "list" as const, id: target.urn }]
        : rowsOf(target.inputs.entries).map(entry => rangePeer(resource, entry.cidr)),
    );
}
