/**
 * What a deploy of one plan does to a stack that stands as another says: made, updated, replaced or deleted, and because of which inputs.
 * A plan does not know what only a deploy knows. Such a value counts as changed where what it hangs on is made anew, else it is as it was.
 * That hides a change within a document that is built of such values, unless both plans were made with made-up answers (`known: true`).
 */
import { isMap } from "../../components/kernel/merge.ts";
import { keysOf, pathText } from "../../components/kernel/path.ts";
import { atOrBelow, type Inputs, leavesOf, type Path, valueAt } from "../../rehearsal/changes.ts";
import { hasRules, judge, unknownValue, type Verdict } from "../../rehearsal/rules.ts";
import type { Plan, PlannedOptions, PlannedResource } from "./model.ts";
import { pairsOf } from "./pairs.ts";
import { isSecret, isUnknown, type Producers, producersIn, producersShown } from "./producers.ts";
import { isStateful } from "./stateful.ts";

export interface Change {
  /** Of the newer plan; of the older one where it goes. */
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Where only protection changes, an update of `protect`: nothing that the cloud sees. */
  readonly op: "create" | "delete" | "update" | "replace";
  readonly changed: readonly string[];
  /** Of `changed`: those that replace. */
  readonly because: readonly string[];
  /** Of `because`: those that replace only where the worst is assumed. */
  readonly uncertain: readonly string[];
  /** Of `changed`: those the cloud refuses. */
  readonly refused: readonly string[];
  readonly stateful: boolean;
  readonly protectionLost: boolean;
  readonly protectionGained: boolean;
}

export interface DifferenceOptions {
  /** Both plans were made with made-up answers. */
  readonly known?: boolean;
}

/** What came of each resource so far, by today's URN. */
type Ops = ReadonlyMap<string, Change["op"] | "same">;

/** A resource of both plans. */
interface Kept {
  readonly was: PlannedResource;
  readonly is: PlannedResource;
  /** Inputs as they can be compared: what is not known is a text that says what it hangs on. */
  readonly before: Inputs;
  readonly after: Inputs;
}

/** Outputs that an update changes, by who reads them; every other output outlives an update. */
const movedByUpdate: Readonly<Record<string, RegExp>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": /(^|\.)launchTemplate(Specification)?\.version$/,
};

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

function hasMoved(urn: string, path: Path, ops: Ops): boolean {
  const op = ops.get(urn);
  return op === "create" || op === "replace" || (op === "update" && movedByUpdate[typeOf(urn)]?.test(pathText(path)) === true);
}

function comparable(value: unknown, today: (urn: string) => string): unknown {
  if (isUnknown(value)) return `<${value.from.map(today).toSorted().join(" ")}>`;
  if (isSecret(value)) return "<secret>";
  if (Array.isArray(value)) return value.map(member => comparable(member, today));
  return isMap(value) ? comparableMap(value, today) : value;
}

const comparableMap = (map: Inputs, today: (urn: string) => string): Inputs =>
  Object.fromEntries(Object.entries(map).map(([key, member]) => [key, comparable(member, today)]));

/** The newer inputs with `unknownValue` for all that a deploy will find anew. `guessed` is told where only what a property hangs on has changed. */
function deployed({ is, was, before, after }: Kept, ops: Ops, producers: Producers, guessed: (path: string) => void): Inputs {
  const lost = [...is.dependencies, ...was.dependencies].some(urn => ops.get(urn) === "replace");
  const seen = (shown: unknown, value: unknown, path: Path): unknown => {
    if (isSecret(shown)) return lost ? unknownValue : value;
    if (isUnknown(shown)) {
      if (shown.from.some(urn => hasMoved(urn, path, ops))) return unknownValue;
      if (valueAt(before, path) === value) return value;
      guessed(pathText(path));
      return unknownValue;
    }
    if (Array.isArray(shown))
      return shown.map((member, index) => seen(member, Array.isArray(value) ? value[index] : value, [...path, index]));
    if (isMap(shown) && isMap(value))
      return Object.fromEntries(Object.keys(shown).map(key => [key, seen(shown[key], value[key], [...path, key])]));
    const moved = is.dependencies.filter(urn => hasMoved(urn, path, ops));
    return moved.length > 0 && producers(shown, is).some(urn => moved.includes(urn)) ? unknownValue : value;
  };
  return Object.fromEntries(Object.keys(is.inputs).map(key => [key, seen(is.inputs[key], after[key], [key])]));
}

/** Without rules every change may replace. */
/** The provider's answer, and the program's own wish to have a change replace. */
function verdictOn(type: string, before: Inputs, after: Inputs, { ignoreChanges, replaceOnChanges }: PlannedOptions): Verdict {
  const verdict = ruledOn(type, before, after, ignoreChanges);
  const wished = verdict.changed.filter(path => replaceOnChanges.some(pattern => atOrBelow(keysOf(path), keysOf(pattern))));
  return wished.length === 0 ? verdict : { ...verdict, op: "replace", because: [...new Set([...verdict.because, ...wished])] };
}

function ruledOn(type: string, before: Inputs, after: Inputs, ignore: readonly string[]): Verdict {
  if (hasRules(type)) return judge(type, before, after, ignore);
  const changed = leavesOf(before, after)
    .filter(({ path }) => !ignore.some(pattern => atOrBelow(path, keysOf(pattern))))
    .map(({ path }) => pathText(path));
  return { op: changed.length > 0 ? "replace" : "same", changed, because: changed, uncertain: changed, refused: [] };
}

/** A new provider makes everything anew that lies under it. */
function judged(kept: Kept, ops: Ops, producers: Producers): Verdict {
  const { was, is, before } = kept;
  const guesses = new Set<string>();
  const after = deployed(kept, ops, producers, path => guesses.add(path));
  const found = verdictOn(is.type, before, after, is.options);
  const verdict = { ...found, uncertain: found.because.filter(path => found.uncertain.includes(path) || guesses.has(path)) };
  if (is.provider === null || was.provider === null || ops.get(is.provider) !== "replace") return verdict;
  return { ...verdict, op: "replace", changed: ["provider", ...verdict.changed], because: ["provider", ...verdict.because] };
}

/** Replacements spread along what hangs on them, until no more come. */
function verdictsOf(kept: readonly Kept[], created: readonly string[], producers: Producers): ReadonlyMap<string, Verdict> {
  const ops = new Map<string, Change["op"] | "same">(created.map(urn => [urn, "create"]));
  const verdicts = new Map<string, Verdict>();
  for (let turn = 0; turn <= kept.length; turn += 1) {
    let settled = true;
    for (const one of kept) {
      const verdict = judged(one, ops, producers);
      if (verdict.op !== (ops.get(one.is.urn) ?? "same")) settled = false;
      ops.set(one.is.urn, verdict.op);
      verdicts.set(one.is.urn, verdict);
    }
    if (settled) return verdicts;
  }
  throw new Error("the difference of two plans does not settle: resources hang on each other in a circle");
}

const unchanged = { changed: [], because: [], uncertain: [], refused: [], protectionLost: false, protectionGained: false };

const whole = (resource: PlannedResource, op: "create" | "delete"): Change => {
  const { urn, type, name } = resource;
  return { urn, type, name, op, ...unchanged, stateful: isStateful(resource) };
};

function changeOf({ was, is }: Kept, { op, ...verdict }: Verdict): readonly Change[] {
  const protectionLost = was.options.protect && !is.options.protect;
  const protectionGained = !was.options.protect && is.options.protect;
  const { urn, type, name } = is;
  const more = { stateful: isStateful(is), protectionLost, protectionGained };
  if (op !== "same") return [{ urn, type, name, op, ...verdict, ...more }];
  return protectionLost || protectionGained ? [{ urn, type, name, op: "update", ...verdict, changed: ["protect"], ...more }] : [];
}

/** Cloud resources alone; components follow what is in them. In the order of the newer plan, what goes last. */
export function difference(before: Plan, after: Plan, { known = false }: DifferenceOptions = {}): readonly Change[] {
  const { kept: pairs, gone, today } = pairsOf(before, after);
  const producers = known ? producersIn(after.resources.map(({ name }) => name)) : producersShown;
  const kept = pairs.flatMap(([was, is]): readonly Kept[] =>
    was === null || !is.custom ? [] : [{ was, is, before: comparableMap(was.inputs, today), after: comparableMap(is.inputs, today) }],
  );
  const created = pairs.flatMap(([was, is]) => (was === null && is.custom ? [is] : []));
  const verdicts = verdictsOf(
    kept,
    created.map(({ urn }) => urn),
    producers,
  );
  const verdictFor = new Map(kept.map(one => [one.is.urn, one]));
  const changes = after.resources.flatMap(({ urn }) => {
    const [one, verdict] = [verdictFor.get(urn), verdicts.get(urn)];
    return one === undefined || verdict === undefined ? [] : changeOf(one, verdict);
  });
  return [
    ...created.map(resource => whole(resource, "create")),
    ...changes,
    ...gone.filter(({ custom }) => custom).map(resource => whole(resource, "delete")),
  ];
}
