/** What names may stand where, and beside which others. */
import { baseOf } from "../kernel/domains.ts";
import type { Known } from "../kernel/known.ts";
import type { DnsArgs, RecordSpec } from "./model.ts";
import { zoneOf } from "./within.ts";

/** The nearest zone answers for a name; what a zone above says of it nobody hears, but for who answers below. */
export function judgeZone(
  path: string,
  { zone, name, label }: Pick<RecordSpec, "zone" | "name" | "label">,
  { type }: DnsArgs["zones"][string]["records"][string],
  { zones }: DnsArgs,
  { findings }: Known,
): void {
  const nearer = zoneOf(baseOf(name), zones);
  const delegates = nearer !== null && type === "NS" && zones[nearer]?.domain === name;
  if (nearer !== null && nearer !== zone && !delegates)
    findings.refuse(
      path,
      `expected a name that ${zone} answers for, got "${name}", which lies in ${nearer}`,
      `move it to edge.dns.zones.${nearer}.records`,
    );
  if (label === "@" && (type === "CNAME" || type === "NS"))
    findings.refuse(
      path,
      `expected another type at the zone itself, got ${type}`,
      type === "NS" ? "drop it: the cloud keeps the zone's own" : "name a balancer or the CDN by `to`, or use a name below the zone",
    );
}

/** Types that a record takes at its name. */
function typesOf(record: RecordSpec): readonly string[] {
  if (record.kind === "plain") return [record.type];
  if (record.by === "name") return ["CNAME"];
  return record.ipv6 ? ["A", "AAAA"] : ["A"];
}

/** Two answers of one name and type, and a CNAME beside anything. */
export function judgeTaken(
  records: Readonly<Record<string, RecordSpec>>,
  paths: Readonly<Record<string, string>>,
  { findings }: Known,
): void {
  const taken = new Map<string, readonly { readonly type: string; readonly path: string }[]>();
  for (const [key, record] of Object.entries(records)) {
    const path = paths[key] ?? key;
    const earlier = taken.get(record.name) ?? [];
    const types = typesOf(record);
    const same = earlier.find(({ type }) => types.includes(type));
    const beside = earlier.find(({ type }) => type === "CNAME" || types.includes("CNAME"));
    if (same !== undefined)
      findings.refuse(
        path,
        `expected one record of ${record.name} and ${same.type}, got a second one beside ${same.path}`,
        "put the values into one of them, or drop one",
      );
    else if (beside !== undefined)
      findings.refuse(
        path,
        `expected nothing beside a CNAME of ${record.name}, got ${types.join(" and ")} beside ${beside.type} of ${beside.path}`,
        "rename or drop one of them",
      );
    taken.set(record.name, [...earlier, ...types.map(type => ({ type, path }))]);
  }
}
