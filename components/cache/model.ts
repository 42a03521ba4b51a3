/**
 * Cache: Redis-compatible, private, TLS only.
 *
 * | here       | aws                          | azure                              | gcp                                |
 * |------------|------------------------------|------------------------------------|------------------------------------|
 * | replicated | replication group, one shard | Managed Redis, enterprise cluster  | Memorystore instance, STANDARD_HA  |
 * | sharded    | cluster mode enabled         | Managed Redis, OSS cluster         | Memorystore cluster                |
 * | auth       | token (ours)                 | access key (the cloud's)           | AUTH string, or IAM when sharded   |
 * | snapshots  | daily snapshot               | RDB or AOF persistence             | RDB persistence, automated backup  |
 * | private    | network interfaces           | private endpoint                   | services range, or service connect |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { window, zoneLetter } from "../kernel/schema.ts";

export const CacheArgs = z.strictObject({
  version: z.string().optional().meta({ description: "As in the version table; the newest the cloud has unless said." }),
  shape: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("replicated"), replicas: z.int().min(0).max(5).default(1) }),
      z.strictObject({ kind: z.literal("sharded"), shards: z.int().min(1).max(90), replicas: z.int().min(0).max(5).default(1) }),
    ])
    .default({ kind: "replicated", replicas: 1 })
    .meta({ description: "`replicated`: one copy of the data and its replicas. `sharded`: cut over several. Changing the kind replaces." }),
  usableGiB: z
    .number()
    .min(0.1)
    .max(4096)
    .optional()
    .meta({ description: "Memory that data may fill, GiB, per shard, after the cloud's reserve." }),
  class: z.string().optional().meta({ description: "A literal node class, SKU or node type; it wins and is checked against the ask." }),
  memoryGiB: z.int().min(1).max(300).optional().meta({ description: "Literal capacity, where the service is bought by the GiB." }),
  eviction: z
    .enum(["noeviction", "allkeys-lru", "allkeys-lfu", "volatile-lru", "volatile-lfu", "allkeys-random", "volatile-random", "volatile-ttl"])
    .optional()
    .meta({ description: "The engine's default unless said." }),
  reservedPercent: z
    .int()
    .min(0)
    .max(50)
    .optional()
    .meta({ description: "Memory kept for the engine's own work; 25 where it can be set, unless said." }),
  networkGbps: z
    .number()
    .positive()
    .optional()
    .meta({ description: "Interface speed the class should reach (`up to`); a note where it is less or not known." }),
  snapshots: z.strictObject({ days: z.int().min(0).max(35).default(7), window: window.default("05:00-06:00") }).prefault({}),
  persistence: z
    .enum(["none", "rdb", "aof"])
    .default("none")
    .meta({ description: "What survives the loss of every node: nothing, a dump every some hours, or a log." }),
  multiZone: z.boolean().default(true),
  encryptionKey: z
    .string()
    .optional()
    .meta({ description: "Purpose of an own key; the platform's otherwise. Adding one later replaces the cache." }),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  zones: z.array(zoneLetter).optional().meta({ description: "Zones to spread over; the network's unless said." }),
});
export type CacheArgs = z.output<typeof CacheArgs>;

/** How a client proves itself. */
export type CacheAuth = "token" | "access-key" | "auth-string" | "iam";

export interface CacheSpec {
  readonly place: PlaceKey;
  readonly version: string;
  readonly versionLiteral: string;
  readonly family: string | null;
  /** Node class, SKU or node type. */
  readonly class: string;
  /** Capacity bought by the GiB (Memorystore instance); null elsewhere. */
  readonly memoryGiB: number | null;
  /** Memory that data may fill, all shards together, GiB. */
  readonly usableGiB: number;
  readonly sharded: boolean;
  readonly shards: number;
  readonly replicas: number;
  /** Redis' own word, which the adapter translates; null leaves the engine's default. */
  readonly eviction: NonNullable<CacheArgs["eviction"]> | null;
  readonly reservedPercent: number | null;
  readonly auth: CacheAuth;
  /** Secret that holds the token, key or string; null with IAM. */
  readonly secret: string | null;
  /** Whether the program makes the token (else the cloud does, and the cache writes it to the store). */
  readonly generated: boolean;
  readonly rotation: number;
  readonly snapshots: { readonly days: number; readonly window: string } | null;
  readonly persistence: "none" | "rdb-1h" | "rdb-12h" | "aof-1s";
  readonly multiZone: boolean;
  readonly zones: readonly string[];
  readonly maintenance: { readonly day: "sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat"; readonly window: string };
  readonly encryptionKey: { readonly purpose: string; readonly place: PlaceKey } | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly subnets: readonly string[];
  /** Where clients connect, then what cluster clients need besides. */
  readonly port: number;
  readonly clientPorts: readonly { readonly from: number; readonly to: number }[];
}

export interface CacheLimits {
  /** What each shape gives on this cloud. */
  readonly shapes: Readonly<
    Record<
      "replicated" | "sharded",
      {
        readonly auth: CacheAuth;
        readonly generated: boolean;
        readonly port: number;
        readonly clientPorts: readonly { readonly from: number; readonly to: number }[];
        /** Bought by the GiB rather than by class. */
        readonly byCapacity: boolean;
        readonly maxReplicas: number;
        readonly snapshots: Support;
        readonly persistence: Readonly<Record<"rdb" | "aof", { readonly support: Support; readonly as: CacheSpec["persistence"] }>>;
        /** Own key for data at rest. */
        readonly key: Support;
      }
    >
  >;
  /** Shards are the class's own on this cloud. */
  readonly shardCount: Support;
  /** One replica, always or never. */
  readonly replicaCount: Support;
  readonly eviction: Support;
  /** A reserve that is not the cloud's own. */
  readonly reserved: Support;
  readonly snapshotWindow: Support;
  /** The cloud refuses a snapshot window that meets the maintenance window. */
  readonly windowsApart: boolean;
  /** All nodes in one zone, though the region has several. */
  readonly singleZone: Support;
  readonly zones: Support;
  /** Engine parameters by their own name. */
  readonly parameters: Support;
}
