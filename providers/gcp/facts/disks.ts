/**
 * Series that take Hyperdisk alone, and what stands for the older kinds there. Baseline speed comes with it: 3000 IOPS, 140 MiB/s.
 * https://cloud.google.com/compute/docs/disks/hyperdisks#machine-type-support (n4 and c4 families: no Persistent Disk), read from memory 2026-11-21.
 */
const hyperdiskOnly = /^(n4|n4d|c4|c4a|c4d|n4a)-/;
const standIn: Readonly<Record<string, string>> = { "pd-balanced": "hyperdisk-balanced", "pd-ssd": "hyperdisk-balanced" };

/** The disk type that a machine class takes for a decided kind. */
export const diskTypeOf = (className: string, type: string): string =>
  hyperdiskOnly.test(className) && standIn[type] ? standIn[type] : type;
