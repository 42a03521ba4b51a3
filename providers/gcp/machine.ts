import * as gcp from "@pulumi/gcp";
import type { MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { accountOf, diskOf, interfaceOf, metadataOf, readyFor, shielded, steady } from "./hosts.ts";
import { ownKey, zoneOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** Named instances, each with a fixed address and volumes that outlive it. */
export function machine(scope: Scope, spec: MachineSpec, on: On<"machine">): Out<"machine"> {
  const { name, parent, place, tags, protection } = scope;
  const { region } = place;
  const key = ownKey(on.keys, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: spec.place });
  const policy = Object.keys(spec.volumes).length === 0 ? null : snapshotsOf(scope, spec, on);
  const made = Object.entries(spec.instances).map(([number, instance]) => {
    const zone = zoneOf(scope, instance.zone);
    const address = new gcp.compute.Address(
      `${name}-address-${number}`,
      {
        region,
        addressType: "INTERNAL",
        purpose: "GCE_ENDPOINT",
        subnetwork: pick(on.network.subnetIds, instance.subnet),
        ...(instance.address === null ? {} : { address: instance.address }), // else Google chooses once, and the choice stays
        labels: tags,
      },
      { parent, protect: protection },
    );
    const volumes = Object.entries(spec.volumes).map(([volume, disk]) => ({
      volume,
      disk: new gcp.compute.Disk(
        `${name}-volume-${number}-${volume}`,
        {
          zone,
          size: disk.gib,
          ...diskOf(spec.class, disk),
          diskEncryptionKey: key.id === undefined ? undefined : { kmsKeySelfLink: key.id },
          labels: tags,
        },
        { parent, protect: protection, dependsOn: [...on.foundation.ready, ...key.ready] },
      ),
    }));
    if (policy !== null)
      for (const { volume, disk } of volumes)
        new gcp.compute.DiskResourcePolicyAttachment(
          `${name}-snapshots-${number}-${volume}`,
          { zone, disk: disk.name, name: policy.name },
          { parent },
        );
    const host = instanceOf(scope, spec, on, { number, zone, subnet: instance.subnet, address, volumes, key });
    return { number, address, volumes, host };
  });
  return {
    addresses: Object.fromEntries(made.map(({ number, address }) => [number, address.address])),
    native: {
      instances: Object.fromEntries(made.map(({ number, host }) => [number, host])),
      volumes: Object.fromEntries(made.flatMap(({ number, volumes }) => volumes.map(({ volume, disk }) => [`${number}-${volume}`, disk]))),
    },
    ready: made.map(({ host }) => host),
  };
}

interface Instance {
  readonly number: string;
  readonly zone: string;
  readonly subnet: string;
  readonly address: gcp.compute.Address;
  readonly volumes: readonly { readonly volume: string; readonly disk: gcp.compute.Disk }[];
  readonly key: ReturnType<typeof ownKey>;
}

/** The instance may be rebuilt at any time, so it is not protected; its volumes and its address are. */
function instanceOf(
  { name, parent, tags }: Scope,
  spec: MachineSpec,
  on: On<"machine">,
  { number, zone, subnet, address, volumes, key }: Instance,
) {
  return new gcp.compute.Instance(
    `${name}-instance-${number}`,
    {
      zone,
      machineType: spec.class,
      bootDisk: {
        autoDelete: true,
        initializeParams: { image: spec.image.reference, size: spec.disk.gib, ...diskOf(spec.class, spec.disk), labels: tags },
        ...(key.id === undefined ? {} : { kmsKeySelfLink: key.id }),
      },
      // Attached with the instance, so that they are there when cloud-init mounts them: `/dev/disk/by-id/google-<volume>`.
      attachedDisks: volumes.map(({ volume, disk }) => ({ source: disk.selfLink, deviceName: volume, mode: "READ_WRITE" })),
      networkInterfaces: [{ ...interfaceOf(subnet, on), networkIp: address.address }],
      serviceAccount: accountOf(spec, on),
      shieldedInstanceConfig: shielded,
      scheduling: steady,
      metadata: metadataOf(spec),
      canIpForward: false,
      allowStoppingForUpdate: true, // a change of class is a stop, not a failed deploy
      deletionProtection: false,
      labels: tags,
    },
    {
      parent,
      deleteBeforeReplace: true, // address and volumes belong to one instance at a time
      dependsOn: readyFor(spec.role, on, key.ready),
      customTimeouts: timeouts.machine,
    },
  );
}

/** Snapshots of the volumes, kept in this region: elsewhere the key of this region does not reach. */
function snapshotsOf({ name, parent, place, tags }: Scope, { snapshots }: MachineSpec, on: On<"machine">) {
  const startTime = "04:00"; // days may only start every four hours
  return new gcp.compute.ResourcePolicy(
    `${name}-snapshots`,
    {
      region: place.region,
      snapshotSchedulePolicy: {
        schedule:
          snapshots.everyHours === 24
            ? { dailySchedule: { daysInCycle: 1, startTime } }
            : { hourlySchedule: { hoursInCycle: snapshots.everyHours, startTime } },
        retentionPolicy: { maxRetentionDays: snapshots.keepDays, onSourceDiskDelete: "KEEP_AUTO_SNAPSHOTS" },
        snapshotProperties: { labels: tags, storageLocations: place.region, guestFlush: false },
      },
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
}
