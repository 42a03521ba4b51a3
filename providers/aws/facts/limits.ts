/**
 * What AWS does with each argument. Rows that are not native say what happens instead and where it was read (2026-11-21).
 * Figures without a page of their own stand under the source of their block.
 */
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

const rds = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const elasticache = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg";
const s3 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const scaling = "https://docs.aws.amazon.com/autoscaling/ec2/userguide";

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html */
export const keys = { rotationDays: { min: 90, max: 2560 } } satisfies KeysLimits;

export const logs = {
  perPlace: true,
  encryptionKey: native,
  steps: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  min: 1,
  max: 3653,
  source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
} satisfies LogsLimits;

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export const network = {
  subnets: "zonal",
  reservedAddresses: 5,
  minPrefix: 16,
  maxPrefix: 28,
  natPerZone: native,
  acl: native,
  ipv6: native,
  zonalSubnets: native,
  endpoints: native,
  publicAddresses: native,
  closedRoutes: native,
  servicesRange: null,
  proxyRange: null,
} satisfies NetworkLimits;

const gp3 = {
  type: "gp3",
  iops: native,
  minIops: 3000,
  maxIops: 80_000,
  steps: null,
  source: "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",
} satisfies ComputeLimits["disks"]["ssd"];

export const access = { vrrp: native } satisfies AccessLimits;

export const secrets = { encryptionKey: native } satisfies SecretsLimits;

export const compute = {
  spotMix: native,
  rollback: native,
  rollbackWithImageAlias: absent(
    "a rolling update cannot go back to an image that is looked up at launch; name a literal image (ami-…), or turn rollback off",
    `${scaling}/instance-refresh-rollback.html`,
  ),
  snapshots: native,
  maxSnapshots: null,
  health: approximate(
    "EC2 asks nothing of a role's port: the balancer before it does; a role behind none is judged by EC2's own status checks",
    `${scaling}/ec2-auto-scaling-health-checks.html`,
  ),
  healthTimeout: native,
  healthyThreshold: native,
  rollingWithoutHealth: native,
  healthSeconds: { intervalSeconds: { min: 5, max: 300 }, graceSeconds: { min: 0, max: 7200 } },
  disks: { ssd: gp3, nvme: gp3 }, // Nitro hosts see every volume as NVMe
  userDataBytes: 16_384,
} satisfies ComputeLimits;

export const database = {
  minBackupDays: { postgres: 1, mysql: 1 },
  withoutHa: null,
  maxBackupDays: 35,
  maxPitrDays: { "*": 35 },
  pitrFollowsBackups: true,
  windowsApart: true, // refused at apply: https://github.com/hashicorp/terraform-provider-aws/issues/49828
  backupWindow: native,
  geoBackup: native,
  geoTarget: "secondary",
  geoKey: "secondary",
  managedPassword: native,
  managedPasswordWithReplicas: absent(
    "RDS makes no replica of a PostgreSQL or MySQL instance whose password it manages; use a generated password",
    `${rds}/rds-secrets-manager.html`,
  ),
  zoneWithHa: approximate(
    "a highly available instance takes no zone: RDS chooses both and changes them when it fails over",
    `${rds}/Concepts.MultiAZSingleStandby.html`,
  ),
  pooler: { postgres: native, mysql: native },
  poolerPort: null,
  extraDatabases: approximate(
    "RDS makes the first database with the server; the others are made from a host, by the administrator's login",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  ),
  exchange: {
    postgres: approximate(
      "the engine reaches the bucket from its own address: its group is let out to object storage in this region, and to nothing else",
      `${rds}/postgresql-s3-export.html`,
    ),
    mysql: absent(
      "RDS for MySQL has no way of its own to S3: let a role dump and load",
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Procedural.Importing.Other.html",
    ),
  },
  identityLogin: {
    postgres: approximate(
      'IAM lets each granted role in as a user of its name; the administrator makes that user in the engine (`CREATE USER "<role>"; GRANT rds_iam TO "<role>"`) and grants in SQL what it may read and write',
      `${rds}/UsingWithRDS.IAMDBAuth.DBAccounts.html`,
    ),
    mysql: approximate(
      "IAM lets each granted role in as a user of its name; the administrator makes that user in the engine (`CREATE USER '<role>' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'`) and grants in SQL what it may read and write",
      `${rds}/UsingWithRDS.IAMDBAuth.DBAccounts.html`,
    ),
  },
  identityLoginWithPooler: approximate(
    "the pooler takes the login of the secret alone: identities log in past it, at the server's own address",
    `${rds}/rds-proxy-iam-setup.html`,
  ),
  storageKinds: {
    ssd: { type: "gp3", support: native },
    "ssd-v2": {
      type: "gp3",
      support: approximate("gp3 already takes operations a second of its own, with an own key and with growth", `${rds}/CHAP_Storage.html`),
    },
  },
  iops: { gp3: { support: native, minGiB: 400, base: 3000, floor: 12_000, max: 64_000 } },
  performanceTiers: [],
  throughput: native,
  throughputMinGiB: 400, // below, gp3 gives its fixed 125 MiB/s
  storageSteps: null,
  keyWithSsdV2: native,
  growWithSsdV2: native,
  growthBound: native,
  maxReplicas: 15,
  monitoringSeconds: native,
} satisfies DatabaseLimits;

const snapshotsStandIn = "ElastiCache writes no file between snapshots: the daily snapshots and the replicas stand in";
const shape = {
  auth: "token",
  generated: true,
  port: 6379,
  clientPorts: [],
  byCapacity: false,
  maxReplicas: 5,
  snapshots: native,
  persistence: {
    rdb: { support: approximate(snapshotsStandIn, `${elasticache}/backups.html`), as: "none" },
    aof: { support: approximate(snapshotsStandIn, `${elasticache}/RedisAOF.html`), as: "none" },
  },
  key: native,
} satisfies CacheLimits["shapes"]["replicated"];

export const cache = {
  shapes: { replicated: shape, sharded: shape },
  shardCount: native,
  replicaCount: native,
  eviction: native,
  reserved: native,
  windowsApart: true, // https://github.com/hashicorp/terraform/issues/17247
  snapshotWindow: native,
  singleZone: native,
  zones: native,
  parameters: native,
} satisfies CacheLimits;

export const storage = {
  automaticTiering: native,
  automaticBy: "rule",
  replicate: native,
  copy: "bucket",
  geo: absent("S3 pairs no regions; set replicate: true with a second region", `${s3}/replication.html`),
  retentionMode: { governance: native, compliance: native },
  lockWithVersioning: native,
  lockWithoutVersioning: absent("turn versioning on: an object lock holds versions", `${s3}/object-lock.html`),
  logTargetWithKey: absent(
    "S3 delivers access logs under its own key alone, and drops them in silence elsewhere; leave the key out, or log into another bucket",
    `${s3}/enable-server-access-logging.html`,
  ),
  logTargetWithLock: absent(
    "S3 delivers no access logs into a locked bucket; leave the lock out, or log into another bucket",
    `${s3}/enable-server-access-logging.html`,
  ),
  archiveWithZoneRedundancy: native,
  cors: native,
  abortUploadsDays: null,
  accessLog: native,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
  minimumDays: { infrequent: 30, cold: 0, archive: 0 },
} satisfies StorageLimits;
