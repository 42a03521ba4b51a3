/** What a layer un-said takes its flows and grants along: they fall away with a note instead of naming nobody. */
import type { Note } from "../components/kernel/findings.ts";
import { isMap, member, type Plain } from "../components/kernel/merge.ts";
import { pathText } from "../components/kernel/path.ts";

const namesOf = (platform: Plain, ...path: readonly string[]): readonly string[] => {
  const members = path.reduce<unknown>(member, platform);
  return isMap(members) ? Object.keys(members) : [];
};

/** A word by which flows or grants name a member, and the path of that member. */
type Named = readonly (readonly [word: string, path: string])[];

const named = (platform: Plain, path: readonly string[], word: (name: string) => string): Named =>
  namesOf(platform, ...path).map(name => [word(name), pathText([...path, name])]);

const peersOf = (platform: Plain): Named => ["roles", "databases", "caches"].flatMap(concept => named(platform, [concept], name => name));

/** Everything a grant may be on, in the words of a grant. */
const thingsOf = (platform: Plain): Named => [
  ...named(platform, ["buckets"], name => `bucket:${name}`),
  ...named(platform, ["keys"], name => `key:${name}`),
  ...named(platform, ["databases"], name => `database:${name}`),
  ...[["secrets", "values"], ["databases"], ["caches"]].flatMap(path => named(platform, path, name => `secret:${name}`)),
];

/** What some layer had and the last one has no more: path by word. */
type Lost = ReadonlyMap<string, string>;
const lostOf = (steps: readonly Plain[], platform: Plain, names: (platform: Plain) => Named): Lost => {
  const present = new Map(names(platform));
  return new Map(steps.flatMap(names).filter(([word]) => !present.has(word)));
};

/** One side of a flow without the peers that are lost, and the paths of these; null where it is not a list, which the schema will say better. */
const side = (
  flow: unknown,
  key: "from" | "to",
  lost: Lost,
): { readonly kept: readonly unknown[]; readonly left: readonly string[] } | null => {
  const peers = member(flow, key);
  if (!Array.isArray(peers)) return null;
  const pathOf = (peer: unknown): string | undefined => (typeof peer === "string" ? lost.get(peer) : undefined);
  return { kept: peers.filter(peer => pathOf(peer) === undefined), left: peers.flatMap(peer => pathOf(peer) ?? []) };
};

/** What one lost member leaves behind, as its note says it. */
interface Left {
  readonly shorter: string[];
  readonly flows: string[];
  readonly grants: string[];
}

/** Gathers what is left behind by the path of the member that is lost: one note for each. */
class Leftovers {
  readonly #by = new Map<string, Left>();

  of(path: string): Left {
    const left = this.#by.get(path) ?? { shorter: [], flows: [], grants: [] };
    this.#by.set(path, left);
    return left;
  }

  notes(): readonly Note[] {
    const said = (words: string, names: readonly string[]) => (names.length === 0 ? [] : [`${words}: ${names.join(", ")}`]);
    return [...this.#by].map(([path, { shorter, flows, grants }]) => ({
      path,
      text: [
        "un-said by a layer",
        ...said("flows that go on without it", shorter),
        ...said("flows that fall away", flows),
        ...said("grants that fall away", grants),
      ].join("; "),
    }));
  }
}

function flowsKept(flows: Plain, lost: Lost, leftovers: Leftovers): Plain {
  return Object.fromEntries(
    Object.entries(flows).flatMap(([name, flow]): readonly (readonly [string, unknown])[] => {
      const [from, to] = [side(flow, "from", lost), side(flow, "to", lost)];
      const left = new Set([...(from?.left ?? []), ...(to?.left ?? [])]);
      if (!isMap(flow) || from === null || to === null || left.size === 0) return [[name, flow]];
      const empty = from.kept.length === 0 || to.kept.length === 0;
      for (const path of left) leftovers.of(path)[empty ? "flows" : "shorter"].push(name);
      return empty ? [] : [[name, { ...flow, from: from.kept, to: to.kept }]];
    }),
  );
}

function grantsKept(grants: Plain, peers: Lost, things: Lost, leftovers: Leftovers): Plain {
  const pathOf = (word: unknown, lost: Lost): string | undefined => (typeof word === "string" ? lost.get(word) : undefined);
  return Object.fromEntries(
    Object.entries(grants).filter(([name, grant]) => {
      const path = pathOf(member(grant, "to"), peers) ?? pathOf(member(grant, "on"), things);
      if (path !== undefined) leftovers.of(path).grants.push(name);
      return path === undefined;
    }),
  );
}

const nullsIn = (patch: unknown, path: readonly string[]): readonly (readonly string[])[] => {
  if (patch === null) return [path];
  return isMap(patch) ? Object.entries(patch).flatMap(([key, value]) => nullsIn(value, [...path, key])) : [];
};

const saysAt = (patch: Plain, path: readonly string[]): boolean => {
  const value = path.reduce<unknown>(member, patch);
  return value !== undefined && value !== null;
};

/** Nulls that un-say nothing any layer of the file says: most often meant as `off`. */
export const idleNulls = (layers: readonly Plain[], everyLayer: readonly Plain[]): readonly Note[] => {
  const idle = layers.flatMap(patch => nullsIn(patch, [])).filter(path => !everyLayer.some(patch => saysAt(patch, path)));
  const text = "null un-says what another layer said, and none says this; what can be turned off takes the word off";
  return [...new Set(idle.map(pathText))].map(path => ({ path, text }));
};

/** The platform without the flows and grants of what its layers un-said. `steps` are the platform after each layer. */
export function withoutUnsaid(steps: readonly Plain[]): { readonly platform: Plain; readonly notes: readonly Note[] } {
  const platform = steps.at(-1) ?? {};
  const peers = lostOf(steps, platform, peersOf);
  const things = lostOf(steps, platform, thingsOf);
  const leftovers = new Leftovers();
  const { access, grants } = platform;
  const flows = member(access, "flows");
  return {
    platform: {
      ...platform,
      ...(isMap(access) && isMap(flows) ? { access: { ...access, flows: flowsKept(flows, peers, leftovers) } } : {}),
      ...(isMap(grants) ? { grants: grantsKept(grants, peers, things, leftovers) } : {}),
    },
    notes: leftovers.notes(),
  };
}
