import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, DatabaseStorageSpec, ReplicaSpec } from "../../components/database/model.ts";
import { premiumV2 } from "./facts/disks.ts";
import { primaryOf, primaryOptions, replicaOptions, skuOf, zoneOf } from "./flexible-server.ts";
import { groupOf, homeOf, orNothing, ownKey } from "./lookup.ts";
import type { AzureNatives, By, On, OnFoundation, OnGround } from "./natives.ts";

/** Query Store: which statements cost what, and what they waited for. */
export const insight: By<string> = {
  "pg_qs.query_capture_mode": "top",
  "pgms_wait_sampling.query_capture_mode": "all",
  track_io_timing: "on",
};
/** The server's own pgBouncer. */
export const pooler: By<string> = { "pgbouncer.enabled": "true" };

/** The server that takes writes, with its standby and backups. */
export const primary = (scope: Scope, spec: DatabaseSpec, on: On<"database">): azure.dbforpostgresql.Server =>
  new azure.dbforpostgresql.Server(
    `${scope.name}-server`,
    {
      ...sharedOf(scope, spec, on),
      ...primaryOf(scope, spec, on),
      authConfig: {
        passwordAuth: "Enabled",
        activeDirectoryAuth: spec.identityLogin ? "Enabled" : "Disabled",
        ...(spec.identityLogin ? { tenantId: on.foundation.native.account.azureTenantId } : {}), // refused beside Disabled
      },
      ...encryptionOf(spec, spec.backups.geo === null ? null : spec.backups.geo.encryptionKey, on),
    },
    primaryOptions(scope, spec, on),
  );

/** A server that follows `on.source`; login, databases and backups are its source's. */
export const replica = (scope: Scope, spec: ReplicaSpec, on: On<"replica">): azure.dbforpostgresql.Server =>
  new azure.dbforpostgresql.Server(
    `${scope.name}-server`,
    {
      ...sharedOf(scope, spec, on),
      createMode: "Replica",
      sourceServerResourceId: on.source.native.server.id,
      ...encryptionOf(spec, null, on),
    },
    replicaOptions(scope, spec, on),
  );

/** One parameter. What the engine reads only at start waits for the next restart. */
export const parameter = (
  { name, parent, place }: Scope,
  server: AzureNatives["database"]["server"],
  key: string,
  value: string,
  after: pulumi.Resource[],
  on: OnFoundation,
): pulumi.Resource =>
  new azure.dbforpostgresql.Configuration(
    `${name}-parameter-${key}`,
    { ...groupOf({ place }, on), serverName: server.name, configurationName: key, value, source: "user-override" },
    { parent, dependsOn: after },
  );

/** One database on the server. */
export const contents = (
  { name, parent, place, protection }: Scope,
  server: AzureNatives["database"]["server"],
  key: string,
  after: pulumi.Resource[],
  on: OnFoundation,
): pulumi.Resource =>
  new azure.dbforpostgresql.Database(
    `${name}-database-${key}`,
    { ...groupOf({ place }, on), serverName: server.name, databaseName: key, charset: "UTF8", collation: "en_US.utf8" },
    { parent, protect: protection, dependsOn: after },
  );

function sharedOf(scope: Scope, spec: DatabaseSpec | ReplicaSpec, on: OnFoundation) {
  return {
    ...homeOf(scope, on),
    sku: skuOf(spec),
    storage: storageOf(spec.storage),
    availabilityZone: zoneOf(scope, spec.zone),
    network: { publicNetworkAccess: "Disabled" },
  };
}

function storageOf(storage: DatabaseStorageSpec): azure.types.input.dbforpostgresql.StorageArgs {
  const size = { storageSizeGB: storage.gib, type: storage.type, autoGrow: storage.growToGiB === null ? "Disabled" : "Enabled" };
  if (storage.type === "Premium_LRS") return { ...size, tier: orNothing(storage.performanceTier) };
  const [free] = premiumV2.filter(({ gib }) => storage.gib >= gib); // PremiumV2 wants both figures said
  return {
    ...size,
    iops: storage.iops === null ? free?.iops : storage.iops,
    throughput: storage.throughputMiBps === null ? free?.mibps : storage.throughputMiBps,
  };
}

/** Own keys are named without a version, so that the server follows their rotation. A geo copy is another key's, in the region of the copy. */
function encryptionOf(spec: DatabaseSpec | ReplicaSpec, geo: NonNullable<DatabaseSpec["backups"]["geo"]>["encryptionKey"], on: OnGround) {
  if (spec.encryptionKey === null) return { dataEncryption: { type: "SystemManaged" } };
  const own = ownKey(on, spec.encryptionKey);
  const far = geo === null ? null : ownKey(on, geo);
  const identities = [own.identityId, ...(far === null ? [] : [far.identityId])];
  return {
    identity: {
      type: "UserAssigned",
      userAssignedIdentities: pulumi.all(identities).apply(ids => Object.fromEntries(ids.map(id => [id, {}]))),
    },
    dataEncryption: {
      type: "AzureKeyVault",
      primaryKeyURI: own.key.keyUri,
      primaryUserAssignedIdentityId: own.identityId,
      ...(far === null ? {} : { geoBackupKeyURI: far.key.keyUri, geoBackupUserAssignedIdentityId: far.identityId }),
    },
  };
}
