/**
 * Logs: one destination per stack; other concepts send there and never make one.
 *
 * | here        | aws                  | azure                    | gcp                          |
 * |-------------|----------------------|--------------------------|------------------------------|
 * | destination | CloudWatch log group | Log Analytics workspace  | log bucket and project sink  |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";

export const LogsArgs = z.strictObject({
  retentionDays: z
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .meta({ description: "Days that log entries stay searchable. Each cloud rounds up to what it offers." }),
  encryptionKey: z.string().optional().meta({ description: "Purpose of an own key; the platform's key otherwise." }),
});

export interface LogsSpec {
  /** Effective days, after rounding up to what the cloud offers. */
  readonly retentionDays: number;
  readonly encryptionKey: string | null;
}

export interface LogsLimits {
  /** Retentions the cloud takes, ascending; null means any number of days within `max`. */
  readonly steps: readonly number[] | null;
  readonly min: number;
  readonly max: number;
  readonly encryptionKey: Support;
  /** Each place keeps its own logs, and so needs a key of its own. */
  readonly perPlace: boolean;
  /** Where this was read. */
  readonly source: string;
}
