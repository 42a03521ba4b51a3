/** Resources counted by concept, and by type, for one plan or several side by side. */
import type { Plan } from "../planner/model.ts";
import { shortClass, shortType } from "./names.ts";
import { heading, type Paint, table } from "./paper.ts";

/** Resources by the class of the component that owns them, in the order of making. */
export function byConcept({ resources }: Plan): Map<string, number> {
  const owners = new Map(resources.filter(({ custom }) => !custom).map(({ urn, type }) => [urn, shortClass(type)]));
  const counts = new Map([...owners.values()].map(concept => [concept, 0]));
  for (const { custom, parent } of resources) {
    const concept = custom && parent !== null ? owners.get(parent) : undefined;
    if (concept !== undefined) counts.set(concept, (counts.get(concept) ?? 0) + 1);
  }
  return counts;
}

const byType = ({ resources }: Plan): Map<string, number> =>
  new Map(
    [
      ...Map.groupBy(
        resources.filter(({ custom }) => custom),
        ({ type }) => shortType(type),
      ),
    ].map(([type, same]) => [type, same.length]),
  );

export function summary(plan: Plan): string {
  const counts = byConcept(plan);
  const total = plan.resources.filter(({ custom }) => custom).length;
  const components = plan.resources.length - total;
  return `${total} resources in ${components} components: ${[...counts].map(([concept, count]) => `${concept} ${count}`).join(", ")}.`;
}

/** Rows that any plan has, each plan's count beside the other's. */
function matrix(plans: readonly Plan[], counts: readonly ReadonlyMap<string, number>[]): string[][] {
  const keys = [...new Set(counts.flatMap(count => [...count.keys()]))];
  const rows = keys.map(key => [key, ...counts.map(count => String(count.get(key) ?? "–"))]);
  return [...rows, ["total", ...plans.map(({ resources }) => String(resources.filter(({ custom }) => custom).length))]];
}

/** Several plans of one platform, side by side. */
export function sideBySide(plans: readonly Plan[], paint: Paint, full: boolean): string[] {
  const head = (first: string): string[] => [first, ...plans.map(({ cloud }) => cloud)];
  const [one] = plans;
  const places = plans.map(({ region, secondaryRegion }) => (secondaryRegion === null ? region : `${region} + ${secondaryRegion}`));
  const about: string[][] = [
    ["regions", ...places],
    ["flows", ...plans.map(({ flows }) => String(flows.length))],
    ["flows that wait", ...plans.map(({ waiting }) => String(waiting.length))],
    ["notes", ...plans.map(({ notes }) => String(notes.length))],
    ["ties", ...plans.map(({ ties }) => String(ties.length))],
  ];
  const types = plans.map(plan => new Map([...byType(plan)].sort(([left], [right]) => (left < right ? -1 : 1))));
  return [
    paint.bold(`${one?.system} · ${one?.environment}`),
    ...heading("Resources by concept", paint),
    ...table(head("concept"), matrix(plans, plans.map(byConcept)), paint),
    ...(full ? [...heading("Resources by type", paint), ...table(head("type"), matrix(plans, types), paint)] : []),
    ...heading("Besides", paint),
    ...table(head(""), about, paint),
    ...heading("Sizes", paint),
    ...table(head("for"), sizes(plans), paint),
  ];
}

function sizes(plans: readonly Plan[]): string[][] {
  const chosen = plans.map(plan => new Map(plan.sizes.map(({ path, choice }) => [path, choice.class])));
  const paths = [...new Set(chosen.flatMap(map => [...map.keys()]))];
  return paths.map(path => [path, ...chosen.map(map => map.get(path) ?? "–")]);
}
