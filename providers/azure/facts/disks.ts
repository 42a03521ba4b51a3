/** What the disks of flexible servers give. */

/** Tiers of Premium SSD, by the size that has them by itself: https://learn.microsoft.com/azure/virtual-machines/disks-change-performance */
export const performanceTiers = [
  { name: "P4", iops: 120, gib: 32 },
  { name: "P6", iops: 240, gib: 64 },
  { name: "P10", iops: 500, gib: 128 },
  { name: "P15", iops: 1100, gib: 256 },
  { name: "P20", iops: 2300, gib: 512 },
  { name: "P30", iops: 5000, gib: 1024 },
  { name: "P40", iops: 7500, gib: 2048 },
  { name: "P50", iops: 7500, gib: 4096 },
] as const;

/** What PremiumV2 gives at no extra cost, by size: concepts-storage-premium-ssd-v2 (read 2026-01-13 in MicrosoftDocs/azure-databases-docs@02bcee7). */
export const premiumV2 = [
  { gib: 400, iops: 12_000, mibps: 500 },
  { gib: 0, iops: 3000, mibps: 125 },
] as const;
