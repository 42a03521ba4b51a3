import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import type { WafSpec } from "../../components/waf/model.ts";
import { rulesOf } from "./armor.ts";
import type { On, Out } from "./natives.ts";

/** One security policy, which backend services name; it stands before the CDN as well. Its logs are those of the backend services. */
export function waf(scope: Scope, spec: WafSpec, on: On<"waf">): Out<"waf"> {
  const { name, parent, tags } = scope;
  const policy = new gcp.compute.SecurityPolicy(
    `${name}-policy`,
    {
      type: "CLOUD_ARMOR",
      description: "Rules before the balancers",
      rules: rulesOf(spec),
      // Alerts of crowds that are unlike the usual ones; stopping them by itself belongs to the paid tier.
      adaptiveProtectionConfig: { layer7DdosDefenseConfig: { enable: true, ruleVisibility: "STANDARD" } },
      // Verbose logs would hold what a rule found, passwords among it.
      advancedOptionsConfig: { jsonParsing: "STANDARD", logLevel: "NORMAL", requestBodyInspectionSize: "64KB" },
      labels: tags,
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  return { native: { policy }, ready: [policy] };
}
