/** What groups and machines have in common: class, image, system disk. */
import { answer, askText, judgeSpeed } from "../kernel/ask.ts";
import type { Known } from "../kernel/known.ts";
import type { SizeAsk } from "../kernel/schema.ts";
import type { SizeChoice } from "../kernel/sizing.ts";
import { stepped } from "../kernel/steps.ts";
import type { NetworkSpec, Tier } from "../network/model.ts";
import type { DiskSpec, ImageSpec, RoleArgs } from "./model.ts";

interface DiskAsk {
  readonly gib: number;
  readonly kind: "ssd" | "nvme";
  readonly iops?: number | undefined;
  readonly throughputMiBps?: number | undefined;
}

export function diskOf(path: string, disk: DiskAsk, { facts, findings }: Known): DiskSpec {
  const row = facts.limits.compute.disks[disk.kind];
  const size = stepped(disk.gib, row.steps);
  const largest = row.steps?.at(-1) ?? disk.gib;
  if (size > largest)
    findings.refuse(`${path}.gib`, `expected at most ${largest} GiB of ${row.type}, got ${disk.gib}`, "use several volumes");
  if (size !== disk.gib) findings.note(`${path}.gib`, `${disk.gib} GiB becomes ${size} GiB: ${row.type} comes in steps`);
  const said = disk.iops !== undefined ? "iops" : disk.throughputMiBps !== undefined ? "throughputMiBps" : null;
  const settable = said === null || findings.use(`${path}.${said}`, row.iops);
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

export function classOf(
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
  if (role.networkGbps !== undefined) judgeSpeed(`${path}.networkGbps`, role.networkGbps, choice.class, compute, findings);
  if (row?.burstable === true)
    findings.note(
      `${path}.size`,
      `${choice.class} is burstable: above its baseline it shares processors or spends credits, and unlimited ones cost money`,
    );
  return { asked: askText(ask), choice };
}

/** What both kinds share. A refused size leaves the class empty, so that the rest is judged all the same. */
export function hostOf(name: string, path: string, role: RoleArgs, choice: SizeChoice | null, known: Known) {
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

export function tierSubnets(path: string, tier: Tier, network: NetworkSpec, { findings }: Known): readonly string[] {
  const subnets = network.tiers[tier]?.subnets ?? [];
  if (subnets.length === 0)
    findings.refuse(
      `${path}.tier`,
      `expected a tier of this network (${Object.keys(network.tiers).join(", ") || "it has none"}), got "${tier}"`,
      `add \`${tier}: {}\` to network.tiers, or use another tier`,
    );
  return subnets;
}
