/**
 * Keys: own encryption keys, one per purpose in each place that needs it.
 *
 * | here     | aws                 | azure                                      | gcp                        |
 * |----------|---------------------|--------------------------------------------|----------------------------|
 * | ring     | (none)              | key vault, purge protected                 | key ring                   |
 * | key      | KMS key and alias   | vault key with rotation policy             | crypto key                 |
 * | grant    | key policy          | user-assigned identity + crypto role       | IAM member of service agent|
 * | wide     | (replica per region)| (a key per region)                         | key in the multi-region    |
 */
import { z } from "zod";
import type { PlaceKey } from "../kernel/places.ts";
import { mapOf } from "../kernel/schema.ts";

export const KeyArgs = z.strictObject({
  rotationDays: z
    .int()
    .min(90)
    .max(2560)
    .default(365)
    .meta({ description: "Days between automatic rotations. Changing it replaces nothing." }),
});
export const KeysArgs = mapOf(KeyArgs).default({});

/** Which of the cloud's services encrypt with a key, and so must be allowed to use it. */
export const keyUsers = ["compute", "database", "cache", "storage", "secrets", "logs", "cdn"] as const;
export type KeyUser = (typeof keyUsers)[number];

export interface KeySpec {
  readonly rotationDays: number;
  readonly users: readonly KeyUser[];
}

/** All keys of one place. `wide` holds what encrypts data that lies in several regions at once (Google only). */
export interface KeysSpec {
  readonly place: PlaceKey | "wide";
  /** Region or multi-region the ring lives in. */
  readonly location: string;
  /** By purpose: `data`, `backups`, … */
  readonly keys: Readonly<Record<string, KeySpec>>;
  /** Days a deleted key waits before it is gone. */
  readonly deletionDays: number;
}

export interface KeysLimits {
  readonly rotationDays: { readonly min: number; readonly max: number };
}
