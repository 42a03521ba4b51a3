/** Two products: an instance (one copy of the data, a string opens it) and a cluster (several shards, IAM opens it). */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { CacheSpec } from "../../components/cache/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { hourOf, ownKey, secondsOf, zoneOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { emptySecret, latestOf } from "./secrets.ts";

const dayNames = { mon: "MONDAY", tue: "TUESDAY", wed: "WEDNESDAY", thu: "THURSDAY", fri: "FRIDAY", sat: "SATURDAY", sun: "SUNDAY" };

const maintenanceOf = ({ maintenance }: CacheSpec) => ({
  weeklyMaintenanceWindows: [
    { day: dayNames[maintenance.day], startTime: { hours: hourOf(maintenance.window), minutes: 0, seconds: 0, nanos: 0 } },
  ],
});

const redisConfigsOf = ({ parameters, eviction }: CacheSpec) => ({
  ...parameters,
  ...(eviction === null ? {} : { "maxmemory-policy": eviction }),
});

export const cache = (scope: Scope, spec: CacheSpec, on: On<"cache">): Out<"cache"> =>
  spec.sharded ? clusterOf(scope, spec, on) : instanceOf(scope, spec, on);

/** An instance has no log of writes, only dumps. */
const instanceDumps: Readonly<Record<string, { readonly persistenceMode: string; readonly rdbSnapshotPeriod?: string }>> = {
  none: { persistenceMode: "DISABLED" },
  "rdb-1h": { persistenceMode: "RDB", rdbSnapshotPeriod: "ONE_HOUR" },
  "rdb-12h": { persistenceMode: "RDB", rdbSnapshotPeriod: "TWELVE_HOURS" },
};

function instanceOf(scope: Scope, spec: CacheSpec, on: On<"cache">): Out<"cache"> {
  const { name, parent, place, tags, protection } = scope;
  const key = ownKey(on.keys, spec.encryptionKey);
  const { servicesRange } = on.endpoints.native;
  const instance = new gcp.redis.Instance(
    `${name}-redis`,
    {
      region: place.region,
      tier: spec.replicas === 0 ? "BASIC" : "STANDARD_HA",
      memorySizeGb: capacityOf(spec),
      redisVersion: spec.versionLiteral,
      redisConfigs: redisConfigsOf(spec),
      ...nodesOf(scope, spec),
      connectMode: "PRIVATE_SERVICE_ACCESS",
      authorizedNetwork: on.network.networkId,
      reservedIpRange: servicesRange === null ? undefined : servicesRange,
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      customerManagedKey: key.id,
      persistenceConfig: pick(instanceDumps, spec.persistence),
      maintenancePolicy: maintenanceOf(spec),
      deletionProtection: protection,
      labels: tags,
    },
    {
      parent,
      protect: protection,
      customTimeouts: timeouts.cache,
      dependsOn: [...on.foundation.ready, ...on.endpoints.ready, ...key.ready],
    },
  );
  const kept = spec.secret === null ? null : keepString(scope, spec.secret, instance, on);
  return {
    host: instance.host,
    port: spec.port,
    tls: true,
    clustered: false,
    secret: kept === null ? null : latestOf(kept.secret),
    native: {
      addresses: spec.replicas > 1 ? [instance.host, instance.readEndpoint] : [instance.host],
      cluster: null,
      secrets: kept === null ? {} : kept.secrets,
    },
    ready: [instance, ...(kept === null ? [] : kept.ready)],
  };
}

function capacityOf({ memoryGiB }: CacheSpec): number {
  if (memoryGiB === null) throw new Error("an instance is bought by the GiB");
  return memoryGiB;
}

/** One replica stands by unseen, in a zone that can be named; more of them answer reads, and Google places them. */
function nodesOf(scope: Scope, { replicas, zones, multiZone }: CacheSpec) {
  const [first, second] = zones;
  const here = first === undefined ? {} : { locationId: zoneOf(scope, first) };
  if (replicas > 1) return { ...here, readReplicasMode: "READ_REPLICAS_ENABLED", replicaCount: replicas };
  const standby = replicas === 1 && multiZone && second !== undefined ? { alternativeLocationId: zoneOf(scope, second) } : {};
  return { ...here, ...standby, readReplicasMode: "READ_REPLICAS_DISABLED", replicaCount: replicas };
}

/**
 * The string is Google's and stands in the instance's own state anyway. It changes only with the instance, which nothing write-only would notice:
 * so the version is replaced together with it.
 */
function keepString(scope: Scope, key: string, instance: gcp.redis.Instance, on: On<"cache">) {
  const secret = emptySecret(scope, "secret", on.secrets.native.settings, [...on.foundation.ready, ...on.secrets.ready]);
  const version = new gcp.secretmanager.SecretVersion(
    `${scope.name}-version`,
    { secret: secret.id, secretDataWo: pulumi.secret(pulumi.jsonStringify({ value: instance.authString })), secretDataWoVersion: 1 },
    { parent: scope.parent, replacementTrigger: instance.createTime },
  );
  return { secret, secrets: { [key]: secret }, ready: [secret, version] };
}

const clusterPersistence: Readonly<Record<CacheSpec["persistence"], gcp.types.input.redis.ClusterPersistenceConfig>> = {
  none: { mode: "DISABLED" },
  "rdb-1h": { mode: "RDB", rdbConfig: { rdbSnapshotPeriod: "ONE_HOUR" } },
  "rdb-12h": { mode: "RDB", rdbConfig: { rdbSnapshotPeriod: "TWELVE_HOURS" } },
  "aof-1s": { mode: "AOF", aofConfig: { appendFsync: "EVERYSEC" } },
};

function clusterOf(scope: Scope, spec: CacheSpec, on: On<"cache">): Out<"cache"> {
  const { name, parent, place, tags, protection } = scope;
  const key = ownKey(on.keys, spec.encryptionKey);
  const cluster = new gcp.redis.Cluster(
    `${name}-redis`,
    {
      region: place.region,
      nodeType: spec.class,
      shardCount: spec.shards,
      replicaCount: spec.replicas,
      redisConfigs: redisConfigsOf(spec),
      zoneDistributionConfig: spreadOf(scope, spec),
      pscConfigs: [{ network: on.network.networkId }],
      authorizationMode: "AUTH_MODE_IAM_AUTH",
      transitEncryptionMode: "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION",
      kmsKey: key.id,
      persistenceConfig: clusterPersistence[spec.persistence],
      automatedBackupConfig:
        spec.snapshots === null
          ? undefined
          : { fixedFrequencySchedule: { startTime: { hours: hourOf(spec.snapshots.window) } }, retention: secondsOf(spec.snapshots.days) },
      maintenancePolicy: maintenanceOf(spec),
      deletionProtectionEnabled: protection,
      labels: tags,
    },
    // Without the connection policy in this region the addresses are refused, half an hour in.
    {
      parent,
      protect: protection,
      customTimeouts: timeouts.cacheCluster,
      dependsOn: [...on.foundation.ready, ...on.endpoints.ready, ...key.ready],
    },
  );
  const address = (index: number) => pulumi.interpolate`${cluster.pscConnections[index]?.address}`;
  return {
    host: pulumi.interpolate`${cluster.discoveryEndpoints[0]?.address}`,
    port: spec.port,
    tls: true,
    clustered: true,
    secret: null,
    native: { addresses: [address(0), address(1)], cluster, secrets: {} }, // one address to discover the cluster, one for all its nodes
    ready: [cluster],
  };
}

/** Every zone of the region, or one: a choice of two out of three is not offered. */
function spreadOf(scope: Scope, { multiZone, zones }: CacheSpec) {
  const [first] = zones;
  return multiZone || first === undefined ? { mode: "MULTI_ZONE" } : { mode: "SINGLE_ZONE", zone: zoneOf(scope, first) };
}
