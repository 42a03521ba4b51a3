import * as pulumi from "@pulumi/pulumi";
import { pick } from "../../components/kernel/pick.ts";
import type { BucketSpec } from "../../components/storage/model.ts";
import type { AwsGround } from "./natives.ts";
import type { Statement } from "./policies.ts";

/** The bucket's one document: TLS alone, its readers and writers, and log delivery where it receives logs of buckets or balancers. */
export function statements(spec: BucketSpec, arn: pulumi.Output<string>, on: AwsGround): readonly Statement[] {
  const objects = pulumi.interpolate`${arn}/*`;
  const arnsOf = (roles: readonly string[]) => ({ AWS: roles.map(role => pick(on.identities.principals, role)) });
  const readers: readonly Statement[] = [
    { Sid: "Read", Effect: "Allow", Principal: arnsOf(spec.readers), Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource: objects },
    { Sid: "List", Effect: "Allow", Principal: arnsOf(spec.readers), Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: arn },
  ];
  const writers: readonly Statement[] = [
    {
      Sid: "Write",
      Effect: "Allow",
      Principal: arnsOf(spec.writers),
      Action: ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      Resource: objects,
    },
  ];
  const delivery: Statement = {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: objects,
    Condition: { StringEquals: { "aws:SourceAccount": on.foundation.native.accountId } },
  };
  const { accountId } = on.foundation.native;
  // The account in the path is the balancer's own, whoever asks: no other account's balancer can write here.
  const balancers: Statement = {
    Sid: "BalancerLogs",
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: spec.balancerLogs.map(prefix => pulumi.interpolate`${arn}/${prefix}/AWSLogs/${accountId}/*`),
  };
  return [
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, objects],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "Tls12",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, objects],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    ...(spec.readers.length === 0 ? [] : readers),
    ...(spec.writers.length === 0 ? [] : writers),
    ...(spec.receivesLogs ? [delivery] : []),
    ...forCdn(spec, arn, accountId),
    ...(spec.balancerLogs.length === 0 ? [] : [balancers]),
  ];
}

/** What CloudFront does with a bucket, and who delivers its logs. */
function forCdn({ cdn }: BucketSpec, arn: pulumi.Output<string>, accountId: string): readonly Statement[] {
  /** Distributions are made after the bucket, so that any of this account may read. Nobody lists: `/` would show every name. */
  const visitors: Statement = {
    Sid: "Cdn",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: pulumi.interpolate`${arn}/*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${accountId}:distribution/*` },
    },
  };
  /** As AWS would write it by itself, into a document that is not its own: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html */
  const cdnLogs: Statement = {
    Sid: "CdnLogs",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${arn}/AWSLogs/${accountId}/CloudFront/*`,
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId, "s3:x-amz-acl": "bucket-owner-full-control" },
      ArnLike: { "aws:SourceArn": `arn:aws:logs:us-east-1:${accountId}:delivery-source:*` },
    },
  };
  return [...(cdn.reads ? [visitors] : []), ...(cdn.logs ? [cdnLogs] : [])];
}
