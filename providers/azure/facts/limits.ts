/** What Azure does with each argument. Every row that is not native says what happens instead, and where that was read. */
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
import { performanceTiers } from "./disks.ts";

const learn = "https://learn.microsoft.com/azure";

/** A rotation no sooner than a week after birth: key-vault/keys/how-to-configure-key-rotation. */
export const keys = { rotationDays: { min: 7, max: 2560 } } satisfies KeysLimits;

export const logs = {
  perPlace: false,
  encryptionKey: approximate(
    "the workspace is encrypted with the platform's key: an own one needs a dedicated cluster of 100 GB a day and more",
    `${learn}/azure-monitor/logs/customer-managed-keys`,
  ),
  steps: null,
  min: 30,
  max: 730,
  source: `${learn}/azure-monitor/logs/data-retention-configure`,
} satisfies LogsLimits;

export const network = {
  subnets: "regional",
  reservedAddresses: 5,
  minPrefix: 8,
  maxPrefix: 29,
  natPerZone: approximate(
    "one NAT gateway, in the first zone, serves the app and management tiers: a subnet spans the zones and takes one gateway",
    `${learn}/nat-gateway/nat-availability-zones`,
  ),
  acl: approximate(
    "there are no stateless rules: the security group of the tier stands in, and takes its rules from flows",
    `${learn}/virtual-network/network-security-groups-overview`,
  ),
  ipv6: approximate(
    "a unique local range of our own; IPv6 comes in by a balancer, and the NAT gateway carries IPv4 alone",
    `${learn}/virtual-network/ip-services/ipv6-overview`,
  ),
  endpoints: approximate(
    "secrets and own keys answer on private addresses; logs and metrics go to Azure Monitor's public side, behind sign-in, and sessions need no endpoint",
    `${learn}/azure-monitor/logs/private-link-security`,
  ),
  closedRoutes: native,
  publicAddresses: absent(
    "drop it: an address belongs to an interface, and no subnet gives one out",
    `${learn}/virtual-network/ip-services/public-ip-addresses`,
  ),
  zonalSubnets: approximate(
    "a tier is one subnet over all zones: zone a's range is used, the others stay reserved",
    `${learn}/virtual-network/virtual-network-manage-subnet`,
  ),
  servicesRange: null,
  proxyRange: null,
} satisfies NetworkLimits;

const premiumDisk = {
  type: "Premium_LRS",
  iops: approximate("a disk's operations a second and throughput follow from its size", `${learn}/virtual-machines/disks-types`),
  minIops: 0,
  maxIops: 20_000,
  steps: [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_767],
  source: `${learn}/virtual-machines/disks-types`,
};

export const access = {
  vrrp: approximate(
    "rules know TCP, UDP, ICMP, ESP and AH: every protocol is let through between the two peers",
    `${learn}/virtual-network/network-security-groups-overview`,
  ),
} satisfies AccessLimits;

export const secrets = {
  encryptionKey: approximate(
    "a vault encrypts its secrets with keys of its own hardware, and takes no other",
    `${learn}/key-vault/general/security-features`,
  ),
} satisfies SecretsLimits;

export const compute = {
  spotMix: native,
  rollback: approximate(
    "a rolling update stops at the first bad batch and leaves the rest on the old template; going back is a deploy of the earlier one",
    `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades`,
  ),
  rollbackWithImageAlias: native,
  snapshots: native,
  maxSnapshots: 450, // of 500 a disk, the rest is for people's own: backup/disk-backup-faq (read 2026-11-21 in MicrosoftDocs/azure-docs@2ce5cad)
  health: native,
  healthTimeout: approximate(
    "the health extension has no timeout to set",
    `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension`,
  ),
  healthyThreshold: approximate(
    "the health extension has one number of probes for both directions: `unhealthy` is used",
    `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension`,
  ),
  rollingWithoutHealth: approximate(
    "without a health check nothing rolls: a new template reaches new instances, and a person replaces the others",
    `${learn}/virtual-machine-scale-sets/virtual-machine-scale-sets-configure-rolling-upgrades`,
  ),
  // Repairs wait 10 to 90 minutes: virtual-machine-scale-sets-automatic-instance-repairs.
  healthSeconds: { intervalSeconds: { min: 5, max: 60 }, graceSeconds: { min: 600, max: 5400 } },
  disks: { ssd: premiumDisk, nvme: premiumDisk },
  userDataBytes: 65_535,
} satisfies ComputeLimits;

const postgresStorage = `${learn}/postgresql/compute-storage/concepts-storage`;
const postgresStorageV2 = `${learn}/postgresql/compute-storage/concepts-storage-premium-ssd-v2`;
const rotated = absent(
  "use `generated`: the program makes it, and raising `secrets.rotation` makes another",
  `${learn}/postgresql/security/security-access-control`,
);

const dumped = approximate(
  "a server with a private endpoint has no way of its own into a closed account: a host dumps and loads as the database's principal, which may use the bucket",
  `${learn}/postgresql/extensions/how-to-configure-azure-storage-extension`,
);

export const database = {
  minBackupDays: { postgres: 7, mysql: 1 },
  withoutHa: /^Standard_B/, // concepts-high-availability: the burstable tier has none
  maxBackupDays: 35,
  maxPitrDays: { "*": 35 },
  pitrFollowsBackups: true,
  windowsApart: false,
  backupWindow: approximate("Azure chooses the hour of the daily backup", `${learn}/postgresql/backup-restore/concepts-backup-restore`),
  geoBackup: native,
  geoTarget: "pair",
  geoKey: "wide",
  managedPassword: rotated,
  managedPasswordWithReplicas: rotated,
  zoneWithHa: native,
  pooler: {
    postgres: native,
    mysql: absent(
      "turn pooler off here: PgBouncer speaks PostgreSQL alone; let a role run ProxySQL",
      `${learn}/postgresql/flexible-server/concepts-pgbouncer`,
    ),
  },
  poolerPort: 6432,
  extraDatabases: native,
  exchange: { postgres: dumped, mysql: dumped },
  identityLogin: {
    postgres: approximate(
      "the server takes Entra tokens beside passwords, but no role is made its administrator: a person who is, maps each granted role's identity (`pgaadauth_create_principal`) and grants in SQL what it may read and write",
      `${learn}/postgresql/flexible-server/how-to-manage-azure-ad-users`,
    ),
    mysql: absent(
      "turn identityLogin off here and let the role read the login's secret: the server needs an Entra administrator, and an identity that a directory's administrator lets read the directory",
      `${learn}/mysql/flexible-server/how-to-azure-ad`,
    ),
  },
  identityLoginWithPooler: native, // concepts-pgbouncer: it takes Entra tokens
  storageKinds: {
    ssd: { type: "Premium_LRS", support: native },
    "ssd-v2": { type: "PremiumV2_LRS", support: native },
  },
  iops: {
    // A disk under 4 TiB takes no tier above P50.
    Premium_LRS: { support: approximate("the disk's tier stands for them", postgresStorage), minGiB: 32, base: 120, floor: 120, max: 7500 },
    PremiumV2_LRS: { support: native, minGiB: 32, base: 3000, floor: 3000, max: 80_000 },
  },
  performanceTiers,
  throughputMinGiB: 0,
  throughput: approximate("it follows from the disk's tier; ssd-v2 gives 125 MiB/s, from 400 GiB on 500", postgresStorageV2),
  storageSteps: [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_767],
  keyWithSsdV2: absent("keep the platform's key, or `storage.kind: ssd`", postgresStorageV2),
  growWithSsdV2: approximate("it does not grow by itself: an alarm says when to", postgresStorageV2),
  growthBound: approximate("the disk grows by itself as far as the service goes: there is no bound to set", postgresStorage),
  maxReplicas: 5,
  monitoringSeconds: approximate("the platform's metrics come every minute", `${learn}/postgresql/monitor/concepts-monitoring`),
} satisfies DatabaseLimits;

const redisOverview = `${learn}/redis/overview`;
const persistencePage = `${learn}/redis/how-to-persistence`;
const spread = approximate("Azure spreads the nodes over the zones by itself and refuses to be told", `${learn}/redis/high-availability`);
const shape = {
  auth: "access-key",
  generated: false,
  port: 10_000,
  byCapacity: false,
  maxReplicas: 1,
  snapshots: approximate("no dated snapshots: `persistence` keeps the newest state, and an export is a person's", persistencePage),
  persistence: { rdb: { support: native, as: "rdb-12h" }, aof: { support: native, as: "aof-1s" } },
  key: native,
} as const;

export const cache = {
  shapes: {
    replicated: { ...shape, clientPorts: [] },
    sharded: { ...shape, clientPorts: [{ from: 8500, to: 8599 }] }, // every shard's own port
  },
  shardCount: approximate("shards follow from the SKU", `${learn}/redis/architecture`),
  replicaCount: approximate("high availability is one replica, on or off", `${learn}/redis/high-availability`),
  eviction: native,
  reserved: approximate("about 20 % is reserved, whatever is asked", redisOverview),
  windowsApart: false,
  snapshotWindow: approximate("nothing is scheduled by the hour", persistencePage),
  parameters: absent(
    "drop them: Managed Redis takes its eviction, persistence and clustering as arguments of their own, and no engine parameter",
    redisOverview,
  ),
  singleZone: spread,
  zones: spread,
} satisfies CacheLimits;

const lifecycle = `${learn}/storage/blobs/lifecycle-management-overview`;

export const storage = {
  automaticTiering: approximate("objects stay Hot; rules by age may move them", lifecycle),
  automaticBy: "rule",
  replicate: native,
  copy: "bucket",
  geo: native,
  retentionMode: {
    governance: native,
    compliance: approximate(
      "the policy is made unlocked, since Azure locks none at birth; locking it is a person's step, and final",
      `${learn}/storage/blobs/immutable-version-level-worm-policies`,
    ),
  },
  lockWithVersioning: native,
  lockWithoutVersioning: absent(
    "turn versioning on: an immutable account holds versions",
    `${learn}/storage/blobs/immutable-storage-overview`,
  ),
  logTargetWithKey: native,
  logTargetWithLock: native,
  archiveWithZoneRedundancy: approximate(
    "the archive tier does without zones: the account is kept in the paired region too (Standard_GRS)",
    `${learn}/storage/blobs/access-tiers-overview`,
  ),
  cors: native,
  abortUploadsDays: 7, // uncommitted blocks: rest/api/storageservices/put-block
  accessLog: native,
  // Moving is free to choose; leaving early is billed: 30, 90 and 180 days. https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview
  minimumDays: { infrequent: 1, cold: 1, archive: 1 },
} satisfies StorageLimits;
