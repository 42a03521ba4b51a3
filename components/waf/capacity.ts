/** What a policy costs its cloud in rules and capacity, judged before anything is made. */
import type { Known } from "../kernel/known.ts";
import type { WafArgs, WafLimits, WafSpec } from "./model.ts";

/** What a decided policy holds; priorities do not matter here. */
type Held = Pick<WafArgs, "core" | "knownBadInputs" | "reputation" | "bots" | "lists" | "limits"> & Pick<WafSpec, "countries">;
type Part = readonly [what: string, cost: number];

const sum = (parts: readonly Part[]): number => parts.reduce((all, [, cost]) => all + cost, 0);
const shown = (parts: readonly Part[]): string => parts.flatMap(([what, cost]) => (cost > 0 ? [`${what} ${cost}`] : [])).join(", ");

/** Rules that one list or one set of countries takes. */
function rulesOf(held: Held, { rules }: WafLimits): readonly Part[] {
  return [
    ...Object.entries(held.lists).map(([name, { action, ranges, path }]): Part => {
      const fit = path === "/" ? rules.ranges.all : rules.ranges.below;
      return [`lists.${name}`, Math.ceil(ranges.length / fit) + (action === "allow" ? rules.closing : 0)];
    }),
    ...Object.keys(held.limits).map((name): Part => [`limits.${name}`, 1]),
    ["countries", held.countries === null ? 0 : Math.ceil(held.countries.codes.length / rules.countries)],
  ];
}

function judgeRules(path: string, held: Held, { facts, findings }: Known): void {
  const { rules } = facts.limits.waf;
  const parts = rulesOf(held, facts.limits.waf);
  const total = sum(parts);
  if (total > rules.most)
    findings.refuse(
      path,
      `expected at most ${rules.most} rules of its own on ${facts.cloud}, got ${total} (${shown(parts)})`,
      `drop ${total - rules.most} of them, or write lists in fewer, wider ranges`,
    );
  if (rules.expressions === null) return;
  const { quota, core } = rules.expressions;
  const below = parts.filter(([what]) => {
    const [kind = "", name = ""] = what.split(".");
    return kind === "lists" ? held.lists[name]?.path !== "/" : kind === "limits" ? held.limits[name]?.path !== "/" : true;
  });
  const expressions = sum(below) + (held.core === "off" ? 0 : core[held.core]) + (held.knownBadInputs ? 1 : 0);
  if (expressions > quota)
    findings.note(path, `${expressions} rules with an expression: a new project on ${facts.cloud} has a quota of ${quota}; raise it first`);
}

function judgeCapacity(path: string, held: Held, { facts, findings }: Known): void {
  const { capacity } = facts.limits.waf;
  if (capacity === null) return;
  const level = held.core === "off" ? "low" : held.core;
  const costOf = (rule: number, below: string): number => rule + (below === "/" ? 0 : capacity.path);
  const parts: readonly Part[] = [
    [`core ${held.core}`, held.core === "off" ? 0 : capacity.core[level]],
    ["knownBadInputs", held.knownBadInputs ? capacity.knownBadInputs : 0],
    ["reputation", held.reputation === "off" ? 0 : capacity.reputation[level]],
    ["bots", held.bots ? capacity.bots : 0],
    ...Object.entries(held.lists).map(([name, list]): Part => [`lists.${name}`, costOf(capacity.list, list.path)]),
    ...Object.entries(held.limits).map(([name, limit]): Part => [`limits.${name}`, costOf(capacity.limit, limit.path)]),
    ["countries", held.countries === null ? 0 : capacity.countries],
  ];
  const total = sum(parts);
  const largest = parts.toSorted(([, one], [, other]) => other - one).slice(0, 3);
  if (total > capacity.most)
    findings.refuse(
      path,
      `expected at most ${capacity.most} capacity units on ${facts.cloud}, got ${total} (${shown(parts)})`,
      `drop ${total - capacity.most} units of them: the largest are ${shown(largest)}`,
    );
  else if (total > capacity.included)
    findings.note(
      path,
      `${total} capacity units: ${facts.cloud} bills extra for every 500 begun beyond ${capacity.included} (${shown(largest)} …)`,
    );
}

/** Refuses what is over the cloud's capacity, with the sum, what is allowed and what to drop. */
export function judgeSize(path: string, held: Held, known: Known): void {
  judgeRules(path, held, known);
  judgeCapacity(path, held, known);
}
