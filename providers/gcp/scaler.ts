import * as gcp from "@pulumi/gcp";
import type { GroupSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { cron } from "../../components/kernel/week.ts";
import type { ScalingSpec } from "../../components/scaling/model.ts";
import { servedShare } from "./facts/scaling.ts";

/** Targets alone: Google has no steps. What a step would take away at most, at most goes at once. */
export function scalerOf(
  { name, parent, place }: Scope,
  { count, scaling }: GroupSpec,
  manager: gcp.compute.RegionInstanceGroupManager,
): gcp.compute.RegionAutoscaler {
  const { cpu, memory, requestsPerMinute, predictive } = scaling;
  const downs = Object.values(scaling.steps).filter(step => step.comparison === "below");
  return new gcp.compute.RegionAutoscaler(
    `${name}-scaler`,
    {
      region: place.region,
      target: manager.id,
      autoscalingPolicy: {
        mode: "ON",
        minReplicas: count.min,
        maxReplicas: count.max,
        cooldownPeriod: scaling.cooldownSeconds,
        cpuUtilization:
          cpu === null ? undefined : { target: cpu / 100, predictiveMethod: predictive === null ? "NONE" : "OPTIMIZE_AVAILABILITY" },
        metrics: memory === null ? [] : [memoryTarget(memory)],
        // The figure itself stands at the balancer: the rate that its backend gives an instance at most.
        ...(requestsPerMinute === null ? {} : { loadBalancingUtilization: { target: servedShare } }),
        ...(Object.keys(scaling.schedules).length === 0 ? {} : { scalingSchedules: schedulesOf(scaling) }),
        ...(downs.length === 0
          ? {}
          : {
              scaleInControl: {
                maxScaledInReplicas: { fixed: Math.max(...downs.map(step => -step.add)) },
                timeWindowSec: Math.max(...downs.map(step => step.forSeconds), scaling.cooldownSeconds),
              },
            }),
      },
    },
    { parent },
  );
}

/**
 * Google must be told how long each lasts, and a start that lasts longer on some days than on others is one for each length.
 * On the day that clocks go forward the next one begins an hour early, and the larger of two counts; when they go back, an hour is left to the targets.
 */
const schedulesOf = ({ schedules }: ScalingSpec): gcp.types.input.compute.RegionAutoscalerAutoscalingPolicyScalingSchedule[] =>
  Object.entries(schedules).flatMap(([key, schedule]) =>
    schedule.spans.map(({ days, seconds }) => ({
      name: schedule.spans.length === 1 ? key : `${key}--${days.join("-")}`, // two dashes: no key has them
      description: `At least ${schedule.min} until the next begins`,
      minRequiredReplicas: schedule.min,
      schedule: cron({ days, minute: schedule.minute }),
      timeZone: schedule.timezone,
      durationSec: seconds,
    })),
  );

/** Written by the Ops Agent, by state: unfiltered, the free part would count as well. */
const memoryTarget = (percent: number) => ({
  name: "agent.googleapis.com/memory/percent_used",
  type: "GAUGE",
  target: percent,
  filter: 'resource.type = "gce_instance" AND metric.labels.state = "used"',
});
