/**
 * Object storage: named buckets that nobody outside the platform can read.
 *
 * | here        | aws                           | azure                               | gcp                          |
 * |-------------|-------------------------------|-------------------------------------|------------------------------|
 * | bucket      | S3 bucket                     | storage account and container       | Cloud Storage bucket         |
 * | infrequent  | STANDARD_IA                   | Cool                                | NEARLINE                     |
 * | cold        | GLACIER_IR                    | Cold                                | COLDLINE                     |
 * | archive     | GLACIER                       | Archive                             | ARCHIVE                      |
 * | automatic   | INTELLIGENT_TIERING           | (stays Hot)                         | Autoclass                    |
 * | replicate   | replication to a `-dr` bucket | object replication to a `-dr` account | dual region at creation    |
 * | policy      | bucket policy                 | role assignments                    | IAM members                  |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { days, mapOf, memberName } from "../kernel/schema.ts";

export const BucketRuleArgs = z.strictObject({
  prefix: z.string().default("").meta({ description: "Objects whose name begins so; empty means all." }),
  infrequentAfterDays: days.optional().meta({ description: "Move to the infrequent-access class; online." }),
  coldAfterDays: days.optional().meta({ description: "Move to the cold class; online, dearer to read." }),
  archiveAfterDays: days.optional().meta({ description: "Move to the archive class; reading back takes hours on AWS and Azure." }),
  expireAfterDays: days.optional().meta({ description: "Delete for good." }),
});

export const CorsArgs = z.strictObject({
  origins: z.array(z.string()).min(1),
  methods: z.array(z.enum(["GET", "HEAD", "PUT", "POST", "DELETE"])).min(1),
  headers: z.array(z.string()).default([]),
  maxAgeSeconds: z.int().min(0).max(86_400).default(3600),
});

export const BucketArgs = z.strictObject({
  versioning: z.boolean().default(true).meta({ description: "Keep old versions. Turning it off later keeps what exists." }),
  tiering: z
    .enum(["none", "automatic"])
    .default("none")
    .meta({ description: "`automatic`: the cloud moves objects by how they are read." }),
  rules: mapOf(BucketRuleArgs).default({}).meta({ description: "Lifecycle rules by name." }),
  oldVersionsDays: days.default(30).meta({ description: "How long replaced or deleted versions stay." }),
  abortUploadsDays: days.default(7).meta({ description: "Unfinished multipart uploads are dropped after this many days." }),
  encryptionKey: z.string().optional().meta({ description: "Purpose of an own key; the platform's key otherwise." }),
  replicate: z
    .boolean()
    .default(false)
    .meta({ description: "A second copy in the second region. On gcp it is fixed at creation: changing it replaces the bucket." }),
  redundancy: z
    .enum(["zone", "geo"])
    .default("zone")
    .meta({ description: "`geo`: the cloud keeps copies in the region it pairs with this one." }),
  retentionLock: z
    .strictObject({ days, mode: z.enum(["governance", "compliance"]).default("governance") })
    .optional()
    .meta({ description: "Nobody may delete an object for this many days. Compliance cannot be undone, not even by the owner." }),
  cors: mapOf(CorsArgs).default({}),
  accessLog: memberName.optional().meta({ description: "Bucket that receives this one's access log." }),
  literalName: z.string().optional().meta({ description: "Exact global name instead of `<system>-<bucket>-<suffix>`." }),
});
export type BucketArgs = z.output<typeof BucketArgs>;

export type StorageClass = "infrequent" | "cold" | "archive" | "automatic";

export interface BucketRuleSpec {
  readonly prefix: string;
  /** Ascending. */
  readonly transitions: readonly { readonly afterDays: number; readonly to: StorageClass }[];
  readonly expireAfterDays: number | null;
}

export interface CorsSpec {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly maxAgeSeconds: number;
}

/** Everything about one bucket, decided. */
export interface BucketSpec {
  readonly place: PlaceKey;
  /** What the physical name starts with, `<system>-<bucket>`; or all of it when `literal`. */
  readonly title: { readonly text: string; readonly literal: boolean };
  readonly versioning: boolean;
  readonly rules: Readonly<Record<string, BucketRuleSpec>>;
  /** The cloud moves objects by how they are read (where it is not a lifecycle rule). */
  readonly autoclass: boolean;
  readonly oldVersionsDays: number;
  readonly abortUploadsDays: number;
  readonly encryptionKey: { readonly purpose: string; readonly place: PlaceKey | "wide" } | null;
  readonly redundancy: "zone" | "geo";
  /** `bucket`: a bucket of its own in the second region; `region`: the same bucket lies in both regions. */
  readonly copy: { readonly kind: "bucket"; readonly name: string } | { readonly kind: "region"; readonly region: string } | null;
  /** This bucket receives another's copies. */
  readonly copyOf: string | null;
  readonly retentionLock: { readonly days: number; readonly mode: "governance" | "compliance" } | null;
  readonly cors: Readonly<Record<string, CorsSpec>>;
  readonly accessLog: { readonly bucket: string; readonly prefix: string } | null;
  /** Other buckets log their accesses here. */
  readonly receivesLogs: boolean;
  /** What the CDN does with it: reads it for visitors, writes its access logs into it. */
  readonly cdn: { readonly reads: boolean; readonly logs: boolean };
  /** Prefixes under which balancers write their access logs, where those go to buckets; empty otherwise. */
  readonly balancerLogs: readonly string[];
  /** Principals of compute roles, by verb; the bucket's one policy document is made of them. */
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  /** Subnet keys for a private endpoint, where buckets have one; empty otherwise. */
  readonly subnets: readonly string[];
}

export interface StorageLimits {
  readonly automaticTiering: Support;
  /** Automatic tiering is a lifecycle rule or a setting of the whole bucket. */
  readonly automaticBy: "rule" | "bucket";
  readonly replicate: Support;
  /** How a second copy is kept. */
  readonly copy: "bucket" | "region";
  readonly geo: Support;
  readonly retentionMode: { readonly governance: Support; readonly compliance: Support };
  readonly lockWithVersioning: Support;
  readonly lockWithoutVersioning: Support;
  /** A bucket that receives access logs, under an own key or a retention lock. */
  readonly logTargetWithKey: Support;
  readonly logTargetWithLock: Support;
  readonly archiveWithZoneRedundancy: Support;
  readonly cors: Support;
  /** Days after which unfinished uploads are dropped; null where any number will do. */
  readonly abortUploadsDays: number | null;
  readonly accessLog: Support;
  readonly minimumDays: Readonly<Record<Exclude<StorageClass, "automatic">, number>>;
}
