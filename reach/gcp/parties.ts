/**
 * Who stands in a Google network: hosts, which rules stop on both ways, and doors, the addresses of managed services.
 * A door has no rules of its own: whoever a rule lets out to it is in, on the ports that the service answers.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Reach } from "../model.ts";
import type { PortSet } from "../ports.ts";
import type { Range } from "../ranges.ts";
import { at, type Inventory, isUnknown, listOf, ReadFault, referred, roleOf, rowsOf, textOf, textsOf } from "../values.ts";
import { type Ground, knownRange, type Subnet, subnetType } from "./ground.ts";

/** What a rule looks at: addresses, and for hosts of its own network the tags and service accounts. */
export interface Party {
  /** None for what is outside the platform's networks. */
  readonly network: string | undefined;
  readonly ranges: readonly Range[];
  /** Resources whose addresses are this party's: a range that hangs on one of them names it. */
  readonly owners: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
}

export interface Member extends Party {
  readonly resource: PlannedResource;
  readonly network: string;
  readonly region: string;
  readonly place: Reach["place"];
}

/** One network interface of an instance, or of the instances of a template. */
export interface Host extends Member {
  readonly end: string;
  readonly subnet: Subnet;
  readonly publicV4: boolean;
  readonly publicV6: boolean;
}

export interface Door extends Member {
  /** What lies behind it; Google's endpoint for all its services has two. */
  readonly ends: readonly string[];
  readonly serves: PortSet;
  /** Whether callers of other regions come through. */
  readonly everyRegion: boolean;
  /** Whether callers of a peered network come through. */
  readonly throughPeering: boolean;
  /** Further resources that make it, for who must close it. */
  readonly through: readonly string[];
}

export const nothing: ReadonlySet<string> = new Set();

/** The end's name: a thing without a role goes by its own name, so that it is not lost. */
export const endOf = (resource: PlannedResource): string => roleOf(resource) ?? resource.name;

/** Names of accounts and what they hang on, so that a rule and a host are compared by either. */
export const keysOf = (value: unknown): ReadonlySet<string> => new Set([...textsOf(value), ...referred(value)]);

const addressTypes = ["gcp:compute/address:Address", "gcp:compute/globalAddress:GlobalAddress"] as const;

export const addressesOf = (inventory: Inventory, value: unknown): readonly PlannedResource[] =>
  inventory.referredOf(value, ...addressTypes);

/** A reserved address as a range: what was asked for, or anywhere in its subnet. */
export function rangesOfAddress(ground: Ground, address: PlannedResource): readonly Range[] {
  const { address: first, prefixLength, subnetwork } = address.inputs;
  const text = textOf(first);
  if (text !== undefined) return [knownRange(address, typeof prefixLength === "number" ? `${text}/${prefixLength}` : text)];
  return ground.inventory
    .referredOf(subnetwork, subnetType)
    .flatMap(subnet => ground.subnets.get(subnet.urn)?.ranges.filter(range => range.family === 4) ?? []);
}

function hostOf(ground: Ground, resource: PlannedResource, card: Readonly<Record<string, unknown>>): Host {
  const { inventory } = ground;
  const found = inventory.referredOf(card.subnetwork, subnetType)[0];
  const subnet = found && ground.subnets.get(found.urn);
  if (!subnet) throw new ReadFault(resource, "a network interface in no subnet that the plan knows");
  const fixed = textOf(card.networkIp);
  const addresses = fixed === undefined ? addressesOf(inventory, card.networkIp) : [];
  const families = card.stackType === "IPV6_ONLY" ? [6] : card.stackType === "IPV4_IPV6" ? [4, 6] : [4];
  const ranges = subnet.ranges.filter(range => families.includes(range.family));
  return {
    resource,
    subnet,
    end: endOf(resource),
    network: subnet.network,
    region: subnet.region,
    place: ground.placeOf(subnet.region),
    ranges: fixed === undefined ? ranges : [knownRange(resource, fixed), ...ranges.filter(range => range.family === 6)],
    owners: new Set([resource.urn, ...addresses.map(address => address.urn)]),
    accounts: keysOf(at(resource.inputs, "serviceAccount", "email")),
    tags: new Set(textsOf(resource.inputs.tags)),
    publicV4: families.includes(4) && (isUnknown(card.accessConfigs) || listOf(card.accessConfigs).length > 0),
    publicV6: families.includes(6) && subnet.publicV6,
  };
}

export const hostTypes = [
  "gcp:compute/instance:Instance",
  "gcp:compute/instanceTemplate:InstanceTemplate",
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
] as const;

export const hostsOf = (ground: Ground): readonly Host[] =>
  ground.inventory
    .ofType(...hostTypes)
    .flatMap(resource => rowsOf(resource.inputs.networkInterfaces).map(card => hostOf(ground, resource, card)));
