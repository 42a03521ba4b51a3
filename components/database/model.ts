/**
 * Database: managed PostgreSQL or MySQL, private, encrypted, TLS only.
 *
 * | here       | aws                                | azure                                   | gcp                                   |
 * |------------|------------------------------------|-----------------------------------------|---------------------------------------|
 * | primary    | RDS instance                       | flexible server                         | Cloud SQL instance                    |
 * | ha         | Multi-AZ                           | zone-redundant standby                  | REGIONAL                              |
 * | replica    | read replica                       | replica server                          | read replica                          |
 * | parameters | parameter group                    | configurations                          | database flags                        |
 * | private    | network interfaces in the tier     | private endpoint                        | Private Service Connect               |
 * | login      | password or IAM                    | password or Entra                       | password or IAM                       |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { gib, memberName, orOff, partsOf, place, sizeAsk, weekday, window, zoneLetter } from "../kernel/schema.ts";

export const StorageArgs = z.strictObject({
  gib: gib.default(100).meta({ description: "First size, GiB; grows by itself up to `growToGiB`, never shrinks." }),
  kind: z.enum(["ssd", "ssd-v2"]).default("ssd").meta({
    description: "`ssd`: gp3, Premium_LRS, PD_SSD. `ssd-v2`: PremiumV2_LRS on azure, for more operations; no own key and no growth there.",
  }),
  iops: z.int().min(100).max(256_000).optional().meta({ description: "Provisioned operations a second." }),
  throughputMiBps: z.int().min(25).max(4000).optional(),
  growToGiB: orOff(gib).optional().meta({ description: "Upper bound of growth; twice `gib` unless said, `off` for no growth." }),
});

export const ReplicaArgs = z.strictObject({
  place: place.default("primary"),
  zone: zoneLetter.optional(),
  size: sizeAsk.optional().meta({ description: "The primary's size unless said." }),
  storageGiB: gib.optional().meta({ description: "The primary's unless said; never less." }),
});

export const DatabaseArgs = z.strictObject({
  engine: z.enum(["postgres", "mysql"]).default("postgres"),
  version: z.string().optional().meta({
    description: "As in the version table (`15`, `8.4`); postgres 15 or mysql 8.4 unless said. A major upgrade is an update with downtime.",
  }),
  size: sizeAsk.meta({ description: "What the database needs, or a literal class. Merged as one whole." }),
  storage: StorageArgs.prefault({}),
  networkGbps: z
    .number()
    .positive()
    .optional()
    .meta({ description: "Interface speed the class should reach (`up to`); a note where it is less or not known." }),
  ha: z.boolean().default(true).meta({ description: "A standby in another zone takes over by itself." }),
  zone: zoneLetter.optional().meta({ description: "Zone of the primary, where a highly available one may have one." }),
  replicas: partsOf(ReplicaArgs).default({}).meta({ description: "Read replicas by name; each with its own size, zone or region." }),
  backups: z
    .strictObject({
      days: z.int().min(1).max(365).default(7),
      window: window.default("03:00-04:00").meta({ description: "UTC hours of the daily backup." }),
      pitrDays: z
        .int()
        .min(1)
        .max(365)
        .optional()
        .meta({ description: "Point-in-time recovery: how far back, days; as `days` or as far as the cloud keeps, unless said." }),
      geo: z
        .boolean()
        .default(false)
        .meta({ description: "Backups also in another region: the paired one, or the second region where it can be chosen." }),
    })
    .prefault({}),
  maintenance: z.strictObject({ day: weekday.default("sun"), window: window.default("04:00-05:00") }).prefault({}),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({ description: "Engine parameters by their own name; TLS is forced whatever stands here." }),
  encryptionKey: z
    .string()
    .optional()
    .meta({ description: "Purpose of an own key; the platform's otherwise. Adding one later replaces the database." }),
  adminUser: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,15}$/, "a login of 2 to 16 lower-case letters, digits and underscores, starting with a letter")
    .optional()
    .meta({ description: "Administrator's login; the system's name unless said. Changing it replaces." }),
  password: z.enum(["generated", "managed"]).default("generated").meta({ description: "`managed`: the cloud makes and rotates it." }),
  databases: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, "lower-case letters, digits and underscores, starting with a letter"),
      z.strictObject({}),
    )
    .default({})
    .meta({ description: "Databases on the server by name; one named after the system unless said." }),
  identityLogin: z.boolean().default(false).meta({
    description:
      "Roles with a grant on `database:<name>` may log in by their cloud identity, beside the password; what they may do inside is granted in SQL.",
  }),
  insights: z.boolean().default(true).meta({ description: "Query insight and enhanced monitoring." }),
  monitoringSeconds: z.union([z.literal(1), z.literal(5), z.literal(10), z.literal(15), z.literal(30), z.literal(60)]).default(60),
  pooler: z.boolean().default(false).meta({ description: "The cloud's own connection pooler in front: roles talk to it." }),
  exchange: memberName.optional().meta({ description: "Bucket that the database itself may import from and export to." }),
});
export type DatabaseArgs = z.output<typeof DatabaseArgs>;

export interface DatabaseStorageSpec {
  readonly gib: number;
  /** The cloud's own word: `gp3`, `Premium_LRS`, `PremiumV2_LRS`, `PD_SSD`. */
  readonly type: string;
  /** Null where the size decides. */
  readonly iops: number | null;
  readonly throughputMiBps: number | null;
  /** Azure's performance tier (`P30`); null where the size decides. */
  readonly performanceTier: string | null;
  /** Null: does not grow by itself. */
  readonly growToGiB: number | null;
}

interface ServerSpec {
  readonly place: PlaceKey;
  readonly engine: "postgres" | "mysql";
  readonly version: string;
  /** What the cloud takes for `version`, and its parameter family (null where it has none). */
  readonly versionLiteral: string;
  readonly family: string | null;
  readonly class: string;
  /** Azure: `GeneralPurpose`, …; Google: `ENTERPRISE`, …; null on AWS. */
  readonly edition: string | null;
  readonly storage: DatabaseStorageSpec;
  /** Zone letter; null leaves the choice to the cloud. */
  readonly zone: string | null;
  readonly subnets: readonly string[];
  /** By parameter name; `restart` where the engine takes it only at start. */
  readonly parameters: Readonly<Record<string, { readonly value: string; readonly restart: boolean }>>;
  readonly maintenance: { readonly day: "sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat"; readonly window: string };
  readonly encryptionKey: { readonly purpose: string; readonly place: PlaceKey } | null;
  readonly identityLogin: boolean;
  readonly insights: boolean;
  readonly monitoringSeconds: number;
  /** Days that the engine's own logs are kept, where they have a place of their own (AWS). */
  readonly logRetentionDays: number;
  readonly port: number;
}

export interface DatabaseSpec extends ServerSpec {
  readonly ha: boolean;
  /** Zone letter of the standby; null leaves the choice to the cloud. */
  readonly standbyZone: string | null;
  readonly backups: {
    readonly days: number;
    readonly window: string;
    readonly pitrDays: number;
    /** Cloud's own paired copy (Azure), by a second key in the paired region (the `wide` ring); or the region backups lie in (Google); null: here only. */
    readonly geo: {
      readonly region: string;
      readonly encryptionKey: { readonly purpose: string; readonly place: PlaceKey | "wide" } | null;
    } | null;
  };
  readonly admin: {
    readonly username: string;
    readonly managed: boolean /** Name of the secret that holds the login; null when the cloud manages it. */;
    readonly secret: string | null;
    readonly rotation: number;
  };
  /** First is the one made with the server. */
  readonly databases: readonly string[];
  /** The cloud's pooler in front, and the port roles use then. */
  readonly pooler: { readonly port: number } | null;
  /** Principal through which the engine reaches its exchange bucket; null without one. */
  readonly exchange: { readonly bucket: string; readonly principal: string } | null;
}

/** A read replica: takes login, databases and backups from its source. */
export interface ReplicaSpec extends ServerSpec {
  /** Component name of the primary. */
  readonly source: string;
}

export interface DatabaseLimits {
  readonly minBackupDays: Readonly<Record<"postgres" | "mysql", number>>;
  readonly maxBackupDays: number;
  /** Classes that cannot have a standby; null where every class can. */
  readonly withoutHa: RegExp | null;
  /** Longest point-in-time recovery by edition; `*` for every other. */
  readonly maxPitrDays: Readonly<Record<string, number>>;
  /** One setting serves backups and point-in-time recovery. */
  readonly pitrFollowsBackups: boolean;
  readonly backupWindow: Support;
  /** The cloud refuses a maintenance window that meets the backup window. */
  readonly windowsApart: boolean;
  /** How backups get to another region. */
  readonly geoBackup: Support & { readonly is: string };
  readonly geoTarget: "pair" | "secondary" | "none";
  /** Ring of the own key that encrypts the copy; null where it is the server's own. */
  readonly geoKey: "wide" | "secondary" | null;
  readonly managedPassword: Support;
  readonly managedPasswordWithReplicas: Support;
  readonly zoneWithHa: Support;
  readonly pooler: Readonly<Record<"postgres" | "mysql", Support>>;
  /** Port of the pooler on this cloud; null: the engine's own. */
  readonly poolerPort: number | null;
  readonly extraDatabases: Support;
  readonly exchange: Readonly<Record<"postgres" | "mysql", Support>>;
  /** Login by cloud identity: how far the cloud goes, and what is left to SQL. */
  readonly identityLogin: Readonly<Record<"postgres" | "mysql", Support>>;
  readonly identityLoginWithPooler: Support;
  readonly storageKinds: Readonly<Record<"ssd" | "ssd-v2", { readonly type: string; readonly support: Support }>>;
  /** What may be said of operations a second, by storage type. */
  readonly iops: Readonly<
    Record<
      string,
      {
        readonly support: Support;
        /** Under this size the type gives `base` and takes no number. */
        readonly minGiB: number;
        readonly base: number;
        /** From `minGiB` on the type gives at least this; a smaller ask is raised to it. */
        readonly floor: number;
        readonly max: number;
      }
    >
  >;
  /** Disk tiers that stand for operations a second where these are not a number of their own: ascending. */
  readonly performanceTiers: readonly { readonly name: string; readonly iops: number; readonly gib: number }[];
  readonly throughput: Support;
  /** Under this size throughput cannot be set. */
  readonly throughputMinGiB: number;
  /** Sizes that storage is rounded up to; null: any GiB. */
  readonly storageSteps: readonly number[] | null;
  readonly keyWithSsdV2: Support;
  readonly growWithSsdV2: Support;
  /** An upper bound of growth. */
  readonly growthBound: Support;
  readonly maxReplicas: number;
  readonly monitoringSeconds: Support;
}
