/** Decides backups and point-in-time recovery. */
import type { Known } from "../kernel/known.ts";
import { windowsMeet } from "../kernel/windows.ts";
import type { DatabaseArgs, DatabaseSpec } from "./model.ts";

export function backupsOf(path: string, args: DatabaseArgs, edition: string | null, known: Known): DatabaseSpec["backups"] {
  const { facts, findings } = known;
  const limits = facts.limits.database;
  const { window, pitrDays } = args.backups;
  const days = Math.max(args.backups.days, limits.minBackupDays[args.engine]);
  if (days > args.backups.days) findings.note(`${path}.days`, `${args.backups.days} becomes ${days}, the least that ${facts.cloud} keeps`);
  if (days > limits.maxBackupDays)
    findings.refuse(
      `${path}.days`,
      `expected at most ${limits.maxBackupDays} on ${facts.cloud}, got ${days}`,
      `use ${limits.maxBackupDays}, and keep longer copies with a backup plan`,
    );
  const longest = limits.maxPitrDays[edition ?? "*"] ?? limits.maxPitrDays["*"] ?? limits.maxBackupDays;
  if (pitrDays !== undefined && pitrDays > longest)
    findings.refuse(
      `${path}.pitrDays`,
      `expected at most ${longest} on ${facts.cloud}${edition === null ? "" : ` (${edition})`}, got ${pitrDays}`,
      `use ${longest}`,
    );
  else if (pitrDays !== undefined && pitrDays > days)
    findings.refuse(
      `${path}.pitrDays`,
      `expected at most the ${days} days that backups are kept, got ${pitrDays}`,
      `keep backups for ${pitrDays} days`,
    );
  if (limits.pitrFollowsBackups && pitrDays !== undefined && pitrDays < days)
    findings.note(`${path}.pitrDays`, `on ${facts.cloud} one setting serves both: recovery reaches ${days} days back`);
  findings.use(`${path}.window`, limits.backupWindow);
  if (limits.windowsApart && windowsMeet(window, args.maintenance.window))
    findings.refuse(
      `${path}.window`,
      `expected hours apart from the maintenance window ${args.maintenance.window} on ${facts.cloud}, got "${window}"`,
      "move one of the two",
    );
  return { days, window, pitrDays: limits.pitrFollowsBackups ? days : Math.min(pitrDays ?? days, longest), geo: geoOf(path, args, known) };
}

/** Where the backups' second copy lies, and the key it needs there. */
function geoOf(path: string, args: DatabaseArgs, { facts, findings, places }: Known): DatabaseSpec["backups"]["geo"] {
  const { geoTarget, geoBackup, geoKey } = facts.limits.database;
  if (!args.backups.geo || !findings.use(`${path}.geo`, geoBackup)) return null;
  const pair = facts.regions.rows[places.primary.region]?.pair ?? null;
  const region = geoTarget === "pair" ? pair : (places.secondary?.region ?? null);
  if (region === null) {
    findings.refuse(
      `${path}.geo`,
      geoTarget === "pair"
        ? `expected a region that the cloud pairs with another, got "${places.primary.region}"`
        : "expected a second region for the copies, got none",
      geoTarget === "pair" ? "turn geo off, or choose a paired region" : "set strata:secondaryRegion, or turn geo off",
    );
    return null;
  }
  if (geoTarget === "pair" && region !== places.secondary?.region)
    findings.note(`${path}.geo`, `copies go to ${region}, the region the cloud pairs with ${places.primary.region}`);
  // A copy is encrypted by a key of the region it lies in.
  return {
    region,
    encryptionKey: geoKey !== null && args.encryptionKey !== undefined ? { purpose: args.encryptionKey, place: geoKey } : null,
  };
}
