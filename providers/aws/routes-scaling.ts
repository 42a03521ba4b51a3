import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { AwsPart } from "./natives.ts";

interface On {
  readonly balancer: AwsPart<"balancer">;
  readonly groups: Readonly<Record<string, AwsPart<"group">>>;
}

/** Targets for figures that only the balancer has. AWS takes requests as a figure once the target group answers somebody: `after` says so. */
export function scalingByRequests(scope: Scope, spec: RoutesSpec, on: On, after: readonly pulumi.Resource[]): readonly pulumi.Resource[] {
  const { name, parent, place } = scope;
  const { balancer, pools } = on.balancer.native;
  const target = (key: string, role: string, targetTrackingConfiguration: aws.types.input.autoscaling.PolicyTargetTrackingConfiguration) =>
    new aws.autoscaling.Policy(
      `${name}-target-${key}-${role}`,
      {
        region: place.region,
        autoscalingGroupName: pick(on.groups, role).groupName,
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration,
      },
      { parent, dependsOn: [...after] },
    );
  return Object.entries(spec.scaling).flatMap(([role, { pool, requestsPerMinute, latencySeconds }]) => {
    const { arnSuffix } = pick(pools, pool);
    const resourceLabel = pulumi.interpolate`${balancer.arnSuffix}/${arnSuffix}`;
    const metricDimensions = [
      { name: "LoadBalancer", value: balancer.arnSuffix },
      { name: "TargetGroup", value: arnSuffix },
    ];
    const figure = { namespace: "AWS/ApplicationELB", metricName: "TargetResponseTime", statistic: "Average", unit: "Seconds" };
    return [
      ...(requestsPerMinute === null
        ? []
        : [
            target("requests", role, {
              predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel },
              targetValue: requestsPerMinute,
            }),
          ]),
      ...(latencySeconds === null
        ? []
        : [target("latency", role, { customizedMetricSpecification: { ...figure, metricDimensions }, targetValue: latencySeconds })]),
    ];
  });
}
