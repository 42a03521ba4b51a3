import * as azure from "@pulumi/azure-native";
import type { CdnPass, Scope } from "../../components/contract.ts";
import type { WafSpec } from "../../components/waf/model.ts";
import { groupOf, homeOf, physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { type OwnRule, ownRules, type RuleSet, ruleSetsOf } from "./waf-rules.ts";

/** A policy for the gateways of the region, and one for Front Door, which name them. Their logs travel with those of gateway and profile. */
export function waf(scope: Scope, spec: WafSpec, on: On<"waf">): Out<"waf"> {
  const gateway = spec.regional ? gatewayPolicy(scope, spec, on) : null;
  const front = spec.global ? frontPolicy(scope, spec, on) : null;
  return { native: { gateway, front }, ready: [gateway, front].filter(policy => policy !== null) };
}

const modeOf = ({ mode }: WafSpec): "Prevention" | "Detection" => (mode === "block" ? "Prevention" : "Detection");

const unseen = (selector: string) => ({
  matchVariable: "RequestHeaderNames",
  selectorMatchOperator: "Equals",
  selector,
  state: "Enabled",
});

/** What opens doors stays out of the logs. */
const scrubbed = [unseen("Authorization"), { matchVariable: "RequestCookieNames", selectorMatchOperator: "EqualsAny", state: "Enabled" }];

function gatewayPolicy(scope: Scope, spec: WafSpec, on: On<"waf">): azure.network.WebApplicationFirewallPolicy {
  return new azure.network.WebApplicationFirewallPolicy(
    `${scope.name}-policy`,
    {
      ...homeOf(scope, on),
      policySettings: {
        state: "Enabled",
        mode: modeOf(spec),
        requestBodyCheck: true,
        requestBodyInspectLimitInKB: 128,
        // The most that is taken: what is too large is refused, and no more of it is read.
        requestBodyEnforcement: true,
        maxRequestBodySizeInKb: 2000,
        fileUploadEnforcement: true,
        fileUploadLimitInMb: 4000,
        logScrubbing: { state: "Enabled", scrubbingRules: [...scrubbed, ...(on.pass === null ? [] : [unseen(on.pass.header)])] },
      },
      // Rules by address only where visitors come with their own.
      customRules: [...(on.pass === null ? [] : [strangers(on.pass)]), ...(spec.direct ? ownRules(spec).map(gatewayRule) : [])],
      managedRules: {
        managedRuleSets: ruleSetsOf(spec).map(({ ruleSetType, ruleSetVersion, overrides }) => ({
          ruleSetType,
          ruleSetVersion,
          ruleGroupOverrides: overrides.map(({ ruleGroupName, rules }) => ({
            ruleGroupName,
            rules: rules.map(({ ruleId, on: enabled, action }) => ({ ruleId, state: enabled ? "Enabled" : "Disabled", action })),
          })),
        })),
      },
    },
    { parent: scope.parent },
  );
}

/** Whoever comes without the CDN's pass is stopped. */
const strangers = ({ header, value }: CdnPass): azure.types.input.network.WebApplicationFirewallCustomRuleArgs => ({
  name: "pass",
  priority: 1,
  state: "Enabled",
  ruleType: "MatchRule",
  action: "Block",
  matchConditions: [
    {
      matchVariables: [{ variableName: "RequestHeaders", selector: header }],
      operator: "Equal",
      negationConditon: true,
      matchValues: [value],
    },
  ],
});

/** A gateway sees the path and the query. */
function gatewayRule({ name, priority, path, from, limit }: OwnRule): azure.types.input.network.WebApplicationFirewallCustomRuleArgs {
  const address = [{ variableName: "RemoteAddr" }];
  // A rule needs a condition: everyone but an address that nobody has.
  const who =
    from === null
      ? { matchVariables: address, operator: "IPMatch", matchValues: ["255.255.255.255/32"], negationConditon: true }
      : { matchVariables: address, operator: from.operator, matchValues: [...from.values], negationConditon: from.others };
  const where = {
    matchVariables: [{ variableName: "RequestUri" }],
    operator: "BeginsWith",
    matchValues: [path],
    negationConditon: false,
    transforms: ["UrlDecode", "Lowercase"],
  };
  return {
    name,
    priority,
    state: "Enabled",
    action: "Block",
    matchConditions: path === "/" ? [who] : [where, who],
    ...(limit === null
      ? { ruleType: "MatchRule" }
      : {
          ruleType: "RateLimitRule",
          rateLimitDuration: limit.minutes === 1 ? "OneMin" : "FiveMins",
          rateLimitThreshold: limit.requests,
          groupByUserSession: [{ groupByVariables: [{ variableName: "ClientAddr" }] }],
        }),
  };
}

function frontPolicy(scope: Scope, spec: WafSpec, on: On<"waf">): azure.frontdoor.Policy {
  const { name, parent, tags } = scope;
  const { system } = on.foundation.native.stack;
  return new azure.frontdoor.Policy(
    `${name}-front`,
    {
      ...groupOf(scope, on),
      location: "Global",
      policyName: physical([system, name], 60, "", on), // no dash is taken
      sku: { name: "Premium_AzureFrontDoor" }, // managed rules belong to the premium tier
      policySettings: {
        enabledState: "Enabled",
        mode: modeOf(spec),
        requestBodyCheck: "Enabled",
        state: "Enabled",
        scrubbingRules: scrubbed,
      },
      customRules: { rules: ownRules(spec).map(frontRule) },
      managedRules: { managedRuleSets: ruleSetsOf(spec).map(frontRuleSet) },
      tags,
    },
    { parent },
  );
}

/** Only Microsoft's default rules take an action for the whole of a set. */
const frontRuleSet = ({ ruleSetType, ruleSetVersion, overrides }: RuleSet): azure.types.input.frontdoor.ManagedRuleSetArgs => ({
  ruleSetType,
  ruleSetVersion,
  ...(ruleSetType === "Microsoft_DefaultRuleSet" ? { ruleSetAction: "Block" } : {}),
  ruleGroupOverrides: overrides.map(({ ruleGroupName, rules }) => ({
    ruleGroupName,
    rules: rules.map(({ ruleId, on: enabled, action }) => ({ ruleId, enabledState: enabled ? "Enabled" : "Disabled", action })),
  })),
});

/** Front Door sees the whole address, scheme and host too; and the visitor by the connection, which no header can pretend. */
function frontRule({ name, priority, path, from, limit }: OwnRule): azure.types.input.frontdoor.CustomRuleArgs {
  const who =
    from === null
      ? { matchVariable: "SocketAddr", operator: "IPMatch", matchValue: ["0.0.0.0/0", "::/0"], negateCondition: false }
      : { matchVariable: "SocketAddr", operator: from.operator, matchValue: [...from.values], negateCondition: from.others };
  const where = {
    matchVariable: "RequestUri",
    operator: "RegEx",
    matchValue: [`^https?://[^/]*${path.replaceAll(".", "\\.")}`],
    negateCondition: false,
    transforms: ["UrlDecode", "Lowercase"],
  };
  return {
    name,
    priority,
    enabledState: "Enabled",
    action: "Block",
    matchConditions: path === "/" ? [who] : [where, who],
    ...(limit === null
      ? { ruleType: "MatchRule" }
      : {
          ruleType: "RateLimitRule",
          rateLimitDurationInMinutes: limit.minutes,
          rateLimitThreshold: limit.requests,
          groupBy: [{ variableName: "SocketAddr" }],
        }),
  };
}
