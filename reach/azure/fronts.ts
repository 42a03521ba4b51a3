/** What balancers of either kind have in common on Azure: where they answer, and whom they lead to. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { type PortSet, portSet } from "../ports.ts";
import { at, type Inventory, numberOf, ReadFault, textOf } from "../values.ts";
import { nameOf, rangesIn, urnsOf } from "./ground.ts";
import { type Interface, type SubnetAt, serviceIn } from "./interfaces.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A pool, and the ports that its members are asked on. */
export interface Target {
  readonly pool: string;
  readonly traffic: PortSet;
}

/** One address, or one for each family of a public one. */
export interface Front {
  /** Name of what gives it an address on the internet; null for a private one. */
  readonly publicAddress: string | null;
  readonly families: readonly (4 | 6)[];
  /** Where it stands in a subnet; nowhere for a public one that hands connections on. */
  readonly stands: readonly Interface[];
}

export interface Listener {
  readonly front: Front;
  readonly traffic: PortSet;
  readonly targets: readonly Target[];
}

export interface Balancer {
  /** What it is called as an end. */
  readonly end: string;
  readonly planned: PlannedResource;
  /** What Azure calls it, where the plan knows: ids of its parts have it. */
  readonly called: string | undefined;
  /** From where it asks its members; null where it hands connections on, so that members see the callers. */
  readonly self: Interface | null;
  readonly listeners: readonly Listener[];
  /** Pools whose members go out with its address. */
  readonly lends: ReadonlySet<string>;
  /** Host names that it answers to, where it knows them. */
  readonly hosts: ReadonlySet<string>;
}

export const publicAddressType = "azure-native:network:PublicIPAddress";

/** Ids of a balancer's own parts end in the part's name. */
export function partOf(reference: unknown, owner: PlannedResource): string {
  const name = textOf(at(reference, "id"))?.split("/").at(-1);
  if (name === undefined) throw new ReadFault(owner, "the plan does not know which of its own parts is meant");
  return name;
}

/** A part by what refers to it. */
export function namedOf(parts: readonly Fields[], reference: unknown, owner: PlannedResource): Fields {
  const name = partOf(reference, owner);
  const part = parts.find(one => one.name === name);
  if (!part) throw new ReadFault(owner, `it has no part called "${name}"`);
  return part;
}

export function portOf(value: unknown, owner: PlannedResource): PortSet {
  const port = numberOf(value);
  if (port === undefined) throw new ReadFault(owner, "the plan does not know a port of it");
  return portSet("tcp", [port, port]);
}

/** `within`: the subnet that a public front is filtered in, if in any. */
export function frontOf(
  inventory: Inventory,
  owner: PlannedResource,
  end: string,
  front: Fields,
  subnetAt: SubnetAt,
  within: unknown,
): Front {
  if (front.publicIPPrefix !== undefined || front.gatewayLoadBalancer !== undefined || front.privateLinkConfiguration !== undefined)
    throw new ReadFault(owner, "nothing here reads a front with a range of addresses, an appliance or a private link");
  if (front.publicIPAddress === undefined) {
    const fixed = rangesIn(textOf(front.privateIPAddress) === undefined ? [] : [String(front.privateIPAddress)]);
    const stands = [serviceIn(subnetAt(front.subnet, owner), owner, { end, family: 4, ...(fixed.length === 0 ? {} : { ranges: fixed }) })];
    return { publicAddress: null, families: [4], stands };
  }
  // References name every address of the balancer, so each public front is taken to answer in each of their families.
  const urns = urnsOf(front.publicIPAddress, publicAddressType);
  const familyOf = (urn: string): 4 | 6 => (inventory.at(urn)?.inputs.publicIPAddressVersion === "IPv6" ? 6 : 4);
  const publicAddress = urns.map(nameOf)[0] ?? owner.name;
  const families: readonly (4 | 6)[] = urns.length === 0 ? [4] : [...new Set(urns.map(familyOf))];
  const stands =
    within === undefined
      ? []
      : families.map(family => {
          const own = urns.find(urn => familyOf(urn) === family);
          return serviceIn(subnetAt(within, owner), owner, { end, family, publicAddress: own === undefined ? publicAddress : nameOf(own) });
        });
  return { publicAddress, families, stands };
}

/** The pool that a member joined, `*` where only a deploy will know which; null for another balancer's. */
function poolOf({ type, id }: Interface["joins"][number], { planned, called }: Balancer): string | null {
  if (type !== planned.type) return null;
  const [pool, , owner] = textOf(id)?.split("/").toReversed() ?? [];
  if (pool !== undefined) return called !== undefined && owner === called ? pool : null;
  return urnsOf(id, planned.type).includes(planned.urn) ? "*" : null;
}

/** Ports that a balancer asks an interface on, by one of its listeners. */
export const targetsAt = (balancer: Balancer, { targets }: Pick<Listener, "targets">, member: Interface): readonly Target[] => {
  const pools = new Set(member.joins.map(join => poolOf(join, balancer)));
  return targets.filter(({ pool }) => pools.has(pool) || pools.has("*"));
};
