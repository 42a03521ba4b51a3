/**
 * The rules of a security policy. Cloud Armor ends at the first rule that matches, and requests under a limit match it: so what only stops comes first,
 * and what lets in (limits and allow lists, by path, the longest first) comes last, behind the managed rules.
 */
import type * as gcp from "@pulumi/gcp";
import { contains, parseRange } from "../../components/kernel/cidr.ts";
import type { WafLimitSpec, WafListSpec, WafSpec } from "../../components/waf/model.ts";
import { ruleSets, sensitivity, waf } from "./facts/waf.ts";

type Rule = gcp.types.input.compute.SecurityPolicyRule;
type Match = gcp.types.input.compute.SecurityPolicyRuleMatch;

const forbidden = "deny(403)";
const knownBadInputs = 3_000_000;
const managed = 3_001_000;
const last = 2_147_483_647;

const everyone: Match = { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } };
const when = (expression: string): Match => ({ expr: { expression } });
/** However it is written. */
const below = (path: string): string => `request.path.urlDecode().lower().startsWith('${path}')`;
/** A description takes 64 characters. */
const described = (text: string): string => (text.length > 64 ? `${text.slice(0, 63)}…` : text);

const { all, below: few } = waf.rules.ranges;
const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, index * size + size));

/** Requests to a path from some ranges, in as many matches as it takes. */
const matches = (path: string, ranges: readonly string[]): readonly Match[] =>
  path === "/"
    ? chunks(ranges, all).map(some => ({ versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: [...some] } }))
    : chunks(ranges, few).map(some => when(`${below(path)} && (${some.map(range => `inIpRange(origin.ip, '${range}')`).join(" || ")})`));

const denied = ({ lists }: WafSpec): readonly Rule[] =>
  Object.entries(lists).flatMap(([name, { action, ranges, path, priority }]) =>
    action === "deny"
      ? matches(path, ranges).map((match, index) => ({
          priority: priority + index,
          action: forbidden,
          match,
          description: `Kept out by list ${name}`,
        }))
      : [],
  );

const countryRules = ({ countries }: WafSpec): readonly Rule[] => {
  if (countries === null) return [];
  const named = `'[${countries.codes.join(",")}]'.contains(origin.region_code)`;
  const match = when(countries.action === "deny" ? named : `!${named}`);
  return [{ priority: countries.priority, action: forbidden, match, description: "Countries" }];
};

/** Every rule set in the order of their numbers, which no level moves. */
const order: readonly string[] = ruleSets.high;

function managedRules({ core, knownBadInputs: bad, mode }: WafSpec): readonly Rule[] {
  const sharp = `{'sensitivity': ${sensitivity[core]}}`;
  const rule = (priority: number, set: string, description: string): Rule => ({
    priority,
    action: forbidden,
    preview: mode === "count",
    match: when(`evaluatePreconfiguredWaf('${set}', ${sharp})`),
    description,
  });
  return [
    ...(bad ? [rule(knownBadInputs, "cve-canary", "Known bad inputs")] : []),
    ...(core === "off"
      ? []
      : ruleSets[core].map(set => rule(managed + order.indexOf(set) * 1000, `${set}-v33-stable`, `Core rules: ${set}`))),
  ];
}

/** What is said of one path: who is let in, and how often. A longer path keeps what shorter ones say of it. */
interface Gate {
  readonly path: string;
  readonly priority: number;
  /** Null lets in everyone. */
  readonly ranges: readonly string[] | null;
  readonly limit: WafLimitSpec | null;
}

const within = (inner: string, outer: string): boolean => contains(parseRange(outer), parseRange(inner));

/** Whoever is on both lists. */
const common = (one: readonly string[], other: readonly string[]): readonly string[] => [
  ...new Set([
    ...one.filter(range => other.some(wider => within(range, wider))),
    ...other.filter(range => one.some(wider => within(range, wider))),
  ]),
];

function gatesOf({ lists, limits }: WafSpec): readonly Gate[] {
  const allowed: readonly WafListSpec[] = Object.values(lists).filter(({ action }) => action === "allow");
  const counted = Object.values(limits);
  const said = [...allowed, ...counted];
  return [...new Set(said.map(({ path }) => path))].map(path => {
    const [first, ...rest] = allowed.filter(list => path.startsWith(list.path)).map(({ ranges }) => ranges);
    const [limit = null] = counted
      .filter(other => path.startsWith(other.path))
      .toSorted((one, other) => other.path.length - one.path.length);
    return {
      path,
      priority: Math.min(...said.filter(other => other.path === path).map(({ priority }) => priority)),
      ranges: first === undefined ? null : rest.reduce(common, first),
      limit,
    };
  });
}

/** In a trial run a limit only logs, and the request goes on to the next rule: which lets it in. */
function gateRules({ path, priority, ranges, limit }: Gate, counting: boolean): readonly Rule[] {
  const whole = path === "/" ? everyone : when(below(path));
  const throttle = (match: Match): Rule[] =>
    limit === null
      ? []
      : [
          {
            priority,
            action: "throttle",
            preview: counting,
            match,
            description: described(`Limit of ${path}`),
            rateLimitOptions: {
              conformAction: "allow",
              exceedAction: "deny(429)",
              enforceOnKey: "IP",
              rateLimitThreshold: { count: limit.requests, intervalSec: limit.perSeconds },
            },
          },
        ];
  if (ranges === null) return throttle(whole);
  const allow = (match: Match): Rule => ({ priority, action: "allow", match, description: described(`Let in to ${path}`) });
  const rules = [
    ...matches(path, ranges).flatMap(match => [...throttle(match), ...(limit === null || counting ? [allow(match)] : [])]),
    { priority, action: forbidden, match: whole, description: described(`Nobody else is let in to ${path}`) },
  ];
  return rules.map((rule, index) => ({ ...rule, priority: priority + index }));
}

/** In the order of their numbers, so that a policy reads as it works. */
export const rulesOf = (spec: WafSpec): Rule[] => {
  const gates = gatesOf(spec).toSorted((one, other) => one.priority - other.priority);
  return [
    ...denied(spec),
    ...countryRules(spec),
    ...managedRules(spec),
    ...gates.flatMap(gate => gateRules(gate, spec.mode === "count")),
    { priority: last, action: "allow", match: everyone, description: "Whatever no rule stopped" },
  ];
};
