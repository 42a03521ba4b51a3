/** EC2 without the network: templates, groups of instances, instances, disks and what snapshots them. */
import { crc32 } from "node:zlib";
import type { Birth, Kind, Kinds } from "../../kinds.ts";
import { arn, privateIp, regionOf, text, uuid } from "./words.ts";

/** An object that a number names: `vol-` and 17 digits. */
export const numbered = (prefix: string, kind: Omit<Kind, "nameInput" | "id"> = {}): Kind => ({
  nameInput: null,
  id: ({ hex }) => `${prefix}-${hex(17)}`,
  ...kind,
});

/** ARN of a numbered object. */
export const arnOf =
  (resource: string) =>
  (birth: Birth & { readonly id: string }): { readonly arn: string } => ({ arn: arn(birth, "ec2", `${resource}/${birth.id}`) });

const domain = (region: string): string => (region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`);

const instances: Kinds = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    nameInput: "name",
    id: ({ hex }) => `lt-${hex(17)}`,
    unique: birth => `${regionOf(birth)} ${birth.name}`,
    outputs: birth => ({
      ...arnOf("launch-template")(birth),
      latestVersion: birth.generation,
      defaultVersion: birth.inputs.updateDefaultVersion === true ? birth.generation : 1,
    }),
    names: { "iamInstanceProfile.name": ["aws:iam/instanceProfile:InstanceProfile"] },
  },
  "aws:ec2/instance:Instance": numbered("i", {
    outputs: birth => {
      const address = text(birth.inputs.privateIp) || privateIp(birth);
      return {
        ...arnOf("instance")(birth),
        privateIp: address,
        privateDns: `ip-${address.replaceAll(".", "-")}.${domain(regionOf(birth))}`,
        primaryNetworkInterfaceId: `eni-${birth.hex(17, "interface")}`,
        instanceState: "running",
      };
    },
    names: { iamInstanceProfile: ["aws:iam/instanceProfile:InstanceProfile"] },
    // A fixed address is held by one at a time.
    unique: ({ inputs }) => (text(inputs.privateIp) === "" ? null : `${text(inputs.subnetId)} ${text(inputs.privateIp)}`),
    keeps: ({ disableApiTermination, forceDestroy }) =>
      disableApiTermination === true && forceDestroy !== true ? "termination protection is on" : null,
  }),
  "aws:autoscaling/group:Group": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: arn(birth, "autoscaling", `autoScalingGroup:${uuid(birth)}:autoScalingGroupName/${birth.name}`) }),
  },
  "aws:autoscaling/policy:Policy": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => {
      const place = `autoScalingGroupName/${text(birth.inputs.autoscalingGroupName)}:policyName/${birth.name}`;
      return { arn: arn(birth, "autoscaling", `scalingPolicy:${uuid(birth)}:${place}`) };
    },
    names: { autoscalingGroupName: ["aws:autoscaling/group:Group"] },
  },
  "aws:autoscaling/schedule:Schedule": {
    nameInput: null,
    id: ({ inputs }) => text(inputs.scheduledActionName),
    outputs: birth => {
      const place = `autoScalingGroupName/${text(birth.inputs.autoscalingGroupName)}:scheduledActionName/${text(birth.inputs.scheduledActionName)}`;
      return { arn: arn(birth, "autoscaling", `scheduledUpdateGroupAction:${uuid(birth)}:${place}`) };
    },
    names: { autoscalingGroupName: ["aws:autoscaling/group:Group"] },
    unique: ({ inputs }) => `${text(inputs.autoscalingGroupName)} ${text(inputs.scheduledActionName)}`,
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: arn(birth, "cloudwatch", `alarm:${birth.name}`) }),
  },
};

const disks: Kinds = {
  "aws:ebs/volume:Volume": numbered("vol", { outputs: arnOf("volume") }),
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    nameInput: null,
    id: ({ inputs }) => `vai-${crc32(`${text(inputs.instanceId)} ${text(inputs.deviceName)}`)}`, // one disk under each device name
    unique: ({ inputs }) => text(inputs.volumeId), // and no disk here may be held by two
  },
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
    nameInput: null,
    id: ({ hex }) => `policy-${hex(17)}`,
    outputs: birth => ({ arn: arn(birth, "dlm", `policy/${birth.id}`) }),
  },
};

export const ec2: Kinds = { ...instances, ...disks };
