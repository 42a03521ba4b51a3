import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { GroupSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { cron } from "../../components/kernel/week.ts";
import type { ScalingSpec, ScalingStepSpec, ScheduleSpec } from "../../components/scaling/model.ts";
import { tagged } from "./lookup.ts";

/** Where each figure is found. Memory is known to the host alone: the CloudWatch agent on it must say which group it belongs to. */
const figures = {
  cpu: { namespace: "AWS/EC2", metricName: "CPUUtilization" },
  memory: { namespace: "CWAgent", metricName: "mem_used_percent" },
} as const;

/** A target for each figure that has one, a policy with its alarm for each step, the forecast, the hours. What asks a balancer comes with its routes. */
export function scaling(scope: Scope, spec: GroupSpec, group: aws.autoscaling.Group): readonly pulumi.Resource[] {
  const { cpu, memory, steps, schedules, predictive } = spec.scaling;
  return [
    ...(cpu === null
      ? []
      : [
          target(scope, group, "cpu", {
            predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
            targetValue: cpu,
          }),
        ]),
    ...(memory === null
      ? []
      : [
          target(scope, group, "memory", {
            customizedMetricSpecification: {
              ...figures.memory,
              statistic: "Average",
              metricDimensions: [{ name: "AutoScalingGroupName", value: group.name }],
            },
            targetValue: memory,
          }),
        ]),
    ...Object.entries(steps).flatMap(([key, rule]) => step(scope, spec, group, key, rule)),
    ...(predictive === null ? [] : [forecast(scope, group, predictive)]),
    ...Object.entries(schedules).map(([key, schedule]) => scheduled(scope, group, key, schedule)),
  ];
}

function target(
  { name, parent, place }: Scope,
  group: aws.autoscaling.Group,
  figure: keyof typeof figures,
  targetTrackingConfiguration: aws.types.input.autoscaling.PolicyTargetTrackingConfiguration,
) {
  return new aws.autoscaling.Policy(
    `${name}-target-${figure}`,
    { region: place.region, autoscalingGroupName: group.name, policyType: "TargetTrackingScaling", targetTrackingConfiguration },
    { parent },
  );
}

/** Adds or takes away once the alarm rings; bounds are counted from the alarm's threshold. */
function step(scope: Scope, spec: GroupSpec, group: aws.autoscaling.Group, key: string, rule: ScalingStepSpec): readonly pulumi.Resource[] {
  const { name, parent, place } = scope;
  const above = rule.comparison === "above";
  const policy = new aws.autoscaling.Policy(
    `${name}-step-${key}`,
    {
      region: place.region,
      autoscalingGroupName: group.name,
      policyType: "StepScaling",
      adjustmentType: "ChangeInCapacity",
      metricAggregationType: "Average",
      estimatedInstanceWarmup: spec.scaling.cooldownSeconds,
      stepAdjustments: [
        { scalingAdjustment: rule.add, ...(above ? { metricIntervalLowerBound: "0" } : { metricIntervalUpperBound: "0" }) },
      ],
    },
    { parent },
  );
  const period = rule.forSeconds % 300 === 0 ? 300 : 60;
  const alarm = new aws.cloudwatch.MetricAlarm(
    `${name}-alarm-${key}`,
    {
      region: place.region,
      alarmDescription: `${rule.metric} of ${name} ${rule.comparison} ${rule.percent} % for ${rule.forSeconds} s: ${rule.add} instances`,
      ...figures[rule.metric],
      statistic: "Average",
      dimensions: { AutoScalingGroupName: group.name },
      comparisonOperator: above ? "GreaterThanThreshold" : "LessThanThreshold",
      threshold: rule.percent,
      period,
      evaluationPeriods: Math.ceil(rule.forSeconds / period),
      treatMissingData: "missing", // a group without figures is left as it is
      alarmActions: [policy.arn],
      tags: tagged(scope, `${name}-alarm-${key}`),
    },
    { parent },
  );
  return [policy, alarm];
}

/** Needs a day of figures, better two weeks; never goes beyond the group's most. */
function forecast({ name, parent, place }: Scope, group: aws.autoscaling.Group, predictive: NonNullable<ScalingSpec["predictive"]>) {
  return new aws.autoscaling.Policy(
    `${name}-predictive`,
    {
      region: place.region,
      autoscalingGroupName: group.name,
      policyType: "PredictiveScaling",
      predictiveScalingConfiguration: {
        mode: predictive.mode === "scale" ? "ForecastAndScale" : "ForecastOnly",
        metricSpecification: {
          targetValue: predictive.cpu,
          predefinedMetricPairSpecification: { predefinedMetricType: "ASGCPUUtilization" },
        },
        schedulingBufferTime: `${predictive.leadSeconds}`,
        maxCapacityBreachBehavior: "HonorMaxCapacity",
      },
    },
    { parent },
  );
}

/** Sets the bounds every week anew; they hold until another action sets them. */
function scheduled({ name, parent, place }: Scope, group: aws.autoscaling.Group, key: string, schedule: ScheduleSpec) {
  return new aws.autoscaling.Schedule(
    `${name}-schedule-${key}`,
    {
      region: place.region,
      autoscalingGroupName: group.name,
      scheduledActionName: `${name}-${key}`, // its whole id: one of two groups would shadow the other
      recurrence: cron(schedule),
      timeZone: schedule.timezone,
      minSize: schedule.min,
      maxSize: schedule.max,
      desiredCapacity: schedule.desired === null ? -1 : schedule.desired, // -1 leaves it; left out it would be zero
    },
    { parent },
  );
}
