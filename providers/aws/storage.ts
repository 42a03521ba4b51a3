import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { BucketSpec, StorageClass } from "../../components/storage/model.ts";
import { statements } from "./bucket-policy.ts";
import { keyArn, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";
import { document } from "./policies.ts";
import { replication } from "./replication.ts";

const storageClass = {
  infrequent: "STANDARD_IA",
  cold: "GLACIER_IR",
  archive: "GLACIER",
  automatic: "INTELLIGENT_TIERING",
} satisfies Record<StorageClass, string>;

export interface BucketOn extends AwsGround {
  readonly site: AwsSite | null;
  readonly copy: AwsPart<"bucket"> | null;
  readonly accessLog: AwsPart<"bucket"> | null;
}

/** One private bucket with its side resources; what only some buckets have comes last. */
export function bucket(scope: Scope, spec: BucketSpec, on: BucketOn): AwsPart<"bucket"> {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const key = keyArn(on, spec.encryptionKey);
  const made = new aws.s3.Bucket(
    `${name}-bucket`,
    {
      region,
      bucket: spec.title.literal ? spec.title.text : pulumi.interpolate`${spec.title.text}-${on.foundation.suffix}`,
      objectLockEnabled: spec.retentionLock !== null, // at birth or never
      forceDestroy: !protection,
      tags: tagged(scope, `${name}-bucket`),
    },
    { parent, protect: protection },
  );
  const base = { region, bucket: made.id };
  const closed = new aws.s3.BucketPublicAccessBlock(
    `${name}-closed`,
    { ...base, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { parent },
  );
  const owner = new aws.s3.BucketOwnershipControls(
    `${name}-owner`,
    { ...base, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent, dependsOn: closed },
  );
  const encryption = encryptionOf(scope, made, key);
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versioning`,
    // A locked bucket is versioned whatever is asked: S3 turns it on and refuses to suspend it.
    { ...base, versioningConfiguration: { status: spec.versioning ? "Enabled" : "Suspended" } },
    { parent },
  );
  const lifecycle = new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { ...base, rules: rulesOf(spec) },
    { parent, dependsOn: versioning },
  ); // rules on old versions need versioning first
  const policy = new aws.s3.BucketPolicy(
    `${name}-policy`,
    { ...base, policy: document(statements(spec, made.arn, on)) },
    { parent, dependsOn: [closed, owner] }, // a policy put before the block can be judged public for a moment
  );
  const settled = [made, closed, owner, encryption, versioning, lifecycle, policy];
  const extras = [
    ...(spec.retentionLock === null ? [] : [lock(scope, spec.retentionLock, made, versioning)]),
    ...(spec.accessLog === null || on.accessLog === null ? [] : [accessLog(scope, spec.accessLog.prefix, made, on.accessLog)]),
    ...(Object.keys(spec.cors).length === 0 ? [] : [cors(scope, spec.cors, made)]),
    ...(on.copy === null ? [] : replication(scope, made, key, on.copy, [versioning, encryption])),
  ];
  return { bucketName: made.bucket, native: { bucket: made, keyArn: key }, ready: [...settled, ...extras] };
}

/** Under the own key, or under S3's; never under keys that only a client knows. */
function encryptionOf({ name, parent, place }: Scope, made: aws.s3.Bucket, key: pulumi.Output<string> | null) {
  return new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      region: place.region,
      bucket: made.id,
      rules: [
        {
          applyServerSideEncryptionByDefault: key === null ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
          bucketKeyEnabled: key !== null, // one call to the key a while instead of one an object
          blockedEncryptionTypes: ["SSE-C"], // keys that only the client knows: what they lock, no backup opens
        },
      ],
    },
    { parent },
  );
}

/** The house rule for what nobody asks for by name, then the rules as written. */
function rulesOf(spec: BucketSpec): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
  const house = {
    id: "house",
    status: "Enabled",
    filter: { prefix: "" },
    noncurrentVersionExpiration: { noncurrentDays: spec.oldVersionsDays },
    expiration: { expiredObjectDeleteMarker: true }, // else markers without versions stay and slow every listing
    abortIncompleteMultipartUpload: { daysAfterInitiation: spec.abortUploadsDays },
  };
  const written = Object.entries(spec.rules).map(([id, rule]) => ({
    id,
    status: "Enabled",
    filter: { prefix: rule.prefix },
    transitions: rule.transitions.map(({ afterDays, to }) => ({ days: afterDays, storageClass: storageClass[to] })),
    ...(rule.expireAfterDays === null ? {} : { expiration: { days: rule.expireAfterDays } }),
  }));
  return [house, ...written];
}

function lock(
  { name, parent, place }: Scope,
  { days, mode }: NonNullable<BucketSpec["retentionLock"]>,
  made: aws.s3.Bucket,
  versioning: pulumi.Resource,
) {
  return new aws.s3.BucketObjectLockConfiguration(
    `${name}-lock`,
    { region: place.region, bucket: made.id, rule: { defaultRetention: { days, mode: mode.toUpperCase() } } },
    { parent, dependsOn: versioning },
  );
}

function accessLog({ name, parent, place }: Scope, targetPrefix: string, made: aws.s3.Bucket, target: AwsPart<"bucket">) {
  return new aws.s3.BucketLogging(
    `${name}-accesslog`,
    {
      region: place.region,
      bucket: made.id,
      targetBucket: target.native.bucket.id,
      targetPrefix,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } }, // one folder a day, or a query reads them all
    },
    { parent, dependsOn: [...target.ready] },
  );
}

function cors({ name, parent, place }: Scope, rules: BucketSpec["cors"], made: aws.s3.Bucket) {
  return new aws.s3.BucketCorsConfiguration(
    `${name}-cors`,
    {
      region: place.region,
      bucket: made.id,
      corsRules: Object.entries(rules).map(([id, rule]) => ({
        id,
        allowedOrigins: [...rule.origins],
        allowedMethods: [...rule.methods],
        allowedHeaders: [...rule.headers],
        maxAgeSeconds: rule.maxAgeSeconds,
      })),
    },
    { parent },
  );
}
