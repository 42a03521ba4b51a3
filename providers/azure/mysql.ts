import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, DatabaseStorageSpec, ReplicaSpec } from "../../components/database/model.ts";
import { performanceTiers } from "./facts/disks.ts";
import { primaryOf, primaryOptions, replicaOptions, skuOf, zoneOf } from "./flexible-server.ts";
import { groupOf, homeOf, ownKey } from "./lookup.ts";
import type { AzureNatives, By, On, OnFoundation, OnGround } from "./natives.ts";

/** Query Performance Insight reads the slow log. */
export const insight: By<string> = { slow_query_log: "ON", long_query_time: "10" };
/** MySQL has no pooler of its own here. */
export const pooler: By<string> = {};

/** The server that takes writes, with its standby and backups. */
export const primary = (scope: Scope, spec: DatabaseSpec, on: On<"database">): azure.dbformysql.Server =>
  new azure.dbformysql.Server(
    `${scope.name}-server`,
    {
      ...sharedOf(scope, spec, on),
      ...primaryOf(scope, spec, on),
      ...encryptionOf(spec, spec.backups.geo === null ? null : spec.backups.geo.encryptionKey, on),
    },
    primaryOptions(scope, spec, on),
  );

/** A server that follows `on.source`; login, databases and backups are its source's. */
export const replica = (scope: Scope, spec: ReplicaSpec, on: On<"replica">): azure.dbformysql.Server =>
  new azure.dbformysql.Server(
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
  new azure.dbformysql.Configuration(
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
  new azure.dbformysql.Database(
    `${name}-database-${key}`,
    { ...groupOf({ place }, on), serverName: server.name, databaseName: key, charset: "utf8mb4", collation: "utf8mb4_0900_ai_ci" },
    { parent, protect: protection, dependsOn: after },
  );

function sharedOf(scope: Scope, spec: DatabaseSpec | ReplicaSpec, on: OnFoundation) {
  const { storage } = spec;
  return {
    ...homeOf(scope, on),
    sku: skuOf(spec),
    storage: {
      storageSizeGB: storage.gib,
      autoGrow: storage.growToGiB === null ? "Disabled" : "Enabled",
      ...speedOf(storage),
      logOnDisk: "Disabled",
    },
    availabilityZone: zoneOf(scope, spec.zone),
    network: { publicNetworkAccess: "Disabled" },
  };
}

/** Operations follow the load, unless a disk tier was decided: MySQL takes what that tier gives, as a number. */
function speedOf({ performanceTier }: DatabaseStorageSpec) {
  const tier = performanceTiers.find(({ name }) => name === performanceTier);
  return tier === undefined ? { autoIoScaling: "Enabled" } : { autoIoScaling: "Disabled", iops: tier.iops };
}

/** MySQL takes a key by version; a deploy after a refresh follows the rotation. A geo copy is another key's, in the region of the copy. */
function encryptionOf(
  spec: DatabaseSpec | ReplicaSpec,
  geo: NonNullable<DatabaseSpec["backups"]["geo"]>["encryptionKey"],
  on: OnGround,
): Pick<azure.dbformysql.ServerArgs, "identity" | "dataEncryption"> {
  if (spec.encryptionKey === null) return {};
  const own = ownKey(on, spec.encryptionKey);
  const far = geo === null ? null : ownKey(on, geo);
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [own.identityId, ...(far === null ? [] : [far.identityId])] },
    dataEncryption: {
      type: "AzureKeyVault",
      primaryKeyURI: own.key.keyUriWithVersion,
      primaryUserAssignedIdentityId: own.identityId,
      ...(far === null ? {} : { geoBackupKeyURI: far.key.keyUriWithVersion, geoBackupUserAssignedIdentityId: far.identityId }),
    },
  };
}
