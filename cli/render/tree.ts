/** What would exist: each component, then its resources. */
import type { Plan, PlannedResource } from "../planner/model.ts";
import { shortClass, shortName, shortType } from "./names.ts";
import { cut, hanging, type Paint, width, wrapped } from "./paper.ts";

const typeColumn = 38;
const indent = 2 + typeColumn + 5;
/** Lines of names under one type before the rest is only counted. */
const maxLines = 2;

const isPlainText = (value: unknown): boolean => typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** Inputs that a person reads at a glance: plain and short. */
const glance = (inputs: PlannedResource["inputs"]): string =>
  Object.entries(inputs)
    .filter(([key, value]) => isPlainText(value) && key !== "name" && String(value).length <= 32 && !String(value).includes("\n"))
    .map(([key, value]) => `${key}=${value}`)
    .join("  ");

/** One line a type, with the names that fit. */
function grouped(resources: readonly PlannedResource[], component: string, paint: Paint): string[] {
  return [...Map.groupBy(resources, ({ type }) => type)].flatMap(([type, same]) => {
    const names = same.map(({ name, options }) => `${shortName(name, component)}${options.protect ? "*" : ""}`);
    const first = `  ${cut(shortType(type), typeColumn - 1).padEnd(typeColumn)}${paint.dim(String(same.length).padStart(3))}  `;
    return hanging(first, indent, fitting(names));
  });
}

/** Names that fit the lines allowed, then how many more there are. */
function fitting(names: readonly string[]): string {
  for (let shown = names.length; shown > 0; shown -= 1) {
    const rest = names.length - shown;
    const text = `${names.slice(0, shown).join(", ")}${rest > 0 ? `, … ${rest} more` : ""}`;
    if (wrapped(text, width - indent).length <= maxLines) return text;
  }
  return `${names[0]}, … ${names.length - 1} more`;
}

/** One line a resource, with what fits of its plain inputs. */
const singly = (resources: readonly PlannedResource[], component: string, paint: Paint): string[] =>
  resources.map(({ type, name, inputs, options }) => {
    const first = cut(`${shortName(name, component)}${options.protect ? "*" : ""}`, 36).padEnd(37);
    const line = `  ${first} ${cut(shortType(type), 28)}`;
    const said = glance(inputs);
    return said === "" ? line : `${line}  ${paint.dim(cut(said, Math.max(1, width - line.length - 2)))}`;
  });

/** Components in the order of making. A star marks what is protected. */
export function tree({ resources }: Plan, paint: Paint, full: boolean): string[] {
  const own = Map.groupBy(resources, ({ parent }) => parent);
  return resources
    .filter(({ custom }) => !custom)
    .flatMap(({ urn, name, type }) => {
      const children = own.get(urn) ?? [];
      const title = `${paint.bold(cut(name, 70))}  ${paint.dim(`${shortClass(type)}, ${children.length}`)}`;
      return ["", title, ...(full ? singly(children, name, paint) : grouped(children, name, paint))];
    });
}
