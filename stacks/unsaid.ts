/** What a layer un-said takes its flows and grants along: they fall away with a note instead of naming nobody. */
import type { Note } from "../components/kernel/findings.ts";
import { isMap, member, type Plain } from "../components/kernel/merge.ts";
import { pathText } from "../components/kernel/path.ts";

const peerConcepts = ["roles", "databases", "caches"] as const;

const namesOf = (platform: Plain, ...path: readonly string[]): readonly string[] => {
  const members = path.reduce<unknown>(member, platform);
  return isMap(members) ? Object.keys(members) : [];
};

const peersOf = (platform: Plain): readonly string[] => peerConcepts.flatMap(concept => namesOf(platform, concept));

/** Everything a grant may be on, in the words of a grant. */
const thingsOf = (platform: Plain): readonly string[] => [
  ...namesOf(platform, "buckets").map(name => `bucket:${name}`),
  ...namesOf(platform, "keys").map(name => `key:${name}`),
  ...[...namesOf(platform, "secrets", "values"), ...namesOf(platform, "databases"), ...namesOf(platform, "caches")].map(
    name => `secret:${name}`,
  ),
];

/** Names that some layer had and the last one has no more. */
const gone = (steps: readonly Plain[], platform: Plain, names: (platform: Plain) => readonly string[]): ReadonlySet<string> => {
  const present = new Set(names(platform));
  return new Set(steps.flatMap(names).filter(name => !present.has(name)));
};

/** One side of a flow without the peers that are gone; null where it is not a list, which the schema will say better. */
const side = (
  flow: unknown,
  key: "from" | "to",
  lost: ReadonlySet<string>,
): { readonly kept: readonly unknown[]; readonly left: readonly string[] } | null => {
  const peers = member(flow, key);
  if (!Array.isArray(peers)) return null;
  const left = peers.filter(peer => typeof peer === "string" && lost.has(peer)).map(String);
  return { kept: peers.filter(peer => !left.includes(String(peer))), left };
};

function flowsKept(flows: Plain, lost: ReadonlySet<string>, notes: Note[]): Plain {
  return Object.fromEntries(
    Object.entries(flows).flatMap(([name, flow]): readonly (readonly [string, unknown])[] => {
      const [from, to] = [side(flow, "from", lost), side(flow, "to", lost)];
      const left = [...(from?.left ?? []), ...(to?.left ?? [])];
      if (!isMap(flow) || from === null || to === null || left.length === 0) return [[name, flow]];
      const path = pathText(["access", "flows", name]);
      const empty = from.kept.length === 0 || to.kept.length === 0;
      notes.push({
        path,
        text: `${[...new Set(left)].join(", ")}: un-said by a layer; the flow ${empty ? "falls away" : "goes on without"}`,
      });
      return empty ? [] : [[name, { ...flow, from: from.kept, to: to.kept }]];
    }),
  );
}

function grantsKept(grants: Plain, peers: ReadonlySet<string>, things: ReadonlySet<string>, notes: Note[]): Plain {
  const lost = (grant: unknown): string | undefined => {
    const [to, on] = [member(grant, "to"), member(grant, "on")];
    if (typeof to === "string" && peers.has(to)) return to;
    return typeof on === "string" && things.has(on) ? on : undefined;
  };
  return Object.fromEntries(
    Object.entries(grants).filter(([name, grant]) => {
      const missing = lost(grant);
      if (missing !== undefined)
        notes.push({ path: pathText(["grants", name]), text: `${missing}: un-said by a layer; the grant falls away` });
      return missing === undefined;
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
  const peers = gone(steps, platform, peersOf);
  const things = gone(steps, platform, thingsOf);
  const notes: Note[] = [];
  const { access, grants } = platform;
  const flows = member(access, "flows");
  return {
    platform: {
      ...platform,
      ...(isMap(access) && isMap(flows) ? { access: { ...access, flows: flowsKept(flows, peers, notes) } } : {}),
      ...(isMap(grants) ? { grants: grantsKept(grants, peers, things, notes) } : {}),
    },
    notes,
  };
}
