/** The difference of plans as GitHub's Markdown: what endangers data first, long lists folded, and never longer than a comment may be. */
import type { Change } from "../planner/difference.ts";
import { code, folded, rows } from "./markdown.ts";
import { shortType } from "./names.ts";

/** What became of one plan between two sides. */
export type Compared = { readonly name: string } & (
  | { readonly state: "compared"; readonly changes: readonly Change[] }
  | { readonly state: "added" | "removed"; readonly resources: number }
  | { readonly state: "refused"; readonly side: "base" | "head"; readonly issues: readonly string[] }
);

/** GitHub takes 65,536 characters; in bytes, so that no alphabet is longer than it looks. */
export const most = 60_000;

/** Lists longer than this are folded, and cut after as many as a person still reads. */
const [short, long] = [10, 200];

export const isLoss = ({ stateful, op, protectionLost }: Change): boolean =>
  protectionLost || (stateful && (op === "replace" || op === "delete"));

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly protectionsLost: number;
}

export function countsOf(changes: readonly Change[]): Counts {
  const of = (op: Change["op"]): number => changes.filter(change => change.op === op).length;
  return {
    added: of("create"),
    changed: of("update"),
    replaced: of("replace"),
    deleted: of("delete"),
    protectionsLost: changes.filter(({ protectionLost }) => protectionLost).length,
  };
}

/** What one sentence says of losses. */
export const danger = (count: number): string => `Data is deleted or replaced, or protection is lost: ${plural(count, "resource")}.`;

/** The worst first. */
const ranks = ["delete", "replace", "update", "create"] as const;
const ranked = (changes: readonly Change[]): readonly Change[] =>
  changes.toSorted((one, other) => ranks.indexOf(one.op) - ranks.indexOf(other.op));

const done = { create: "added", update: "changed", replace: "replaced", delete: "deleted" } as const;

/** A replacement that hangs only on rules nobody is sure of is said with its doubt; it counts as one all the same. */
const doubtful = ({ because, uncertain }: Change): boolean => because.length > 0 && because.every(path => uncertain.includes(path));

function whatHappens(change: Change): string {
  const { op, refused, protectionLost, protectionGained } = change;
  const what = `${doubtful(change) ? "perhaps " : ""}${done[op]}`;
  return [
    isLoss(change) && op !== "update" ? `**${what}**` : what,
    ...(refused.length > 0 ? ["**refused by the cloud**"] : []),
    ...(protectionLost ? ["**protection lost**"] : []),
    ...(protectionGained ? ["protection gained"] : []),
  ].join(", ");
}

const several = (names: readonly string[]): string =>
  [...names.slice(0, 5).map(path => code(path, 60)), ...(names.length > 5 ? [`${names.length - 5} more`] : [])].join(", ");

/** What the cloud refuses, else of a replacement only what causes it. */
function properties({ changed, because, uncertain, refused }: Change): string {
  if (refused.length > 0) return several(refused);
  if (because.length === 0) return several(changed);
  const sure = because.filter(path => !uncertain.includes(path));
  return [...(sure.length === 0 ? [] : [several(sure)]), ...(uncertain.length === 0 ? [] : [`perhaps ${several(uncertain)}`])].join("; ");
}

const head = ["resource", "type", "change", "properties"];
const row = (change: Change): readonly string[] => [
  code(change.name),
  code(shortType(change.type)),
  whatHappens(change),
  properties(change),
];

function table(changes: readonly Change[]): string {
  const left = changes.length > long ? `\n\n${changes.length - long} more are not listed.` : "";
  return `${rows(head, ranked(changes).slice(0, long).map(row))}${left}`;
}

const plural = (count: number, one: string): string => `${count} ${count === 1 ? one : one.replace(/^\w+/, "$&s")}`;

function counted(changes: readonly Change[]): string {
  const { added, changed, replaced, deleted, protectionsLost } = countsOf(changes);
  return `${added} added, ${changed} changed, ${replaced} replaced, ${deleted} deleted, ${plural(protectionsLost, "protection")} lost.`;
}

/** What is said of one plan, the most important part first: where room is short, the last parts of all go before the first of any. */
interface Section {
  readonly head: string;
  readonly losses: string;
  readonly others: string;
}
const parts = ["head", "losses", "others"] as const;

function changesOf(title: string, changes: readonly Change[]): Section {
  const losses = changes.filter(isLoss);
  const others = changes.filter(change => !isLoss(change));
  const warning = `\n\n> [!WARNING]\n> ${danger(losses.length)}`;
  return {
    head: `${title}\n\n${counted(changes)}${losses.length === 0 ? "" : warning}`,
    losses: losses.length === 0 ? "" : table(losses),
    others: others.length === 0 ? "" : others.length <= short ? table(others) : folded(`${others.length} other changes`, table(others)),
  };
}

function sectionOf(one: Compared): Section {
  const title = `### ${code(one.name)}`;
  if (one.state === "compared") return changesOf(title, one.changes);
  if (one.state === "refused") {
    const issues = one.issues.slice(0, short).map(issue => `- ${code(issue)}`);
    return { head: `${title}\n\nNo plan at the ${one.side}: it is refused.`, losses: "", others: issues.join("\n") };
  }
  const what = one.state === "added" ? "New: no plan at the base." : "Gone: no plan at the head.";
  return { head: `${title}\n\n${what} ${plural(one.resources, "resource")}.`, losses: "", others: "" };
}

const isUnchanged = (one: Compared): boolean => one.state === "compared" && one.changes.length === 0;
const endangers = (one: Compared): boolean => one.state === "compared" && one.changes.some(isLoss);

function topOf(all: readonly Compared[]): string {
  const unchanged = all.filter(isUnchanged);
  const losses = all.flatMap(one => (one.state === "compared" ? one.changes.filter(isLoss) : []));
  const warning = losses.length === 0 ? "" : ` **${danger(losses.length)}**`;
  return `## Difference of plans\n\n${plural(all.length, "plan")} compared, ${unchanged.length} without a change.${warning}`;
}

const bytes = (text: string): number => Buffer.byteLength(text);
const gap = "\n\n";

interface Fitted {
  readonly text: string;
  readonly dropped: Readonly<Record<keyof Section, number>>;
}

function fitting(sections: readonly Section[], room: number): Fitted {
  const kept = sections.map(() => ({ head: "", losses: "", others: "" }));
  const dropped = { head: 0, losses: 0, others: 0 };
  let left = room;
  for (const part of parts)
    for (const [index, place] of kept.entries()) {
      const text = sections[index]?.[part] ?? "";
      const size = bytes(text) + bytes(gap);
      if (text === "") continue;
      if (size > left || (part !== "head" && place.head === "")) {
        dropped[part] += 1;
        continue;
      }
      place[part] = text;
      left -= size;
    }
  const text = kept.flatMap(place => parts.map(part => place[part])).filter(part => part !== "");
  return { text: text.join(gap), dropped };
}

const leftOut = { head: "plan", losses: "list of losses", others: "list of other changes" } as const;

/** The whole page. `limit` is the most it may hold, in bytes. */
export function differenceText(all: readonly Compared[], limit: number = most): string {
  if (all.every(isUnchanged)) return `No difference: ${plural(all.length, "plan")} compared.\n`;
  const told = all.filter(one => !isUnchanged(one));
  const ordered = [...told.filter(endangers), ...told.filter(one => !endangers(one))];
  const top = topOf(all);
  const note = 200;
  const { text, dropped } = fitting(ordered.map(sectionOf), limit - bytes(top) - note);
  const cuts = parts.flatMap(part => (dropped[part] === 0 ? [] : [plural(dropped[part], leftOut[part])]));
  const cut = cuts.length === 0 ? [] : [`Cut to ${limit} bytes; left out: ${cuts.join(", ")}.`];
  return `${[top, text, ...cut].filter(part => part !== "").join(gap)}\n`;
}
