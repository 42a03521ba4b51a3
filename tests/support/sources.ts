/** The project's own TypeScript as text: what each file imports, and what it says without its comments. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Import {
  /** As written: `../kernel/cidr.ts`, `@pulumi/aws`. */
  readonly from: string;
  /** Path within the project; null for a package. */
  readonly file: string | null;
  /** Nothing of it remains when the program runs. */
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

export interface Source {
  /** Path within the project, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The text without comments, on the same lines. */
  readonly code: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

// Strings and templates first, so that an address in one of them is no comment.
const comment = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const withoutComments = (text: string): string =>
  text.replaceAll(comment, (whole: string, literal: string | undefined) => literal ?? whole.replaceAll(/[^\n]/g, " "));

const statement = /^(import|export)\s+(type\s+)?((?:[\w*\s,$]|\{[^}]*\})*?)\s*from\s+"([^"]+)"/gm;
const bare = /^import\s+"([^"]+)"/gm;
const dynamic = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** `{ type A, type B }` is a type alone as well. */
const onlyTypes = (names: string): boolean =>
  /^\{[^}]*\}$/.test(names) &&
  names
    .slice(1, -1)
    .split(",")
    .map(name => name.trim())
    .filter(name => name !== "")
    .every(name => name.startsWith("type "));

function importsOf(path: string, code: string): readonly Import[] {
  const to = (from: string, typeOnly: boolean, lazy: boolean): Import => ({
    from,
    file: from.startsWith(".") ? posix.normalize(posix.join(posix.dirname(path), from)) : null,
    typeOnly,
    lazy,
  });
  return [
    ...[...code.matchAll(statement)].map(([, , type, names = "", from = ""]) =>
      to(from, type !== undefined || onlyTypes(names.trim()), false),
    ),
    ...[...code.matchAll(bare)].map(([, from = ""]) => to(from, false, false)),
    ...[...code.matchAll(dynamic)].map(([, from = ""]) => to(from, false, true)),
  ];
}

const skipped = new Set(["node_modules", ".git", ".stryker-tmp", "reports"]);

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap(entry =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)) : entry.name.endsWith(".ts") ? [join(folder, entry.name)] : [],
    )
    .toSorted();
}

/** Every TypeScript file of the project. */
export const sources: readonly Source[] = filesIn(root).map(file => {
  const path = relative(root, file).split(sep).join("/");
  const text = readFileSync(file, "utf8");
  const code = withoutComments(text);
  return { path, text, code, lines: text.trimEnd().split("\n").length, imports: importsOf(path, code) };
});

/** `path:line: text` of every line of code that a pattern meets. */
export const linesWith = (files: readonly Source[], pattern: RegExp): readonly string[] =>
  files.flatMap(({ path, code }) =>
    code.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );

/** What stands between a bracket at `start` and the one that closes it. */
export function bracketed(code: string, start: number): string {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if (code[at] === "(") depth += 1;
    if (code[at] === ")") depth -= 1;
    if (depth === 0) return code.slice(start, at + 1);
  }
  return code.slice(start);
}
