import * as azure from "@pulumi/azure-native";
import type { CacheSpec } from "../../components/cache/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { accessKey } from "./cache-key.ts";
import { timeouts } from "./facts/timeouts.ts";
import { lock } from "./lock.ts";
import { groupOf, homeOf, keyReady, ownKey } from "./lookup.ts";
import type { On, OnGround, Out } from "./natives.ts";
import { privateEndpoint } from "./private-endpoint.ts";
import { referenceOf, vaultSecret } from "./secrets.ts";

const eviction = {
  noeviction: "NoEviction",
  "allkeys-lru": "AllKeysLRU",
  "allkeys-lfu": "AllKeysLFU",
  "allkeys-random": "AllKeysRandom",
  "volatile-lru": "VolatileLRU",
  "volatile-lfu": "VolatileLFU",
  "volatile-random": "VolatileRandom",
  "volatile-ttl": "VolatileTTL",
} satisfies Record<NonNullable<CacheSpec["eviction"]>, string>;

const persistence: Readonly<Record<CacheSpec["persistence"], azure.types.input.redisenterprise.PersistenceArgs>> = {
  none: { aofEnabled: false, rdbEnabled: false },
  "rdb-1h": { aofEnabled: false, rdbEnabled: true, rdbFrequency: "1h" },
  "rdb-12h": { aofEnabled: false, rdbEnabled: true, rdbFrequency: "12h" },
  "aof-1s": { aofEnabled: true, aofFrequency: "1s", rdbEnabled: false },
};

/** Managed Redis: a cluster without `zones`, which Azure refuses and spreads by itself; one database; a private endpoint; its key in the store. */
export function cache(scope: Scope, spec: CacheSpec, on: On<"cache">): Out<"cache"> {
  const { name, parent } = scope;
  const group = groupOf(scope, on);
  const guarded: Scope = { ...scope, protection: scope.protection && spec.persistence !== "none" }; // what nobody persists, nobody misses
  const cluster = new azure.redisenterprise.RedisEnterprise(
    `${name}-cluster`,
    {
      ...homeOf(scope, on),
      sku: { name: spec.class },
      highAvailability: spec.replicas > 0 ? "Enabled" : "Disabled",
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      ...encryptionOf(spec, on),
    },
    {
      parent,
      protect: guarded.protection,
      dependsOn: [...on.endpoints.ready, ...keyReady(on, spec.encryptionKey)],
      customTimeouts: timeouts.cache,
    },
  );
  const database = new azure.redisenterprise.Database(
    `${name}-database`,
    {
      ...group,
      clusterName: cluster.name,
      databaseName: "default", // Azure takes no other
      port: spec.port,
      clientProtocol: "Encrypted",
      clusteringPolicy: spec.sharded ? "OSSCluster" : "EnterpriseCluster", // for good: the other form is another cache
      ...(spec.eviction === null ? {} : { evictionPolicy: eviction[spec.eviction] }),
      persistence: persistence[spec.persistence],
      accessKeysAuthentication: spec.auth === "access-key" ? "Enabled" : "Disabled", // off unless said
      deferUpgrade: "NotDeferred",
    },
    { parent, protect: guarded.protection, customTimeouts: timeouts.cache },
  );
  const peer = pick(on.peers.native.groups, name);
  const endpoint = privateEndpoint(
    scope,
    { service: spec.sharded ? "redisCluster" : "redis", target: cluster, peer, subnets: spec.subnets },
    [database],
    on,
  );
  new azure.monitor.DiagnosticSetting(
    `${name}-diagnostics`,
    { name: "metrics", resourceUri: cluster.id, workspaceId: on.logs.destination, metrics: [{ category: "AllMetrics", enabled: true }] },
    { parent },
  );
  const secret =
    spec.secret === null
      ? null
      : vaultSecret(scope, spec.secret, accessKey(group.resourceGroupName, cluster, database), on.secrets.native, [database]);
  lock(guarded, "cluster", cluster);
  return {
    host: cluster.hostName,
    port: spec.port,
    tls: true,
    clustered: spec.sharded,
    secret: secret === null ? null : referenceOf(on.secrets.native.vault, secret),
    native: { cluster, database },
    ready: [endpoint, ...(secret === null ? [] : [secret])],
  };
}

/** An own key is named with its version here; a deploy after a refresh follows the rotation. */
function encryptionOf(spec: CacheSpec, on: OnGround): Pick<azure.redisenterprise.RedisEnterpriseArgs, "identity" | "encryption"> {
  if (spec.encryptionKey === null) return {};
  const { key, identityId } = ownKey(on, spec.encryptionKey);
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    encryption: {
      customerManagedKeyEncryption: {
        keyEncryptionKeyUrl: key.keyUriWithVersion,
        keyEncryptionKeyIdentity: { identityType: "userAssignedIdentity", userAssignedIdentityResourceId: identityId },
      },
    },
  };
}
