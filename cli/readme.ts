/** The generated parts of the README: a real plan, shortened, who reaches whom in it on each cloud, and the parity table. */
import { flowReport } from "./flowReport.ts";
import { shortParity } from "./parity.ts";
import type { Plan } from "./planner/model.ts";
import { flowsText } from "./render/flows.ts";
import { paintFor } from "./render/paper.ts";
import { planText } from "./render/text.ts";

/** Marks what is between the lines that were left out. */
export const gap = "…";

/** Lines from the first that matches up to the next empty one, at most `most` of them. */
function block(lines: readonly string[], first: RegExp, most = Number.POSITIVE_INFINITY): readonly string[] {
  const start = lines.findIndex(line => first.test(line));
  if (start === -1) return [];
  const end = lines.indexOf("", start);
  const all = lines.slice(start, end === -1 ? undefined : end);
  return all.length > most ? [...all.slice(0, most), `  ${gap}`] : all;
}

/** The head, one component of three kinds, the sizes and the first flows. */
export function shortPlan(plan: Plan): string {
  const lines = planText(plan, paintFor({ isTTY: false }), false).split("\n");
  const component = (kind: string): readonly string[] => block(lines, new RegExp(`^\\S+  ${kind}, \\d+$`));
  const parts = [
    lines.slice(0, lines.indexOf("")),
    component("Network"),
    [gap],
    component("Database"),
    [gap],
    component("Group"),
    [gap],
    block(lines, /^Sizes$/),
    block(lines, /^Flows \(\d+\)$/, 9),
  ];
  return parts
    .filter(part => part.length > 0)
    .map(part => part.join("\n"))
    .join("\n\n");
}

/** What stands between `<!-- name -->` and `<!-- /name -->`, replaced. */
function filled(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the README has no ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n${content}\n${text.slice(to)}`;
}

/** Who reaches whom on each cloud, without the lines that say the same every time. */
const shortFlows = (plans: readonly Plan[]): string =>
  plans
    .map(plan => flowsText(flowReport(plan), paintFor({ isTTY: false })).split("\n"))
    .map(([title = "", ...lines]) => [title, ...lines.slice(lines.indexOf(""))].join("\n").trimEnd())
    .join("\n\n");

const fenced = (content: string): string => `\n\`\`\`\n${content}\n\`\`\`\n`;

/** The README with what is generated in it renewed: from the default stack's plan, and those of its system on each cloud. */
export function renewed(text: string, plan: Plan, everywhere: readonly Plan[]): string {
  const parts = { plan: fenced(shortPlan(plan)), flows: fenced(shortFlows(everywhere)), parity: `\n${shortParity()}\n` };
  return Object.entries(parts).reduce((made, [name, content]) => filled(made, name, content), text);
}
