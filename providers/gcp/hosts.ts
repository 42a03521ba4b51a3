/** What every machine is, whether one of many or a named one. */
import type * as pulumi from "@pulumi/pulumi";
import type { GroupSpec, MachineSpec } from "../../components/compute/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { diskTypeOf } from "./facts/disks.ts";
import type { On } from "./natives.ts";

type HostSpec = GroupSpec | MachineSpec;

/** Logins are people's own, by OS Login: keys of the project or of the machine open nothing. */
export const metadataOf = ({ userData }: HostSpec): Record<string, string> => ({
  "enable-oslogin": "TRUE",
  "block-project-ssh-keys": "TRUE",
  "serial-port-enable": "FALSE",
  ...(userData === "" ? {} : { "user-data": userData }),
});

export const shielded = { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true };

/** Scopes are the older, coarser brake; the grants decide. */
export const accountOf = ({ role }: HostSpec, on: On<"group"> | On<"machine">) => ({
  email: pick(on.identities.principals, role),
  scopes: ["https://www.googleapis.com/auth/cloud-platform"],
});

/** A private interface: no access configuration, so no public address. */
export const interfaceOf = (subnet: string, on: On<"group"> | On<"machine">) => ({
  subnetwork: pick(on.network.subnetIds, subnet),
  stackType: pick(on.network.native.plan, subnet).hostIpv6 ? "IPV4_IPV6" : "IPV4_ONLY",
});

interface DiskSpec {
  readonly type: string;
  readonly iops: number | null;
  readonly throughputMiBps: number | null;
}

/** Kind and speed of a disk, as the machine's series takes it. */
export const diskOf = (className: string, { type, iops, throughputMiBps }: DiskSpec) => ({
  type: diskTypeOf(className, type),
  ...(iops === null ? {} : { provisionedIops: iops }),
  ...(throughputMiBps === null ? {} : { provisionedThroughput: throughputMiBps }),
});

/** Live migration keeps a machine running through maintenance of the hardware. */
export const steady = { provisioningModel: "STANDARD", automaticRestart: true, onHostMaintenance: "MIGRATE", preemptible: false };

/** A first boot reads secrets, fetches packages and asks Google's APIs: rights, way out and names come first. */
export const readyFor = (role: string, on: On<"group"> | On<"machine">, key: readonly pulumi.Resource[]): pulumi.Resource[] => [
  ...on.foundation.ready,
  ...on.network.ready,
  ...on.endpoints.ready,
  ...pick(on.grants.native.of, role),
  ...key,
];
