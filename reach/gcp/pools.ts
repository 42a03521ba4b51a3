/**
 * Pools: who answers behind a backend service, on which port a proxy calls them, and where the service asks after their health.
 * Groups of instances alone; groups of endpoints are a fault, as their hosts would be missed.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { every, none, type PortSet, portSet, union } from "../ports.ts";
import { fieldsOf, type Inventory, numberOf, ReadFault, referred, rowsOf, textOf } from "../values.ts";
import { hostTypes } from "./parties.ts";

/** One group behind one service. */
export interface Pool {
  /** URNs of instances and of the templates that instances are made from. */
  readonly hosts: ReadonlySet<string>;
  /** Where a proxy calls them; packets that are handed on keep the port they came with. */
  readonly serves: PortSet;
  /** Where they are asked after their health. */
  readonly asked: PortSet;
}

const instanceGroups = /^gcp:compute\/(region)?instanceGroup(Manager)?:/i;
const healthChecks = /^gcp:compute\/(region)?(http|https)?healthCheck:/i;
export const serviceTypes = /^gcp:compute\/(region)?backendService:/i;
const directTypes = /^gcp:compute\/target(Pool|Instance):/i;

const tcp = (port: number): PortSet => portSet("tcp", [port, port]);

/** The group's port of a name; none where the group has no such name, which then counts as unhealthy. */
function namedPort(inventory: Inventory, group: PlannedResource, name: string): PortSet {
  const apart = inventory
    .ofType("gcp:compute/instanceGroupNamedPort:InstanceGroupNamedPort")
    .filter(({ inputs }) => referred(inputs.group).includes(group.urn))
    .map(({ inputs }) => inputs);
  const ports = [...rowsOf(group.inputs.namedPorts), ...apart].filter(row => row.name === name).map(row => numberOf(row.port));
  return union(
    ...ports.map(port => {
      if (port === undefined) throw new ReadFault(group, `a port "${name}" whose number the plan does not know`);
      return tcp(port);
    }),
  );
}

/** What a health check asks where it says no port: https://cloud.google.com/load-balancing/docs/health-check-concepts (read 2026-11-21). */
const usualPort = (block: string): number => (/https|http2|ssl/i.test(block) ? 443 : 80);

/** `serving`: the port of the pool it asks for; `named`: the group's port of a name. */
function checkPorts({ type, inputs }: PlannedResource, serving: PortSet, named: (name: string) => PortSet): PortSet {
  const blocks = Object.entries(inputs).filter(([key]) => key.endsWith("HealthCheck"));
  const legacy = /\/https?HealthCheck:/i.test(type) ? [[type, inputs] as const] : [];
  return union(
    ...[...blocks, ...legacy].map(([block, value]) => {
      const { portSpecification, portName, port } = fieldsOf(value);
      if (portSpecification === "USE_SERVING_PORT") return serving;
      if (portSpecification === "USE_NAMED_PORT") return named(textOf(portName) ?? "");
      return tcp(numberOf(port) ?? usualPort(block));
    }),
  );
}

function checkedBy(inventory: Inventory, value: unknown, serving: PortSet, named: (name: string) => PortSet): PortSet {
  const checks = referred(value).flatMap(urn => inventory.at(urn) ?? []);
  return union(...checks.filter(({ type }) => healthChecks.test(type)).map(check => checkPorts(check, serving, named)));
}

const hostsIn = (inventory: Inventory, { inputs }: PlannedResource): ReadonlySet<string> =>
  new Set(inventory.referredOf(inputs, ...hostTypes).map(({ urn }) => urn));

/** `proxied`: whether a proxy calls the group by the name of a port. */
function poolOf(inventory: Inventory, service: PlannedResource, group: PlannedResource, proxied: boolean): Pool {
  const named = (name: string): PortSet => namedPort(inventory, group, name);
  const serves = proxied ? named(textOf(service.inputs.portName) ?? "http") : every;
  return {
    hosts: hostsIn(inventory, group),
    serves,
    asked: checkedBy(inventory, service.inputs.healthChecks, proxied ? serves : none, named),
  };
}

/** Everything behind a backend service, or a target that is a pool itself. */
export function poolsOf(inventory: Inventory, resource: PlannedResource, proxied: boolean): readonly Pool[] {
  if (directTypes.test(resource.type))
    return [
      { hosts: hostsIn(inventory, resource), serves: every, asked: checkedBy(inventory, resource.inputs.healthChecks, none, () => none) },
    ];
  return rowsOf(resource.inputs.backends).flatMap(({ group }) => {
    const found = referred(group).flatMap(urn => inventory.at(urn) ?? []);
    const groups = found.filter(({ type }) => instanceGroups.test(type));
    if (groups.length === 0) throw new ReadFault(resource, "a backend that is no group of instances that the plan knows");
    return groups.map(one => poolOf(inventory, resource, one, proxied));
  });
}

/** Whether it has pools of its own; what else a forwarding rule leads to leads on to such. */
export const hasPools = ({ type }: PlannedResource): boolean => serviceTypes.test(type) || directTypes.test(type);

/** Where groups ask their hosts themselves, to put in new ones for the sick: host URNs with ports. */
export function healing(inventory: Inventory): ReadonlyMap<string, PortSet> {
  const found = new Map<string, PortSet>();
  for (const group of inventory.all.filter(({ type }) => instanceGroups.test(type))) {
    const asked = checkedBy(inventory, group.inputs.autoHealingPolicies, none, name => namedPort(inventory, group, name));
    for (const urn of hostsIn(inventory, group)) found.set(urn, union(found.get(urn) ?? none, asked));
  }
  return found;
}
