import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { tagged } from "./lookup.ts";
import type { AwsGround } from "./natives.ts";
import { document, trustWithin } from "./policies.ts";

/** All accepted and rejected traffic, into this place's log group, by a role that can write there and nowhere else. */
export function flowLog(scope: Scope, vpc: aws.ec2.Vpc, on: AwsGround): readonly pulumi.Resource[] {
  const { name, parent, place } = scope;
  const destination = pick(on.logs.native.groups, place.key);
  const role = new aws.iam.Role(
    `${name}-flowrole`,
    {
      description: `Writes the flow log of ${name}`,
      assumeRolePolicy: trustWithin(on.foundation.native.accountId, "vpc-flow-logs.amazonaws.com"),
      tags: tagged(scope, `${name}-flowrole`),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-flowpolicy`,
    {
      role: role.id,
      policy: document([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [destination.arn, pulumi.interpolate`${destination.arn}:*`],
        },
        { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      ]),
    },
    { parent },
  );
  const log = new aws.ec2.FlowLog(
    `${name}-flowlog`,
    {
      region: place.region,
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: destination.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600, // 60 writes up to ten times the records, and they are billed by size
      tags: tagged(scope, `${name}-flowlog`),
    },
    { parent, dependsOn: [policy] },
  );
  return [role, policy, log];
}
