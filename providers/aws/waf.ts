import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { WafSpec } from "../../components/waf/model.ts";
import { each, physicalName, tagged } from "./lookup.ts";
import type { AwsNatives, AwsPart } from "./natives.ts";
import { measured, rulesOf } from "./web-acl.ts";

type On = Parameters<CloudAdapter<AwsNatives>["waf"]>[2];

/** A web ACL stands in a region or before CloudFront, and all that it names with it. */
interface Front {
  readonly part: "regional" | "global";
  readonly kind: "REGIONAL" | "CLOUDFRONT";
  readonly region: string;
  readonly byAddress: boolean;
}

/** Whatever CloudFront asks is kept here, wherever the platform lives. */
const globalRegion = "us-east-1";

/** A web ACL for the balancers of the region, and one for the CDN; balancers and distributions join them. */
export function waf(scope: Scope, spec: WafSpec, on: On): AwsPart<"waf"> {
  const { region } = scope.place;
  const regional = spec.regional ? frontOf(scope, spec, on, { part: "regional", kind: "REGIONAL", region, byAddress: spec.direct }) : null;
  const global = spec.global
    ? frontOf(scope, spec, on, { part: "global", kind: "CLOUDFRONT", region: globalRegion, byAddress: true })
    : null;
  return {
    native: { regional: regional === null ? null : regional.acl, global: global === null ? null : global.acl },
    ready: [regional, global].flatMap(front => (front === null ? [] : front.ready)),
  };
}

function frontOf(scope: Scope, spec: WafSpec, on: On, front: Front) {
  const { name, parent } = scope;
  const { part, kind, region } = front;
  // A list is a document of its own: an address more changes the set and not the ACL.
  const sets = each(front.byAddress ? spec.lists : {}, (key, list) => {
    const set = `${name}-${part}-list-${key}`;
    return new aws.wafv2.IpSet(
      set,
      {
        region,
        scope: kind,
        ipAddressVersion: "IPV4",
        addresses: [...list.ranges],
        description: `${list.action === "deny" ? "Kept out of" : "Alone let in to"} ${list.path}`,
        tags: tagged(scope, set),
      },
      { parent },
    );
  });
  const acl = new aws.wafv2.WebAcl(
    `${name}-${part}`,
    {
      region,
      scope: kind,
      description: `Rules before the ${part === "regional" ? "balancers" : "CDN"}`,
      defaultAction: { allow: {} },
      rules: rulesOf(spec, sets, front.byAddress),
      visibilityConfig: measured(`${name}-${part}`),
      // What is read of a body stays at what costs nothing: 8 KiB behind a balancer, which is fixed, 16 KiB behind CloudFront.
      tags: tagged(scope, `${name}-${part}`),
    },
    { parent },
  );
  return { acl, ready: [spec.logs ? logsOf(scope, on, front, acl) : acl] };
}

/** Requests that a rule stopped or would have stopped; the rest stand in the access logs of balancer and CDN. */
function logsOf(scope: Scope, on: On, { part, region }: Front, acl: aws.wafv2.WebAcl): pulumi.Resource {
  const { name, parent, place, protection } = scope;
  const { groups, keyIds } = on.logs.native;
  const group = new aws.cloudwatch.LogGroup(
    `${name}-${part}-logs`,
    {
      region,
      // The service takes no other beginning.
      name: pulumi.interpolate`aws-waf-logs-${physicalName(scope, 400)}-${part}-${on.foundation.suffix}`,
      retentionInDays: pick(groups, place.key).retentionInDays,
      kmsKeyId: region === place.region ? keyIds[place.key] : undefined, // an own key does not leave its region
      deletionProtectionEnabled: protection,
      tags: tagged(scope, `${name}-${part}-logs`),
    },
    { parent, protect: protection },
  );
  const opening = ["authorization", "cookie", ...(on.pass === null ? [] : [on.pass.header.toLowerCase()])];
  const keep = ["BLOCK", "COUNT", "CHALLENGE", "CAPTCHA", "EXCLUDED_AS_COUNT"];
  return new aws.wafv2.WebAclLoggingConfiguration(
    `${name}-${part}-logging`,
    {
      region,
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: opening.map(header => ({ singleHeader: { name: header } })),
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions: keep.map(action => ({ actionCondition: { action } })) }],
      },
    },
    { parent },
  );
}
