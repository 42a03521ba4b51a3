import * as azure from "@pulumi/azure-native";
import type { GroupSpec, ScalingStepSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { homeOf } from "./lookup.ts";
import type { OnFoundation } from "./natives.ts";

type Metric = ScalingStepSpec["metric"];

/** Azure measures memory by what is left of it: every threshold turns round. */
const metricName = { cpu: "Percentage CPU", memory: "Available Memory Percentage" } satisfies Record<Metric, string>;
const minutes = (seconds: number): string => `PT${Math.ceil(seconds / 60)}M`;

/** How many instances there are: within the bounds, by the targets and steps. */
export function autoscale(
  scope: Scope,
  spec: GroupSpec,
  scaleSet: azure.compute.VirtualMachineScaleSet,
  on: OnFoundation,
): azure.monitor.AutoscaleSetting {
  const { min, desired, max } = spec.count;
  return new azure.monitor.AutoscaleSetting(
    `${scope.name}-scaler`,
    {
      ...homeOf(scope, on),
      enabled: true,
      targetResourceUri: scaleSet.id,
      profiles: [
        {
          name: "always",
          capacity: { minimum: `${min}`, default: `${desired}`, maximum: `${max}` },
          rules: stepsOf(spec).map(step => ruleOf(step, spec, scaleSet)),
        },
      ],
    },
    { parent: scope.parent },
  );
}

/** A target is held by two steps: one more above it, one fewer below its half, where one fewer cannot push the rest over it. */
function stepsOf({ scaling: { cpu, memory, steps } }: GroupSpec): readonly ScalingStepSpec[] {
  const held = (metric: Metric, percent: number | null): readonly ScalingStepSpec[] =>
    percent === null
      ? []
      : [
          { metric, comparison: "above", percent, forSeconds: 300, add: 1 },
          { metric, comparison: "below", percent: Math.floor(percent / 2), forSeconds: 300, add: -1 },
        ];
  return [...held("cpu", cpu), ...held("memory", memory), ...Object.values(steps)];
}

function ruleOf(
  { metric, comparison, percent, forSeconds, add }: ScalingStepSpec,
  { scaling }: GroupSpec,
  scaleSet: azure.compute.VirtualMachineScaleSet,
): azure.types.input.monitor.ScaleRuleArgs {
  const more = (comparison === "above") === (metric === "cpu");
  return {
    metricTrigger: {
      metricName: metricName[metric],
      metricNamespace: "microsoft.compute/virtualmachinescalesets",
      metricResourceUri: scaleSet.id,
      timeGrain: "PT1M",
      statistic: "Average",
      timeWindow: minutes(forSeconds),
      timeAggregation: "Average",
      operator: more ? "GreaterThan" : "LessThan",
      threshold: metric === "cpu" ? percent : 100 - percent,
      dividePerInstance: false,
    },
    scaleAction: {
      direction: add > 0 ? "Increase" : "Decrease",
      type: "ChangeCount",
      value: `${Math.abs(add)}`,
      cooldown: minutes(scaling.cooldownSeconds),
    },
  };
}
