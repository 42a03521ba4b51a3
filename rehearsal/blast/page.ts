/** The table of what each key costs to change, as a page of the documentation. */
import type { Change } from "../../cli/planner/difference.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import type { Outcome } from "../blast.ts";

/** `rds.Instance` of `aws:rds/instance:Instance`, `network.Subnet` of `azure-native:network:Subnet`. */
function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.split("/")[0]}.${name === "" ? type : name}`;
}

/** `settings.ipConfiguration` of `settings[0].ipConfiguration`: places in lists say nothing here. */
const shortPath = (path: string): string => path.replaceAll(/\[\d+\]/g, "");

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();

function whatOf(type: string, changes: readonly Change[]): string {
  const star = changes.some(({ stateful }) => stateful) ? "\\*" : "";
  const because = unique(changes.flatMap(change => change.because).map(shortPath));
  const doubt = changes.some(({ uncertain }) => uncertain.length > 0) ? "?" : "";
  return `${shortType(type)}${star}${because.length === 0 ? "" : ` (${because.join(", ")}${doubt})`}`;
}

const verbs = [
  ["replace", "**replaces**"],
  ["delete", "**deletes**"],
  ["update", "updates"],
  ["create", "adds"],
] as const;

/** What a change of one key does on one cloud, over all fixtures that took it. */
function cellOf(outcomes: readonly Outcome[]): string {
  const taken = outcomes.filter(({ outcome }) => outcome !== "refused");
  if (outcomes.length === 0) return "–";
  if (taken.length === 0) return "refused";
  const changes = taken.flatMap(outcome => outcome.changes);
  const lines = verbs.flatMap(([op, verb]) => {
    const types = Map.groupBy(
      changes.filter(change => change.op === op),
      ({ type }) => type,
    );
    const told = unique([...types].map(([type, same]) => whatOf(type, same)));
    return told.length === 0 ? [] : [`${verb} ${told.join(", ")}`];
  });
  const refused = unique(
    changes
      .filter(({ op }) => op === "update")
      .flatMap(({ type, refused: paths }) => paths.map(path => `${shortType(type)} (${shortPath(path)})`)),
  );
  const refusal = refused.length === 0 ? [] : [`the cloud **refuses** ${refused.join(", ")}`];
  return lines.length === 0 ? "nothing" : [...refusal, ...lines].join("; ");
}

export type Cells = Readonly<Record<string, string>>;

/** One column of the table, by key. */
export function cellsOf(outcomes: readonly Outcome[]): Cells {
  const byKey = Map.groupBy(outcomes, ({ key }) => key);
  return Object.fromEntries([...byKey].map(([key, same]) => [key, cellOf(same)]));
}

const intro = [
  "# Blast radius",
  "",
  "What a change of each key does to a live stack, written by `npm run docs -- --all`; a test compares it with the program.",
  "Each key is changed once on the largest shipped system of a cloud and on `stacks/examples/minimal.yaml`, in prod, and where those have no place",
  "for it on `rehearsal/fixtures/everything.yaml`. The plans before and after are compared by `rehearsal/rules`; a row shows all that came of it.",
  "",
  "`*`: holds data, or is kept by others in their settings; protected in prod, so that a preview refuses to replace or delete it until `strata:unlock`",
  "names the role or part. In brackets the inputs that replace; `?`: no source says what they do, so the worst is assumed.",
  "`nothing`: no resource changes. `refused`: the values tried are refused before anything is made. `–`: nowhere to say it on this cloud.",
  "",
  "What it cannot show: another value of the same key may do more or less (a lower version replaces where a higher one updates); how long an update",
  "takes and whether it interrupts; what a cloud refuses although its provider would try; replacements that a provider's default brings about;",
  "tags and labels that a provider itself puts on everything it made: there only the provider is seen to change.",
];

const textOf = (cell: string): string => cell.replaceAll("|", "\\|");

/** Sections by the first word of the key, keys in the order of the schema. */
export function blastPage(columns: Readonly<Record<Cloud, Cells>>): string {
  const keys = [...new Set(clouds.flatMap(cloud => Object.keys(columns[cloud])))];
  const sections = Map.groupBy(keys, key => key.split(/[. ]/)[0] ?? "");
  const tables = [...sections].flatMap(([section, own]) => [
    "",
    `## ${section}`,
    "",
    `| key | ${clouds.join(" | ")} |`,
    `| --- | ${clouds.map(() => "---").join(" | ")} |`,
    ...own.map(key => `| \`${key}\` | ${clouds.map(cloud => textOf(columns[cloud][key] ?? "–")).join(" | ")} |`),
  ]);
  return [...intro, ...tables, ""].join("\n");
}

/** One column of a page as it stands, by key; a cell without anything to say is left out. */
export function columnIn(page: string, cloud: Cloud): Cells {
  const rows = page.split("\n").filter(line => line.startsWith("| `"));
  return Object.fromEntries(
    rows.flatMap(row => {
      const cells = row.split(/(?<!\\)\|/).map(cell => cell.trim());
      const [key, text] = [cells[1]?.replaceAll("`", "") ?? "", cells[2 + clouds.indexOf(cloud)] ?? "–"];
      return text === "–" ? [] : [[key, text.replaceAll("\\|", "|")]];
    }),
  );
}
