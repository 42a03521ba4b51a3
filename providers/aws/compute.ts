import * as aws from "@pulumi/aws";
import type { GroupSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { encoded, metadataOptions, systemDisk, tagSpecifications } from "./hosts.ts";
import { keyArn, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";
import { scaling } from "./scaling.ts";

/** Seconds that a host without a health check gets before it is judged. */
const graceSeconds = 300;

export interface GroupOn extends AwsGround, AwsSite {
  readonly grants: AwsPart<"grants">;
  readonly balancers: Readonly<Record<string, AwsPart<"balancer">>>;
}

/** A launch template, an Auto Scaling group that rolls it out, and the policies that size the group. */
export function group(scope: Scope, spec: GroupSpec, on: GroupOn): AwsPart<"group"> {
  const { name, parent, place } = scope;
  const { region } = place;
  const template = templateOf(scope, spec, on);
  const version = template.latestVersion.apply(String); // "$Latest" would start no rolling update
  const made = new aws.autoscaling.Group(
    `${name}-group`,
    {
      region,
      minSize: spec.count.min,
      maxSize: spec.count.max,
      desiredCapacity: spec.count.desired,
      vpcZoneIdentifiers: spec.subnets.map(key => pick(on.network.subnetIds, key)),
      ...launchOf(spec, template.id, version),
      capacityRebalance: spec.spot !== null,
      // Said even when it is empty: left out, a group keeps those it has.
      targetGroupArns: spec.joins.map(({ balancer, pool }) => pick(pick(on.balancers, balancer).native.pools, pool).arn),
      // A balancer's judgement counts once one is attached; until then AWS' own status checks do.
      healthCheckType: spec.health === null && spec.joins.length === 0 ? "EC2" : "ELB",
      healthCheckGracePeriod: spec.health === null ? graceSeconds : spec.health.graceSeconds,
      defaultCooldown: spec.scaling.cooldownSeconds,
      defaultInstanceWarmup: spec.scaling.cooldownSeconds, // targets know no cooldown: this is theirs
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          minHealthyPercentage: 100, // start the new one first, or a group of one is down for a while
          maxHealthyPercentage: 110,
          autoRollback: spec.rollback,
          skipMatching: true,
        },
      },
      enabledMetrics: [
        "GroupDesiredCapacity",
        "GroupInServiceInstances",
        "GroupPendingInstances",
        "GroupTerminatingInstances",
        "GroupMinSize",
        "GroupMaxSize",
      ],
      metricsGranularity: "1Minute",
      // All of them here: a change of these reaches new instances and rolls none.
      tags: Object.entries({ ...scope.tags, Name: name }).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    {
      parent,
      // Scaling owns the number after the first day, and schedules the bounds.
      ignoreChanges: ["desiredCapacity", ...(Object.keys(spec.scaling.schedules).length === 0 ? [] : ["minSize", "maxSize"])],
      dependsOn: [...on.network.ready, ...on.endpoints.ready, ...pick(on.grants.native.of, spec.role)], // a host reads its secrets and fetches packages when it boots
      customTimeouts: timeouts.group,
    },
  );
  const policies = scaling(scope, spec, made);
  return { groupName: made.name, native: { template, group: made }, ready: [template, made, ...policies] };
}

function templateOf(scope: Scope, spec: GroupSpec, on: AwsGround & AwsSite): aws.ec2.LaunchTemplate {
  const { name, parent, place } = scope;
  const key = keyArn(on, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: spec.place });
  return new aws.ec2.LaunchTemplate(
    `${name}-template`,
    {
      region: place.region,
      description: `Hosts of ${name}`,
      updateDefaultVersion: true,
      imageId: spec.image.reference,
      instanceType: spec.class,
      iamInstanceProfile: { arn: pick(on.identities.native.profiles, spec.role).arn },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false", // whatever the subnet says
          deleteOnTermination: "true",
          securityGroups: [pick(on.peers.native.groups, spec.role).id],
        },
      ],
      metadataOptions,
      blockDeviceMappings: [systemDisk(spec, key)],
      monitoring: { enabled: true }, // figures by the minute, which steps of 60 seconds need
      instanceInitiatedShutdownBehavior: "terminate",
      userData: encoded(spec.userData),
      tagSpecifications: tagSpecifications(scope, name),
      tags: tagged(scope, `${name}-template`),
    },
    { parent },
  );
}

/** The template itself, or a mix: a base that AWS never takes back, and spot above it. */
function launchOf(spec: GroupSpec, launchTemplateId: aws.ec2.LaunchTemplate["id"], version: aws.ec2.LaunchTemplate["id"]) {
  if (spec.spot === null) return { launchTemplate: { id: launchTemplateId, version } };
  return {
    mixedInstancesPolicy: {
      launchTemplate: { launchTemplateSpecification: { launchTemplateId, version } },
      instancesDistribution: {
        onDemandBaseCapacity: spec.spot.onDemandBase,
        onDemandPercentageAboveBaseCapacity: 100 - spec.spot.percent,
        onDemandAllocationStrategy: "prioritized",
        spotAllocationStrategy: "price-capacity-optimized",
      },
    },
  };
}
