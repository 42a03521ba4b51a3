/**
 * How long Pulumi waits for what AWS takes its time over: never less than the provider would wait by itself, or it gives up on something
 * that is still being made. Source: the Timeouts of each page under https://registry.terraform.io/providers/hashicorp/aws/latest/docs (2026-11-21).
 */
export const timeouts = {
  /** Grows with the data: a copy, a final snapshot, a change of storage. */
  database: { create: "90m", update: "90m", delete: "90m" },
  cache: { create: "90m", update: "90m", delete: "90m" },
  pooler: { create: "60m", update: "60m", delete: "60m" },
  group: { create: "30m", update: "30m", delete: "30m" },
  machine: { create: "30m", update: "30m", delete: "30m" },
  gateway: { create: "30m", update: "30m", delete: "30m" },
  /** Every edge location of the world is told. */
  cdn: { create: "90m", update: "90m", delete: "90m" },
  balancer: { create: "20m", update: "20m", delete: "20m" },
  /** Tunnels, doors of clients and their rights. */
  vpn: { create: "60m", update: "60m", delete: "60m" },
  endpoint: { create: "20m", update: "20m", delete: "20m" },
} satisfies Record<string, { create: string; update: string; delete: string }>;
