/** What a change may never do, whatever the cloud: each law gives back the lines in which it is broken. */
import type { Change } from "../../cli/planner/difference.ts";
import type { Outcome } from "../blast.ts";
import { type Allowed, mayBeRefused, mayDisturb, mayLose } from "./mayLose.ts";

type Breaks = (outcome: Outcome, change: Change) => boolean;

/** For either kind of role. */
const listed = (key: string): string => key.replace(" (machine)", "");

/** Keys whose changes add something; on the fixture that says everything they are tried whatever the others could take. */
export const isAddition = (key: string): boolean =>
  /^(network\.zones raised|network\.tiers\.\* added|(roles|databases|caches|buckets|secrets\.values|databases\.\*\.replicas|roles\.\*\.volumes|edge\.[^ ]+|entry\.sites)\.\* added)$/.test(
    listed(key),
  );

const loses: Breaks = (_, { op, stateful }) => stateful && (op === "replace" || op === "delete");
/** Something more leaves what stands alone: an update of what is stateful is already too much. */
const disturbs: Breaks = ({ key }, { op, stateful }) => isAddition(key) && stateful && op !== "create";
const isRefused: Breaks = (_, { op, refused }) => op === "update" && refused.length > 0;

const laws: readonly (readonly [Breaks, Readonly<Record<string, Allowed>>])[] = [
  [loses, mayLose],
  [disturbs, mayDisturb],
  [isRefused, mayBeRefused],
];

const told = ({ fixture, key }: Outcome, { op, name, type, because, refused }: Change): string =>
  [`${fixture.cloud} ${fixture.name}: ${key}: ${op} ${name} (${type})`, ...because, ...refused].join(" ");

function broken(outcomes: readonly Outcome[], breaks: Breaks, allowed: Readonly<Record<string, Allowed>>): readonly string[] {
  const strict = outcomes.filter(({ key, fixture }) => allowed[listed(key)]?.on.includes(fixture.cloud) !== true);
  return strict.flatMap(outcome => outcome.changes.filter(change => breaks(outcome, change)).map(change => told(outcome, change)));
}

/** Something stateful goes by a key that is not on the list for this cloud. */
export const unlisted = (outcomes: readonly Outcome[]): readonly string[] => broken(outcomes, loses, mayLose);

export const disturbed = (outcomes: readonly Outcome[]): readonly string[] => broken(outcomes, disturbs, mayDisturb);

/** The cloud would refuse a change that the program allows. */
export const refusedByCloud = (outcomes: readonly Outcome[]): readonly string[] => broken(outcomes, isRefused, mayBeRefused);

/** Lines of the lists that nothing needs on this cloud any more. */
export function unneeded(outcomes: readonly Outcome[]): readonly string[] {
  const cloud = outcomes[0]?.fixture.cloud;
  return laws.flatMap(([breaks, allowed]) => {
    const needed = new Set(
      outcomes.filter(outcome => outcome.changes.some(change => breaks(outcome, change))).map(({ key }) => listed(key)),
    );
    return Object.entries(allowed).flatMap(([key, { on }]) => (cloud !== undefined && on.includes(cloud) && !needed.has(key) ? [key] : []));
  });
}

/** What goes was not protected, so no preview would have refused it. */
export const unguarded = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ fixture, key, unprotected }) => unprotected.map(name => `${fixture.cloud} ${fixture.name}: ${key}: ${name}`));

/** More of a size or a volume, counts, retention, tags and scaling are never on the list. */
export const neverListed =
  /\.size\.(?!arch)|gib raised|\.count\.|\.scaling\.|\.disk\.|\.storage\.|retentionDays|\.backups\.days|keepDays|VersionsDays|usableGiB|^tags/;
