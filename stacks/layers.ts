/** The platform of one stack: its layers merged, then judged once. Pure; issues are returned, so that later ones can join them. */
import type { Issue, Note } from "../components/kernel/findings.ts";
import { judge } from "../components/kernel/judge.ts";
import { isMap, member, mergePatch, type Plain } from "../components/kernel/merge.ts";
import { nearest } from "../components/kernel/nearest.ts";
import { keysOf } from "../components/kernel/path.ts";
import { type Choice, everyPatch, lastSaid, layersOf, merged, strangeLayers, tiesOf, whole } from "./layering.ts";
import { PlatformArgs } from "./platform.ts";
import { LayerArgs } from "./source.ts";
import { idleNulls, withoutUnsaid } from "./unsaid.ts";

export interface Described {
  /** Null when there is an issue. */
  readonly args: PlatformArgs | null;
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
  /** Where the schema refuses something within single members: the platform without it, so that the others are judged in the same go. */
  readonly mended: PlatformArgs | null;
  /** Of the issues found in the mended platform, those that do not come from the mending. */
  readonly unmended: (found: readonly Issue[]) => readonly Issue[];
  /** Paths set by one cloud's patches: what ties the platform to it. */
  readonly ties: readonly string[];
  /** `stacks/systems/x.yaml:12:5`: where a path of the platform such as `roles.api.count` was last said; null where nobody said it. */
  readonly where: (path: string) => string | null;
  /** Issues with the place they come from in front of their path, where that is a path of the platform. */
  readonly located: (issues: readonly Issue[]) => readonly Issue[];
}

const concepts = ["roles", "databases", "caches", "buckets", "keys"];

function namesIn(platform: Plain, concept: string): readonly string[] {
  const members = member(platform, concept);
  return isMap(members) ? Object.keys(members) : [];
}

/** An override that names nobody makes a new member: said out loud, since it may be a slip of the pen. */
function newcomers(before: Plain, after: Plain): readonly Note[] {
  return concepts.flatMap(concept => {
    const known = namesIn(before, concept);
    const fresh = namesIn(after, concept).filter(name => !known.includes(name));
    return fresh.map(name => {
      const near = nearest(name, known);
      return {
        path: `strata:overrides.${concept}.${name}`,
        text: `adds a member that the file does not have${near === null ? "" : `; was "${near}" meant?`}`,
      };
    });
  });
}

/** The concept and the member that a path lies in. */
const memberOf = (path: string): string => keysOf(path).slice(0, 2).join(".");

/** What lies in the network decides over everything else, so a refused network leaves nothing to judge. */
function mendedOf(platform: Plain, issues: readonly Issue[]): PlatformArgs | null {
  const paths = issues.map(({ path }) => keysOf(path));
  if (paths.some(([concept, ...inner]) => inner.length < 2 || concept === "network")) return null;
  const unsaid = (keys: readonly string[]): unknown => keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), null);
  return judge(
    PlatformArgs,
    paths.reduce<unknown>((rest, path) => mergePatch(rest, unsaid(path), whole), platform),
  ).value;
}

export function platformOf(choice: Choice): Described {
  const strange = [...strangeLayers(choice), ...judge(LayerArgs, choice.overrides, { prefix: "strata:overrides." }).issues];
  const layers = layersOf(choice);
  const steps = merged(layers);
  const { platform, notes } = withoutUnsaid(steps);
  const ofFile = steps[layers.filter(({ at }) => at !== null).length - 1] ?? {};
  const idle = idleNulls(
    layers.map(({ patch }) => patch),
    [...everyPatch(choice.source), choice.overrides],
  );
  const { value, issues } = judge(PlatformArgs, platform, { hidden: at => at.at(-1) === "password" });
  const where = (path: string): string | null => lastSaid(choice.source, layers, keysOf(path));
  const located = (found: readonly Issue[]): readonly Issue[] =>
    found.map(issue => {
      const place = where(issue.path);
      return place === null ? issue : { ...issue, path: `${place} ${issue.path}` };
    });
  const all = [...strange, ...located(issues)];
  const touched = issues.map(({ path }) => memberOf(path));
  return {
    args: all.length === 0 ? value : null,
    notes: [...notes, ...idle, ...newcomers(ofFile, steps.at(-1) ?? {})],
    issues: all,
    mended: strange.length > 0 || issues.length === 0 ? null : mendedOf(platform, issues),
    unmended: found => found.filter(({ path }) => !touched.includes(memberOf(path)) && keysOf(path)[0] !== "network"),
    ties: tiesOf(layers),
    where,
    located,
  };
}
