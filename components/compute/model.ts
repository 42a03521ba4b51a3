/**
 * Compute: roles that run as machines.
 *
 * | here     | aws                                  | azure                                   | gcp                                    |
 * |----------|--------------------------------------|-----------------------------------------|----------------------------------------|
 * | group    | launch template, Auto Scaling group  | scale set (flexible), autoscale setting | regional template, managed group, autoscaler |
 * | machine  | instance and EBS volumes             | virtual machine and managed disks       | instance and persistent disks          |
 * | snapshot | lifecycle manager policy             | backup vault, policy and instances      | resource policy on the disk            |
 * | disk key | key of the launch template           | disk encryption set                     | key of the template                    |
 *
 * A group is replaceable instances behind one template and never holds data.
 * A machine is a named instance whose data volumes outlive it.
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { gib, mapOf, orOff, partsOf, port, sizeAsk, zoneLetter } from "../kernel/schema.ts";
import { type Tier, tiers } from "../network/model.ts";
import { ScalingArgs, type ScalingSpec } from "../scaling/model.ts";

export const DiskArgs = z.strictObject({
  gib: gib.default(50).meta({
    description:
      "Size, GiB. Growing a data volume is in place. A system disk belongs to the template: a group rolls its instances, a machine is rebuilt around its volumes.",
  }),
  kind: z
    .enum(["ssd", "nvme"])
    .default("ssd")
    .meta({ description: "`ssd`: gp3, Premium_LRS, pd-balanced. `nvme`: gp3, Premium_LRS, pd-ssd. Never a local disk." }),
  iops: z.int().min(100).max(160_000).optional().meta({ description: "Provisioned operations a second, where the kind takes them." }),
  throughputMiBps: z.int().min(25).max(2400).optional(),
});

export const HealthArgs = z.strictObject({
  protocol: z
    .enum(["http", "https", "tcp"])
    .default("http")
    .meta({ description: "`https` trusts any certificate; `tcp` only connects and asks for no path." }),
  port: z.string().default("app").meta({ description: "Name of the port that is asked." }),
  path: z.string().startsWith("/").default("/health"),
  intervalSeconds: z.int().min(5).max(300).default(30),
  timeoutSeconds: z.int().min(2).max(60).default(5),
  healthy: z.int().min(2).max(10).default(2).meta({ description: "Good answers in a row before an instance counts as healthy." }),
  unhealthy: z.int().min(2).max(10).default(3),
  graceSeconds: z.int().min(0).max(7200).default(300).meta({ description: "Time a new instance gets before it is judged." }),
});

export const CountArgs = z.strictObject({
  min: z.int().min(0).max(1000),
  desired: z.int().min(0).max(1000).optional().meta({ description: "Instances at first; scaling owns the number afterwards." }),
  max: z.int().min(0).max(1000).optional().meta({ description: "Twice `min` unless said." }),
});

const shared = {
  tier: z.enum(tiers).default("app"),
  size: sizeAsk
    .default({ vcpu: 2, memoryGiB: 4, arch: "x86_64" })
    .meta({ description: "What the role needs, or a literal class. Merged as one whole." }),
  image: z.string().default("ubuntu-22.04").meta({ description: "A named image, or the cloud's own reference to one." }),
  disk: DiskArgs.prefault({}).meta({ description: "System disk; encrypted." }),
  encryptionKey: z.string().optional().meta({ description: "Purpose of an own key for the disks; the platform's key otherwise." }),
  ports: mapOf(port).default({}).meta({ description: "Ports the role answers on, by name; health checks ask `app` unless told another." }),
  userData: z.string().max(16_384).default("").meta({ description: "cloud-init text; never a secret." }),
  networkGbps: z
    .number()
    .positive()
    .optional()
    .meta({ description: "Interface speed wanted (`up to`); a note says where the class has less, or none is known." }),
};

export const GroupArgs = z.strictObject({
  kind: z.literal("group").default("group"),
  ...shared,
  count: CountArgs.default({ min: 1 }),
  health: orOff(HealthArgs).prefault({}).meta({ description: "How to tell that an instance works; `off` where the role answers nobody." }),
  scaling: ScalingArgs.prefault({}),
  spotPercent: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .meta({ description: "Share of instances beyond `min` that may be taken back by the cloud at short notice." }),
  rollback: z
    .boolean()
    .default(false)
    .meta({ description: "Go back by itself when a rolling update fails; needs a literal image on aws." }),
});

export const VolumeArgs = DiskArgs.extend({ gib });

export const MachineArgs = z.strictObject({
  kind: z.literal("machine"),
  ...shared,
  instances: z
    .int()
    .min(0)
    .max(9)
    .default(1)
    .meta({ description: "Named instances 1, 2, …, spread over the zones; each with volumes of its own." }),
  zone: zoneLetter.optional().meta({ description: "Zone of a single instance; the first unless said." }),
  address: z.ipv4().optional().meta({ description: "Fixed private address of a single instance; inside its subnet." }),
  volumes: partsOf(VolumeArgs).default({}).meta({ description: "Data volumes by name; protected, and kept when the instance is rebuilt." }),
  snapshots: z
    .strictObject({
      everyHours: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(6), z.literal(12), z.literal(24)]).default(24),
      keepDays: z.int().min(1).max(365).default(7),
    })
    .prefault({}),
});

export const RoleArgs = z.discriminatedUnion("kind", [GroupArgs, MachineArgs]);
export type GroupArgs = z.output<typeof GroupArgs>;
export type MachineArgs = z.output<typeof MachineArgs>;
export type RoleArgs = GroupArgs | MachineArgs;

export interface DiskSpec {
  readonly gib: number;
  /** The cloud's own name of the disk kind: `gp3`, `Premium_LRS`, `pd-balanced`. */
  readonly type: string;
  /** Null where the kind has no such setting or the default was not changed. */
  readonly iops: number | null;
  readonly throughputMiBps: number | null;
}

export interface ImageSpec {
  /** What the cloud's template takes; see `ImageRow`. */
  readonly reference: string;
  readonly login: string;
}

/** How an instance is asked whether it is well. */
export interface ProbeSpec {
  readonly protocol: "http" | "https" | "tcp";
  readonly port: number;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

export interface HealthSpec extends ProbeSpec {
  readonly graceSeconds: number;
}

interface HostSpec {
  readonly place: PlaceKey;
  /** The principal and network identity, which carry the role's name. */
  readonly role: string;
  readonly tier: Tier;
  readonly class: string;
  readonly arch: "x86_64" | "arm64";
  readonly image: ImageSpec;
  readonly disk: DiskSpec;
  readonly encryptionKey: string | null;
  readonly ports: Readonly<Record<string, number>>;
  readonly userData: string;
}

export interface GroupSpec extends HostSpec {
  readonly subnets: readonly string[];
  /** Zone letters the group spreads over. */
  readonly zones: readonly string[];
  readonly count: { readonly min: number; readonly desired: number; readonly max: number };
  readonly health: HealthSpec | null;
  readonly scaling: ScalingSpec;
  /** Pools of balancers that its instances join. */
  readonly joins: readonly { readonly balancer: string; readonly pool: string; readonly portName: string; readonly port: number }[];
  /** Instances that are never spot, and the share of spot above them; null without spot. */
  readonly spot: { readonly onDemandBase: number; readonly percent: number } | null;
  /** The rolling update goes back by itself. */
  readonly rollback: boolean;
}

export interface MachineSpec extends HostSpec {
  /** By key `1`, `2`, …: adding one renames none. */
  readonly instances: Readonly<Record<string, { readonly subnet: string; readonly zone: string; readonly address: string | null }>>;
  /** Data volumes of each instance, by name. */
  readonly volumes: Readonly<Record<string, DiskSpec>>;
  readonly snapshots: { readonly everyHours: number; readonly keepDays: number };
}

export interface ComputeLimits {
  /** Share of spot within a group. */
  readonly spotMix: Support;
  readonly rollback: Support;
  /** Rollback with an image that is looked up at launch. */
  readonly rollbackWithImageAlias: Support;
  readonly snapshots: Support;
  /** Most snapshots of one volume; null where the cloud counts none. */
  readonly maxSnapshots: number | null;
  /** Health checks of the role's own port. */
  readonly health: Support;
  readonly healthTimeout: Support;
  readonly healthyThreshold: Support;
  /** A new template for a group whose health nobody asks for. */
  readonly rollingWithoutHealth: Support;
  /** What the cloud takes; an ask outside is moved to the nearest, with a note. */
  readonly healthSeconds: Readonly<Record<"intervalSeconds" | "graceSeconds", { readonly min: number; readonly max: number }>>;
  /** Disk kinds, what may be set on them, and the steps that sizes are rounded up to (null: any GiB). */
  readonly disks: Readonly<
    Record<
      "ssd" | "nvme",
      {
        readonly type: string;
        readonly iops: Support;
        readonly minIops: number;
        readonly maxIops: number;
        readonly steps: readonly number[] | null;
        readonly source: string;
      }
    >
  >;
  /** Longest cloud-init text, bytes before encoding. */
  readonly userDataBytes: number;
}
