import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { present, tagged } from "./lookup.ts";
import type { AwsPart } from "./natives.ts";
import { document, type Statement, trust } from "./policies.ts";

/** Copies every new object, version and delete marker to the other region's bucket. What was there before is not copied. */
export function replication(
  scope: Scope,
  source: aws.s3.Bucket,
  sourceKey: pulumi.Output<string> | null,
  copy: AwsPart<"bucket">,
  settled: readonly pulumi.Resource[],
): readonly pulumi.Resource[] {
  const { name, parent, place } = scope;
  const target = copy.native;
  const role = new aws.iam.Role(
    `${name}-copyrole`,
    {
      description: `Copies ${name} to the other region`,
      assumeRolePolicy: trust("s3.amazonaws.com"),
      tags: tagged(scope, `${name}-copyrole`),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-copypolicy`,
    { role: role.id, policy: document([...objectStatements(source, target.bucket), ...keyStatements(sourceKey, target.keyArn)]) },
    { parent },
  );
  const encrypted = sourceKey !== null;
  const configuration = new aws.s3.BucketReplicationConfig(
    `${name}-replication`,
    {
      region: place.region,
      bucket: source.id,
      role: role.arn,
      rules: [
        {
          id: "all",
          status: "Enabled",
          priority: 0,
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Enabled" },
          // Objects under an own key are passed over unless both lines say otherwise.
          ...(encrypted ? { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } } : {}),
          destination: {
            bucket: target.bucket.arn,
            metrics: { status: "Enabled" }, // the only view of what lags or failed
            ...(encrypted ? { encryptionConfiguration: { replicaKmsKeyId: present(target.keyArn, "key of the copy") } } : {}),
          },
        },
      ],
    },
    { parent, dependsOn: [policy, ...settled, ...copy.ready] }, // both sides need versioning first
  );
  return [role, policy, configuration];
}

function objectStatements(source: aws.s3.Bucket, target: aws.s3.Bucket): readonly Statement[] {
  return [
    { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: source.arn },
    {
      Effect: "Allow",
      Action: [
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold",
      ],
      Resource: pulumi.interpolate`${source.arn}/*`,
    },
    {
      Effect: "Allow",
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      Resource: pulumi.interpolate`${target.arn}/*`,
    },
  ];
}

function keyStatements(sourceKey: pulumi.Output<string> | null, targetKey: pulumi.Output<string> | null): readonly Statement[] {
  return [
    ...(sourceKey === null ? [] : [{ Effect: "Allow" as const, Action: "kms:Decrypt", Resource: sourceKey }]),
    ...(targetKey === null ? [] : [{ Effect: "Allow" as const, Action: ["kms:Encrypt", "kms:GenerateDataKey"], Resource: targetKey }]),
  ];
}
