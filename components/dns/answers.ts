/** Decides records: what each name answers, and that no two answer for the same one. */
import type { BalancerSpec } from "../balancer/model.ts";
import type { CdnSpec } from "../cdn/model.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import { judgeTaken, judgeZone } from "./judge.ts";
import type { DnsArgs, FailoverSpec, InternalKind, InternalRecordSpec, RecordSpec, RecordsSpec } from "./model.ts";
import { exampleOf, isAddress, type PlainType, writtenAs } from "./values.ts";

export interface RecordsOn {
  /** Decided ones. */
  readonly balancers: Readonly<Record<string, BalancerSpec>>;
  readonly cdn: CdnSpec | null;
  /** Databases, and their replicas in the same place. */
  readonly databases: readonly string[];
  readonly caches: readonly string[];
  readonly machines: readonly string[];
  readonly ipv6: boolean;
  /** What the platform names, decided or refused: of the refused ones nothing more is said. */
  readonly asked: {
    readonly balancers: readonly string[];
    readonly roles: readonly string[];
    readonly groups: readonly string[];
    readonly data: readonly string[];
    readonly cdn: boolean;
  };
}

type RecordArgs = DnsArgs["zones"][string]["records"][string];
type Alias = Extract<RecordSpec, { kind: "alias" }>;
type Place = Pick<RecordSpec, "zone" | "name" | "label">;

export function resolveRecords(args: DnsArgs, on: RecordsOn, known: Known): RecordsSpec | null {
  const { findings } = known;
  const records: Record<string, RecordSpec> = {};
  const paths: Record<string, string> = {};
  for (const [zone, { domain, records: asked }] of Object.entries(args.zones))
    for (const [key, record] of Object.entries(asked)) {
      const path = `edge.dns.zones.${zone}.records.${key}`;
      const label = record.name ?? key;
      const place: Place = { zone, label, name: label === "@" ? domain : `${label}.${domain}` };
      judgeZone(path, place, record, args, known);
      const spec = record.type === undefined ? aliasOf(path, place, record, on, known) : plainOf(path, place, record, record.type, known);
      const child = `${zone}-${key}`;
      if (paths[child] !== undefined)
        findings.refuse(path, `its resources would be called "${child}", which are those of ${paths[child]}`, "rename one of them");
      paths[child] = path;
      if (spec !== null) records[child] = spec;
    }
  judgeTaken(records, paths, known);
  const internal = args.internal === undefined ? {} : internalOf(args.internal, on, known);
  if (Object.keys(records).length + Object.keys(internal).length === 0) return null;
  return { place: "primary", records, internal, domain: args.internal?.domain ?? null };
}

function plainOf(path: string, place: Place, { values, ttlSeconds }: RecordArgs, type: PlainType, { findings }: Known): RecordSpec {
  const written = values.map((value, index) => {
    const text = writtenAs(type, value);
    if (text === null)
      findings.refuse(`${path}.values[${index}]`, `expected a value of ${type}, such as ${exampleOf(type)}, got "${value}"`, "correct it");
    return text ?? value;
  });
  const twice = written.find((text, index) => written.indexOf(text) !== index);
  if (twice !== undefined) findings.refuse(`${path}.values`, `expected each value once, got "${twice}" twice`, "drop one");
  if (type === "CNAME" && values.length !== 1)
    findings.refuse(`${path}.values`, `expected one value of CNAME, got ${values.length}`, "name one host");
  return { ...place, kind: "plain", type, values: written, ttlSeconds };
}

/** A name that follows a front: its addresses where they are fixed or an alias stands for them, else its name. */
function aliasOf(path: string, place: Place, record: RecordArgs, on: RecordsOn, known: Known): RecordSpec | null {
  const { findings, facts } = known;
  const limits = facts.limits.dns;
  const to = frontOf(path, place, record.to ?? "", on, known);
  if (to === null) return null;
  const apex = place.label === "@";
  if (apex) findings.use(`${path}.to`, limits.apexAlias, record.to);
  const front: Alias["by"] = to.kind === "cdn" && limits.cdnBy === "name" && !apex ? "name" : "address";
  if (record.failover === undefined) {
    const ipv6 = to.kind === "cdn" ? on.ipv6 : (on.balancers[to.name]?.ipv6 ?? false);
    return { ...place, kind: "alias", to, by: front, ipv6: front === "address" && ipv6, failover: null };
  }
  // Two answers of one name are of one kind, and a standby that is known by its name alone has no addresses.
  const by = isAddress(record.failover.standby) && !(to.kind === "cdn" && limits.cdnBy === "name") ? "address" : "name";
  if (apex && by === "name")
    findings.refuse(
      `${path}.failover`,
      `expected a name below the zone, got "${place.name}" itself, which cannot say another host's name`,
      to.kind === "cdn" && limits.cdnBy === "name"
        ? "fail over at a name below it, such as www"
        : "fail over at a name below it, such as www, or give the standby's address",
    );
  const failover = failoverOf(path, record.failover, to, on, known);
  if (by === "address" && on.ipv6) findings.note(`${path}.failover`, "beside a standby of one IPv4 address the name has no IPv6 ones");
  return failover === null ? null : { ...place, kind: "alias", to, by, ipv6: false, failover };
}

/** Which front a record means; null where that is refused. */
function frontOf(path: string, { name }: Place, to: string, on: RecordsOn, { findings }: Known): Alias["to"] | null {
  if (to === "cdn") {
    const sites = Object.entries(on.cdn?.sites ?? {});
    const site = sites.find(([, { names }]) => names.includes(name))?.[0];
    if (site !== undefined) return { kind: "cdn", name: site };
    if (on.cdn === null && on.asked.cdn) return null;
    const known = sites.flatMap(([, { names }]) => names);
    findings.refuse(
      `${path}.to`,
      `expected a name of a site of the CDN, got "${name}"`,
      known.length === 0
        ? "add a site to edge.cdn.sites, or name a balancer"
        : `add it to edge.cdn.sites.${sites[0]?.[0]}.names; they are ${known.join(", ")}`,
    );
    return null;
  }
  const balancer = on.balancers[to];
  if (balancer?.scheme === "internal") {
    findings.refuse(
      `${path}.to`,
      `expected a public balancer in a public zone, got "${to}", which is internal`,
      "name it in edge.dns.internal.names",
    );
    return null;
  }
  if (balancer !== undefined) return { kind: "balancer", name: to };
  if (!on.asked.balancers.includes(to))
    findings.refuse(`${path}.to`, `no balancer is called "${to}"`, proposal(to, [...on.asked.balancers, ...(on.asked.cdn ? ["cdn"] : [])]));
  return null;
}

function failoverOf(
  path: string,
  { standby, path: asked, intervalSeconds, failures }: NonNullable<RecordArgs["failover"]>,
  to: Alias["to"],
  on: RecordsOn,
  { findings, facts, places }: Known,
): FailoverSpec | null {
  const at = `${path}.failover`;
  const limits = facts.limits.dns;
  if (places.secondary === null) {
    findings.refuse(at, "expected a second region for the standby, got none", "set strata:secondaryRegion, or drop failover");
    return null;
  }
  findings.use(at, limits.failover);
  findings.use(`${at}.standby`, limits.standby[isAddress(standby) ? "address" : "name"], standby);
  const quick = intervalSeconds === 10 && findings.use(`${at}.intervalSeconds`, limits.failoverSeconds, "10");
  const callers = on.balancers[to.name]?.callers ?? [];
  if (to.kind === "balancer" && !callers.includes("0.0.0.0/0"))
    findings.refuse(
      at,
      `expected a balancer that the internet may reach, whence the checks come, got ${to.name}, which ${callers.join(", ") || "nobody"} may`,
      `add a flow from internet to ${to.name}, or drop failover`,
    );
  findings.note(at, "the standby's own stack comes with backup and recovery; until then its name must answer elsewhere");
  return { standby, region: places.secondary.region, path: asked, intervalSeconds: quick ? 10 : 30, failures };
}

/** Internal names of members. A label that names none is refused. */
function internalOf(
  { domain, names }: NonNullable<DnsArgs["internal"]>,
  on: RecordsOn,
  { facts, findings }: Known,
): Readonly<Record<string, InternalRecordSpec>> {
  const kinds: Readonly<Record<string, InternalKind>> = {
    ...Object.fromEntries(on.machines.map(name => [name, "machine"])),
    ...Object.fromEntries(Object.keys(on.balancers).map(name => [name, "balancer"])),
    ...Object.fromEntries(on.caches.map(name => [name, "cache"])),
    ...Object.fromEntries(on.databases.map(name => [name, "database"])),
  };
  const followed = facts.limits.dns.internalNames;
  return Object.fromEntries(
    Object.entries(names).flatMap(([label, member]): [string, InternalRecordSpec][] => {
      const path = `edge.dns.internal.names${/^[a-z0-9_-]+$/.test(label) ? `.${label}` : `["${label}"]`}`;
      const kind = Object.hasOwn(kinds, member) ? kinds[member] : undefined;
      if (kind === undefined) {
        if (on.asked.groups.includes(member))
          findings.refuse(
            path,
            `expected a database, replica, cache, internal balancer or machine, got "${member}", whose instances come and go`,
            "name the balancer before it",
          );
        else if (![...on.asked.balancers, ...on.asked.roles, ...on.asked.data].includes(member))
          findings.refuse(
            path,
            `no database, replica, cache, balancer or machine is called "${member}"`,
            proposal(member, Object.keys(kinds)),
          );
        return [];
      }
      if (kind === "balancer" && on.balancers[member]?.scheme === "public") {
        findings.refuse(path, `expected an internal balancer, got "${member}", which is public`, "give it a record of a public zone");
        return [];
      }
      if (label === "@" && followed.includes(kind))
        findings.refuse(
          path,
          `expected a name below ${domain}, which cannot itself follow another host's name, got "@"`,
          `call it "${member}"`,
        );
      if (kind === "database" || kind === "cache")
        findings.note(
          path,
          "the server's certificate does not hold this name: clients that compare the two connect to the host that the stack gives out",
        );
      return [[label, { name: label === "@" ? domain : `${label}.${domain}`, label, to: { kind, name: member } }]];
    }),
  );
}
