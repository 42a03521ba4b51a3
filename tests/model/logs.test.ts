/** How long logs are kept, by what each cloud can keep. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clouds } from "../../components/kernel/cloud.ts";
import { LogsArgs } from "../../components/logs/model.ts";
import { resolveLogs } from "../../components/logs/resolve.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { knownOf } from "../support/trial.ts";

const keep = (retentionDays: number) => ({ logs: { retentionDays } });

describe("logs", () => {
  decides([
    ["are kept 30 days unless said", "all", {}, "logs.retentionDays", 30],
    ["are kept in AWS' own steps, never shorter", "aws", keep(31), "logs.retentionDays", 60],
    ["are kept to the day elsewhere", "gcp", keep(31), "logs.retentionDays", 31],
    ["are kept Azure's month at least", "azure", keep(7), "logs.retentionDays", 30],
    ["are kept a year for an audit", "all", keep(365), "logs.retentionDays", 365],
    ["are encrypted by the platform's key unless said", "all", {}, "logs.encryptionKey", null],
    ["are encrypted by an own key when said", "aws", { logs: { encryptionKey: "data" }, keys: { data: {} } }, "logs.encryptionKey", "data"],
  ]);
  notes([
    [
      "say that Azure encrypts them itself",
      "azure",
      { logs: { encryptionKey: "data" }, keys: { data: {} } },
      "logs.encryptionKey",
      /azure/,
    ],
    ["say when they are kept longer", "aws", keep(31), "logs.retentionDays", /31 days become 60/],
    ["say nothing when they are kept as asked", "all", keep(30), "logs.retentionDays", null],
  ]);
  refuses([
    [
      "are kept as long as the cloud can, not longer",
      "azure",
      keep(731),
      "logs.retentionDays",
      /expected at most 730 on azure, got 731; use 730/,
    ],
    ["have a key that exists", "aws", { logs: { encryptionKey: "dta" }, keys: { data: {} } }, "logs.encryptionKey", /did you mean "data"/],
  ]);

  it.each(clouds)("%s: are never kept shorter than asked, and only as the cloud can", cloud => {
    const known = knownOf(cloud);
    const { steps, min, max } = known.facts.limits.logs;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Math.min(max, 3650) }), days => {
        const kept = resolveLogs(LogsArgs.parse({ retentionDays: days }), known).retentionDays;
        expect(kept).toBeGreaterThanOrEqual(Math.max(days, min));
        if (steps !== null) expect(steps).toContain(kept);
      }),
      { numRuns: 1000 },
    );
    expect(known.findings.issues).toEqual([]);
  });
});
