/** What PostgreSQL's and MySQL's flexible servers have in common: they are one service with two engines. */
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, DatabaseStorageSpec, ReplicaSpec } from "../../components/database/model.ts";
import { timeouts } from "./facts/timeouts.ts";
import { hourOf, keyReady, minuteOf, orNothing, zonesOf } from "./lookup.ts";
import type { On } from "./natives.ts";

const days = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 } satisfies Record<DatabaseSpec["maintenance"]["day"], number>;

const maintenanceOf = ({ maintenance: { day, window } }: DatabaseSpec) => ({
  customWindow: "Enabled",
  dayOfWeek: days[day],
  startHour: hourOf(window),
  startMinute: minuteOf(window),
});

/** Class and tier go together; the tier is decided with the class. */
export function skuOf({ class: name, edition }: DatabaseSpec | ReplicaSpec) {
  if (edition === null) throw new Error(`no pricing tier was decided for ${name}`);
  return { name, tier: edition };
}

/** A standby stands in another zone, where the region has any. */
function standbyOf(scope: Scope, { ha, standbyZone }: DatabaseSpec) {
  if (!ha) return { mode: "Disabled" };
  const mode = Object.keys(scope.place.zones).length > 1 ? "ZoneRedundant" : "SameZone";
  return { mode, standbyAvailabilityZone: zoneOf(scope, standbyZone) };
}

export const zoneOf = ({ place }: Scope, letter: string | null): string | undefined =>
  zonesOf(place, letter === null ? [] : [letter]).at(0);

/** What a failover or growth changes by itself: a deploy must not change it back. */
const changesItself = (storage: DatabaseStorageSpec): string[] => [
  "availabilityZone",
  "highAvailability.standbyAvailabilityZone",
  ...(storage.growToGiB === null ? [] : ["storage.storageSizeGB"]),
];

/** What a primary of either engine is told alike. */
export const primaryOf = (scope: Scope, spec: DatabaseSpec, on: On<"database">) => ({
  createMode: "Create",
  version: spec.versionLiteral,
  administratorLogin: spec.admin.username,
  administratorLoginPassword: orNothing(on.password), // a secret in state: the SDK has no write-only argument for it
  highAvailability: standbyOf(scope, spec),
  backup: { backupRetentionDays: spec.backups.days, geoRedundantBackup: spec.backups.geo === null ? "Disabled" : "Enabled" },
  maintenanceWindow: maintenanceOf(spec),
});

const options = ({ parent, protection }: Scope, { storage }: DatabaseSpec | ReplicaSpec, dependsOn: pulumi.Resource[]) => ({
  parent,
  protect: protection,
  dependsOn,
  ignoreChanges: changesItself(storage),
  customTimeouts: timeouts.database,
});

/** Names before the server, and every key before what it encrypts. */
export const primaryOptions = (scope: Scope, spec: DatabaseSpec, on: On<"database">): pulumi.CustomResourceOptions =>
  options(scope, spec, [
    ...on.endpoints.ready,
    ...keyReady(on, spec.encryptionKey),
    ...keyReady(on, spec.backups.geo === null ? null : spec.backups.geo.encryptionKey),
  ]);

export function replicaOptions(scope: Scope, spec: ReplicaSpec, on: On<"replica">): pulumi.CustomResourceOptions {
  const last = on.earlier.at(-1);
  return options(scope, spec, [
    ...on.endpoints.ready,
    ...(last === undefined ? on.source.ready : [last.native.server]), // the source is busy while it makes one, and refuses the next
    ...keyReady(on, spec.encryptionKey),
  ]);
}
