/** What Google Cloud makes of every argument. Pages read from stored copies or recalled on 2026-11-21; the SDK is 9.37. */
import type { AccessLimits } from "../../../components/access/model.ts";
import type { CacheLimits } from "../../../components/cache/model.ts";
import type { ComputeLimits } from "../../../components/compute/model.ts";
import type { DatabaseLimits } from "../../../components/database/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";
import type { KeysLimits } from "../../../components/keys/model.ts";
import type { LogsLimits } from "../../../components/logs/model.ts";
import type { NetworkLimits } from "../../../components/network/model.ts";
import type { SecretsLimits } from "../../../components/secrets/model.ts";
import type { StorageLimits } from "../../../components/storage/model.ts";

const docs = (path: string): string => `https://cloud.google.com/${path}`;

/** From a day up; no upper end that a person would reach. */
const keys: KeysLimits = { rotationDays: { min: 1, max: 36_500 } };

const logs: LogsLimits = {
  perPlace: false,
  encryptionKey: native,
  steps: null,
  min: 1,
  max: 3650,
  source: docs("logging/docs/buckets#custom-retention"),
};

const network: NetworkLimits = {
  subnets: "regional",
  reservedAddresses: 4,
  minPrefix: 8,
  maxPrefix: 29,
  natPerZone: approximate("one Cloud NAT serves every zone of the region", docs("nat/docs/overview")),
  acl: approximate("there are no stateless lists; firewall rules with default deny both ways stand in", docs("firewall/docs/firewalls")),
  ipv6: approximate(
    "hosts get IPv6 addresses of the network's own range, only the public tier gets external ones",
    docs("vpc/docs/subnets#ipv6-ranges"),
  ),
  endpoints: approximate(
    "the free path is private too: one virtual address answers for every API in either form",
    docs("vpc/docs/configure-private-google-access"),
  ),
  closedRoutes: approximate(
    "routes belong to the whole network: the tier holds endpoints alone, no NAT serves it, and rules let nothing of it out",
    docs("vpc/docs/routes"),
  ),
  publicAddresses: absent("drop it: an address belongs to an instance, and no subnet gives one out", docs("vpc/docs/ip-addresses")),
  zonalSubnets: approximate(
    "a subnet spans the region: zone a's range is the tier's subnet, the others stay reserved",
    docs("vpc/docs/subnets"),
  ),
  servicesRange: { third: 64, prefix: 20 },
  proxyRange: { third: 62, prefix: 23 },
};

const bySize = docs("compute/docs/disks/performance");

const access: AccessLimits = { vrrp: native };

const secrets: SecretsLimits = { encryptionKey: native };

const compute: ComputeLimits = {
  spotMix: approximate(
    "a group is spot as a whole or not at all: everything runs on demand",
    docs("compute/docs/instances/create-use-spot"),
  ),
  rollback: approximate(
    "an update stops where new instances stay unhealthy, with every old one kept; going back is a deploy of the image before",
    docs("compute/docs/instance-groups/rolling-out-updates-to-managed-instance-groups"),
  ),
  rollbackWithImageAlias: native,
  snapshots: native,
  maxSnapshots: null,
  health: native,
  healthTimeout: native,
  healthyThreshold: native,
  rollingWithoutHealth: native,
  healthSeconds: { intervalSeconds: { min: 1, max: 300 }, graceSeconds: { min: 0, max: 3600 } },
  disks: {
    ssd: {
      type: "pd-balanced",
      iops: approximate("pd-balanced gives 3000 operations a second and 6 more a GiB", bySize),
      minIops: 0,
      maxIops: 80_000,
      steps: null,
      source: bySize,
    },
    nvme: {
      type: "pd-ssd",
      iops: approximate("pd-ssd gives 6000 operations a second and 30 more a GiB", bySize),
      minIops: 0,
      maxIops: 100_000,
      steps: null,
      source: bySize,
    },
  },
  userDataBytes: 262_144, // https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#limitations
};

const sqlStorage = docs("sql/docs/postgres/choosing-machine-series-storage");

const database: DatabaseLimits = {
  minBackupDays: { postgres: 1, mysql: 1 },
  withoutHa: null,
  maxBackupDays: 365,
  maxPitrDays: { ENTERPRISE: 7, ENTERPRISE_PLUS: 35, "*": 7 },
  pitrFollowsBackups: false,
  windowsApart: false,
  backupWindow: native,
  geoBackup: native,
  geoTarget: "secondary",
  geoKey: null,
  managedPassword: approximate(
    "the program makes the password and keeps it in Secret Manager; raise secrets.rotation to change it",
    docs("sql/docs/postgres/create-manage-users"),
  ),
  managedPasswordWithReplicas: native,
  zoneWithHa: native,
  // Enterprise Plus alone has one, and no row can ask for the edition.
  pooler: {
    postgres: absent("turn pooler off here and let a role run PgBouncer", docs("sql/docs/postgres/managed-connection-pooling")),
    mysql: absent("turn pooler off here and let a role run ProxySQL", docs("sql/docs/mysql/managed-connection-pooling")),
  },
  poolerPort: null,
  extraDatabases: native,
  exchange: { postgres: native, mysql: native },
  identityLogin: {
    postgres: approximate(
      "the service account of each granted role becomes a user of the server (its address without `.gserviceaccount.com`) that may do nothing yet: the administrator grants in SQL what it may read and write",
      docs("sql/docs/postgres/add-manage-iam-users"),
    ),
    mysql: approximate(
      "the service account of each granted role becomes a user of the server (its address up to the @) that may do nothing yet: the administrator grants in SQL what it may read and write",
      docs("sql/docs/mysql/add-manage-iam-users"),
    ),
  },
  identityLoginWithPooler: native, // there is no pooler
  storageKinds: {
    ssd: { type: "PD_SSD", support: native },
    "ssd-v2": { type: "PD_SSD", support: approximate("PD_SSD, whose operations grow with its size", sqlStorage) },
  },
  iops: {
    PD_SSD: {
      support: approximate("the size decides: 30 operations a second a GiB, up to what the class takes", sqlStorage),
      minGiB: 0,
      base: 0,
      floor: 0,
      max: 100_000,
    },
  },
  performanceTiers: [],
  throughputMinGiB: 0,
  throughput: approximate("the size decides: 0.48 MiB/s a GiB, up to what the class takes", sqlStorage),
  storageSteps: null,
  keyWithSsdV2: native,
  growWithSsdV2: native,
  growthBound: native,
  maxReplicas: 10, // https://cloud.google.com/sql/docs/quotas
  monitoringSeconds: approximate("metrics come once a minute whatever is asked", docs("sql/docs/postgres/admin-api/metrics")),
};

const cache: CacheLimits = {
  shapes: {
    // Memorystore for Redis; TLS moves it from 6379 to 6378.
    replicated: {
      auth: "auth-string",
      generated: false,
      port: 6378,
      clientPorts: [],
      byCapacity: true,
      maxReplicas: 5,
      snapshots: approximate(
        "an instance keeps no snapshots: ask for persistence rdb, and export by runbook",
        docs("memorystore/docs/redis/about-rdb-snapshots"),
      ),
      persistence: {
        rdb: { support: native, as: "rdb-1h" },
        aof: {
          support: approximate("a dump every hour: an instance keeps no log of writes", docs("memorystore/docs/redis/about-rdb-snapshots")),
          as: "rdb-1h",
        },
      },
      key: native,
    },
    // Memorystore for Redis Cluster; its nodes share one address and take a port each.
    sharded: {
      auth: "iam",
      generated: false,
      port: 6379,
      clientPorts: [{ from: 11_000, to: 13_047 }],
      byCapacity: false,
      maxReplicas: 2,
      snapshots: native,
      persistence: { rdb: { support: native, as: "rdb-1h" }, aof: { support: native, as: "aof-1s" } },
      key: native,
    },
  },
  shardCount: native,
  replicaCount: native,
  eviction: native,
  reserved: approximate(
    "the reserve is the service's own: none of an instance's capacity, 20 % of a cluster node",
    docs("memorystore/docs/cluster/cluster-node-specification"),
  ),
  windowsApart: false,
  snapshotWindow: native,
  parameters: native,
  singleZone: native,
  zones: approximate(
    "an instance takes the first two, a cluster spreads over every zone of the region",
    docs("memorystore/docs/cluster/ha-and-replicas"),
  ),
};

const storage: StorageLimits = {
  automaticTiering: native,
  automaticBy: "bucket",
  replicate: native,
  copy: "region",
  geo: absent("give the stack a second region and set replicate: the bucket then lies in both", docs("storage/docs/locations")),
  retentionMode: {
    governance: approximate(
      "the retention policy stays unlocked: whoever administers the bucket may shorten it",
      docs("storage/docs/bucket-lock"),
    ),
    compliance: native,
  },
  lockWithVersioning: absent("turn versioning off: a bucket under retention keeps no old versions", docs("storage/docs/object-versioning")),
  lockWithoutVersioning: native,
  logTargetWithKey: native,
  logTargetWithLock: native,
  archiveWithZoneRedundancy: native,
  cors: native,
  abortUploadsDays: null,
  accessLog: native,
  // Moving is free to choose; leaving early is billed: 30, 90 and 365 days. https://cloud.google.com/storage/docs/storage-classes
  minimumDays: { infrequent: 1, cold: 1, archive: 1 },
};

export const limits = { keys, logs, network, access, secrets, compute, database, cache, storage };
