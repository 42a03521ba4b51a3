/** What each cloud does with each argument, written from the clouds' own limits: the page of the docs and the README's table. */
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import type { Support } from "../components/kernel/limits.ts";
import { isMap } from "../components/kernel/merge.ts";
import { factsOf } from "../providers/facts.ts";
import { argumentOf } from "./parityNames.ts";

const isSupport = (value: object): value is Support =>
  "is" in value && typeof value.is === "string" && ["native", "approximate", "absent"].includes(value.is);

type Found = readonly (readonly [path: string, support: Support])[];

/** Every argument a cloud has an opinion on, by its path among the limits. */
function supportsOf(value: unknown, path: readonly string[] = []): Found {
  if (!isMap(value)) return [];
  if (isSupport(value)) return [[path.filter(part => part !== "support").join("."), value]];
  return Object.entries(value).flatMap(([key, member]) => supportsOf(member, [...path, key]));
}

/** Operations a second are a matter of the cloud's own disk type; here they go by the kind a person asks for. */
function byKind(cloud: Cloud): Found {
  const { iops, storageKinds } = factsOf(cloud).limits.database;
  return Object.entries(storageKinds).flatMap(([kind, { type }]): Found => {
    const rule = iops[type];
    return rule === undefined ? [] : [[`database.iops.${kind}`, rule.support]];
  });
}

const opinionsOf = (cloud: Cloud): ReadonlyMap<string, Support> =>
  new Map([...supportsOf(factsOf(cloud).limits).filter(([path]) => !path.startsWith("database.iops.")), ...byKind(cloud)]);

export interface ParityRow {
  readonly concept: string;
  /** As a person writes it: `roles.*.rollback`, with what narrows it. */
  readonly argument: string;
  readonly by: Readonly<Partial<Record<Cloud, Support>>>;
}

/** One row an argument, by concept. */
export function parityRows(): readonly ParityRow[] {
  const opinions = clouds.map(cloud => [cloud, opinionsOf(cloud)] as const);
  const paths = [...new Set(opinions.flatMap(([, found]) => [...found.keys()]))];
  const rows = paths.map((path): ParityRow => {
    const said = opinions.map(([cloud, found]) => [cloud, found.get(path)] as const).filter(([, support]) => support !== undefined);
    return { concept: path.split(".")[0] ?? "", argument: argumentOf(path), by: Object.fromEntries(said) };
  });
  const key = ({ concept, argument }: ParityRow): string => `${concept} ${argument}`;
  return rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

const words = { native: "yes", approximate: "otherwise", absent: "no" } as const;
type Word = (typeof words)[keyof typeof words];
const wordOf = ({ by }: ParityRow, cloud: Cloud): Word => words[by[cloud]?.is ?? "native"];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map(row => `| ${row.join(" | ")} |`).join("\n");

const differing = (rows: readonly ParityRow[]): readonly ParityRow[] =>
  rows.filter(row => clouds.some(cloud => wordOf(row, cloud) !== "yes"));

const conceptsOf = (rows: readonly ParityRow[]): readonly [string, readonly ParityRow[]][] => [
  ...Map.groupBy(differing(rows), ({ concept }) => concept),
];

/** The README's table: a concept a row, and how many of its arguments a cloud meets otherwise or refuses. */
export function shortParity(): string {
  const count = (rows: readonly ParityRow[], cloud: Cloud, word: Word): string => {
    const same = rows.filter(row => wordOf(row, cloud) === word);
    return same.length === 0 ? "" : `${same.length} ${word}`;
  };
  const cell = (rows: readonly ParityRow[], cloud: Cloud): string =>
    [count(rows, cloud, "otherwise"), count(rows, cloud, "no")].filter(text => text !== "").join(", ") || "all native";
  return table(
    ["concept", ...clouds],
    conceptsOf(parityRows()).map(([concept, rows]) => [
      `[${concept}](docs/parity.md#${concept})`,
      ...clouds.map(cloud => cell(rows, cloud)),
    ]),
  );
}

/** Where a row was read; it may hold words after its address. */
export const sourceOf = (support: Support): string => (support.is === "native" ? "" : (support.source.split(" ")[0] ?? ""));

function explained({ argument, by }: ParityRow): readonly string[] {
  return clouds.flatMap(cloud => {
    const support = by[cloud];
    if (support === undefined || support.is === "native") return [];
    const said = support.is === "absent" ? `not offered: ${support.instead}` : support.how;
    return [`- ${argument} on ${cloud}: ${said} ([source](${sourceOf(support)}))`];
  });
}

/** The whole page: each concept's table, then every substitute with its source. */
export function fullParity(): string {
  const sections = conceptsOf(parityRows()).flatMap(([concept, rows]) => [
    `## ${concept}`,
    "",
    table(
      ["argument", ...clouds],
      rows.map(row => [row.argument, ...clouds.map(cloud => wordOf(row, cloud))]),
    ),
    "",
    ...rows.flatMap(explained),
    "",
  ]);
  return [
    "# Parity",
    "",
    "What each cloud does with each argument, written from `providers/*/facts/limits.ts` by `npm run docs`.",
    "`yes`: natively. `otherwise`: the wish is met another way, and the plan says how. `no`: the plan stops and names the substitute.",
    "Arguments that are not listed are native on all three.",
    "",
    ...sections,
  ].join("\n");
}
