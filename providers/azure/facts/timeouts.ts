/**
 * How long Pulumi waits for what Azure takes its time over. The provider waits two hours for anything: less would give up on something
 * that is still being made, and that the next deploy then finds in its way. Source: azureContext in
 * https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/provider/provider.go (2026-11-21).
 */
const usual = { create: "120m", update: "120m", delete: "120m" };

export const timeouts = {
  /** Grows with the data: a replica is a copy, often into another region. */
  database: { create: "180m", update: "180m", delete: "120m" },
  cache: usual,
  /** A rolling change goes a fifth of the instances at a time. */
  group: { create: "120m", update: "180m", delete: "120m" },
  machine: usual,
  gateway: usual,
  /** Half an hour to make one, and as long to change it. */
  vpn: usual,
  bastion: usual,
  endpoint: usual,
  /** Every edge location of the world is told. */
  cdn: usual,
  vault: usual,
} satisfies Record<string, { create: string; update: string; delete: string }>;
