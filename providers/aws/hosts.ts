/** What groups and machines share: metadata, system disk, tags, first words to the host. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { GroupSpec, MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { rootDevices } from "./facts/devices.ts";
import { orNothing } from "./lookup.ts";

export type HostSpec = GroupSpec | MachineSpec;

/** Credentials only with a token, and not to a container behind one more hop. */
export const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: "disabled",
};

/** The system disk. Under another device name it would be a second disk, and the image's own would stay as small and as open as it came. */
export const systemDisk = (spec: HostSpec, key: pulumi.Output<string> | null) => ({
  deviceName: pick(rootDevices, spec.image.login),
  ebs: {
    volumeType: spec.disk.type,
    volumeSize: spec.disk.gib,
    iops: orNothing(spec.disk.iops),
    throughput: orNothing(spec.disk.throughputMiBps),
    encrypted: "true",
    kmsKeyId: orNothing(key),
    deleteOnTermination: "true",
  },
});

/**
 * Tags of what a template starts: the provider's default ones do not reach that far. Only those that stay: any change makes a new version,
 * and a new version rolls a group and rebuilds a machine, which the commit of a deploy or another owner must not.
 */
export const tagSpecifications = (scope: Scope, display: string): aws.types.input.ec2.LaunchTemplateTagSpecification[] => {
  const tags = { system: pick(scope.tags, "system"), env: pick(scope.tags, "env"), role: pick(scope.tags, "role"), Name: display };
  return ["instance", "volume", "network-interface"].map(resourceType => ({ resourceType, tags }));
};

/** cloud-init text as templates take it; none where the role has none. */
export const encoded = (userData: string): string | undefined => (userData === "" ? undefined : Buffer.from(userData).toString("base64"));
