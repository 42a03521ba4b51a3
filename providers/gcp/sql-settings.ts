/** The settings of a Cloud SQL server, primary or replica. */
import type * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { hourOf, timeOf, zoneOf } from "./lookup.ts";
import type { On } from "./natives.ts";

export type ServerSpec = DatabaseSpec | ReplicaSpec;

const loginFlag = { postgres: "cloudsql.iam_authentication", mysql: "cloudsql_iam_authentication" };

/** What a primary and a replica are made of alike. */
export function settingsOf(
  scope: Scope,
  spec: ServerSpec,
  on: Pick<On<"replica">, "foundation">,
): gcp.types.input.sql.DatabaseInstanceSettings {
  const { storage } = spec;
  const flags = [
    ...Object.entries(spec.parameters).map(([name, { value }]) => ({ name, value })),
    ...(spec.identityLogin ? [{ name: loginFlag[spec.engine], value: "on" }] : []),
  ];
  return {
    tier: spec.class,
    ...(spec.edition === null ? {} : { edition: spec.edition }),
    // The extra cache of the larger edition is on unless said, and billed by the GiB.
    ...(spec.edition === "ENTERPRISE_PLUS" ? { dataCacheConfig: { dataCacheEnabled: false } } : {}),
    activationPolicy: "ALWAYS",
    diskType: storage.type,
    diskSize: storage.gib,
    diskAutoresize: storage.growToGiB !== null,
    ...(storage.growToGiB === null ? {} : { diskAutoresizeLimit: storage.growToGiB }),
    ...(storage.iops === null ? {} : { dataDiskProvisionedIops: storage.iops }),
    ...(storage.throughputMiBps === null ? {} : { dataDiskProvisionedThroughput: storage.throughputMiBps }),
    ...(spec.zone === null ? {} : { locationPreference: locationOf(scope, spec.zone, "standbyZone" in spec ? spec.standbyZone : null) }),
    databaseFlags: flags.toSorted((one, other) => one.name.localeCompare(other.name)), // one order, whoever wrote them
    insightsConfig: spec.insights
      ? {
          queryInsightsEnabled: true,
          queryPlansPerMinute: 5,
          queryStringLength: 1024,
          recordApplicationTags: true,
          recordClientAddress: false,
        }
      : { queryInsightsEnabled: false },
    ipConfiguration: {
      ipv4Enabled: false,
      pscConfigs: [{ pscEnabled: true, allowedConsumerProjects: [on.foundation.native.project] }],
      sslMode: "ENCRYPTED_ONLY",
      serverCaMode: "GOOGLE_MANAGED_CAS_CA", // the older authority signs no host name that a client could check
      serverCertificateRotationMode: "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
    },
    deletionProtectionEnabled: scope.protection,
    userLabels: scope.tags,
  };
}

const locationOf = (scope: Scope, zone: string, standby: string | null) => ({
  zone: zoneOf(scope, zone),
  ...(standby === null ? {} : { secondaryZone: zoneOf(scope, standby) }),
});

/** Daily backups, counted, and the logs between them. A backup in another region is encrypted by the server's own key. */
export function backupsOf({ place }: Scope, { backups, engine }: DatabaseSpec) {
  return {
    enabled: true,
    startTime: timeOf(backups.window),
    location: backups.geo === null ? place.region : backups.geo.region,
    backupRetentionSettings: { retainedBackups: backups.days, retentionUnit: "COUNT" },
    // One thing by two names: MySQL recovers from its binary log.
    ...(engine === "mysql" ? { binaryLogEnabled: true } : { pointInTimeRecoveryEnabled: true }),
    transactionLogRetentionDays: backups.pitrDays,
  };
}

/** Monday is 1. */
const days = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 };

/** Replicas are maintained with their primary. */
export const maintenanceOf = ({ maintenance }: DatabaseSpec) => ({
  day: days[maintenance.day],
  hour: hourOf(maintenance.window),
  updateTrack: "stable",
});
