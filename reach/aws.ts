/**
 * Reachability on AWS. A packet passes when the sender's groups let it out and the receiver's let it in, when route tables
 * lead there, and when the network ACLs at both subnets' edges let it and its answer through. An entry answers on its
 * listeners alone, and sends to what stands behind it alone.
 * Known to be coarser than AWS: several network cards of one host count as one, policies of endpoints are not read, and a rule
 * for a range of another site counts as open whether or not a tunnel leads there.
 */
import type { PlannedResource } from "../cli/planner/model.ts";
import { balancersOf } from "./aws/balancers.ts";
import { type Between, between, type Road, roadsOf } from "./aws/between.ts";
import { askedOf, asksOf, visitsOf } from "./aws/cdn.ts";
import { type Entry, narrowed, type Way } from "./aws/entries.ts";
import { entryExposures } from "./aws/entry-exposures.ts";
import { exposuresOf } from "./aws/exposures.ts";
import { cloudFrontLists } from "./aws/lists.ts";
import { type Member, membersOf } from "./aws/members.ts";
import { subnetsOf } from "./aws/network.ts";
import { type Border, borderOf, crossings } from "./aws/outside.ts";
import { rulesOf } from "./aws/rules.ts";
import { callsOf, clientsOf } from "./aws/vpn.ts";
import type { Exposure, Reach, Reachability, Reader } from "./model.ts";
import { difference, intersection, none, type PortSet, union } from "./ports.ts";
import { gathered, type Strand } from "./strands.ts";
import { type Inventory, inventoryOf, textOf } from "./values.ts";

export const aws: Reader = (resources: readonly PlannedResource[]): Reachability => {
  const inventory = inventoryOf(resources);
  const subnets = subnetsOf(inventory);
  const rules = rulesOf(inventory);
  const members = membersOf(inventory, subnets);
  const border = borderOf(inventory, subnets, rules);
  const entries = new Map([...balancersOf(inventory), ...clientsOf(inventory)]);
  const placeOf = placesOf(inventory);
  const placed = (way: Way, of: Region): Strand => ({ ...way, place: placeOf(of) });
  const outer = [
    ...visitsOf(inventory).map(way => placed(way, {})),
    ...asksOf(inventory, members, entries, border).map(({ member, ...way }) => placed(way, member ?? {})),
    ...callsOf(inventory).map(({ resource, ...way }) => placed(way, { region: textOf(resource.inputs.region) })),
    ...members.flatMap(member => crossingsOf(member, entries, border).map(way => placed(way, member))),
  ];
  const road = roadsOf(inventory);
  const inner = members.flatMap(from =>
    members.flatMap(to => betweenOf(from, to, entries, border, road).map(way => ({ ...way, place: placeOf(from) }))),
  );
  const exposures = [...exposuresOf(inventory, members, border), ...entryExposures(inventory, members, entries, border)];
  return { reaches: gathered([...outer, ...inner.map(tellerOf(outer))]), exposures: distinct(exposures) };
};

type Region = { readonly region?: string | undefined };

/** The provider's region is the primary one; whatever says another is in the second. */
function placesOf(inventory: Inventory): (of: Region) => Reach["place"] {
  const primary = textOf(inventory.ofType("pulumi:providers:aws").at(0)?.inputs.region);
  return ({ region }) => (region === undefined || primary === undefined || region === primary ? "primary" : "secondary");
}

/** Ways in and out of a member; a balancer's rules for the CDN that asks it are the CDN's own way. */
function crossingsOf(member: Member, entries: ReadonlyMap<string, Entry>, border: Border): readonly Way[] {
  const ways = [...crossings(member, border)];
  const entry = entries.get(member.resource.urn);
  if (!entry) return ways;
  const asked = askedOf(border.inventory).has(member.resource.urn);
  return ways
    .filter(({ from }) => !(asked && cloudFrontLists.has(from)))
    .flatMap(way => (way.to === member.end ? narrowed(way, entry.answers) : sentOut(way, entry)));
}

/** Clients ask the cloud's own services by their public names: to them these are a part of the internet. */
function sentOut(way: Way, entry: Entry): readonly Way[] {
  const to = way.to === "store" || way.to === "endpoints" ? "internet" : way.to;
  return narrowed({ ...way, to }, entry.outward(to));
}

function betweenOf(from: Member, to: Member, entries: ReadonlyMap<string, Entry>, { rules }: Border, road: Road): readonly Between[] {
  const [sender, receiver] = [entries.get(from.resource.urn), entries.get(to.resource.urn)];
  const sent = sender?.towards(to);
  if (sent?.length === 0) return [];
  return [...between(from, to, rules, road)]
    .flatMap(way => (sent ? narrowed(way, sent) : [way]))
    .flatMap(way => (receiver ? narrowed(way, receiver.answers) : [way]))
    .map(way => ({ ...way, anybody: way.anybody && receiver !== undefined }));
}

/**
 * What is left of ways by rules that name nobody: whoever may go to the internet may go to an entry that lets the internet in,
 * and two lines say so already.
 */
function tellerOf(outer: readonly Strand[]): (way: Between & Strand) => Strand {
  const open = (from: (strand: Strand) => boolean, by: (strand: Strand) => string): ReadonlyMap<string, PortSet> =>
    new Map([...Map.groupBy(outer.filter(from), by)].map(([end, strands]) => [end, union(...strands.map(({ ports }) => ports))]));
  const out = open(
    ({ to }) => to === "internet",
    ({ from }) => from,
  );
  const into = open(
    ({ from }) => from === "internet",
    ({ to }) => to,
  );
  return ({ anybody, ...way }) =>
    anybody ? { ...way, ports: difference(way.ports, intersection(out.get(way.from) ?? none, into.get(way.to) ?? none)) } : way;
}

/** A rule of a group that several members carry is one finding. */
const distinct = (exposures: readonly Exposure[]): readonly Exposure[] => [
  ...new Map(exposures.map(exposure => [`${exposure.resource} ${exposure.what}`, exposure])).values(),
];
