/** Rows of a model test: a platform on one cloud, and what is decided, refused or said of it. */
import { expect, it } from "vitest";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import type { Plain } from "../../components/kernel/merge.ts";
import { at, type Beside, decided, issuesOf, notesOf } from "./trial.ts";

/** `all`: on every cloud. */
type Where = Cloud | "all";
const cells = <Row extends readonly unknown[]>(rows: readonly (readonly [string, Where, ...Row])[]): [string, Cloud, ...Row][] =>
  rows.flatMap(([title, where, ...row]) =>
    (where === "all" ? clouds : [where]).map((cloud): [string, Cloud, ...Row] => [title, cloud, ...row]),
  );

/** Title, cloud, platform, path within the spec, value there. */
export type Decides = readonly [string, Where, Plain, string, unknown];
/** Title, cloud, platform, path of the only issues, words of the first. */
export type Refuses = readonly [string, Where, Plain, string, RegExp];
/** Title, cloud, platform, `path: words` of one note; null where none of that path is wanted. */
export type Notes = readonly [string, Where, Plain, string, RegExp | null];

export function decides(rows: readonly Decides[], beside: Beside = {}): void {
  it.each(cells(rows))("%s (%s)", (_, cloud, base, path, value) => {
    expect(at(decided(cloud, base, beside).spec, path)).toEqual(value);
  });
}

export function refuses(rows: readonly Refuses[], beside: Beside = {}): void {
  it.each(cells(rows))("%s (%s)", (_, cloud, base, path, words) => {
    const issues = issuesOf(cloud, base, beside);
    expect([...new Set(issues.map(issue => issue.path))]).toEqual([path]);
    expect(`${issues[0]?.problem}; ${issues[0]?.remedy}`).toMatch(words);
  });
}

export function notes(rows: readonly Notes[], beside: Beside = {}): void {
  it.each(cells(rows))("%s (%s)", (_, cloud, base, path, words) => {
    const said = notesOf(cloud, base, beside).filter(note => note.startsWith(`${path}: `));
    if (words === null) expect(said).toEqual([]);
    else expect(said.join("\n")).toMatch(words);
  });
}
