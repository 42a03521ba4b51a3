/** Decides zones. */
import type { Known } from "../kernel/known.ts";
import type { DnsArgs, ZoneSpec, ZonesSpec } from "./model.ts";
import { within } from "./within.ts";

type ZoneArgs = DnsArgs["zones"][string];

const idPath = (domain: string): string => `strata:account.dnsZones["${domain}"]`;

export function resolveZones(
  args: DnsArgs,
  ids: Readonly<Record<string, string>>,
  logDays: number,
  known: Known,
): { readonly spec: ZonesSpec | null; readonly missing: readonly string[] } {
  const { findings } = known;
  const missing: string[] = [];
  const owners = new Map<string, string>();
  const zones = Object.fromEntries(
    Object.entries(args.zones).map(([key, zone]): [string, ZoneSpec] => {
      const path = `edge.dns.zones.${key}`;
      const other = owners.get(zone.domain);
      if (other !== undefined)
        findings.refuse(
          `${path}.domain`,
          `expected a domain of its own, got "${zone.domain}", which is that of ${other}`,
          `put its records into ${other}`,
        );
      owners.set(zone.domain, key);
      const adopted = zone.zone === "adopt" ? adoptedOf(zone.domain, ids, missing, known) : null;
      if (adopted !== null) judgeAdopted(path, zone, known);
      else if (zone.zone === "create")
        findings.note(
          path,
          `nobody finds ${zone.domain} until its parent names the zone's name servers, an output; then say create-delegated`,
        );
      const counts = (field: "dnssec" | "queryLogs"): boolean =>
        zone[field] && findings.use(`${path}.${field}`, known.facts.limits.dns[field], true);
      return [
        key,
        { domain: zone.domain, adopted, delegated: zone.zone !== "create", dnssec: counts("dnssec"), queryLogs: counts("queryLogs") },
      ];
    }),
  );
  for (const domain of Object.keys(ids))
    if (args.zones[owners.get(domain) ?? ""]?.zone !== "adopt") findings.note(idPath(domain), "no zone of that domain is adopted here");
  judgeInternal(args, known);
  const internal = args.internal?.domain ?? null;
  const none = Object.keys(zones).length === 0 && internal === null;
  return { spec: none ? null : { place: "primary", zones, logDays, internal }, missing };
}

/** The id of a zone that exists; a placeholder stands in until it is said. */
function adoptedOf(domain: string, ids: Readonly<Record<string, string>>, missing: string[], { facts, findings }: Known): string {
  const { pattern, example } = facts.limits.dns.zoneId;
  const path = idPath(domain);
  const given = Object.hasOwn(ids, domain) ? ids[domain] : undefined;
  if (given === undefined) {
    missing.push(path);
    return example;
  }
  if (!pattern.test(given))
    findings.refuse(
      path,
      `expected the id of a zone on ${facts.cloud}, such as "${example}", got "${given}"`,
      `write it like "${example}"`,
    );
  return given;
}

/** Whoever made a zone decides how it is signed and logged. */
function judgeAdopted(path: string, zone: ZoneArgs, { findings }: Known): void {
  for (const field of ["dnssec", "queryLogs"] as const)
    if (zone[field])
      findings.refuse(`${path}.${field}`, "expected false on an adopted zone, got true", "drop it, and set it where the zone is made");
}

/** Inside the network the private zone answers alone for whatever lies below it. */
function judgeInternal({ internal, zones }: DnsArgs, { findings }: Known): void {
  if (internal === undefined) return;
  for (const [key, { domain }] of Object.entries(zones)) {
    if (domain === internal.domain)
      findings.refuse(
        "edge.dns.internal.domain",
        `expected a domain that no public zone has, got "${domain}", which is that of ${key}`,
        `use one below it, such as "internal.${domain}"`,
      );
    else if (within(domain, internal.domain))
      findings.note(
        "edge.dns.internal.domain",
        `hosts of the network do not find the public names below ${domain}: ${internal.domain} hides them`,
      );
  }
}
