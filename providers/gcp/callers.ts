/** Who may call: Google's front ends stand before every firewall rule, so that they must turn strangers away themselves. */
import * as gcp from "@pulumi/gcp";
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import type { On } from "./natives.ts";

/** Ranges in one rule: https://cloud.google.com/armor/docs/security-policy-overview#rules */
const most = 10;

const isEverybody = ({ callers }: RoutesSpec): boolean => callers.includes("0.0.0.0/0");

/** A backend takes one policy and one at the edge: behind a web application firewall the list of callers moves to the edge. */
export function guardOf(scope: Scope, spec: RoutesSpec, on: On<"routes">) {
  const firewall = spec.waf && on.waf !== null && on.waf.native.policy !== null ? { securityPolicy: on.waf.native.policy.id } : {};
  if (isEverybody(spec)) return firewall;
  const { id } = callersPolicy(scope, spec);
  return spec.waf ? { ...firewall, edgeSecurityPolicy: id } : { securityPolicy: id };
}

function callersPolicy({ name, parent, tags }: Scope, { waf, callers }: RoutesSpec) {
  const groups = Array.from({ length: Math.ceil(callers.length / most) }, (_, index) => callers.slice(index * most, (index + 1) * most));
  const ofSource = (srcIpRanges: string[]) => ({ versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } });
  return new gcp.compute.SecurityPolicy(
    `${name}-callers`,
    {
      type: waf ? "CLOUD_ARMOR_EDGE" : "CLOUD_ARMOR",
      description: "Whom flows let in",
      rules: [
        ...groups.map((ranges, index) => ({
          action: "allow",
          priority: 1000 + index,
          match: ofSource([...ranges]),
          description: "Ranges that flows name",
        })),
        { action: "deny(403)", priority: 2_147_483_647, match: ofSource(["*"]), description: "Everybody else" },
      ],
      labels: tags,
    },
    { parent },
  );
}
