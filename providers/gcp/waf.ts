import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import type { WafSpec } from "../../components/waf/model.ts";
import type { On, Out } from "./natives.ts";

/** One security policy, which backend services name; it stands before the CDN as well. */
export function waf(scope: Scope, _spec: WafSpec, on: On<"waf">): Out<"waf"> {
  const { name, parent, tags } = scope;
  const policy = new gcp.compute.SecurityPolicy(
    `${name}-policy`,
    {
      type: "CLOUD_ARMOR",
      description: `Rules before the balancers (${name})`,
      rules: [
        {
          action: "allow",
          priority: 2_147_483_647,
          match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
          description: "Whatever no rule stopped",
        },
      ],
      labels: tags,
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  return { native: { policy }, ready: [policy] };
}
