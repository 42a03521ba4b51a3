import type { z } from "zod";
import type { Known } from "../kernel/known.ts";
import type { LogsArgs, LogsSpec } from "./model.ts";

/** Retention as the cloud can keep it, never shorter than asked. */
export function resolveLogs(args: z.output<typeof LogsArgs>, { facts, findings }: Known): LogsSpec {
  const { steps, min, max } = facts.limits.logs;
  if (args.retentionDays > max)
    findings.refuse("logs.retentionDays", `expected at most ${max} on ${facts.cloud}, got ${args.retentionDays}`, `use ${max}`);
  const retentionDays = steps?.find(step => step >= args.retentionDays) ?? Math.max(min, args.retentionDays);
  if (retentionDays > args.retentionDays && args.retentionDays <= max)
    findings.note(
      "logs.retentionDays",
      `${args.retentionDays} days become ${retentionDays}: ${facts.cloud} keeps logs ${steps === null ? `at least ${min} days` : "in steps"}`,
    );
  const own = args.encryptionKey !== undefined && findings.use("logs.encryptionKey", facts.limits.logs.encryptionKey);
  return { retentionDays, encryptionKey: own ? (args.encryptionKey ?? null) : null };
}
