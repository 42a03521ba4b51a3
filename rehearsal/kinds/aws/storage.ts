/** Buckets. Everything said of a bucket is an object of its own that bears the bucket's name, so a bucket has one of each. */
import type { Kind, Kinds } from "../../kinds.ts";
import { bucketArn, regionOf, text, uniqueOf } from "./words.ts";

const bucket = "aws:s3/bucket:Bucket";
const versioning = "aws:s3/bucketVersioning:BucketVersioning";

const side = (kind: Omit<Kind, "nameInput" | "id"> = {}): Kind => ({
  nameInput: null,
  id: ({ inputs }) => text(inputs.bucket),
  names: { bucket: [bucket] },
  ...kind,
});

export const storage: Kinds = {
  [bucket]: {
    nameInput: "bucket",
    id: ({ name }) => name, // the same name is nobody's in any region
    outputs: birth => ({
      arn: bucketArn(birth.name),
      bucketDomainName: `${birth.name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${birth.name}.s3.${regionOf(birth)}.amazonaws.com`,
      bucketRegion: regionOf(birth),
      hostedZoneId: "Z3AQBSTGFYJSTF",
    }),
    keeps: ({ forceDestroy }, held) => (held > 0 && forceDestroy !== true ? "it is not empty" : null),
  },
  // Found by the bucket's ARN while it is on: replication names its target so.
  [versioning]: side({
    unique: ({ inputs }) => (isOn(inputs.versioningConfiguration) ? bucketArn(text(inputs.bucket)) : null),
  }),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": side({
    // Both sides must be versioned: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html#replication-requirements
    names: { bucket: [versioning], "rules.*.destination.bucket": [uniqueOf(versioning)] },
  }),
  "aws:s3/bucketLogging:BucketLogging": side({ names: { bucket: [bucket], targetBucket: [bucket] } }),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": side(),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": side(),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": side(),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": side(),
  "aws:s3/bucketPolicy:BucketPolicy": side(),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": side(),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": side(),
};

const isOn = (configuration: unknown): boolean =>
  typeof configuration === "object" && configuration !== null && "status" in configuration && configuration.status === "Enabled";
