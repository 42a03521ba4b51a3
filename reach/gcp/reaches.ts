/** Reading of the ways in a Google network: host to host, host to door, in from and out to what is outside. */
import type { Reach } from "../model.ts";
import { difference, every, intersection, isEmpty, none, type PortSet, portSet } from "../ports.ts";
import { contains, isEverywhere, isPrivate, type Range, rangeOf } from "../ranges.ts";
import type { Strand } from "../strands.ts";
import type { Front } from "./fronts.ts";
import type { Ground } from "./ground.ts";
import { type Door, type Host, nothing, type Party } from "./parties.ts";
import { type Grant, judge, type Rule, rulesAt } from "./rules.ts";

export interface Scene {
  readonly ground: Ground;
  readonly hosts: readonly Guarded[];
  readonly doors: readonly Door[];
  readonly outside: readonly Outside[];
  readonly fronts: readonly Front[];
}

/** A host with the rules that stop at it. */
export interface Guarded extends Host {
  readonly inward: readonly Rule[];
  readonly outward: readonly Rule[];
  /** Where balancers before it call it or ask after its health: Google's own ranges come there as the balancer. */
  readonly balanced: PortSet;
  /** Where its own group asks after its health, from the front ends' ranges. */
  readonly healed: PortSet;
}

export interface Outside extends Party {
  readonly end: string;
  readonly range: Range;
}

export const guarded = (host: Host, rules: readonly Rule[], asked: Pick<Guarded, "balanced" | "healed">): Guarded => ({
  ...host,
  ...asked,
  inward: rulesAt(rules, host, true),
  outward: rulesAt(rules, host, false),
});

const ranges = (...texts: readonly string[]): readonly Range[] => texts.map(rangeOf).filter(range => range !== undefined);

/** Nothing of this network: a range as its own party. */
export const outsideOf = (range: Range): Outside => ({
  end: isEverywhere(range) ? "internet" : range.text,
  range,
  network: undefined,
  ranges: [range],
  owners: nothing,
  accounts: nothing,
  tags: nothing,
});

export const internet: readonly Outside[] = ranges("0.0.0.0/0", "::/0").map(outsideOf);

/**
 * Front ends of Google's balancers, and what asks after the health of hosts
 * (https://cloud.google.com/load-balancing/docs/firewall-rules, read 2026-11-21; the last range from memory).
 */
export const frontEnds = ranges("35.191.0.0/16", "130.211.0.0/22", "2600:2d00:1:1::/64", "2600:2d00:1:b029::/64");
export const probes = [...frontEnds, ...ranges("209.85.152.0/22", "209.85.204.0/22", "2600:1901:8001::/48")];

export const isProbe = (range: Range): boolean => probes.some(one => contains(one, range));

/** Google's own ranges that come to hosts without a public address: these, IAP and DNS forwarding (the last two from memory). */
export const comesWithin = new Set([...probes.map(({ text }) => text), "35.235.240.0/20", "35.199.192.0/19"]);

/**
 * private and restricted.googleapis.com: every service, storage too. Pages differ on the size of the v6 ranges, so the wider one stands here
 * (https://cloud.google.com/vpc-service-controls/docs/private-connectivity, read 2026-11-21).
 */
const googleServices: Party = {
  network: undefined,
  ranges: ranges("199.36.153.8/30", "199.36.153.4/30", "2600:2d00:2:2000::/56", "2600:2d00:2:1000::/56"),
  owners: nothing,
  accounts: nothing,
  tags: nothing,
};
export const isGoogleServices = (range: Range): boolean => googleServices.ranges.some(one => contains(one, range));
const webPort: PortSet = portSet("tcp", [443, 443]);

const families = [4, 6] as const;
const hasFamily = (party: Party, family: 4 | 6): boolean => party.ranges.some(range => range.family === family);

/** Ways that rules of one or two sides let through, each with the rules that do. */
function strandsOf(
  ends: Pick<Strand, "from" | "to" | "place">,
  sides: readonly (readonly Grant[])[],
  limit: PortSet,
  through: readonly string[],
): readonly Strand[] {
  return sides.reduce<readonly Strand[]>(
    (strands, side) =>
      strands.flatMap(strand =>
        side.map(grant => ({
          ...ends,
          ports: intersection(strand.ports, grant.ports),
          through: grant.name === "" ? strand.through : [...strand.through, grant.name],
        })),
      ),
    [{ ...ends, ports: limit, through }],
  );
}

/** The place of a way between two regions is the secondary one, as its other end is. */
const placeOf = (a: Reach["place"], b: Reach["place"]): Reach["place"] => (a === "primary" ? b : a);

function betweenHosts(scene: Scene, from: Guarded, to: Guarded): readonly Strand[] {
  if (!scene.ground.connected(from.network, to.network)) return [];
  const place = placeOf(from.place, to.place);
  const itself = from.end === to.end && from.place === to.place;
  return families.flatMap(family => {
    if (!hasFamily(from, family) || !hasFamily(to, family)) return [];
    const leaves = judge(from.outward, false, from, to, family);
    const enters = judge(to.inward, true, to, from, family);
    // Among hosts of one role only a rule that names the role is about them.
    const grants = itself ? enters.filter(grant => grant.named) : enters;
    return strandsOf({ from: from.end, to: to.end, place }, [leaves, grants], every, []);
  });
}

/** A host as rules see it when it is called at the address of a front that hands packets on. */
export const calledAt = (host: Guarded, { ranges: own, owners }: Front): Party => ({ ...host, ranges: own, owners });

/** Whom a front hands connections on to. */
export const hostsBehind = ({ hosts }: Scene, { pools }: Front): readonly Guarded[] =>
  hosts.filter(host => pools.some(pool => pool.hosts.has(host.resource.urn)));

/** What hosts behind a door let in, where no proxy stands between; nothing is asked elsewhere. */
function letIn(scene: Scene, from: Guarded, door: Door): readonly (readonly Grant[])[] {
  const front = scene.fronts.find(({ rule }) => rule === door.resource);
  if (front === undefined || !front.handsOn) return [];
  return [hostsBehind(scene, front).flatMap(host => judge(host.inward, true, calledAt(host, front), from, 4))];
}

function toDoor(scene: Scene, from: Guarded, door: Door): readonly Strand[] {
  const { ground } = scene;
  const near = from.network === door.network || (door.throughPeering && ground.connected(from.network, door.network));
  if (!near || !(door.everyRegion || from.region === door.region)) return [];
  const leaves = judge(from.outward, false, from, door, 4);
  const sides = [leaves, ...letIn(scene, from, door)];
  const place = placeOf(from.place, door.place);
  return door.ends.flatMap(to => strandsOf({ from: from.end, to, place }, sides, door.serves, door.through));
}

/** Google's services answer at addresses beyond the network: a route to the gateway, and a subnet that may go there without a public address. */
function toServices({ ground }: Scene, from: Guarded): readonly Strand[] {
  if (!from.subnet.privateAccess && !from.publicV4) return [];
  return googleServices.ranges.flatMap(range => {
    const routes = ground.gatewayRoutes(from.network, range, from.tags);
    if (routes.length === 0 || !hasFamily(from, range.family)) return [];
    const leaves = judge(from.outward, false, from, { ...googleServices, ranges: [range], network: from.network }, range.family);
    const through = [...routes, from.subnet.resource.name];
    return ["endpoints", "store"].flatMap(to => strandsOf({ from: from.end, to, place: from.place }, [leaves], webPort, through));
  });
}

/** What carries packets between a host and addresses of the internet; nothing where nothing does. */
function wayOut({ ground }: Scene, host: Host, range: Range, inward: boolean): readonly string[] | undefined {
  // Whether a line or a VPN leads to a private range is not judged: a rule that names one counts as open.
  if (isPrivate(range) || (inward && comesWithin.has(range.text))) return [];
  const routes = ground.gatewayRoutes(host.network, range, host.tags);
  if (routes.length === 0) return undefined;
  if (range.family === 4 ? host.publicV4 : host.publicV6) return [...routes, host.resource.name];
  const translations = inward || range.family === 6 ? [] : ground.translations(host.subnet);
  return translations.length === 0 ? undefined : [...routes, ...translations];
}

/** What comes from a range of Google's as balancers, and not for the host's own group as well. */
function comesBalanced({ balanced, healed }: Guarded, range: Range): PortSet {
  if (!isProbe(range)) return none;
  return frontEnds.some(one => contains(one, range)) ? difference(balanced, healed) : balanced;
}

function withOutside(scene: Scene, host: Guarded, other: Outside): readonly Strand[] {
  const { end, place } = host;
  const { family } = other.range;
  if (!hasFamily(host, family)) return [];
  return [true, false].flatMap(inward => {
    const through = wayOut(scene, host, other.range, inward);
    if (!through) return [];
    const judged = judge(inward ? host.inward : host.outward, inward, host, other, family);
    // What no rule closes on the way out is open to the internet, not to each range that somebody names.
    const named = judged.filter(grant => grant.name !== "" || other.end === "internet");
    const theirs = inward ? comesBalanced(host, other.range) : none;
    const grants = named.map(grant => ({ ...grant, ports: difference(grant.ports, theirs) })).filter(grant => !isEmpty(grant.ports));
    const ends = inward ? { from: other.end, to: end, place } : { from: end, to: other.end, place };
    return strandsOf(ends, [grants], every, through);
  });
}

export const strandsFrom = (scene: Scene): readonly Strand[] =>
  scene.hosts.flatMap(host => [
    ...scene.hosts.flatMap(other => betweenHosts(scene, host, other)),
    ...scene.doors.flatMap(door => toDoor(scene, host, door)),
    ...toServices(scene, host),
    ...scene.outside.flatMap(other => withOutside(scene, host, other)),
  ]);
