/** Decides site-to-site VPNs: one for each site whose other end is known. */
import { block, contains, isPrivate, overlaps, parseRange, rangeText } from "../kernel/cidr.ts";
import { hash } from "../kernel/hash.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { Tier } from "../network/model.ts";
import type { EntryArgs, SiteVpnSpec } from "./model.ts";
import type { EntryOn } from "./resolve.ts";

type SiteArgs = EntryArgs["sites"][string];

export function sitesOf(args: EntryArgs["sites"], on: EntryOn, known: Known): Readonly<Record<string, SiteVpnSpec>> {
  const decided = Object.entries(args).flatMap(([name, site]): [string, SiteVpnSpec][] => {
    const spec = siteOf(name, site, on, known);
    return spec === null ? [] : [[name, spec]];
  });
  judgeEachOther(decided, known);
  return Object.fromEntries(decided);
}

function siteOf(name: string, site: SiteArgs, on: EntryOn, known: Known): SiteVpnSpec | null {
  const { facts, findings } = known;
  const { limits } = facts;
  const path = `entry.sites.${name}`;
  findings.use(path, limits.entry.siteVpn);
  const outside = on.access.outside[name];
  if (outside === undefined)
    findings.refuse(path, `no outside peer is called "${name}"`, `add access.outside.${name}: { ranges: [192.168.1.0/24] }`);
  const behind = outside === undefined ? [] : outside.ranges;
  const ranges = site.ranges.length > 0 ? site.ranges : behind;
  judgeRanges(path, site.ranges, ranges, behind, name, on, known);
  const secret = on.secrets[site.secret];
  if (secret === undefined)
    findings.refuse(
      `${path}.secret`,
      `no secret is called "${site.secret}"`,
      Object.keys(on.secrets).length === 0
        ? `add secrets.values.${site.secret}: { from: config }`
        : `${proposal(site.secret, Object.keys(on.secrets))}; or add secrets.values.${site.secret}: { from: config }`,
    );
  else if (secret.origin === "generated") findings.use(`${path}.secret`, limits.entry.generatedKey, site.secret);
  if (site.asn === limits.entry.gatewayAsn)
    findings.refuse(`${path}.asn`, `expected another number than ${facts.cloud}'s own end has, got ${site.asn}`, `use ${site.asn + 1}`);
  if (site.peer === undefined) {
    findings.note(`${path}.peer`, "no tunnel until it is given: the public address of the other end");
    return null;
  }
  if (isPrivate({ ...parseRange(`${site.peer}/32`) }))
    findings.refuse(`${path}.peer`, `expected a public address, got "${site.peer}"`, "write the address that the internet sees");
  if (ranges.length === 0) {
    findings.note(`${path}.ranges`, `no tunnel until access.outside.${name}.ranges says what lies behind the other end`);
    return null;
  }
  return {
    peer: site.peer,
    asn: site.asn,
    ranges,
    secret: site.secret,
    rotation: secret === undefined ? 0 : secret.rotation,
    tiers: tiersOf(name, on),
    links: limits.entry.gatewayAsn === null ? null : linksOf(name),
  };
}

function judgeRanges(
  path: string,
  written: readonly string[],
  ranges: readonly string[],
  outside: readonly string[],
  name: string,
  on: EntryOn,
  { findings }: Known,
): void {
  for (const text of ranges) {
    const range = parseRange(text);
    const where = written.length > 0 ? `${path}.ranges` : `access.outside.${name}.ranges`;
    if (!range.aligned) findings.refuse(where, `expected a network address, got "${text}"`, `write "${rangeText(range)}"`);
    for (const [owner, taken] of Object.entries(on.taken))
      if (owner.startsWith("network.") && !owner.startsWith("network.peered.") && overlaps(parseRange(taken), range))
        findings.refuse(where, `expected a range apart from ${owner} (${taken}), got "${text}"`, "let one of the two have other addresses");
  }
  for (const text of written.length > 0 ? outside : [])
    if (!written.some(range => contains(parseRange(range), parseRange(text))))
      findings.refuse(
        `access.outside.${name}.ranges`,
        `expected ranges that lie behind the tunnel (${written.join(", ")}), got "${text}"`,
        `add it to ${path}.ranges, or leave those out`,
      );
}

/** Tiers that flows let talk with a site. */
function tiersOf(name: string, { access, tiers }: EntryOn): readonly Tier[] {
  const talking = Object.values(access.flows).flatMap(({ from, to }) => [
    ...(from.includes(name) ? to : []),
    ...(to.includes(name) ? from : []),
  ]);
  return [...new Set(talking.flatMap(peer => tiers[peer] ?? []))].toSorted();
}

/** Two /30 of link-local addresses, drawn by the site's name, so that another site moves none of them. Clear of what clouds keep. */
function linksOf(name: string): readonly [string, string] {
  const pair = block(parseRange("169.254.64.0/18"), 29, hash(name) % 2048);
  return [rangeText(block(pair, 30, 0)), rangeText(block(pair, 30, 1))];
}

function judgeEachOther(sites: readonly (readonly [string, SiteVpnSpec])[], { findings }: Known): void {
  for (const [index, [name, site]] of sites.entries())
    for (const [other, { ranges, peer, links }] of sites.slice(0, index)) {
      const path = `entry.sites.${name}`;
      if (site.ranges.some(range => ranges.some(taken => overlaps(parseRange(range), parseRange(taken)))))
        findings.refuse(
          `${path}.ranges`,
          `expected ranges apart from those of ${other} (${ranges.join(", ")}), got ${site.ranges.join(", ")}`,
          "give each site ranges of its own",
        );
      if (site.peer === peer)
        findings.refuse(`${path}.peer`, `expected an address of its own, got that of ${other}, "${peer}"`, "put both ranges into one site");
      if (links !== null && site.links?.[0] === links[0])
        findings.refuse(path, `its tunnels would have the inner addresses of ${other} (${links[0]})`, "rename one of them");
    }
}
