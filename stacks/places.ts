/** Where a stack lives: its region by the cloud's own name or a neutral one, and the second region if anything needs it. */
import type { CloudFacts } from "../components/contract.ts";
import type { Findings } from "../components/kernel/findings.ts";
import { nearest } from "../components/kernel/nearest.ts";
import type { Place, PlaceKey, Places } from "../components/kernel/places.ts";
import { zoneLetters } from "../components/network/plan.ts";
import type { PlatformArgs } from "./platform.ts";
import type { Settings } from "./settings.ts";

/** The house regions: where a stack goes that names none. */
const defaults = {
  aws: { primary: "us-east-1", secondary: "us-west-2" },
  azure: { primary: "eastus", secondary: "westus2" },
  gcp: { primary: "us-east1", secondary: "us-west1" },
} as const;

function regionOf(path: string, asked: string, { cloud, regions }: CloudFacts, findings: Findings): string | null {
  if (regions.rows[asked] !== undefined) return asked;
  const neutral = Object.entries(regions.rows).find(([, row]) => row.neutral === asked);
  if (neutral !== undefined) {
    findings.note(path, `${asked} is ${neutral[0]} on ${cloud}`);
    return neutral[0];
  }
  const names = [...Object.keys(regions.rows), ...Object.values(regions.rows).flatMap(row => (row.neutral === null ? [] : [row.neutral]))];
  const near = nearest(asked, names);
  findings.refuse(
    path,
    `expected a region of ${cloud}, got "${asked}"`,
    near === null ? `use one such as "${defaults[cloud].primary}"` : `did you mean "${near}"?`,
  );
  return null;
}

function placeOf(key: PlaceKey, region: string, zones: number, { regions }: CloudFacts): Place {
  const names = regions.rows[region]?.zones.slice(0, zones) ?? [];
  return {
    key,
    suffix: key === "primary" ? "" : "-dr",
    region,
    zones: Object.fromEntries(names.map((name, index) => [zoneLetters[index] ?? "a", name])),
  };
}

/** What lies in the second region: replicas of databases, copies of buckets, the standby of a name, and backups where the cloud lets their place be chosen. */
const needsSecond = (args: PlatformArgs, facts: CloudFacts): boolean =>
  Object.values(args.databases).some(
    database =>
      (database.backups.geo && facts.limits.database.geoTarget === "secondary") ||
      Object.values(database.replicas).some(replica => replica.place === "secondary"),
  ) ||
  Object.values(args.buckets).some(bucket => bucket.replicate) ||
  Object.values(args.edge.dns.zones).some(({ records }) => Object.values(records).some(({ failover }) => failover !== undefined));

/** The regions of a stack whose platform cannot be told: are they any? */
export function judgeRegions({ region, secondaryRegion }: Settings, facts: CloudFacts, findings: Findings): void {
  if (region !== null) regionOf("strata:region", region, facts, findings);
  if (secondaryRegion !== null) regionOf("strata:secondaryRegion", secondaryRegion, facts, findings);
}

/** A region that is none is refused and the standard one stands in, so that everything else is judged all the same. */
export function decidePlaces(settings: Settings, args: PlatformArgs, facts: CloudFacts, findings: Findings): Places {
  const standard = defaults[settings.cloud];
  const region = regionOf("strata:region", settings.region ?? standard.primary, facts, findings) ?? standard.primary;
  const asked = settings.secondaryRegion === null ? null : regionOf("strata:secondaryRegion", settings.secondaryRegion, facts, findings);
  const needed = needsSecond(args, facts);
  if (!needed && asked !== null) findings.note("strata:secondaryRegion", `nothing of this platform lies in ${asked} yet`);
  const fallback = region === standard.primary ? standard.secondary : null;
  const second = needed ? (asked ?? fallback) : null;
  if (needed && settings.secondaryRegion === null && second !== null)
    findings.note("strata:secondaryRegion", `${second}, because copies need one and none was named`);
  if (second !== null) judgePair(region, second, args.crossBorder, facts, findings);
  return {
    primary: placeOf("primary", region, args.network.zones, facts),
    secondary: second === null ? null : placeOf("secondary", second, args.network.zones, facts),
  };
}

function judgePair(region: string, second: string, crossBorder: boolean, { regions }: CloudFacts, findings: Findings): void {
  if (region === second)
    findings.refuse(
      "strata:secondaryRegion",
      `expected another region than the first, got "${second}"`,
      "name a second one, or leave it out",
    );
  const [here, there] = [regions.rows[region]?.border, regions.rows[second]?.border];
  if (here !== there && !crossBorder)
    findings.refuse(
      "strata:secondaryRegion",
      `expected a region on this side of the border (${here}, with ${region}), got "${second}" (${there})`,
      "choose a region inside it, or say `crossBorder: true` in the platform",
    );
}
