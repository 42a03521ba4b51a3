import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { ownKey } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { endpointOf } from "./sql-endpoint.ts";
import { backupsOf, maintenanceOf, type ServerSpec, settingsOf } from "./sql-settings.ts";

/** A private primary with its endpoint, databases and administrator. */
export function database(scope: Scope, spec: DatabaseSpec, on: On<"database">): Out<"database"> {
  const { name, parent, place, protection } = scope;
  const key = ownKey(on.keys, spec.encryptionKey);
  const server = new gcp.sql.DatabaseInstance(
    `${name}-server`, // named by Pulumi: a deleted name stays taken for a week
    {
      region: place.region,
      databaseVersion: spec.versionLiteral,
      encryptionKeyName: key.id,
      deletionProtection: protection,
      settings: {
        ...settingsOf(scope, spec, on),
        availabilityType: spec.ha ? "REGIONAL" : "ZONAL",
        backupConfiguration: backupsOf(scope, spec),
        maintenanceWindow: maintenanceOf(spec),
        retainBackupsOnDelete: protection,
        finalBackupConfig: protection ? { enabled: true, retentionDays: 30 } : { enabled: false },
      },
    },
    { ...stateful(scope, spec), dependsOn: [...on.foundation.ready, ...key.ready] },
  );
  const endpoint = endpointOf(scope, spec, server, on);
  // What a login owns cannot be dropped with it, nor a database with sessions in it; both go with the server.
  const databases = spec.databases.map(
    database =>
      new gcp.sql.Database(
        `${name}-database-${database}`,
        { instance: server.name, name: database, deletionPolicy: "ABANDON" },
        { parent, protect: protection },
      ),
  );
  const admin =
    on.password === null
      ? []
      : [
          new gcp.sql.User(
            `${name}-admin`,
            {
              instance: server.name,
              name: spec.admin.username,
              passwordWo: on.password,
              passwordWoVersion: spec.admin.rotation + 1,
              deletionPolicy: "ABANDON",
            },
            { parent },
          ),
        ];
  return {
    host: endpoint.host,
    port: spec.port,
    secret: spec.admin.secret === null ? null : pick(on.secrets.references, spec.admin.secret),
    native: { instance: server, engine: spec.engine, address: endpoint.address, place: spec.place, source: name },
    ready: [server, ...endpoint.ready, ...databases, ...admin],
  };
}

/** A read replica with an endpoint of its own; window, backups and logins are its source's. */
export function replica(scope: Scope, spec: ReplicaSpec, on: On<"replica">): Out<"database"> {
  const key = ownKey(on.keys, spec.encryptionKey);
  const server = new gcp.sql.DatabaseInstance(
    `${scope.name}-server`,
    {
      region: scope.place.region,
      databaseVersion: spec.versionLiteral,
      masterInstanceName: on.source.native.instance.name,
      encryptionKeyName: key.id, // a replica in another region needs a key of that region
      deletionProtection: scope.protection,
      settings: { ...settingsOf(scope, spec, on), availabilityType: "ZONAL" },
    },
    { ...stateful(scope, spec), dependsOn: [...on.source.ready, ...key.ready] },
  );
  const endpoint = endpointOf(scope, spec, server, on);
  return {
    host: endpoint.host,
    port: spec.port,
    secret: null,
    native: { instance: server, engine: spec.engine, address: endpoint.address, place: spec.place, source: spec.source },
    ready: [server, ...endpoint.ready],
  };
}

const stateful = ({ parent, protection }: Scope, { storage }: ServerSpec): pulumi.CustomResourceOptions => ({
  parent,
  protect: protection,
  customTimeouts: timeouts.database,
  // A grown disk cannot shrink: the first size would ask for a replacement.
  ignoreChanges: storage.growToGiB === null ? [] : ["settings.diskSize"],
});
