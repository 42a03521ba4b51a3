/** Who a rule can speak about: an interface, the internet, a range outside, a service of the cloud; and how much of it a rule's words cover. */
import { contains, isEverywhere, isPrivate, overlaps, type Range, rangeOf } from "../ranges.ts";
import type { Network } from "./ground.ts";
import type { Interface } from "./interfaces.ts";

export type Party =
  | { readonly kind: "interface"; readonly interface: Interface }
  | { readonly kind: "internet"; readonly family: 4 | 6 }
  /** As a rule writes it, outside of the platform. */
  | { readonly kind: "range"; readonly range: Range }
  /** Public addresses of one of Azure's services, by its tag. */
  | { readonly kind: "service"; readonly tag: string };

/** One side of a rule: application security groups, or ranges and tags. */
export interface Side {
  readonly groups: readonly string[];
  readonly prefixes: readonly string[];
}

export type Match = "none" | "part" | "whole";

/** The lesser of two; the second is asked only when it matters. */
export function narrower(first: Match, second: () => Match): Match {
  if (first === "none") return "none";
  const other = second();
  return other === "whole" ? first : other;
}

/** Tags that name the cloud's own helpers, which are nobody's peers: probes, the gateways' keepers, DNS, metadata, licences. */
const helperTags: ReadonlySet<string> = new Set([
  "AzureLoadBalancer",
  "GatewayManager",
  "AzurePlatformDNS",
  "AzurePlatformIMDS",
  "AzurePlatformLKM",
]);
const wideTags: ReadonlySet<string> = new Set(["*", "Internet", "VirtualNetwork"]);

const internet: readonly Party[] = [
  { kind: "internet", family: 4 },
  { kind: "internet", family: 6 },
];

/** Everybody outside of the platform: the internet, and every range and service that a rule names. */
export function outsideOf(words: Iterable<string>, networks: readonly Network[]): readonly Party[] {
  const own = networks.flatMap(({ ranges }) => ranges);
  const named = [...new Set(words)].flatMap((word): readonly Party[] => {
    const range = rangeOf(word);
    if (range) return isEverywhere(range) || own.some(one => contains(one, range)) ? [] : [{ kind: "range", range }];
    return wideTags.has(word) || helperTags.has(word) ? [] : [{ kind: "service", tag: word }];
  });
  return [...internet, ...named];
}

/** What a party outside is called, and whether it lies on the internet without being all of it. */
export function wordOf(party: Party): { readonly word: string; readonly partOfInternet: boolean } {
  if (party.kind === "range") return { word: party.range.text, partOfInternet: !isPrivate(party.range) };
  if (party.kind === "service") return { word: party.tag, partOfInternet: true };
  return { word: party.kind === "internet" ? "internet" : party.interface.end, partOfInternet: false };
}

function withinRange(range: Range, party: Party): Match {
  if (party.kind === "interface") {
    const { ranges } = party.interface;
    if (ranges.every(own => contains(range, own))) return "whole";
    return ranges.some(own => overlaps(range, own)) ? "part" : "none";
  }
  if (party.kind === "range") return contains(range, party.range) ? "whole" : "none";
  if (!isEverywhere(range)) return "none";
  return range.family === (party.kind === "internet" ? party.family : 4) ? "whole" : "none";
}

/** The network's ranges, those of the networks joined to it and whatever the subnet's own routes name: a default route makes it everything. */
function virtualNetworkOf({ subnet }: Interface): readonly Range[] {
  const networks: readonly Network[] = [subnet.network, ...subnet.network.joined];
  return [...networks.flatMap(({ ranges }) => ranges), ...subnet.routes.map(({ range }) => range)];
}

/** Services answer on the internet, but for the cloud's own helpers. */
const isOnInternet = (party: Party): boolean => party.kind === "service" && !helperTags.has(party.tag);

const widest = (matches: readonly Match[]): Match => (matches.includes("whole") ? "whole" : matches.includes("part") ? "part" : "none");

function prefixMatch(prefix: string, party: Party, here: Party): Match {
  if (prefix === "*") return "whole";
  if (prefix === "Internet") {
    const isOutside = party.kind === "range" ? !isPrivate(party.range) : party.kind === "internet" || isOnInternet(party);
    return isOutside ? "whole" : "none";
  }
  if (prefix === "VirtualNetwork") {
    return here.kind === "interface" ? widest(virtualNetworkOf(here.interface).map(range => withinRange(range, party))) : "none";
  }
  const range = rangeOf(prefix);
  if (range) return withinRange(range, party);
  // `Storage` covers `Storage.EastUS`.
  return party.kind === "service" && `${party.tag}.`.startsWith(`${prefix}.`) ? "whole" : "none";
}

/** How much of a party a side covers, as the group of the interface `here` reads it. */
export function matchOf({ groups, prefixes }: Side, party: Party, here: Party): Match {
  if (party.kind === "interface" && groups.some(group => party.interface.groups.has(group))) return "whole";
  return widest(prefixes.map(prefix => prefixMatch(prefix, party, here)));
}
