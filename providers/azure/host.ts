/** What a scale set's instances and a named machine have in common. */
import type * as azure from "@pulumi/azure-native";
import type { GroupSpec, MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { ringOf } from "./lookup.ts";
import type { OnGround, OnSite } from "./natives.ts";

type Host = GroupSpec | MachineSpec;

/** `publisher:offer:sku:version` of the marketplace, or the id of an image of one's own. */
export function imageOf({ image: { reference } }: Host): azure.types.input.compute.ImageReferenceArgs {
  const [publisher = "", offer = "", sku = "", version = "latest"] = reference.split(":");
  return reference.startsWith("/") ? { id: reference } : { publisher, offer, sku, version };
}

/** Key login alone. The cloud-init text is readable by whoever may read the machine. */
export const loginOf = ({ image, userData }: Host, { foundation }: OnGround) => ({
  adminUsername: image.login,
  ...(userData === "" ? {} : { customData: Buffer.from(userData).toString("base64") }),
  linuxConfiguration: {
    disablePasswordAuthentication: true,
    provisionVMAgent: true,
    patchSettings: { patchMode: "ImageDefault", assessmentMode: "ImageDefault" },
    ssh: { publicKeys: [{ path: `/home/${image.login}/.ssh/authorized_keys`, keyData: foundation.native.account.azureSshPublicKey }] },
  },
});

/** Caches and temporary disks are encrypted on the host too. ARM sizes before the newest series have no Trusted Launch. */
export const securityOf = ({ arch }: Host) => ({
  encryptionAtHost: true,
  ...(arch === "arm64" ? {} : { securityType: "TrustedLaunch", uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } }),
});

/** The set through which a disk takes its own key. */
export const diskSetOf = (
  { place }: Scope,
  { encryptionKey }: Host,
  on: OnGround,
): { readonly id: azure.compute.DiskEncryptionSet["id"] } | undefined =>
  encryptionKey === null ? undefined : { id: pick(ringOf(on, place.key).native.diskSets, encryptionKey).id };

/** The system disk goes with its machine. */
export const systemDiskOf = (scope: Scope, spec: Host, on: OnGround) => ({
  createOption: "FromImage",
  deleteOption: "Delete",
  caching: "ReadWrite" as const,
  diskSizeGB: spec.disk.gib,
  managedDisk: { storageAccountType: spec.disk.type, diskEncryptionSet: diskSetOf(scope, spec, on) },
});

/** One address of each family that the subnet carries, in the role's network identity; never a public one. */
export const addressesOf = ({ role }: Host, subnet: string, on: OnSite) =>
  (on.network.native.dualStack.includes(subnet) ? (["IPv4", "IPv6"] as const) : (["IPv4"] as const)).map(version => ({
    name: version.toLowerCase(),
    primary: version === "IPv4",
    privateIPAddressVersion: version,
    subnet: { id: pick(on.network.subnetIds, subnet) },
    applicationSecurityGroups: [{ id: pick(on.peers.native.groups, role).id }],
  }));

export const identityOf = ({ role }: Host, { identities }: OnGround) => ({
  type: "UserAssigned" as const,
  userAssignedIdentities: [pick(identities.native.identities, role).id],
});
