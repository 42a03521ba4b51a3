/** Decides the network of one place: ranges, subnets, ways out. */
import { block, contains, isPrivate, moved, overlaps, parseRange, type Range, rangeText, usableAddresses } from "../kernel/cidr.ts";
import type { Findings } from "../kernel/findings.ts";
import type { Known } from "../kernel/known.ts";
import { pick } from "../kernel/pick.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { aclOf } from "./acl.ts";
import type { NetworkArgs, NetworkLimits, NetworkSpec, SubnetSpec, Tier, TierSpec } from "./model.ts";
import { tiers } from "./model.ts";
import { plannedRange, slotPrefix, type ZoneLetter, zoneLetters } from "./plan.ts";

interface Slot {
  readonly tier: Tier;
  readonly zone: ZoneLetter;
  readonly path: string;
  readonly range: Range;
}

const smallestPrefix = 16;
const largestPrefix = 22;

/** The range of a whole network, judged; a range with host bits is judged as the one it lies in. */
function wholeRange(path: string, text: string, findings: Findings): Range {
  const range = parseRange(text);
  if (!range.aligned) findings.refuse(path, `expected a network address, got "${text}"`, `write "${rangeText(range)}"`);
  if (range.prefix < smallestPrefix || range.prefix > largestPrefix)
    findings.refuse(
      path,
      `expected /${smallestPrefix} to /${largestPrefix}, got "${text}"`,
      `try "${rangeText({ first: range.first, prefix: smallestPrefix })}"`,
    );
  if (!isPrivate(range))
    findings.refuse(
      path,
      `expected a private range, got "${text}"`,
      'use one inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, such as "10.0.0.0/16"',
    );
  return range;
}

/** Every subnet's range: as written, else its slot. */
function slotsOf(args: NetworkArgs, range: Range, letters: readonly ZoneLetter[], findings: Findings): readonly Slot[] {
  return tiers.flatMap(tier => {
    const wanted = args.tiers[tier];
    if (wanted === undefined) return [];
    const slot = slotPrefix(range, tier);
    const prefix = wanted.prefix ?? slot;
    const planned = letters.some(zone => wanted.cidrs?.[zone] === undefined);
    if (planned && prefix < slot)
      findings.refuse(
        `network.tiers.${tier}.prefix`,
        `expected at most /${slot} for a planned subnet, got /${prefix}`,
        `give \`cidrs\` by zone, or /${slot} and longer`,
      );
    return letters.map(zone => {
      const text = wanted.cidrs?.[zone];
      const path = `network.tiers.${tier}.cidrs.${zone}`;
      if (text === undefined) return { tier, zone, path, range: plannedRange(range, tier, zone, Math.max(prefix, slot)) };
      const explicit = parseRange(text);
      if (!explicit.aligned) findings.refuse(path, `expected a network address, got "${text}"`, `write "${rangeText(explicit)}"`);
      return { tier, zone, path, range: explicit };
    });
  });
}

function judgeSlots(slots: readonly Slot[], range: Range, { facts, findings }: Known): void {
  const { minPrefix, maxPrefix } = facts.limits.network;
  for (const [index, slot] of slots.entries()) {
    const text = rangeText(slot.range);
    if (!contains(range, slot.range))
      findings.refuse(
        slot.path,
        `expected a range inside the network ${rangeText(range)}, got "${text}"`,
        "choose a range inside it, or widen `network.range`",
      );
    if (slot.range.prefix < minPrefix || slot.range.prefix > maxPrefix)
      findings.refuse(
        slot.path,
        `expected /${minPrefix} to /${maxPrefix} on ${facts.cloud}, got "${text}"`,
        `use a prefix from ${minPrefix} to ${maxPrefix}`,
      );
    for (const other of slots.slice(0, index))
      if (overlaps(other.range, slot.range))
        findings.refuse(
          slot.path,
          `expected a range of its own, got "${text}", which overlaps ${other.path} (${rangeText(other.range)})`,
          "give each tier and zone a range of its own",
        );
  }
}

function judgeNeighbours(args: NetworkArgs, range: Range, path: string, findings: Findings): void {
  for (const [name, text] of Object.entries(args.peered))
    if (overlaps(parseRange(text), range))
      findings.refuse(
        `network.peered.${name}`,
        `expected a range apart from ${path} (${rangeText(range)}), got "${text}"`,
        `choose another ${path}, so that both can be routed`,
      );
}

/** Zone letters of a network, as many as the region has. */
export function zonesOf(args: NetworkArgs, { facts, places, findings }: Known): readonly ZoneLetter[] {
  for (const place of [places.primary, ...(places.secondary === null ? [] : [places.secondary])]) {
    const offered = facts.regions.rows[place.region]?.zones.length ?? 0;
    const most = Math.max(offered, 1);
    if (args.zones > most)
      findings.refuse(
        "network.zones",
        `expected at most ${most} in ${place.region}${offered === 0 ? ", which has no zones" : ""}, got ${args.zones}`,
        `use ${most}, or another region`,
      );
    if (offered === 0) findings.note("network.zones", `${place.region} has no zones: everything lies in one datacentre group`);
  }
  return zoneLetters.slice(0, args.zones);
}

/** A range kept within the network, at the same offset in every place. Offsets are those of the house's /16. */
export function reservedRange(kept: NetworkLimits["servicesRange"], range: Range): string | null {
  if (kept === null) return null;
  const house = parseRange("10.0.0.0/16");
  const reserved = moved(block(house, kept.prefix, (kept.third * 256) / 2 ** (32 - kept.prefix)), house, range);
  return rangeText(reserved);
}

/** Decides one place's network. `firstRange` is the primary's: the second place's ranges keep the same offsets. */
export function resolveNetwork(args: NetworkArgs, place: PlaceKey, retentionDays: number, known: Known): NetworkSpec {
  const { facts, findings } = known;
  const { limits } = facts;
  const primaryRange = wholeRange("network.range", args.range, findings);
  const range = place === "primary" ? primaryRange : wholeRange("network.secondaryRange", args.secondaryRange, findings);
  const letters = zonesOf(args, known);
  const first = slotsOf(args, primaryRange, letters, findings);
  if (place === "primary") judgeSlots(first, primaryRange, known);
  else if (overlaps(primaryRange, range))
    findings.refuse(
      "network.secondaryRange",
      `expected a range apart from network.range (${args.range}), got "${args.secondaryRange}"`,
      `use a range of its own, such as "${overlaps(primaryRange, parseRange("10.1.0.0/16")) ? "172.16.0.0/16" : "10.1.0.0/16"}"`,
    );
  judgeNeighbours(args, range, place === "primary" ? "network.range" : "network.secondaryRange", findings);
  const slots = first.map(slot => ({ ...slot, range: moved(slot.range, primaryRange, range) }));

  const zonal = limits.network.subnets === "zonal";
  if (place === "primary") {
    findings.use("network.tiers", limits.network.zonalSubnets);
    if (args.tiers.data !== undefined) findings.use("network.tiers.data", limits.network.closedRoutes);
    if (args.nat === "zone" && letters.length > 1) findings.use("network.nat", limits.network.natPerZone);
    if (args.endpoints === "private") findings.use("network.endpoints", limits.network.endpoints);
    if (args.ipv6) findings.use("network.ipv6", limits.network.ipv6);
  }
  const kept = zonal ? slots : slots.filter(slot => slot.zone === "a");
  const keyOf = (slot: Slot): string => (zonal ? `${slot.tier}-${slot.zone}` : slot.tier);
  const dualStack = (tier: Tier): boolean => args.ipv6 && (tier === "public" || tier === "app");
  const subnets = Object.fromEntries(
    kept.map((slot): [string, SubnetSpec] => [
      keyOf(slot),
      {
        tier: slot.tier,
        zone: zonal ? slot.zone : null,
        cidr: rangeText(slot.range),
        // The unit number of the IPv4 plan, so that the two plans read alike and adding a zone moves neither.
        ipv6Number: dualStack(slot.tier) ? (slot.tier === "public" ? 1 : 11) + zoneLetters.indexOf(slot.zone) : null,
        hostIpv6: dualStack(slot.tier) && slot.tier !== "public",
      },
    ]),
  );
  const present = tiers.filter(tier => args.tiers[tier] !== undefined);
  const egress = (tier: Tier): TierSpec["egress"] =>
    tier === "public" ? "internet" : tier === "data" || args.nat === "none" ? "none" : "nat";
  const offering = present.filter(tier => args.tiers[tier]?.publicAddresses === true);
  for (const tier of place === "primary" ? offering : []) {
    const path = `network.tiers.${tier}.publicAddresses`;
    if (tier !== "public") findings.refuse(path, `expected it on the public tier alone, got it on ${tier}`, "drop it");
    findings.use(path, limits.network.publicAddresses);
  }
  const offered = limits.network.publicAddresses.is === "native";
  const tierSpecs = Object.fromEntries(
    present.map((tier): [Tier, TierSpec] => [
      tier,
      {
        egress: egress(tier),
        publicAddresses: offered && args.tiers[tier]?.publicAddresses === true,
        subnets: kept.filter(slot => slot.tier === tier).map(keyOf),
      },
    ]),
  );
  const needsNat = present.some(tier => egress(tier) === "nat");
  if (zonal && needsNat && !present.includes("public"))
    findings.refuse(
      "network.tiers",
      `expected a public tier for NAT to stand in, got ${present.join(", ")}`,
      "add `public: {}`, or set network.nat to none",
    );
  return {
    place,
    range: rangeText(range),
    ipv6: args.ipv6,
    tiers: tierSpecs,
    subnets,
    natZones: needsNat ? (args.nat === "zone" && limits.network.natPerZone.is === "native" ? letters : letters.slice(0, 1)) : [],
    flowLogs: args.flowLogs ? { retentionDays } : null,
    acl: aclOf(args, place, primaryRange, range, known),
    proxyRange: reservedRange(limits.network.proxyRange, range),
    gatewayTiers: [], // known once the balancers are
  };
}

/** Whether the subnets of a tier hold as many hosts as its roles may start; the cloud's reserved addresses counted. */
export function judgeCapacity(network: NetworkSpec, hosts: Readonly<Partial<Record<Tier, number>>>, { facts, findings }: Known): void {
  for (const [tier, wanted] of Object.entries(hosts) as [Tier, number][]) {
    const keys = network.tiers[tier]?.subnets ?? [];
    const room = keys.reduce(
      (sum, key) => sum + usableAddresses(parseRange(pick(network.subnets, key).cidr), facts.limits.network.reservedAddresses),
      0,
    );
    if (keys.length > 0 && wanted > room)
      findings.refuse(
        `network.tiers.${tier}`,
        `expected room for the ${wanted} hosts that the roles of this tier may start, got ${room} addresses`,
        "use a wider range for the tier, or lower the counts",
      );
  }
}
