import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DiskSpec, MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { deviceNames } from "./facts/devices.ts";
import { timeouts } from "./facts/timeouts.ts";
import { encoded, metadataOptions, systemDisk, tagSpecifications } from "./hosts.ts";
import { each, keyArn, orNothing, tagged, zoneOf } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";
import { snapshots } from "./snapshots.ts";

type On = AwsGround & AwsSite & { readonly grants: AwsPart<"grants"> };

/** Named instances, each with data volumes of its own that outlive it, and one policy that takes their snapshots. */
export function machine(scope: Scope, spec: MachineSpec, on: On): AwsPart<"machine"> {
  const { name, parent, place } = scope;
  const key = keyArn(on, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: spec.place });
  const template = birth(scope, spec, key);
  const instances = each(spec.instances, (number, one) => instanceOf(scope, spec, number, one, template, on));
  // Whose snapshots these are: policies of two stacks that meet on a tag are refused.
  const mark = pulumi.interpolate`${name}-${on.foundation.suffix}`;
  const slots = Object.entries(spec.instances).flatMap(([number, { zone }]) =>
    Object.entries(spec.volumes).map(([volume, disk]) => ({ number, zone, volume, disk })),
  );
  const volumes = Object.fromEntries(
    slots.map(({ number, zone, volume, disk }) => [`${number}-${volume}`, volumeOf(scope, `${number}-${volume}`, disk, zone, key, mark)]),
  );
  const devices = deviceNames(Object.keys(spec.volumes));
  const attachments = slots.map(
    ({ number, volume }) =>
      new aws.ec2.VolumeAttachment(
        `${name}-attachment-${number}-${volume}`,
        {
          region: place.region,
          instanceId: pick(instances, number).id,
          volumeId: pick(volumes, `${number}-${volume}`).id,
          deviceName: pick(devices, volume),
          stopInstanceBeforeDetaching: true, // pulled from under a running system, a volume loses what was not yet written
        },
        { parent },
      ),
  );
  const kept = slots.length === 0 ? [] : snapshots(scope, spec, mark);
  return {
    addresses: each(instances, (_, instance) => instance.privateIp),
    native: { instances, volumes },
    ready: [template, ...Object.values(instances), ...Object.values(volumes), ...attachments, ...kept],
  };
}

/**
 * What an instance gets at birth alone: image and system disk. They stand in a template because the provider cannot give an instance
 * a system disk when its image is an SSM parameter: it looks for an AMI of that name.
 */
function birth(scope: Scope, spec: MachineSpec, key: pulumi.Output<string> | null): aws.ec2.LaunchTemplate {
  const { name, parent, place } = scope;
  return new aws.ec2.LaunchTemplate(
    `${name}-template`,
    {
      region: place.region,
      description: `Hosts of ${name}`,
      updateDefaultVersion: true,
      imageId: spec.image.reference,
      blockDeviceMappings: [systemDisk(spec, key)],
      tagSpecifications: tagSpecifications(scope, name),
      tags: tagged(scope, `${name}-template`),
    },
    { parent },
  );
}

function instanceOf(
  scope: Scope,
  spec: MachineSpec,
  number: string,
  one: MachineSpec["instances"][string],
  template: aws.ec2.LaunchTemplate,
  on: On,
) {
  const { name, parent, place, protection } = scope;
  return new aws.ec2.Instance(
    `${name}-instance-${number}`,
    {
      region: place.region,
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      instanceType: spec.class, // here and not in the template: another class is a restart, not another machine
      subnetId: pick(on.network.subnetIds, one.subnet),
      privateIp: orNothing(one.address),
      associatePublicIpAddress: false,
      vpcSecurityGroupIds: [pick(on.peers.native.groups, spec.role).id],
      iamInstanceProfile: pick(on.identities.native.profiles, spec.role).name,
      metadataOptions,
      monitoring: true,
      disableApiTermination: protection,
      forceDestroy: true, // that guard is for people; the program may rebuild, the volumes stay
      userDataBase64: encoded(spec.userData),
      userDataReplaceOnChange: true, // cloud-init runs once in a machine's life: changed in place, it would never be read
      tags: tagged(scope, `${name}-${number}`),
    },
    {
      parent,
      deleteBeforeReplace: true, // address and volumes can be held by one at a time
      dependsOn: [...on.network.ready, ...on.endpoints.ready, ...pick(on.grants.native.of, spec.role)],
      customTimeouts: timeouts.machine,
    },
  );
}

function volumeOf(
  scope: Scope,
  key: string,
  disk: DiskSpec,
  zone: string,
  kmsKey: pulumi.Output<string> | null,
  mark: pulumi.Output<string>,
) {
  const { name, parent, place, protection } = scope;
  return new aws.ebs.Volume(
    `${name}-volume-${key}`,
    {
      region: place.region,
      availabilityZone: zoneOf(place, zone),
      type: disk.type,
      size: disk.gib,
      iops: orNothing(disk.iops),
      throughput: orNothing(disk.throughputMiBps),
      encrypted: true,
      kmsKeyId: orNothing(kmsKey),
      finalSnapshot: protection,
      tags: { ...tagged(scope, `${name}-volume-${key}`), snapshots: mark },
    },
    { parent, protect: protection },
  );
}
