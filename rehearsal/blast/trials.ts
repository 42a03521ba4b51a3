/** What is tried on a fixture: one change of every key that its platform has, one member more and one less of every map. */
import type { Assignment } from "../../cli/planner/config.ts";
import { isMap, type Plain } from "../../components/kernel/merge.ts";
import type { Decision } from "../../stacks/spec.ts";
import { valueAt } from "../changes.ts";
import { decided, type Fixture, platformIn } from "./fixtures.ts";
import { type Key, platformKeys } from "./keys.ts";
import { newcomers, removal } from "./members.ts";
import { otherValues } from "./values.ts";

export interface Trial {
  /** `roles.*.size.vcpu`; of a machine: `roles.*.size.vcpu (machine)`. A map: `buckets.* added`. */
  readonly key: string;
  readonly set: readonly Assignment[];
  /** `accepted`: the decision is another one. `idle`: it is the same. `refused`: every value that was tried. */
  readonly outcome: "accepted" | "idle" | "refused";
  /** Why the first value was refused; empty otherwise. */
  readonly reason: string;
}

/** A place in a platform where a key stands, with the names that its `*` are. */
interface Spot {
  readonly path: readonly string[];
  readonly names: readonly string[];
}

function spotsOf(pattern: readonly string[], value: unknown, at: Spot = { path: [], names: [] }): readonly Spot[] {
  const [head, ...rest] = pattern;
  if (head === undefined) return [at];
  if (!isMap(value)) return [];
  if (head !== "*") return spotsOf(rest, value[head] ?? {}, { ...at, path: [...at.path, head] });
  return Object.keys(value).flatMap(name => spotsOf(rest, value[name], { path: [...at.path, name], names: [...at.names, name] }));
}

/** Keys that one kind of role has and the other has not. */
const ofKind: Readonly<Record<string, readonly string[]>> = {
  group: ["count", "health", "scaling", "spotPercent", "rollback"],
  machine: ["instances", "zone", "address", "volumes", "snapshots"],
};

const shapes: Plain = { sharded: { kind: "sharded", shards: 3 }, replicated: { kind: "replicated", replicas: 1 } };

/** Values that mean something only together are set together. */
function assigned(platform: Plain, path: readonly string[], value: unknown): readonly Assignment[] {
  const [concept = "", name = "", part] = path;
  const key = path.at(-1) ?? "";
  const around = path.slice(0, -1);
  const now = asMap(valueAt(platform, around));
  if (around.at(-1) === "size") {
    const size = Object.keys(now).length > 0 ? now : asMap(valueAt(platform, [concept, name, "size"]));
    return [{ path: around, value: { ...size, [key]: value } }];
  }
  if (around.at(-1) === "countries") return [{ path: around, value: { action: "deny", codes: ["KP"], ...now, [key]: value } }];
  if (around.at(-1) === "retentionLock") return [{ path: around, value: { days: 7, ...now, [key]: value } }];
  if (concept === "caches" && part === "shape")
    return [{ path: around, value: key === "kind" ? shapes[String(value)] : { ...now, [key]: value } }];
  if (concept !== "roles" || part !== "kind") return [{ path, value }];
  const gone = ofKind[value === "group" ? "machine" : "group"] ?? [];
  return [{ path, value }, ...gone.map(other => ({ path: [...around, other], value: null }))];
}

const asMap = (value: unknown): Plain => (isMap(value) ? value : {});

/** One trial for groups and one for machines, where a role may be either. */
const kindOf = (platform: Plain, { path }: Spot): string =>
  path[0] === "roles" && valueAt(platform, ["roles", path[1] ?? "", "kind"]) === "machine" ? " (machine)" : "";

interface Ground {
  readonly fixture: Fixture;
  readonly platform: Plain;
  readonly decision: Decision;
  readonly spec: string;
}

/** The key belongs to the other kind of what stands there. */
const isForeign = (refused: string): boolean => / (roles|caches)\.[^ ]+: unknown key /.test(refused);

/** The first set of values that decides otherwise; else the first that is taken at all; else why the first is not. */
function firstAccepted({ fixture, spec }: Ground, key: string, sets: readonly (readonly Assignment[])[]): Trial | null {
  let idle: Trial | null = null;
  let refused: Trial | null = null;
  for (const set of sets.slice(0, 8)) {
    const decision = decided(fixture, set);
    if ("refused" in decision && isForeign(decision.refused)) continue;
    if ("refused" in decision) refused ??= { key, set, outcome: "refused", reason: decision.refused };
    else if (JSON.stringify(decision.spec) !== spec) return { key, set, outcome: "accepted", reason: "" };
    else idle ??= { key, set, outcome: "idle", reason: "" };
  }
  return idle ?? refused;
}

/** Keys where more and less are two things. */
const twoWays: readonly string[] = [
  "network.zones",
  "roles.*.instances",
  "roles.*.volumes.*.gib",
  "databases.*.version",
  "databases.*.storage.gib",
  "caches.*.version",
  "caches.*.usableGiB",
  "caches.*.shape.shards",
];

type Way = readonly [name: string, goes: (now: unknown, value: unknown) => boolean];
const anyWay: readonly Way[] = [["", () => true]];
const bothWays: readonly Way[] = [
  [" raised", (now, value) => now === undefined || Number(value) > Number(now)],
  [" lowered", (now, value) => Number(value) < Number(now)],
];

function changesOf(ground: Ground, key: Key): readonly Trial[] {
  const { fixture, platform, decision } = ground;
  const name = key.path.join(".");
  const kinds = [...Map.groupBy(spotsOf(key.path, platform), spot => kindOf(platform, spot))];
  return (twoWays.includes(name) ? bothWays : anyWay).flatMap(([way, goes]) =>
    kinds.flatMap(([kind, alike]) => {
      const sets = alike.slice(0, 2).flatMap(({ path, names }) => {
        const now = valueAt(platform, path);
        const values = otherValues(key, { cloud: fixture.cloud, platform, decision, names, now }).filter(value => goes(now, value));
        return values.slice(0, 4).map(value => assigned(platform, path, value));
      });
      const trial = firstAccepted(ground, `${name}${way}${kind}`, sets);
      return trial === null ? [] : [trial];
    }),
  );
}

/** One member more and one less of every place of a map. */
function membersOf(ground: Ground, { path: pattern }: Key): readonly Trial[] {
  const { platform } = ground;
  const key = pattern.join(".");
  return [...Map.groupBy(spotsOf(pattern, platform), spot => kindOf(platform, spot))].flatMap(([kind, spots]) => {
    const more = spots.flatMap(({ path }) =>
      (newcomers[key]?.(platform) ?? [])
        .filter(([name]) => valueAt(platform, [...path, name]) === undefined)
        .map(([name, value, ...beside]) => [{ path: [...path, name], value }, ...beside]),
    );
    const less = spots.flatMap(({ path }) => Object.keys(asMap(valueAt(platform, path))).map(name => removal(platform, [...path, name])));
    return [firstAccepted(ground, `${key}.*${kind} added`, more), firstAccepted(ground, `${key}.*${kind} removed`, less)].filter(
      trial => trial !== null,
    );
  });
}

const tried = new Map<Fixture, readonly Trial[]>();

/** In the order of the schema. */
export function trialsOn(fixture: Fixture): readonly Trial[] {
  const known = tried.get(fixture) ?? tryAll(fixture);
  tried.set(fixture, known);
  return known;
}

function tryAll(fixture: Fixture): readonly Trial[] {
  const decision = decided(fixture, []);
  if ("refused" in decision) throw new Error(`${fixture.system} on ${fixture.cloud} is refused: ${decision.refused}`);
  const ground: Ground = { fixture, platform: platformIn(fixture), decision, spec: JSON.stringify(decision.spec) };
  return platformKeys.flatMap(key => (key.map ? membersOf(ground, key) : changesOf(ground, key)));
}
