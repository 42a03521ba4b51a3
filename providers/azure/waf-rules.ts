/** What both policies say, the gateway's and Front Door's, before each writes it in its own words. */
import type { WafSpec } from "../../components/waf/model.ts";
import { badBots, noisy, ruleGroups } from "./facts/waf.ts";

/** One group of managed rules that differs from what Microsoft delivers; without rules the whole group is off. */
export interface Override {
  readonly ruleGroupName: string;
  readonly rules: readonly { readonly ruleId: string; readonly on: boolean; readonly action: "AnomalyScoring" | "Log" | "JSChallenge" }[];
}
export interface RuleSet {
  readonly ruleSetType: string;
  readonly ruleSetVersion: string;
  readonly overrides: readonly Override[];
}

const off = (groups: readonly string[]): readonly Override[] => groups.map(ruleGroupName => ({ ruleGroupName, rules: [] }));

function coreOverrides({ core, knownBadInputs }: WafSpec): readonly Override[] {
  const known = knownBadInputs ? [] : off(ruleGroups.knownBadInputs);
  if (core === "off") return [...off(ruleGroups.core), ...known];
  // Said at every level: what is on by itself differs between gateways and Front Door.
  const sql = noisy.SQLI.map(ruleId => ({ ruleId, on: core === "high", action: "AnomalyScoring" as const }));
  const protocol = noisy["PROTOCOL-ENFORCEMENT"].map(ruleId => ({ ruleId, on: true, action: "Log" as const }));
  return [
    { ruleGroupName: "SQLI", rules: sql },
    ...(core === "low" ? [{ ruleGroupName: "PROTOCOL-ENFORCEMENT", rules: protocol }] : []),
    ...known,
  ];
}

function botOverrides({ bots, reputation }: WafSpec): readonly Override[] {
  const challenged = badBots.map(ruleId => ({ ruleId, on: true, action: "JSChallenge" as const }));
  return [
    ...(bots ? [] : off(["GoodBots", "UnknownBots"])), // addresses of ill repute alone
    ...(reputation === "challenge" ? [{ ruleGroupName: "BadBots", rules: challenged }] : []),
  ];
}

/** Microsoft keeps the addresses of ill repute among the bots. */
export const ruleSetsOf = (spec: WafSpec): readonly RuleSet[] => [
  { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1", overrides: coreOverrides(spec) },
  ...(spec.bots || spec.reputation !== "off"
    ? [{ ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1", overrides: botOverrides(spec) }]
    : []),
];

/** A rule that the platform says itself: requests from some addresses or countries (or from all others), below a path. */
export interface OwnRule {
  readonly name: string;
  readonly priority: number;
  readonly path: string;
  /** Null is everyone. */
  readonly from: { readonly operator: "IPMatch" | "GeoMatch"; readonly values: readonly string[]; readonly others: boolean } | null;
  /** Null stops every one of them. */
  readonly limit: { readonly requests: number; readonly minutes: number } | null;
}

/** Names take letters and digits alone; the number keeps apart what that makes alike. */
const named = (kind: string, name: string, priority: number): string => `${kind}${name.replaceAll("-", "")}${priority}`;

/** In the order of their numbers, so that a policy reads as it works. */
export function ownRules({ lists, countries, limits }: WafSpec): readonly OwnRule[] {
  const rules: readonly OwnRule[] = [
    ...Object.entries(lists).map(
      ([name, { action, ranges, path, priority }]): OwnRule => ({
        name: named(action, name, priority),
        priority,
        path,
        from: { operator: "IPMatch", values: ranges, others: action === "allow" },
        limit: null,
      }),
    ),
    ...(countries === null
      ? []
      : [
          {
            name: "countries",
            priority: countries.priority,
            path: "/",
            from: { operator: "GeoMatch" as const, values: countries.codes, others: countries.action === "allow" },
            limit: null,
          },
        ]),
    ...Object.entries(limits).map(
      ([name, { requests, perSeconds, path, priority }]): OwnRule => ({
        name: named("limit", name, priority),
        priority,
        path,
        from: null,
        limit: { requests, minutes: perSeconds / 60 },
      }),
    ),
  ];
  return rules.toSorted((one, other) => one.priority - other.priority);
}
