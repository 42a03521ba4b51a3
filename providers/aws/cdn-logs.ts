import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CdnSpec } from "../../components/cdn/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { tagged } from "./lookup.ts";
import type { AwsGround, AwsPart } from "./natives.ts";

/** CloudFront's deliveries are kept here, wherever the bucket lies. */
const region = "us-east-1";

/** Access logs of every distribution into one bucket, a folder for each site and hour. Standard logging of the older kind would need ACLs on the bucket. */
export function logs(
  scope: Scope,
  wanted: Extract<CdnSpec["logs"], { to: "bucket" }>,
  distributions: Readonly<Record<string, aws.cloudfront.Distribution>>,
  on: AwsGround & { readonly buckets: Readonly<Record<string, AwsPart<"bucket">>> },
): readonly pulumi.Resource[] {
  const { name, parent } = scope;
  const bucket = pick(on.buckets, wanted.bucket);
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    `${name}-logs`,
    {
      region,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: bucket.native.bucket.arn },
      tags: tagged(scope, `${name}-logs`),
    },
    { parent, dependsOn: [...bucket.ready] }, // its policy lets deliveries in: else AWS writes into the document itself
  );
  const deliveries: pulumi.Resource[] = [];
  for (const [site, { arn }] of Object.entries(distributions)) {
    const source = new aws.cloudwatch.LogDeliverySource(
      `${name}-logs-${site}`,
      { region, logType: "ACCESS_LOGS", resourceArn: arn, tags: tagged(scope, `${name}-logs-${site}`) },
      { parent },
    );
    deliveries.push(
      new aws.cloudwatch.LogDelivery(
        `${name}-delivery-${site}`,
        {
          region,
          deliverySourceName: source.name,
          deliveryDestinationArn: destination.arn,
          s3DeliveryConfigurations: [{ suffixPath: `${wanted.prefix}/${site}/{yyyy}/{MM}/{dd}/{HH}`, enableHiveCompatiblePath: false }],
          tags: tagged(scope, `${name}-delivery-${site}`),
        },
        { parent, dependsOn: deliveries.slice(-1) }, // one after the other: two at once into one destination are refused as a conflict
      ),
    );
  }
  return deliveries;
}
