/**
 * How long Pulumi waits for what Google takes its time over: never less than the provider would wait by itself, or it gives up on something
 * that is still being made. Source: the Timeouts of each page under https://registry.terraform.io/providers/hashicorp/google/latest/docs (2026-11-21).
 */
export const timeouts = {
  /** Grows with the data: a replica is a copy, a deletion may take a last backup. */
  database: { create: "90m", update: "90m", delete: "90m" },
  cache: { create: "60m", update: "60m", delete: "60m" },
  /** Shards are added one after the other. */
  cacheCluster: { create: "90m", update: "120m", delete: "60m" },
  vpn: { create: "20m", update: "20m", delete: "20m" },
  group: { create: "30m", update: "30m", delete: "30m" },
  machine: { create: "30m", update: "30m", delete: "30m" },
  /** Not let go while anything of the service lingers behind it. */
  peering: { create: "30m", update: "30m", delete: "30m" },
} satisfies Record<string, { create: string; update: string; delete: string }>;
