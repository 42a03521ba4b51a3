/** A plan as a page that a person reads at a glance. */
import type { SizeLine } from "../../stacks/spec.ts";
import type { Plan, PlannedFlow } from "../planner/model.ts";
import { summary } from "./counts.ts";
import { bullets, heading, type Paint, table, width, wrapped } from "./paper.ts";
import { tree } from "./tree.ts";

const by = { literal: "as named", ladder: "house step", table: "cheapest that fits" } as const;

function sizeRow({ path, asked, choice }: SizeLine): string[] {
  const over = choice.overshoot === "+0 vCPU, +0 GiB" ? "exact" : choice.overshoot;
  const price = choice.usdPerHour === null ? [] : [`$${choice.usdPerHour}/h`];
  const least = asked.startsWith(`${choice.class} `) ? asked.slice(choice.class.length + 1) : asked;
  return [path, least, choice.class, [by[choice.by], over, ...price].join(", ")];
}

/** What else could have been chosen, and why it was not. */
const passedOver = ({ path, choice: { runnerUp, rejected } }: SizeLine): string =>
  `${path}: ${[...(runnerUp === null ? [] : [`next ${runnerUp}`]), ...rejected].join("; ")}`;

function sizeLines(sizes: readonly SizeLine[], paint: Paint, full: boolean): string[] {
  if (sizes.length === 0) return [];
  const rejected = sizes.filter(({ choice }) => choice.runnerUp !== null || choice.rejected.length > 0);
  const others = full && rejected.length > 0 ? [...heading("Sizes passed over", paint), ...bullets(rejected.map(passedOver))] : [];
  return [...table(["for", "asked", "chosen", "why"], sizes.map(sizeRow), paint, [1, 3]), ...others];
}

function flowTable(flows: readonly PlannedFlow[], paint: Paint): string[] {
  const rows = flows.map(({ from, to, protocol, ports, rules }) => [
    from,
    to,
    ports === "" ? protocol : `${protocol} ${ports}`,
    String(rules.length),
  ]);
  return table(["from", "to", "may use", "rules"], rows, paint);
}

/** A section, or nothing where there is nothing to say. */
const section = (title: string, lines: readonly string[], paint: Paint): string[] =>
  lines.length === 0 ? [] : [...heading(title, paint), ...lines];

function flowSections({ flows, waiting }: Plan, paint: Paint): string[] {
  const here = flows.filter(({ place }) => place === "primary");
  const there = flows.filter(({ place }) => place === "secondary");
  const waits = waiting.map(({ from, to, ports, waitsFor }) => `${from} to ${to}${ports === "" ? "" : ` ${ports}`}: waits for ${waitsFor}`);
  return [
    ...(here.length === 0 ? [] : section(`Flows (${here.length})`, flowTable(here, paint), paint)),
    ...(there.length === 0 ? [] : section(`Flows in the second region (${there.length})`, flowTable(there, paint), paint)),
    ...section("Flows whose peer is not there yet", bullets(waits), paint),
  ];
}

export function planText(plan: Plan, paint: Paint, full: boolean): string {
  const { system, environment, cloud, region, secondaryRegion, sizes, notes, ties, placeholders, preflight, suppliedSecrets } = plan;
  const place = secondaryRegion === null ? region : `${region}, second region ${secondaryRegion}`;
  return [
    paint.bold(`${system} · ${environment} · ${cloud} · ${place}`),
    ...wrapped(summary(plan), width),
    paint.dim("Nothing was touched: this is what a deploy would make. * is protected against deletion."),
    ...tree(plan, paint, full),
    ...section("Sizes", sizeLines(sizes, paint, full), paint),
    ...flowSections(plan, paint),
    ...section("Notes", bullets(notes.map(({ path, text }) => `${path}: ${text}`)), paint),
    ...section(`Ties to ${cloud}`, bullets(ties), paint),
    ...section("Secrets that a deploy must be given", bullets(suppliedSecrets), paint),
    ...section("Placeholders in this plan, refused by a deploy", bullets(placeholders), paint),
    ...section("Before the first deploy", bullets(preflight), paint),
    "",
  ].join("\n");
}
