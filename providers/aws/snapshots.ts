import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { tagged } from "./lookup.ts";
import { trust } from "./policies.ts";

/** Snapshots of every volume that carries the mark, and of no other. */
export function snapshots(scope: Scope, spec: MachineSpec, mark: pulumi.Output<string>): readonly pulumi.Resource[] {
  const { name, parent, place } = scope;
  const role = new aws.iam.Role(
    `${name}-snapshotrole`,
    {
      description: `Takes snapshots of the volumes of ${name}`,
      assumeRolePolicy: trust("dlm.amazonaws.com"),
      tags: tagged(scope, `${name}-snapshotrole`),
    },
    { parent },
  );
  const right = new aws.iam.RolePolicyAttachment(
    `${name}-snapshotright`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole" },
    { parent },
  );
  const policy = new aws.dlm.LifecyclePolicy(
    `${name}-snapshots`,
    {
      region: place.region,
      description: `Snapshots of ${name}`,
      executionRoleArn: role.arn,
      state: "ENABLED",
      policyDetails: {
        policyType: "EBS_SNAPSHOT_MANAGEMENT",
        resourceTypes: ["VOLUME"],
        targetTags: { snapshots: mark },
        schedules: [
          {
            name: "regular",
            createRule: { interval: spec.snapshots.everyHours, intervalUnit: "HOURS", times: "03:00" },
            retainRule: { interval: spec.snapshots.keepDays, intervalUnit: "DAYS" },
            copyTags: true,
          },
        ],
      },
      tags: tagged(scope, `${name}-snapshots`),
    },
    { parent, dependsOn: [right] },
  );
  return [role, right, policy];
}
