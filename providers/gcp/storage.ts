import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { RegionRow } from "../../components/kernel/tables.ts";
import type { BucketSpec, StorageClass } from "../../components/storage/model.ts";
import { regions } from "./facts/regions.ts";
import { member, ownKey } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** `automatic` is a setting of the whole bucket, never a rule. */
const classes: Readonly<Record<Exclude<StorageClass, "automatic">, string>> = {
  infrequent: "NEARLINE",
  cold: "COLDLINE",
  archive: "ARCHIVE",
};

/** A week in which even the deletion of a version, or of the bucket, can be undone. */
const softDeleteSeconds = 604_800;

/** A private bucket, and who may read and write it. */
export function bucket(scope: Scope, spec: BucketSpec, on: On<"bucket">): Out<"bucket"> {
  const { name, parent, place, tags, protection } = scope;
  const key = ownKey(on.keys, spec.encryptionKey);
  const { accessLog } = spec;
  const store = new gcp.storage.Bucket(
    `${name}-bucket`,
    {
      name: spec.title.literal ? spec.title.text : pulumi.interpolate`${spec.title.text}-${on.foundation.suffix}`,
      ...locationOf(place.region, spec),
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: spec.versioning },
      autoclass: spec.autoclass ? { enabled: true, terminalStorageClass: "ARCHIVE" } : undefined,
      lifecycleRules: lifecycle(spec),
      encryption: key.id === undefined ? undefined : { defaultKmsKeyName: key.id },
      retentionPolicy:
        spec.retentionLock === null
          ? undefined
          : { retentionPeriod: `${spec.retentionLock.days * 86_400}`, isLocked: spec.retentionLock.mode === "compliance" },
      softDeletePolicy: { retentionDurationSeconds: softDeleteSeconds },
      logging:
        accessLog === null || on.accessLog === null ? undefined : { logBucket: on.accessLog.bucketName, logObjectPrefix: accessLog.prefix },
      cors: Object.values(spec.cors).map(({ origins, methods, headers, maxAgeSeconds }) => ({
        origins: [...origins],
        methods: [...methods],
        responseHeaders: [...headers],
        maxAgeSeconds,
      })),
      forceDestroy: !protection,
      labels: tags,
    },
    { parent, protect: protection, dependsOn: [...on.foundation.ready, ...key.ready] },
  );
  const members = [
    ...spec.readers.map(role => ({
      key: `reader-${role}`,
      role: "roles/storage.objectViewer",
      member: member(pick(on.identities.principals, role)),
    })),
    // Puts, replaces, deletes and lists, but reads nothing: the newer roles that may delete may also read.
    ...spec.writers.map(role => ({
      key: `writer-${role}`,
      role: "roles/storage.legacyBucketWriter",
      member: member(pick(on.identities.principals, role)),
    })),
    ...(spec.receivesLogs
      ? [{ key: "log-writer", role: "roles/storage.objectCreator", member: "group:cloud-storage-analytics@google.com" }]
      : []),
  ].map(
    grant =>
      new gcp.storage.BucketIAMMember(`${name}-${grant.key}`, { bucket: store.name, role: grant.role, member: grant.member }, { parent }),
  );
  return { bucketName: store.name, native: { bucket: store }, ready: [store, ...members] };
}

/** Here, or in two chosen regions of one multi-region at once. In capitals, as the API answers: small letters would show as a change. */
function locationOf(region: string, { copy }: BucketSpec) {
  if (copy?.kind !== "region") return { location: region.toUpperCase() };
  const { wide } = pick<RegionRow>(regions.rows, region);
  if (wide === null) throw new Error(`${region} lies in no multi-region that a bucket could span`);
  return {
    location: wide.toUpperCase(),
    customPlacementConfig: { dataLocations: [region.toUpperCase(), copy.region.toUpperCase()] },
    rpo: "ASYNC_TURBO",
  };
}

/** Deleting by age counts live objects only: an old version has a rule of its own, or a deletion would be final at once. */
function lifecycle(spec: BucketSpec): gcp.types.input.storage.BucketLifecycleRule[] {
  const byRule = Object.values(spec.rules).flatMap(rule => {
    const live = { withState: "LIVE", ...(rule.prefix === "" ? {} : { matchesPrefixes: [rule.prefix] }) };
    return [
      ...rule.transitions.flatMap(({ afterDays, to }) =>
        to === "automatic"
          ? []
          : [{ action: { type: "SetStorageClass", storageClass: classes[to] }, condition: { ...live, age: afterDays } }],
      ),
      ...(rule.expireAfterDays === null ? [] : [{ action: { type: "Delete" }, condition: { ...live, age: rule.expireAfterDays } }]),
    ];
  });
  return [
    ...byRule,
    { action: { type: "Delete" }, condition: { withState: "ARCHIVED", daysSinceNoncurrentTime: spec.oldVersionsDays } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: spec.abortUploadsDays } },
  ];
}
