/** The rules of a web ACL, one function per kind. */
import type * as aws from "@pulumi/aws";
import type { WafSpec } from "../../components/waf/model.ts";
import { coreGroups, groups, reputationGroups } from "./facts/waf.ts";

type Rule = aws.types.input.wafv2.WebAclRule;
type Statement = aws.types.input.wafv2.WebAclRuleStatement;
type Lists = Readonly<Record<string, aws.wafv2.IpSet>>;
type Action = "block" | "challenge";

/** Managed rules come after everything that the platform says itself. */
const managed = { core: 500_000, knownBadInputs: 500_100, reputation: 500_200, bots: 500_300 };

/** Rules of the common group that a body alone sets off, most often a harmless one: large, or with a link or markup in it. */
const noisy = ["SizeRestrictions_BODY", "GenericRFI_BODY", "CrossSiteScripting_BODY", "NoUserAgent_HEADER"];

const challenged = ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"];

export const measured = (metricName: string) => ({ cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true });

/** The beginning of a path however it is written: decoded, without detours, in lower case. */
const below = (path: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "STARTS_WITH",
    searchString: path,
    textTransformations: [
      { priority: 0, type: "URL_DECODE" },
      { priority: 1, type: "NORMALIZE_PATH" },
      { priority: 2, type: "LOWERCASE" },
    ],
  },
});

const not = (statement: Statement): Statement => ({ notStatement: { statement } });

const listed = (set: aws.wafv2.IpSet): Statement => ({ ipSetReferenceStatement: { arn: set.arn } });

/** Stops whoever is on the list, or whoever is not, below its path. */
const listRules = (spec: WafSpec, sets: Lists): readonly Rule[] =>
  Object.entries(sets).flatMap(([name, set]): Rule[] => {
    const list = spec.lists[name];
    if (list === undefined) return [];
    const who = list.action === "deny" ? listed(set) : not(listed(set));
    return [
      {
        name: `list-${name}`,
        priority: list.priority,
        statement: list.path === "/" ? who : { andStatement: { statements: [below(list.path), who] } },
        action: { block: {} },
        visibilityConfig: measured(`list-${name}`),
      },
    ];
  });

/** A statement takes fifty countries. */
function inCountries(codes: readonly string[]): Statement {
  const chunks = Array.from(
    { length: Math.ceil(codes.length / 50) },
    (_, index): Statement => ({
      geoMatchStatement: { countryCodes: codes.slice(index * 50, index * 50 + 50) },
    }),
  );
  const [first, ...rest] = chunks;
  return first !== undefined && rest.length === 0 ? first : { orStatement: { statements: chunks } };
}

const countryRules = ({ countries }: WafSpec): readonly Rule[] =>
  countries === null
    ? []
    : [
        {
          name: "countries",
          priority: countries.priority,
          statement: countries.action === "deny" ? inCountries(countries.codes) : not(inCountries(countries.codes)),
          action: { block: {} },
          visibilityConfig: measured("countries"),
        },
      ];

/** Says that it was too much, which clients understand, rather than that it is forbidden. */
const tooMany = { block: { customResponse: { responseCode: 429, responseHeaders: [{ name: "Retry-After", value: "60" }] } } };

const limitRules = ({ limits, mode }: WafSpec): readonly Rule[] =>
  Object.entries(limits).map(([name, { requests, perSeconds, path, priority }]) => ({
    name: `limit-${name}`,
    priority,
    statement: {
      rateBasedStatement: {
        aggregateKeyType: "IP",
        limit: requests,
        evaluationWindowSec: perSeconds,
        ...(path === "/" ? {} : { scopeDownStatement: below(path) }),
      },
    },
    action: mode === "block" ? tooMany : { count: {} },
    visibilityConfig: measured(`limit-${name}`),
  }));

/** A group without a version follows AWS' default one, which AWS moves on as attacks change. */
function managedRule(
  spec: WafSpec,
  { name }: { readonly name: string },
  priority: number,
  overrides: Readonly<Record<string, "count" | Action>>,
): Rule {
  return {
    name,
    priority,
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: Object.entries(overrides).map(([rule, action]) => ({ name: rule, actionToUse: { [action]: {} } })),
      },
    },
    overrideAction: spec.mode === "block" ? { none: {} } : { count: {} },
    visibilityConfig: measured(name),
  };
}

const all = (rules: readonly string[], action: "count" | Action) => Object.fromEntries(rules.map(rule => [rule, action]));

function managedRules(spec: WafSpec): readonly Rule[] {
  const level = spec.core === "off" ? "low" : spec.core;
  const core = spec.core === "off" ? [] : coreGroups[spec.core];
  const reputation = spec.reputation === "off" ? [] : reputationGroups[level];
  return [
    ...core.map((group, index) =>
      managedRule(spec, group, managed.core + index, spec.core === "low" && group === groups.common ? all(noisy, "count") : {}),
    ),
    ...(spec.knownBadInputs ? [managedRule(spec, groups.knownBadInputs, managed.knownBadInputs, {})] : []),
    ...reputation.map((group, index) =>
      managedRule(
        spec,
        group,
        managed.reputation + index,
        group === groups.reputation && spec.reputation === "challenge" ? all(challenged, "challenge") : {},
      ),
    ),
    ...(spec.bots ? [botRule(spec)] : []),
  ];
}

/** Bots that say who they are not; the targeted level costs ten times as much and needs a script on every page. */
function botRule(spec: WafSpec): Rule {
  const rule = managedRule(spec, groups.bots, managed.bots, {});
  return {
    ...rule,
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: groups.bots.name,
        managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" } }],
      },
    },
  };
}

/** Rules by address only where visitors come with their own. */
export const rulesOf = (spec: WafSpec, sets: Lists, byAddress: boolean): Rule[] => [
  ...(byAddress ? [...listRules(spec, sets), ...countryRules(spec), ...limitRules(spec)] : []),
  ...managedRules(spec),
];
