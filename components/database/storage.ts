/** Decides a database's disk: kind, size, operations a second, growth. */
import type { Known } from "../kernel/known.ts";
import { stepped } from "../kernel/steps.ts";
import type { DatabaseArgs, DatabaseStorageSpec } from "./model.ts";

type StorageArgs = DatabaseArgs["storage"];

interface Speed {
  readonly iops: number | null;
  readonly performanceTier: string | null;
}

const bySize: Speed = { iops: null, performanceTier: null };

/** Operations a second: a number of their own, a disk tier that stands for them, or what the size gives. */
export function speedOf(path: string, asked: number | undefined, type: string, gib: number, { facts, findings }: Known): Speed {
  const rule = facts.limits.database.iops[type];
  if (asked === undefined || rule === undefined) return bySize;
  const tiers = facts.limits.database.performanceTiers;
  if (asked > rule.max) {
    findings.refuse(path, `expected at most ${rule.max} on ${type}, got ${asked}`, `use ${rule.max}, or another storage kind`);
    return bySize;
  }
  if (!findings.use(path, rule.support)) {
    const tier = tiers.find(candidate => candidate.iops >= asked && candidate.gib >= gib);
    if (rule.support.is !== "approximate" || tier === undefined) return bySize;
    findings.note(path, `${asked} is reached by disk tier ${tier.name} (${tier.iops})`);
    return { iops: null, performanceTier: tier.name };
  }
  if (gib < rule.minGiB) {
    if (asked > rule.base)
      findings.refuse(
        path,
        `expected at most ${rule.base} on ${type} under ${rule.minGiB} GiB, got ${asked}`,
        `grow the storage to ${rule.minGiB} GiB, or ask for ${rule.base}`,
      );
    return bySize;
  }
  if (asked < rule.floor)
    findings.note(path, `${type} from ${rule.minGiB} GiB on gives ${rule.floor} at no extra cost; ${asked} is met by it`);
  return { iops: Math.max(asked, rule.floor), performanceTier: null };
}

export function storageOf(path: string, args: StorageArgs, encryptionKey: string | undefined, known: Known): DatabaseStorageSpec {
  const { facts, findings } = known;
  const limits = facts.limits.database;
  const kind = limits.storageKinds[args.kind];
  const v2 = args.kind === "ssd-v2" && findings.use(`${path}.kind`, kind.support);
  if (v2 && encryptionKey !== undefined) findings.use(`${path}.kind`, limits.keyWithSsdV2, args.kind);
  const gib = stepped(args.gib, limits.storageSteps);
  const largest = limits.storageSteps?.at(-1) ?? gib;
  if (gib > largest) findings.refuse(`${path}.gib`, `expected at most ${largest} GiB on ${facts.cloud}, got ${args.gib}`, `use ${largest}`);
  if (gib !== args.gib) findings.note(`${path}.gib`, `${args.gib} GiB becomes ${gib} GiB: storage comes in steps on ${facts.cloud}`);
  const grows = args.growToGiB !== null && (!v2 || findings.use(`${path}.growToGiB`, limits.growWithSsdV2));
  if (grows && args.growToGiB !== undefined) findings.use(`${path}.growToGiB`, limits.growthBound);
  const growTo = args.growToGiB ?? 2 * gib;
  if (grows && growTo < gib)
    findings.refuse(`${path}.growToGiB`, `expected at least the first size of ${gib}, got ${growTo}`, `use ${2 * gib}`);
  if (args.throughputMiBps !== undefined && gib < limits.throughputMinGiB)
    findings.refuse(
      `${path}.throughputMiBps`,
      `expected none on ${kind.type} under ${limits.throughputMinGiB} GiB, got ${args.throughputMiBps}`,
      `grow the storage to ${limits.throughputMinGiB} GiB, or leave it out`,
    );
  const throughput = args.throughputMiBps !== undefined && findings.use(`${path}.throughputMiBps`, limits.throughput);
  return {
    gib,
    type: kind.type,
    ...speedOf(`${path}.iops`, args.iops, kind.type, gib, known),
    throughputMiBps: throughput ? (args.throughputMiBps ?? null) : null,
    growToGiB: grows ? growTo : null,
  };
}
