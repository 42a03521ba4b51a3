/**
 * DNS: public zones and their records, and one private zone with the internal names.
 *
 * | here         | aws                                  | azure                              | gcp                                  |
 * |--------------|--------------------------------------|------------------------------------|--------------------------------------|
 * | zone         | hosted zone                          | DNS zone                           | managed zone                         |
 * | alias        | alias record                         | alias record set                   | the front's fixed address            |
 * | DNSSEC       | key-signing key and signing          | DNSSEC config                      | DNSSEC state of the zone             |
 * | failover     | failover records and a health check  | Traffic Manager, priority          | primary and backup policy            |
 * | private zone | hosted zone of the network           | private zone and link              | private managed zone                 |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { mapOf, memberName, partsOf } from "../kernel/schema.ts";

export const domain = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain name in small letters, such as "example.com"');
export const label = z
  .string()
  .regex(
    /^(@|(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*|\*)$/,
    'a name below the zone such as "api", or "@" for the zone itself',
  );

export const FailoverArgs = z.strictObject({
  standby: z
    .union([domain, z.ipv4()])
    .meta({ description: "Host name or address of the standby's front, as the other region's stack gives it." }),
  path: z.string().startsWith("/").default("/health").meta({ description: "Asked over https at the primary." }),
  intervalSeconds: z.union([z.literal(10), z.literal(30)]).default(30),
  failures: z.int().min(1).max(10).default(3).meta({ description: "Bad answers in a row before the standby answers." }),
});

export const RecordArgs = z
  .strictObject({
    name: label.optional().meta({ description: "Below the zone; the record's own key unless said, `@` for the zone itself." }),
    to: memberName.optional().meta({ description: "A balancer of the platform, or `cdn`." }),
    type: z.enum(["A", "AAAA", "CNAME", "TXT", "MX", "CAA", "NS", "SRV"]).optional(),
    values: z.array(z.string().min(1).max(4000)).default([]),
    ttlSeconds: z.int().min(30).max(86_400).default(300).meta({ description: "Of plain records; an alias follows its target." }),
    failover: FailoverArgs.optional().meta({
      description: "A standby in the second region answers when the primary's health check fails.",
    }),
  })
  .refine(record => (record.to === undefined) !== (record.type === undefined), { error: "exactly one of to and type" })
  .refine(record => (record.type === undefined) === (record.values.length === 0), { error: "values beside type, none beside to" });

export const ZoneArgs = z.strictObject({
  domain,
  zone: z.enum(["create", "create-delegated", "adopt"]).default("create").meta({
    description:
      "`create`: made here; nothing waits for it until its parent names it. `create-delegated`: made here and already named by its parent. `adopt`: it exists; its id stands in strata:account.dnsZones.",
  }),
  dnssec: z
    .boolean()
    .default(false)
    .meta({ description: "Signs the zone; its parent needs the DS record, an output. Adopted zones keep their own." }),
  queryLogs: z.boolean().default(false),
  records: partsOf(RecordArgs).default({}),
});

export const DnsArgs = z.strictObject({
  zones: mapOf(ZoneArgs).default({}).meta({ description: "Public zones by name." }),
  internal: z
    .strictObject({
      domain,
      names: z
        .record(label, memberName)
        .default({})
        .meta({ description: "Database, replica, cache, balancer or machine by internal name." }),
    })
    .optional()
    .meta({ description: "A private zone of the network." }),
});
export type DnsArgs = z.output<typeof DnsArgs>;

export interface ZoneSpec {
  readonly domain: string;
  /** Of an adopted zone, as the cloud names it; null where it is made. */
  readonly adopted: string | null;
  /** Whether its parent names it already: validation may be waited for. */
  readonly delegated: boolean;
  readonly dnssec: boolean;
  readonly queryLogs: boolean;
}

export interface ZonesSpec {
  readonly place: PlaceKey;
  readonly zones: Readonly<Record<string, ZoneSpec>>;
  /** How long query logs are kept, where they do not go to the stack's destination. */
  readonly logDays: number;
  /** Domain of the private zone; null without one. */
  readonly internal: string | null;
}

export interface FailoverSpec {
  readonly standby: string;
  /** Where the standby is. */
  readonly region: string;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly failures: number;
}

interface RecordBase {
  /** Key among the zones. */
  readonly zone: string;
  /** Full name without the dot at its end. */
  readonly name: string;
  /** The same below the zone; `@` for the zone itself. */
  readonly label: string;
}
export type RecordSpec =
  | (RecordBase & {
      readonly kind: "alias";
      /** A balancer, or the site of the CDN that answers the name. */
      readonly to: { readonly kind: "balancer" | "cdn"; readonly name: string };
      /** Whether the name is the front's addresses, or says the front's name. */
      readonly by: "address" | "name";
      /** Its IPv6 addresses too. */
      readonly ipv6: boolean;
      readonly failover: FailoverSpec | null;
    })
  | (RecordBase & {
      readonly kind: "plain";
      readonly type: NonNullable<z.output<typeof RecordArgs>["type"]>;
      readonly values: readonly string[];
      readonly ttlSeconds: number;
    });

export type InternalKind = "database" | "cache" | "balancer" | "machine";

export interface InternalRecordSpec {
  /** Full name. */
  readonly name: string;
  /** The same below the zone; `@` for the zone itself. */
  readonly label: string;
  readonly to: { readonly kind: InternalKind; readonly name: string };
}

export interface RecordsSpec {
  readonly place: PlaceKey;
  /** By `<zone>-<record>`. */
  readonly records: Readonly<Record<string, RecordSpec>>;
  /** By internal name. */
  readonly internal: Readonly<Record<string, InternalRecordSpec>>;
  /** Name of the private zone, for adapters; null without one. */
  readonly domain: string | null;
}

export interface DnsLimits {
  readonly dnssec: Support;
  readonly queryLogs: Support;
  /** A name of the zone itself that follows a balancer or CDN. */
  readonly apexAlias: Support;
  readonly failover: Support;
  /** Asking every ten seconds. */
  readonly failoverSeconds: Support;
  /** A standby that is a host name, or an address. */
  readonly standby: Readonly<Record<"name" | "address", Support>>;
  /** Where the CDN has no fixed addresses, a name other than the zone's own says the CDN's name. */
  readonly cdnBy: "address" | "name";
  /** Which internal names follow a host name: those cannot be the zone's own. */
  readonly internalNames: readonly InternalKind[];
  /** An adopted zone's id, for people: shape and example. */
  readonly zoneId: { readonly pattern: RegExp; readonly example: string };
}
