/** Decides every compute role: class, image, disks, counts, spread. */
import { answer, askText } from "../kernel/ask.ts";
import { address, contains, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { pick } from "../kernel/pick.ts";
import type { SizeAsk } from "../kernel/schema.ts";
import type { SizeChoice } from "../kernel/sizing.ts";
import type { NetworkSpec, Tier } from "../network/model.ts";
import type { DiskSpec, GroupArgs, GroupSpec, HealthSpec, ImageSpec, MachineArgs, MachineSpec, RoleArgs } from "./model.ts";

/** A decided role and the size it got; null after an issue. */
export type Sized<Spec> = { readonly spec: Spec; readonly asked: string; readonly choice: SizeChoice };

interface DiskAsk {
  readonly gib: number;
  readonly kind: "ssd" | "nvme";
  readonly iops?: number | undefined;
  readonly throughputMiBps?: number | undefined;
}

/** The smallest step that holds `gib`; the number itself where any will do. */
export const roundUp = (gib: number, steps: readonly number[] | null): number => steps?.find(step => step >= gib) ?? gib;

function diskOf(path: string, disk: DiskAsk, { facts, findings }: Known): DiskSpec {
  const row = facts.limits.compute.disks[disk.kind];
  const size = roundUp(disk.gib, row.steps);
  const largest = row.steps?.at(-1) ?? disk.gib;
  if (size > largest)
    findings.refuse(`${path}.gib`, `expected at most ${largest} GiB of ${row.type}, got ${disk.gib}`, "use several volumes");
  if (size !== disk.gib) findings.note(`${path}.gib`, `${disk.gib} GiB becomes ${size} GiB: ${row.type} comes in steps`);
  const settable = disk.iops === undefined && disk.throughputMiBps === undefined ? true : findings.use(`${path}.iops`, row.iops);
  if (disk.iops !== undefined && disk.iops > row.maxIops)
    findings.refuse(
      `${path}.iops`,
      `expected at most ${row.maxIops} on ${row.type}, got ${disk.iops}`,
      `use ${row.maxIops}, or several volumes`,
    );
  if (disk.iops !== undefined && disk.iops < row.minIops)
    findings.refuse(`${path}.iops`, `expected at least ${row.minIops} on ${row.type}, got ${disk.iops}`, "leave it out");
  return {
    gib: size,
    type: row.type,
    iops: settable ? (disk.iops ?? null) : null,
    throughputMiBps: settable ? (disk.throughputMiBps ?? null) : null,
  };
}

const looksLikeReference = (image: string): boolean => /[:/]|^ami-/.test(image);

function imageOf(path: string, image: string, arch: "x86_64" | "arm64", { facts, findings }: Known): ImageSpec {
  const row = facts.images[image];
  if (row === undefined) {
    if (!looksLikeReference(image))
      findings.refuse(
        `${path}.image`,
        `expected a named image or this cloud's own reference, got "${image}"`,
        `use one of ${Object.keys(facts.images).join(", ")}`,
      );
    return { reference: image, login: facts.images["ubuntu-22.04"]?.login ?? "ubuntu" }; // Azure refuses "admin"
  }
  const reference = row[arch];
  if (reference === null)
    findings.refuse(
      `${path}.image`,
      `expected an image published for ${arch} on ${facts.cloud}, got "${image}"`,
      "choose another image or architecture",
    );
  return { reference: reference ?? "", login: row.login };
}

function healthOf(path: string, role: GroupArgs, { facts, findings }: Known): HealthSpec | null {
  if (role.health === null) return null;
  const port = role.ports[role.health.port];
  if (port === undefined) {
    // The default port may be absent: a role that answers nobody. One that was named may not.
    if (role.health.port === "app")
      findings.note(`${path}.health`, "no port is called `app`, so nobody asks for its health; `health: off` says so");
    else
      findings.refuse(
        `${path}.health.port`,
        `no port of this role is called "${role.health.port}"`,
        `use one of ${Object.keys(role.ports).join(", ")}`,
      );
    return null;
  }
  if (role.health.timeoutSeconds >= role.health.intervalSeconds)
    findings.refuse(
      `${path}.health.timeoutSeconds`,
      `expected less than the interval of ${role.health.intervalSeconds} s, got ${role.health.timeoutSeconds}`,
      `use ${Math.max(2, Math.floor(role.health.intervalSeconds / 2))}`,
    );
  findings.use(`${path}.health.healthy`, facts.limits.compute.healthyThreshold);
  const within = (key: "intervalSeconds" | "graceSeconds", asked: number): number => {
    const { min, max } = facts.limits.compute.health[key];
    const taken = Math.min(max, Math.max(min, asked));
    if (taken !== asked) findings.note(`${path}.health.${key}`, `${asked} becomes ${taken}: ${facts.cloud} takes ${min} to ${max}`);
    return taken;
  };
  return {
    ...role.health,
    port,
    intervalSeconds: within("intervalSeconds", role.health.intervalSeconds),
    graceSeconds: within("graceSeconds", role.health.graceSeconds),
  };
}

function classOf(
  path: string,
  role: RoleArgs,
  { facts, findings, environment }: Known,
): { readonly asked: string; readonly choice: SizeChoice } | null {
  const ask: SizeAsk = role.size;
  const { ladder, compute } = facts.sizes;
  const step = `${ask.vcpu}/${ask.memoryGiB}`;
  const devStep = environment === "dev" ? ladder[`dev:${step}`] : undefined;
  const choice = answer(`${path}.size`, ask, compute, devStep === undefined ? ladder : { ...ladder, [step]: devStep }, findings);
  if (choice === null) return null;
  const row = compute.rows.find(candidate => candidate.name === choice.class);
  if (row?.ghz !== null && row?.ghz !== undefined && row.ghz < 2)
    findings.refuse(
      `${path}.size`,
      `expected a class of 2.0 GHz or more, got "${choice.class}" of ${row.ghz}`,
      "choose a faster class, or leave it out",
    ); // CT-HW-02
  if (role.networkGbps !== undefined)
    judgeNetwork(`${path}.networkGbps`, role.networkGbps, choice.class, row?.networkGbps ?? null, findings);
  if (row?.burstable === true)
    findings.note(`${path}.size`, `${choice.class} is burstable: above its baseline it spends credits, unlimited ones cost money`);
  return { asked: askText(ask), choice };
}

function judgeNetwork(path: string, wanted: number, name: string, known: number | null, findings: Known["findings"]): void {
  if (known === null) findings.note(path, `${wanted} Gbps asked; the interface speed of ${name} is not in the table`);
  else if (known < wanted)
    findings.note(
      path,
      `${wanted} Gbps asked as an interface speed; the table has ${known} Gbps for ${name} (sustained, where the cloud publishes that)`,
    );
}

/** What both kinds share. A refused size leaves the class empty, so that the rest is judged all the same. */
function hostOf(name: string, path: string, role: RoleArgs, choice: SizeChoice | null, known: Known) {
  const arch = known.facts.sizes.compute.rows.find(row => row.name === choice?.class)?.arch ?? role.size.arch;
  const bytes = new TextEncoder().encode(role.userData).length;
  if (bytes > known.facts.limits.compute.userDataBytes)
    known.findings.refuse(
      `${path}.userData`,
      `expected at most ${known.facts.limits.compute.userDataBytes} bytes on ${known.facts.cloud}, got ${bytes}`,
      "fetch the rest from a bucket at boot",
    );
  return {
    place: "primary" as const,
    role: name,
    tier: role.tier,
    class: choice?.class ?? "",
    arch,
    image: imageOf(path, role.image, arch, known),
    disk: diskOf(`${path}.disk`, role.disk, known),
    encryptionKey: role.encryptionKey ?? null,
    ports: role.ports,
    userData: role.userData,
  };
}

function tierSubnets(path: string, tier: Tier, network: NetworkSpec, { findings }: Known): readonly string[] {
  const subnets = network.tiers[tier]?.subnets ?? [];
  if (subnets.length === 0)
    findings.refuse(
      `${path}.tier`,
      `expected a tier of this network (${Object.keys(network.tiers).join(", ") || "it has none"}), got "${tier}"`,
      `add \`${tier}: {}\` to network.tiers, or use another tier`,
    );
  return subnets;
}

function countOf(
  path: string,
  { min, desired = min, max = Math.max(desired, 2 * min) }: GroupArgs["count"],
  { findings }: Known,
): GroupSpec["count"] {
  if (!(min <= desired && desired <= max))
    findings.refuse(
      `${path}.count`,
      `expected min <= desired <= max, got ${min}/${desired}/${max}`,
      `write {min: ${min}, desired: ${Math.max(min, desired)}, max: ${Math.max(min, desired, max)}}`,
    );
  return { min, desired, max };
}

/** A step rule on a metric is the later, more specific word: the target on the same metric goes. */
function scalingOf(path: string, { scaling }: GroupArgs, { facts, findings }: Known): GroupSpec["scaling"] {
  const { memoryScaling, stepScaling } = facts.limits.compute;
  const stepped = new Set(Object.values(scaling.steps).map(step => step.metric));
  const steps = stepped.size > 0 && findings.use(`${path}.scaling.steps`, stepScaling);
  if (scaling.memory !== undefined) findings.use(`${path}.scaling.memory`, memoryScaling);
  // Where steps are not offered their targets stand in, so the target on that metric stays.
  const target = (metric: "cpu" | "memory", value: number | null | undefined): number | null =>
    steps && stepped.has(metric) ? null : (value ?? null);
  return {
    cpu: target("cpu", scaling.cpu),
    memory: target("memory", scaling.memory),
    cooldownSeconds: scaling.cooldownSeconds,
    steps: Object.fromEntries(
      Object.entries(scaling.steps).map(([name, step]) => [
        name,
        {
          metric: step.metric,
          comparison: step.above === undefined ? "below" : "above",
          percent: step.above ?? step.below ?? 0,
          forSeconds: step.forSeconds,
          add: step.add,
        },
      ]),
    ),
  };
}

export function resolveGroup(
  name: string,
  role: GroupArgs,
  network: NetworkSpec,
  zones: readonly string[],
  known: Known,
): Sized<GroupSpec> | null {
  const path = `roles.${name}`;
  const { facts, findings } = known;
  const size = classOf(path, role, known);
  const subnets = tierSubnets(path, role.tier, network, known);
  const count = countOf(path, role.count, known);
  const allSpot = role.spotPercent === 100 && count.min === 0; // nothing to mix
  const spot = role.spotPercent > 0 && (allSpot || findings.use(`${path}.spotPercent`, facts.limits.compute.spotMix));
  const rollback =
    role.rollback &&
    findings.use(`${path}.rollback`, facts.limits.compute.rollback, true) &&
    (!facts.images[role.image] || findings.use(`${path}.rollback`, facts.limits.compute.rollbackWithImageAlias, true));
  const health = healthOf(path, role, known);
  const scaling = scalingOf(path, role, known);
  const host = hostOf(name, path, role, size?.choice ?? null, known);
  if (size === null) return null;
  const spec: GroupSpec = {
    ...host,
    subnets,
    zones,
    count,
    health,
    scaling,
    spot: spot ? { onDemandBase: count.min, percent: role.spotPercent } : null,
    rollback,
  };
  return { spec, ...size };
}

function addressOf(path: string, text: string, subnet: string, network: NetworkSpec, { facts, findings }: Known): string {
  const range = parseRange(pick(network.subnets, subnet).cidr);
  const value = address(text);
  // Clouds keep the first four addresses and the last one; on Google only the first two and the last two. The widest set is kept everywhere.
  const offset = value - range.first;
  const last = 2 ** (32 - range.prefix) - 1;
  if (!contains(range, { first: value, prefix: 32 }) || offset < 4 || offset > last - 2)
    findings.refuse(
      `${path}.address`,
      `expected a free address of ${pick(network.subnets, subnet).cidr} on ${facts.cloud}, got "${text}"`,
      "use one from the fifth to the third last address of the subnet",
    );
  return text;
}

export function resolveMachine(
  name: string,
  role: MachineArgs,
  network: NetworkSpec,
  zones: readonly string[],
  known: Known,
): Sized<MachineSpec> | null {
  const path = `roles.${name}`;
  const { facts, findings } = known;
  const size = classOf(path, role, known);
  const subnets = tierSubnets(path, role.tier, network, known);
  if (role.instances > 1 && (role.address !== undefined || role.zone !== undefined))
    findings.refuse(
      `${path}.${role.address === undefined ? "zone" : "address"}`,
      `expected none where there are several instances, got one for ${role.instances}`,
      "leave it out, or make each instance a role of its own",
    );
  if (role.zone !== undefined && !zones.includes(role.zone))
    findings.refuse(`${path}.zone`, `expected one of ${zones.join(", ")}, got "${role.zone}"`, "use a zone of the network");
  if (Object.keys(role.volumes).length > 0) findings.use(`${path}.snapshots`, facts.limits.compute.snapshots);
  const host = hostOf(name, path, role, size?.choice ?? null, known);
  const volumes = Object.fromEntries(
    Object.entries(role.volumes).map(([volume, disk]) => [volume, diskOf(`${path}.volumes.${volume}`, disk, known)]),
  );
  if (size === null || subnets.length === 0) return null;
  const fixed = role.instances === 1 ? role.address : undefined;
  const zonal = facts.limits.network.subnets === "zonal";
  const instances = Object.fromEntries(
    Array.from({ length: role.instances }, (_, index) => {
      const zone = role.zone ?? zones[index % zones.length] ?? "a";
      const subnet = zonal ? (subnets.find(key => pick(network.subnets, key).zone === zone) ?? subnets[0] ?? "") : (subnets[0] ?? "");
      return [String(index + 1), { subnet, zone, address: fixed === undefined ? null : addressOf(path, fixed, subnet, network, known) }];
    }),
  );
  const spec: MachineSpec = {
    ...host,
    instances,
    volumes,
    snapshots: role.snapshots,
  };
  return { spec, ...size };
}
