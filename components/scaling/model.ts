/**
 * Scaling: how many instances a group has, by what they are asked, by the hour, and by what is to come.
 *
 * | here       | aws                                   | azure                                      | gcp                                    |
 * |------------|---------------------------------------|--------------------------------------------|----------------------------------------|
 * | target     | target tracking policy                | two rules: one more above, one fewer below | utilization or metric of the autoscaler |
 * | step       | step policy and its alarm             | rule                                       | (a target stands in)                   |
 * | requests   | target tracking on the target group   | rules on the gateway's requests a host     | serving capacity of the backend        |
 * | latency    | target tracking on the target group   | rules on the gateway's response time       | (not offered)                          |
 * | schedule   | scheduled action                      | recurring profile                          | scaling schedule, which lifts the least |
 * | predictive | predictive policy                     | predictive policy of the setting           | predictive method on the processor     |
 *
 * A schedule sets the bounds when it begins, and they hold until another one does.
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import { mapOf, orOff, partsOf, percent, seconds, weekday } from "../kernel/schema.ts";
import { type Span, type Weekday, weekdays } from "../kernel/week.ts";

export const ScalingStepArgs = z
  .strictObject({
    metric: z.enum(["cpu", "memory"]).default("cpu"),
    above: percent.optional().meta({ description: "Per cent of the group's average; exactly one of `above` and `below`." }),
    below: percent.optional(),
    forSeconds: z.int().min(60).max(7200).default(60),
    add: z.int().min(-50).max(50).meta({ description: "Instances to add; negative takes away." }),
  })
  .refine(step => (step.above === undefined) !== (step.below === undefined), { error: "exactly one of above and below" })
  .refine(step => (step.above === undefined ? step.add < 0 : step.add > 0), { error: "above adds, below takes away (a negative number)" });

/** Names as the tz database has them: the runtime's own copy of it is asked, in the same letters. */
function isTimezone(name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const ScheduleArgs = z.strictObject({
  days: z
    .array(weekday)
    .min(1)
    .default([...weekdays])
    .meta({ description: "Days on which it begins; every day unless said." }),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "08:00"')
    .meta({ description: "When it begins, in its time zone; it holds until another schedule of the role begins." }),
  timezone: z
    .string()
    .refine(isTimezone, { error: "a name of the tz database, such as Europe/Berlin" })
    .default("Etc/UTC")
    .meta({ description: "Name of the tz database, such as Europe/Berlin; one for all schedules of a role." }),
  min: z.int().min(0).max(1000).meta({ description: "Fewest instances from then on." }),
  desired: z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .meta({ description: "Instances to go to at once; unless said, the group moves only where the bounds push it." }),
  max: z.int().min(0).max(1000).meta({ description: "Most instances from then on." }),
});

export const ScalingArgs = z.strictObject({
  cpu: orOff(percent).default(70).meta({ description: "Average processor use to hold, per cent; `off` for no target." }),
  memory: percent.optional().meta({ description: "Average memory use to hold, per cent; needs the cloud's agent on the host." }),
  requestsPerMinute: z
    .int()
    .min(1)
    .max(10_000_000)
    .optional()
    .meta({ description: "Requests to hold for each instance, a minute; counted by an application balancer that has the role in a pool." }),
  latencySeconds: z.number().min(0.001).max(60).optional().meta({
    description:
      "Time an answer should take, seconds, measured by such a balancer. Answers may be slow for reasons that no instance cures: `max` bounds the cost.",
  }),
  cooldownSeconds: seconds.default(300),
  steps: mapOf(ScalingStepArgs).default({}).meta({ description: "Step rules by name; a step on a metric replaces the target on it." }),
  schedules: partsOf(ScheduleArgs).default({}).meta({
    description: "Bounds by the hour, by name: each holds from its start until the next begins, and `count` until the first does.",
  }),
  predictive: orOff(z.enum(["forecast", "scale"]))
    .default(null)
    .meta({
      description: "`forecast` works out what the processors will need and shows it; `scale` adds instances ahead of it too.",
    }),
});
export type ScalingArgs = z.output<typeof ScalingArgs>;

export interface ScalingStepSpec {
  readonly metric: "cpu" | "memory";
  readonly comparison: "above" | "below";
  readonly percent: number;
  readonly forSeconds: number;
  /** Never zero; negative takes away. */
  readonly add: number;
}

export interface ScheduleSpec {
  /** In the order of the week. */
  readonly days: readonly Weekday[];
  /** Of the day. */
  readonly minute: number;
  /** The cloud's own name of the time zone. */
  readonly timezone: string;
  readonly min: number;
  /** Null where the bounds alone move the group. */
  readonly desired: number | null;
  readonly max: number;
  /** How long it holds, for clouds that must be told. */
  readonly spans: readonly Span[];
}

export interface ScalingSpec {
  readonly cpu: number | null;
  readonly memory: number | null;
  /** Requests an instance should answer a minute, and seconds an answer should take: both ask the balancer. */
  readonly requestsPerMinute: number | null;
  readonly latencySeconds: number | null;
  readonly cooldownSeconds: number;
  readonly steps: Readonly<Record<string, ScalingStepSpec>>;
  readonly schedules: Readonly<Record<string, ScheduleSpec>>;
  readonly predictive: {
    readonly mode: "forecast" | "scale";
    /** Processor use that the forecast is held to, per cent: the target's, or the mark from which a step adds. */
    readonly cpu: number;
    /** How long ahead of its need an instance is started. */
    readonly leadSeconds: number;
  } | null;
}

export interface ScalingLimits {
  readonly memory: Support;
  readonly requests: Support;
  readonly latency: Support;
  readonly steps: Support;
  /** How long a step's figure must stand, as the cloud takes it; an ask outside is moved to the nearest, with a note. */
  readonly stepSeconds: { readonly min: number; readonly max: number };
  /** Most rules of a group, where the cloud counts them: a target is two, a step one. Null where it does not. */
  readonly maxRules: number | null;
  /** Both bounds by the hour. Where that is not native, a schedule lifts the least alone, and the most is the largest of all. */
  readonly schedules: Support;
  /** The number that a schedule goes to at once. */
  readonly scheduleDesired: Support;
  /** Schedules without a target beside them. */
  readonly schedulesAlone: Support;
  readonly maxSchedules: number;
  /** Shortest time between two starts. */
  readonly scheduleSeconds: number;
  /** The cloud's own name by that of the tz database; null where it takes that. */
  readonly timezones: Readonly<Record<string, string>> | null;
  readonly predictive: Readonly<Record<"forecast" | "scale", Support>>;
  /** How long ahead an instance may be started: the cooldown, moved within these. */
  readonly leadSeconds: { readonly min: number; readonly max: number };
}
