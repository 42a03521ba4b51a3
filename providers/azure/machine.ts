import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import { acceleratedNetworking } from "./facts/sizes.ts";
import { timeouts } from "./facts/timeouts.ts";
import { addressesOf, diskSetOf, identityOf, imageOf, loginOf, securityOf, systemDiskOf } from "./host.ts";
import { lock } from "./lock.ts";
import { each, homeOf, keyReady, zonesOf } from "./lookup.ts";
import type { By, On, Out } from "./natives.ts";
import { snapshots } from "./snapshots.ts";

type Instance = MachineSpec["instances"][string];

/** Named instances, each with an interface and data disks that stay when the machine is built anew. */
export function machine(scope: Scope, spec: MachineSpec, on: On<"machine">): Out<"machine"> {
  const made = each(spec.instances, (key, instance) => {
    const nic = networkInterface(scope, spec, key, instance, on);
    const disks = Object.fromEntries(
      Object.keys(spec.volumes).map(volume => [`${key}-${volume}`, dataDisk(scope, spec, volume, key, instance, on)]),
    );
    return { nic, disks, virtual: virtualMachine(scope, spec, key, instance, { nic, disks }, on) };
  });
  const machines = each(made, (_, { virtual }) => virtual);
  const disks: By<azure.compute.Disk> = Object.fromEntries(Object.values(made).flatMap(one => Object.entries(one.disks)));
  for (const [key, disk] of Object.entries(disks)) lock(scope, `volume-${key}`, disk);
  if (Object.keys(disks).length > 0) snapshots(scope, spec, disks, on);
  return {
    addresses: each(spec.instances, (key, { address }) => (address === null ? addressOf(pick(made, key).nic) : pulumi.output(address))),
    native: { machines, disks },
    ready: Object.values(machines),
  };
}

function networkInterface(
  scope: Scope,
  spec: MachineSpec,
  key: string,
  { subnet, address }: Instance,
  on: On<"machine">,
): azure.network.NetworkInterface {
  const fixed =
    address === null ? { privateIPAllocationMethod: "Dynamic" } : { privateIPAllocationMethod: "Static", privateIPAddress: address };
  const byFamily = { IPv4: fixed, IPv6: { privateIPAllocationMethod: "Dynamic" } };
  return new azure.network.NetworkInterface(
    `${scope.name}-nic-${key}`,
    {
      ...homeOf(scope, on),
      enableIPForwarding: false,
      enableAcceleratedNetworking: acceleratedNetworking(spec.class),
      ipConfigurations: addressesOf(spec, subnet, on).map(one => ({ ...one, ...byFamily[one.privateIPAddressVersion] })),
    },
    { parent: scope.parent, dependsOn: [...on.network.ready] },
  );
}

function dataDisk(scope: Scope, spec: MachineSpec, volume: string, key: string, { zone }: Instance, on: On<"machine">): azure.compute.Disk {
  const { name, parent, place, protection } = scope;
  const { gib, type } = pick(spec.volumes, volume);
  const diskSet = diskSetOf(scope, spec, on);
  return new azure.compute.Disk(
    `${name}-volume-${key}-${volume}`,
    {
      ...homeOf(scope, on),
      creationData: { createOption: "Empty" },
      diskSizeGB: gib,
      sku: { name: type },
      zones: zonesOf(place, [zone]),
      encryption:
        diskSet === undefined
          ? { type: "EncryptionAtRestWithPlatformKey" }
          : { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId: diskSet.id },
      networkAccessPolicy: "DenyAll", // nobody downloads a disk by a link
      publicNetworkAccess: "Disabled",
    },
    { parent, protect: protection, dependsOn: [...keyReady(on, diskSet === undefined ? null : { place: place.key })] },
  );
}

interface Parts {
  readonly nic: azure.network.NetworkInterface;
  readonly disks: By<azure.compute.Disk>;
}

function virtualMachine(
  scope: Scope,
  spec: MachineSpec,
  key: string,
  { zone }: Instance,
  { nic, disks }: Parts,
  on: On<"machine">,
): azure.compute.VirtualMachine {
  const { name, parent, place } = scope;
  const own = spec.encryptionKey === null ? null : { place: place.key };
  return new azure.compute.VirtualMachine(
    `${name}-instance-${key}`,
    {
      ...homeOf(scope, on),
      zones: zonesOf(place, [zone]),
      hardwareProfile: { vmSize: spec.class },
      osProfile: { computerName: shortened([spec.role, key], { max: 63, separator: "-", suffixLength: 0 }), ...loginOf(spec, on) },
      securityProfile: securityOf(spec),
      storageProfile: {
        imageReference: imageOf(spec),
        osDisk: systemDiskOf(scope, spec, on),
        // Numbered in the order of the description: new volumes go to its end, or hosts find another disk behind a number.
        dataDisks: Object.values(disks).map((disk, lun) => ({
          lun,
          createOption: "Attach",
          deleteOption: "Detach",
          caching: "None" as const,
          managedDisk: { id: disk.id },
        })),
      },
      networkProfile: { networkInterfaces: [{ id: nic.id, primary: true, deleteOption: "Detach" }] },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      identity: identityOf(spec, on),
    },
    {
      parent,
      dependsOn: [...pick(on.grants.native.of, spec.role), ...keyReady(on, own)],
      replaceOnChanges: ["osProfile.customData"], // cloud-init runs at birth, and Azure refuses to change its text
      deleteBeforeReplace: true, // interface and disks hang on one machine at a time
      customTimeouts: timeouts.machine,
    },
  );
}

/** The first address that Azure gave. */
const addressOf = ({ ipConfigurations }: azure.network.NetworkInterface): pulumi.Output<string> =>
  ipConfigurations.apply((all = []) =>
    all
      .flatMap(({ privateIPAddress }) => (privateIPAddress === undefined ? [] : [privateIPAddress]))
      .slice(0, 1)
      .join(""),
  );
