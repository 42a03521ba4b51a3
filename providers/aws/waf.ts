import * as aws from "@pulumi/aws";
import type { Scope } from "../../components/contract.ts";
import type { WafSpec } from "../../components/waf/model.ts";
import { tagged } from "./lookup.ts";
import type { AwsGround, AwsPart } from "./natives.ts";

/** What CloudFront asks is kept here, wherever the platform lives. */
const globalRegion = "us-east-1";

/** A web ACL for the balancers of the region, and one for the CDN. */
export function waf(scope: Scope, spec: WafSpec, _on: AwsGround): AwsPart<"waf"> {
  const regional = spec.regional ? aclOf(scope, "acl", "REGIONAL", scope.place.region) : null;
  const global = spec.global ? aclOf(scope, "global", "CLOUDFRONT", globalRegion) : null;
  return { native: { regional, global }, ready: [regional, global].filter(acl => acl !== null) };
}

function aclOf(scope: Scope, part: string, kind: "REGIONAL" | "CLOUDFRONT", region: string): aws.wafv2.WebAcl {
  const { name, parent } = scope;
  return new aws.wafv2.WebAcl(
    `${name}-${part}`,
    {
      region,
      scope: kind,
      defaultAction: { allow: {} },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: `${name}-${part}`, sampledRequestsEnabled: true },
      tags: tagged(scope, `${name}-${part}`),
    },
    { parent },
  );
}
