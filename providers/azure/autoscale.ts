import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { GroupSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { clock, type Weekday } from "../../components/kernel/week.ts";
import type { ScalingStepSpec, ScheduleSpec } from "../../components/scaling/model.ts";
import { homeOf } from "./lookup.ts";
import type { On } from "./natives.ts";

/** A figure that is compared, what it is compared with, and what is done then. */
interface Rule {
  readonly figure: Omit<
    azure.types.input.monitor.MetricTriggerArgs,
    "timeGrain" | "statistic" | "timeWindow" | "timeAggregation" | "operator" | "threshold"
  >;
  readonly operator: "GreaterThan" | "LessThan";
  readonly threshold: number;
  readonly forSeconds: number;
  readonly add: number;
}

const minutes = (seconds: number): string => `PT${Math.ceil(seconds / 60)}M`;

/** How many instances there are: within the bounds of the hour, by the targets and steps. */
export function autoscale(
  scope: Scope,
  spec: GroupSpec,
  scaleSet: azure.compute.VirtualMachineScaleSet,
  on: Pick<On<"group">, "foundation" | "balancers">,
): azure.monitor.AutoscaleSetting {
  const rules = [...hostRules(spec, scaleSet), ...gatewayRules(spec, on)].map(rule => ruleOf(rule, spec));
  const { min, desired, max } = spec.count;
  const { predictive } = spec.scaling;
  return new azure.monitor.AutoscaleSetting(
    `${scope.name}-scaler`,
    {
      ...homeOf(scope, on),
      enabled: true,
      targetResourceUri: scaleSet.id,
      profiles: [
        { name: "always", capacity: { minimum: `${min}`, default: `${desired}`, maximum: `${max}` }, rules },
        // Each holds from its start until the next one's, so that beside them the first never does.
        ...Object.entries(spec.scaling.schedules).map(([key, schedule]) => ({ ...hoursOf(key, schedule), rules })),
      ],
      ...(predictive === null
        ? {}
        : {
            predictiveAutoscalePolicy: {
              scaleMode: predictive.mode === "scale" ? ("Enabled" as const) : ("ForecastOnly" as const),
              scaleLookAheadTime: minutes(predictive.leadSeconds),
            },
          }),
    },
    { parent: scope.parent },
  );
}

const weekdayName = {
  sun: "Sunday",
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
} satisfies Record<Weekday, string>;

function hoursOf(key: string, schedule: ScheduleSpec) {
  const { hour, minute } = clock(schedule);
  const preset = schedule.desired === null ? schedule.min : schedule.desired;
  return {
    name: key,
    capacity: { minimum: `${schedule.min}`, default: `${preset}`, maximum: `${schedule.max}` },
    recurrence: {
      frequency: "Week" as const,
      schedule: { timeZone: schedule.timezone, days: schedule.days.map(day => weekdayName[day]), hours: [hour], minutes: [minute] },
    },
  };
}

/** What the hosts say of themselves. Azure measures memory by what is left of it: every threshold turns round. */
function hostRules({ scaling: { cpu, memory, steps } }: GroupSpec, scaleSet: azure.compute.VirtualMachineScaleSet): readonly Rule[] {
  const figureOf = (metricName: string) => ({
    metricName,
    metricNamespace: "microsoft.compute/virtualmachinescalesets",
    metricResourceUri: scaleSet.id,
    dividePerInstance: false,
  });
  const rule = ({ metric, comparison, percent, forSeconds, add }: ScalingStepSpec): Rule => {
    const above = (comparison === "above") === (metric === "cpu");
    return {
      figure: figureOf(metric === "cpu" ? "Percentage CPU" : "Available Memory Percentage"),
      operator: above ? "GreaterThan" : "LessThan",
      threshold: metric === "cpu" ? percent : 100 - percent,
      forSeconds,
      add,
    };
  };
  const held = (metric: "cpu" | "memory", percent: number | null): readonly ScalingStepSpec[] =>
    percent === null
      ? []
      : [
          { metric, comparison: "above", percent, forSeconds: 300, add: 1 },
          { metric, comparison: "below", percent: Math.floor(percent / 2), forSeconds: 300, add: -1 },
        ];
  return [...held("cpu", cpu), ...held("memory", memory), ...Object.values(steps)].map(rule);
}

/** What application gateways say of the pools that the group answers. */
function gatewayRules({ joins, scaling }: GroupSpec, on: Pick<On<"group">, "balancers">): readonly Rule[] {
  const { requestsPerMinute, latencySeconds } = scaling;
  return joins.flatMap(({ balancer, pool }) => {
    const { gateway, pools } = pick(on.balancers, balancer).native;
    if (gateway === null) return [];
    const called = pick(pools, pool).apply(id => id.slice(id.lastIndexOf("/") + 1));
    const figureOf = (metricName: string, dimensionName: string, value: pulumi.Output<string>) => ({
      metricName,
      metricNamespace: "microsoft.network/applicationgateways",
      metricResourceUri: gateway.id,
      dimensions: [{ dimensionName, operator: "Equals", values: [value] }],
      dividePerInstance: false,
    });
    // This figure is one of a pool with its settings, which are called as it is.
    const requests = figureOf(
      "AvgRequestCountPerHealthyHost",
      "BackendSettingsPool",
      called.apply(name => `${name}~${name}`),
    );
    const latency = figureOf("BackendLastByteResponseTime", "BackendPool", called);
    return [
      ...(requestsPerMinute === null ? [] : held(requests, requestsPerMinute)),
      ...(latencySeconds === null ? [] : held(latency, latencySeconds * 1000)), // milliseconds
    ];
  });
}

/** A target is held by two rules: one more above it, one fewer below its half, where one fewer cannot push the rest over it. */
const held = (figure: Rule["figure"], target: number): readonly Rule[] => [
  { figure, operator: "GreaterThan", threshold: target, forSeconds: 300, add: 1 },
  { figure, operator: "LessThan", threshold: target / 2, forSeconds: 300, add: -1 },
];

const ruleOf = (
  { figure, operator, threshold, forSeconds, add }: Rule,
  { scaling }: GroupSpec,
): azure.types.input.monitor.ScaleRuleArgs => ({
  metricTrigger: {
    ...figure,
    timeGrain: "PT1M",
    statistic: "Average",
    timeWindow: minutes(forSeconds),
    timeAggregation: "Average",
    operator,
    threshold,
  },
  scaleAction: {
    direction: add > 0 ? "Increase" : "Decrease",
    type: "ChangeCount",
    value: `${Math.abs(add)}`,
    cooldown: minutes(scaling.cooldownSeconds),
  },
});
