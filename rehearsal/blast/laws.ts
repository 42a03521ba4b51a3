/** What a change may never do, whatever the cloud: each law gives back the lines in which it is broken. */
import type { Change } from "../../cli/planner/difference.ts";
import type { Outcome } from "../blast.ts";
import { mayLose } from "./mayLose.ts";

const isLoss = ({ op, stateful }: Change): boolean => stateful && (op === "replace" || op === "delete");

/** A key as the list has it: for either kind of role. */
const listed = (key: string): string => key.replace(" (machine)", "");

/** Keys whose changes add something; on the fixture that says everything they are tried whatever the others could take. */
export const isAddition = (key: string): boolean => additions.test(key);

const told = ({ fixture, key }: Outcome, { op, name, type, because }: Change): string =>
  `${fixture.cloud} ${fixture.name}: ${key}: ${op} ${name} (${type})${because.length === 0 ? "" : ` because of ${because.join(", ")}`}`;

/** Something stateful goes by a key that is not on the list for this cloud. */
export const unlisted = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes
    .filter(({ key, fixture }) => mayLose[listed(key)]?.on.includes(fixture.cloud) !== true)
    .flatMap(outcome => outcome.changes.filter(isLoss).map(change => told(outcome, change)));

/** A line of the list that nothing needs on this cloud any more. */
export function unneeded(outcomes: readonly Outcome[]): readonly string[] {
  const losing = new Set(outcomes.filter(({ changes }) => changes.some(isLoss)).map(({ key }) => listed(key)));
  const cloud = outcomes[0]?.fixture.cloud;
  return Object.entries(mayLose).flatMap(([key, { on }]) => (cloud !== undefined && on.includes(cloud) && !losing.has(key) ? [key] : []));
}

/** Something more leaves what stands alone: an update of what is stateful and was there before is already too much. */
const additions =
  /^(network\.zones raised|network\.tiers\.\* added|(roles|databases|caches|buckets)\.\*( \(machine\))? added|databases\.\*\.replicas\.\* added|secrets\.values\.\* added|roles\.\*\.volumes\.\* \(machine\) added)$/;

export const disturbed = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes
    .filter(({ key }) => isAddition(key))
    .flatMap(outcome => outcome.changes.filter(({ stateful, op }) => stateful && op !== "create").map(change => told(outcome, change)));

/** What goes was not protected, so no preview would have refused it. */
export const unguarded = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ fixture, key, unprotected }) => unprotected.map(name => `${fixture.cloud} ${fixture.name}: ${key}: ${name}`));

/** The cloud would refuse a change that the program allows. */
export const refusedByCloud = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(outcome =>
    outcome.changes
      .filter(({ refused, op }) => op === "update" && refused.length > 0)
      .map(change => `${told(outcome, change)}: ${change.refused.join(", ")}`),
  );

/** Sizes, counts, retention, tags and scaling are never on the list. */
export const neverListed =
  /\.size\.|\.count\.|\.scaling\.|\.disk\.|\.storage\.|retentionDays|\.backups\.days|keepDays|VersionsDays|usableGiB|^tags/;
