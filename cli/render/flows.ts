/** Who reaches whom, as a page, or as a Mermaid flowchart for a document. */
import Table from "cli-table3";
import type { Reach } from "../../reach/model.ts";
import type { FlowReport } from "../flowReport.ts";
import { portsText, wayText } from "../planner/ways.ts";
import { bullets, heading, type Paint, width, wrapped } from "./paper.ts";

type Mark = "open" | "extra" | "missing";
interface Marked {
  readonly way: Reach;
  readonly mark: Mark;
}

/** Ports that nobody decided carry `+`, those that are closed although decided `-`. */
const signs = { open: "", extra: "+", missing: "-" } satisfies Record<Mark, string>;

const key = (way: Reach): string => wayText(way);

/** Runs of ports that are partly undecided stand twice: as open, and as what is too much. */
function markedOf({ reaches, extra, missing }: FlowReport): readonly Marked[] {
  const tooMuch = new Set(extra.map(key));
  return [
    ...reaches.filter(way => !tooMuch.has(key(way))).map((way): Marked => ({ way, mark: "open" })),
    ...extra.map((way): Marked => ({ way, mark: "extra" })),
    ...missing.map((way): Marked => ({ way, mark: "missing" })),
  ];
}

const textOf = ({ way, mark }: Marked): string => `${signs[mark]}${portsText(way)}`;

/** Members first, then what lies outside, each by name. */
const outside = (end: string): number => (end === "internet" ? 2 : /[.:]\d*.*\//.test(end) ? 1 : 0);
const ordered = (ends: readonly string[]): readonly string[] =>
  [...new Set(ends)].toSorted((a, b) => outside(a) - outside(b) || (a < b ? -1 : 1));

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(text => text.length));

/** As many columns side by side as the page holds; the rest follow below under the same rows. */
function blocks(columns: readonly { readonly to: string; readonly needed: number }[], room: number): readonly (readonly string[])[] {
  const made: string[][] = [];
  let left = 0;
  for (const { to, needed } of columns) {
    const block = made.at(-1);
    if (block === undefined || needed > left) {
      made.push([to]);
      left = room - needed;
    } else {
      block.push(to);
      left -= needed;
    }
  }
  return made;
}

const frame = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "─", "mid-mid": "─", right: "", "right-mid": "", middle: " " },
};

function matrix(marked: readonly Marked[], paint: Paint): string[] {
  const cells = Map.groupBy(marked, ({ way }) => JSON.stringify([way.from, way.to]));
  const cell = (from: string, to: string): readonly Marked[] => cells.get(JSON.stringify([from, to])) ?? [];
  const rows = ordered(marked.map(({ way }) => way.from));
  const painted = (each: Marked): string => (each.mark === "open" ? textOf(each) : paint.red(textOf(each)));
  const columns = ordered(marked.map(({ way }) => way.to)).map(to => ({
    to,
    needed: longest([to, ...rows.flatMap(from => cell(from, to).map(textOf))]) + 2,
  }));
  return blocks(columns, width - longest(rows) - 4).flatMap((block, index) => {
    const filled = rows.filter(from => block.some(to => cell(from, to).length > 0));
    const grid = new Table({ chars: frame, style: { head: [], border: [], "padding-left": 0, "padding-right": 1 } });
    grid.push(
      ["", ...block.map(to => paint.dim(to))],
      ...filled.map(from => [from, ...block.map(to => cell(from, to).map(painted).join("\n"))]),
    );
    const lines = grid.toString().split("\n");
    return [...(index === 0 ? [] : [""]), ...lines.map(line => `  ${line.trimEnd()}`)];
  });
}

const withCause = (ways: readonly Reach[], cause: string): readonly string[] =>
  ways.map(way => `${wayText(way)}${way.through.length === 0 ? "" : `: ${cause} ${way.through.join(", ")}`}`);

const section = (title: string, lines: readonly string[], paint: Paint): string[] =>
  lines.length === 0 ? [] : [...heading(title, paint), ...bullets(lines)];

export function flowsText(report: FlowReport, paint: Paint): string {
  const { system, environment, cloud, exposures, missing, extra } = report;
  const marked = markedOf(report);
  const there = marked.filter(({ way }) => way.place === "secondary");
  const here = marked.filter(({ way }) => way.place === "primary");
  const differ = [...missing, ...extra].length > 0;
  return [
    paint.bold(`${system} · ${environment} · ${cloud}`),
    ...wrapped("Who opens connections (rows) to whom (columns), read from the planned rules, routes and addresses.", width),
    ...(differ ? [paint.dim("+ is open and was not decided, - was decided and is closed.")] : []),
    "",
    ...(here.length === 0 ? ["  Nobody reaches anybody."] : matrix(here, paint)),
    ...(there.length === 0 ? [] : [...heading("In the second region", paint), ...matrix(there, paint)]),
    ...section(`Open, yet not decided (${extra.length})`, withCause(extra, "let through by"), paint),
    ...section(`Decided, yet closed (${missing.length})`, withCause(missing, "despite"), paint),
    ...section(
      `Exposed (${exposures.length})`,
      exposures.map(({ resource, what }) => `${resource}: ${what}`),
      paint,
    ),
    "",
  ].join("\n");
}

/** Thick arrows are too much, dotted ones are closed. */
const arrows = { open: "-->", extra: "==>", missing: "-.->" } satisfies Record<Mark, string>;

export function flowsMermaid(report: FlowReport): string {
  const marked = markedOf(report);
  const titleOf = ({ way }: Marked, end: string): string => (way.place === "secondary" ? `${end}, second region` : end);
  const ids = new Map(
    ordered(marked.flatMap(each => [titleOf(each, each.way.from), titleOf(each, each.way.to)])).map((end, index) => [end, `n${index}`]),
  );
  const edges = Map.groupBy(
    marked,
    each => `${ids.get(titleOf(each, each.way.from))} ${arrows[each.mark]}|PORTS| ${ids.get(titleOf(each, each.way.to))}`,
  );
  return [
    "flowchart LR",
    ...[...ids].map(([end, id]) => `  ${id}["${end}"]`),
    ...[...edges].map(([edge, ways]) => `  ${edge.replace("PORTS", `"${ways.map(({ way }) => portsText(way)).join(", ")}"`)}`),
    "",
  ].join("\n");
}
