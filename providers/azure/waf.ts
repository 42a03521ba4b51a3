import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import type { WafSpec } from "../../components/waf/model.ts";
import { groupOf, homeOf, physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** A policy for the gateways of the region, and one for Front Door. */
export function waf(scope: Scope, spec: WafSpec, on: On<"waf">): Out<"waf"> {
  const gateway = spec.regional ? gatewayPolicy(scope, spec, on) : null;
  const front = spec.global ? frontPolicy(scope, spec, on) : null;
  return { native: { gateway, front }, ready: [gateway, front].filter(policy => policy !== null) };
}

function gatewayPolicy(scope: Scope, spec: WafSpec, on: On<"waf">): azure.network.WebApplicationFirewallPolicy {
  return new azure.network.WebApplicationFirewallPolicy(
    `${scope.name}-policy`,
    {
      ...homeOf(scope, on),
      policySettings: { state: "Enabled", mode: spec.mode === "block" ? "Prevention" : "Detection", requestBodyCheck: true },
      managedRules: { managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" }] },
    },
    { parent: scope.parent },
  );
}

function frontPolicy(scope: Scope, spec: WafSpec, on: On<"waf">): azure.frontdoor.Policy {
  return new azure.frontdoor.Policy(
    `${scope.name}-front`,
    {
      ...groupOf(scope, on),
      location: "Global",
      policyName: physical([on.foundation.native.stack.system, scope.name], 60, "", on),
      sku: { name: "Premium_AzureFrontDoor" },
      policySettings: { enabledState: "Enabled", mode: spec.mode === "block" ? "Prevention" : "Detection", requestBodyCheck: "Enabled" },
      managedRules: { managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1", ruleSetAction: "Block" }] },
      tags: scope.tags,
    },
    { parent: scope.parent },
  );
}
