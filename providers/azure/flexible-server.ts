/** What PostgreSQL's and MySQL's flexible servers have in common: they are one service with two engines. */

import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, DatabaseStorageSpec, ReplicaSpec } from "../../components/database/model.ts";
import { hourOf, minuteOf, zonesOf } from "./lookup.ts";

const days = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 } satisfies Record<DatabaseSpec["maintenance"]["day"], number>;

export const slow = { create: "90m", update: "90m", delete: "60m" };

export const maintenanceOf = ({ maintenance: { day, window } }: DatabaseSpec) => ({
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
export function standbyOf(scope: Scope, { ha, standbyZone }: DatabaseSpec) {
  if (!ha) return { mode: "Disabled" };
  const mode = Object.keys(scope.place.zones).length > 1 ? "ZoneRedundant" : "SameZone";
  return { mode, standbyAvailabilityZone: zoneOf(scope, standbyZone) };
}

export const zoneOf = ({ place }: Scope, letter: string | null): string | undefined =>
  zonesOf(place, letter === null ? [] : [letter]).at(0);

/** What a failover or growth changes by itself: a deploy must not change it back. */
export const changesItself = (storage: DatabaseStorageSpec): string[] => [
  "availabilityZone",
  "highAvailability.standbyAvailabilityZone",
  ...(storage.growToGiB === null ? [] : ["storage.storageSizeGB"]),
];
