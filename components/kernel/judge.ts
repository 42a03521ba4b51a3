/** Judges what a person wrote against a schema: the value with its defaults, or every issue in words that help. */
import { z } from "zod";
import { expected, keysAllowed } from "./expected.ts";
import type { Issue } from "./findings.ts";
import { member } from "./merge.ts";
import { proposal } from "./nearest.ts";
import { type Path, pathText } from "./path.ts";
import { boundRemedy, formatRemedy, nameRemedy, typeRemedy, unionRemedy, valueRemedy } from "./remedy.ts";
import { hiddenValue, shown } from "./shown.ts";

export interface Judged<T> {
  /** Null when there is an issue. */
  readonly value: T | null;
  readonly issues: readonly Issue[];
}

export interface JudgeOptions {
  /** Starts every path: `strata:`. */
  readonly prefix?: string;
  /** Values that are never shown, by path; what lies under `secrets` never is. */
  readonly hidden?: (at: Path) => boolean;
  /** How to supply what is missing, by path. */
  readonly missing?: (path: string) => string;
}

interface Case {
  readonly at: Path;
  readonly secret: (at: Path) => boolean;
  readonly missing: (path: string) => string;
  /** Keys that a map with unknown ones may have. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
}

/** Within a union paths start anew, so the keys tell two maps apart. */
const unknownAt = (path: Path, keys: readonly string[]): string => `${pathText(path)}: ${keys.join()}`;

/** What zod says of an issue is what was expected: the words of the schema itself, or its author's own message. */
const message = (raw: z.core.$ZodRawIssue, allowed: Map<string, readonly string[]>): string | undefined => {
  const schema = raw.schema ?? raw.inst;
  if (!(schema instanceof z.core.$ZodType)) return undefined;
  if (raw.code === "unrecognized_keys") allowed.set(unknownAt(raw.path ?? [], raw.keys), keysAllowed(schema));
  if (raw.code === "invalid_format" && raw.format === "starts_with") return `text that starts with ${JSON.stringify(raw.prefix)}`;
  if (raw.code === "invalid_format" && raw.format === "regex") return `text like ${raw.pattern}`;
  if (raw.code === "invalid_type" && raw.expected === "int") return `a whole number, ${expected(schema)}`;
  if (raw.code === "not_multiple_of") return `a multiple of ${raw.divisor}`;
  return expected(schema);
};

const seen = (value: unknown, at: Path, { secret }: Case): string => (value !== undefined && secret(at) ? hiddenValue : shown(value));

/** An issue in its usual words. A remedy may repeat the value, so a secret one gets none of its own. */
const wrong = (issue: z.core.$ZodIssue, at: Path, around: Case, remedy: string): Issue => ({
  path: pathText(at),
  problem: `expected ${issue.message}, got ${seen(issue.input, at, around)}`,
  remedy: issue.input !== undefined && around.secret(at) ? `write ${issue.message}` : remedy,
});

/** The branch of a union that was meant: the only one whose kind of value matches. */
const meant = (errors: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null => {
  const near = errors.filter(branch =>
    branch.every(({ code, path }) => path.length > 0 || (code !== "invalid_type" && code !== "invalid_value")),
  );
  return near.length === 1 ? (near[0] ?? null) : null;
};

function union(issue: z.core.$ZodIssueInvalidUnion, at: Path, around: Case): readonly Issue[] {
  if (issue.discriminator !== undefined && "options" in issue) {
    const options = (issue.options ?? []).filter(option => typeof option === "string");
    const got = member(issue.input, issue.discriminator);
    const problem = `expected one of ${options.map(option => `"${option}"`).join(", ")}, got ${seen(got, at, around)}`;
    return [{ path: pathText(at), problem, remedy: got === undefined ? around.missing(pathText(at)) : proposal(String(got), options) }];
  }
  const branch = meant(issue.errors);
  return branch === null
    ? [wrong(issue, at, around, unionRemedy(issue.input, issue.errors.flat(), issue.message))]
    : branch.flatMap(inner => told(inner, { ...around, at }));
}

/** One issue of zod's in words; unknown keys are one issue each. */
function told(issue: z.core.$ZodIssue, around: Case): readonly Issue[] {
  const at = [...around.at, ...issue.path];
  const path = pathText(at);
  const one = (remedy: string): readonly Issue[] => [wrong(issue, at, around, remedy)];
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = around.allowed.get(unknownAt(issue.path, issue.keys)) ?? [];
      return issue.keys.map(key => ({ path: pathText([...at, key]), problem: `unknown key "${key}"`, remedy: proposal(key, known) }));
    }
    case "invalid_union":
      return union(issue, at, around);
    case "invalid_key": {
      const name = String(issue.path.at(-1));
      const reasons = issue.issues.map(inner => inner.message).join(", and ");
      return [{ path, problem: `expected a name: ${reasons}, got ${JSON.stringify(name)}`, remedy: nameRemedy(name, issue.issues) }];
    }
    case "invalid_element":
      return issue.issues.flatMap(inner => told(inner, { ...around, at }));
    case "invalid_type":
      return one(issue.input === undefined ? around.missing(path) : typeRemedy(issue.expected, issue.input));
    case "invalid_value":
      return one(issue.input === undefined ? around.missing(path) : valueRemedy(issue.input, issue.values));
    case "too_big":
      return one(boundRemedy(issue.input, issue.origin, "at most", issue.maximum));
    case "too_small":
      return one(boundRemedy(issue.input, issue.origin, "at least", issue.minimum));
    case "not_multiple_of":
      return one(`write ${issue.message}`);
    case "invalid_format":
      return one(formatRemedy(issue.format, issue.input, issue.message));
    case "custom":
      return one("change what does not fit");
  }
}

export function judge<S extends z.ZodType>(schema: S, input: unknown, options: JudgeOptions = {}): Judged<z.output<S>> {
  const { prefix = "", hidden = () => false, missing = path => `add "${path.split(".").at(-1)}"` } = options;
  const allowed = new Map<string, readonly string[]>();
  const parsed = schema.safeParse(input, { reportInput: true, error: raw => message(raw, allowed) });
  if (parsed.success) return { value: parsed.data, issues: [] };
  const secret = (at: Path): boolean => at.includes("secrets") || hidden(at);
  const issues = parsed.error.issues.flatMap(issue => told(issue, { at: [], secret, missing, allowed }));
  return { value: null, issues: issues.map(issue => ({ ...issue, path: `${prefix}${issue.path}` })) };
}
