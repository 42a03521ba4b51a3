/** Decides how a group scales: targets and steps, bounds by the hour, forecasts. */
import type { GroupSpec } from "../compute/model.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import { taken } from "../kernel/taken.ts";
import { clashesOf, minuteOf, type Span, spansOf, weekdays } from "../kernel/week.ts";
import type { ScalingArgs, ScalingSpec, ScheduleSpec } from "./model.ts";

type Count = GroupSpec["count"];
type Named<T> = Readonly<Record<string, T>>;

/** A step rule on a metric is the later, more specific word: the target on the same metric goes. */
export function resolveScaling(at: string, scaling: ScalingArgs, known: Known): ScalingSpec {
  const path = `${at}.scaling`;
  const { facts, findings } = known;
  const limits = facts.limits.scaling;
  const stepped = new Set(Object.values(scaling.steps).map(step => step.metric));
  const steps = stepped.size > 0 && findings.use(`${path}.steps`, limits.steps);
  if (scaling.memory !== undefined) findings.use(`${path}.memory`, limits.memory);
  else if (steps && stepped.has("memory")) findings.use(`${path}.steps`, limits.memory);
  if (scaling.requestsPerMinute !== undefined)
    findings.use(`${path}.requestsPerMinute`, limits.requests, String(scaling.requestsPerMinute));
  if (scaling.latencySeconds !== undefined) findings.use(`${path}.latencySeconds`, limits.latency, String(scaling.latencySeconds));
  // Where steps are not offered a target stands in: the one that was said, else the mark from which a step would add.
  const mark = (metric: "cpu" | "memory"): number | null =>
    Object.values(scaling.steps).find(step => step.metric === metric && step.above !== undefined)?.above ?? null;
  const target = (metric: "cpu" | "memory", value: number | null | undefined): number | null =>
    steps && stepped.has(metric) ? null : (value ?? mark(metric));
  const cpu = target("cpu", scaling.cpu);
  const memory = target("memory", scaling.memory);
  const requestsPerMinute = scaling.requestsPerMinute ?? null;
  if (Object.keys(scaling.schedules).length > 0 && cpu === null && memory === null && requestsPerMinute === null && !steps)
    findings.use(`${path}.schedules`, limits.schedulesAlone);
  return {
    cpu,
    memory,
    requestsPerMinute,
    latencySeconds: scaling.latencySeconds ?? null,
    cooldownSeconds: scaling.cooldownSeconds,
    steps: stepsOf(path, scaling, known),
    schedules: schedulesOf(`${path}.schedules`, scaling.schedules, known),
    predictive: predictiveOf(path, scaling, steps && stepped.has("cpu") ? mark("cpu") : cpu, known),
  };
}

const stepsOf = (path: string, { steps }: ScalingArgs, known: Known): ScalingSpec["steps"] =>
  Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [
      name,
      {
        metric: step.metric,
        comparison: step.above === undefined ? "below" : "above",
        percent: step.above ?? step.below ?? 0,
        forSeconds: taken(`${path}.steps.${name}.forSeconds`, step.forSeconds, known.facts.limits.scaling.stepSeconds, known),
        add: step.add,
      },
    ]),
  );

/** Every cloud forecasts the processors alone. */
function predictiveOf(path: string, scaling: ScalingArgs, cpu: number | null, { facts, findings }: Known): ScalingSpec["predictive"] {
  const mode = scaling.predictive;
  if (mode === null) return null;
  const limits = facts.limits.scaling;
  findings.use(`${path}.predictive`, limits.predictive[mode], mode);
  if (cpu === null) {
    findings.refuse(
      `${path}.predictive`,
      `expected a figure of the processors to forecast by, got none beside "${mode}"`,
      "say `cpu: 70`, or give a step `above` a mark of cpu",
    );
    return null;
  }
  const { min, max } = limits.leadSeconds;
  return { mode, cpu, leadSeconds: Math.min(max, Math.max(min, scaling.cooldownSeconds)) };
}

function schedulesOf(path: string, schedules: ScalingArgs["schedules"], known: Known): ScalingSpec["schedules"] {
  const { facts, findings } = known;
  const limits = facts.limits.scaling;
  const all = Object.entries(schedules);
  const [first] = all;
  if (first === undefined) return {};
  const starts = Object.fromEntries(
    all.map(([name, { days, at }]) => [name, { days: weekdays.filter(weekday => days.includes(weekday)), minute: minuteOf(at) }]),
  );
  const spans = spansOf(starts);
  if (all.length > limits.maxSchedules)
    findings.refuse(path, `expected at most ${limits.maxSchedules} on ${facts.cloud}, got ${all.length}`, "let one begin on several days");
  for (const [name, other, weekday] of clashesOf(starts))
    findings.refuse(
      `${path}.${name}.at`,
      `expected a start of its own, got ${schedules[name]?.at} on ${weekday}, which is that of ${other}`,
      `move one of them, or take ${weekday} out of its days`,
    );
  judgeBounds(path, schedules, known);
  const maxima = new Set(all.map(([, { max }]) => max));
  // Only a most that moves is lost where the least alone is lifted.
  if (maxima.size > 1) findings.use(path, limits.schedules);
  if (all.some(([, { desired }]) => desired !== undefined)) findings.use(path, limits.scheduleDesired);
  return Object.fromEntries(
    all.map(([name, schedule]): [string, ScheduleSpec] => {
      const at = `${path}.${name}`;
      const { days = [], minute = 0 } = starts[name] ?? {};
      const held = spans[name] ?? [];
      judgeSpans(at, held, limits.scheduleSeconds, known);
      if (schedule.timezone !== first[1].timezone)
        findings.refuse(
          `${at}.timezone`,
          `expected one for all schedules of a role, ${first[1].timezone}, got "${schedule.timezone}"`,
          "say the hour in that time zone",
        );
      return [
        name,
        {
          days,
          minute,
          timezone: timezoneOf(at, schedule.timezone, known),
          min: schedule.min,
          desired: schedule.desired ?? null,
          max: schedule.max,
          spans: held,
        },
      ];
    }),
  );
}

function judgeBounds(path: string, schedules: ScalingArgs["schedules"], { findings }: Known): void {
  for (const [name, { min, desired = min, max }] of Object.entries(schedules))
    if (!(min <= desired && desired <= max))
      findings.refuse(
        `${path}.${name}`,
        `expected min <= desired <= max, got ${min}/${desired}/${max}`,
        `write min: ${min}, desired: ${Math.max(min, desired)}, max: ${Math.max(min, desired, max)}`,
      );
}

function judgeSpans(at: string, spans: readonly Span[], least: number, { facts, findings }: Known): void {
  const short = spans.find(({ seconds }) => seconds < least);
  if (short !== undefined && short.seconds > 0)
    findings.refuse(
      `${at}.at`,
      `expected ${least / 60} minutes or more before the next start on ${facts.cloud}, got ${short.seconds / 60} on ${short.days.join(", ")}`,
      "move one of them",
    );
}

function timezoneOf(at: string, name: string, { facts, findings }: Known): string {
  const { timezones } = facts.limits.scaling;
  if (timezones === null) return name;
  const own = timezones[name];
  if (own === undefined)
    findings.refuse(
      `${at}.timezone`,
      `expected a time zone that ${facts.cloud} has a name for, got "${name}"`,
      `${proposal(name, Object.keys(timezones))}; one of the same hours will do`,
    );
  return own ?? name;
}

/** Where a schedule only lifts the least, what lies under all of them is the least, and the most is the largest of theirs: some schedule always holds. */
export function boundsOf(count: Count, schedules: Named<ScheduleSpec>, { facts }: Known): Count {
  const all = Object.values(schedules);
  if (all.length === 0 || facts.limits.scaling.schedules.is === "native") return count;
  const min = Math.min(...all.map(schedule => schedule.min));
  const max = Math.max(...all.map(schedule => schedule.max));
  return { min, desired: Math.min(max, Math.max(min, count.desired)), max };
}

/** Most instances at any hour. */
export const mostOf = ({ count, scaling }: GroupSpec): number =>
  Math.max(count.max, ...Object.values(scaling.schedules).map(schedule => schedule.max));

/** What is left to judge once balancers are decided: who is asked, and how many rules that makes. */
export function judgeAsking(
  role: string,
  { scaling, joins }: GroupSpec,
  balancers: Named<{ readonly form: "application" | "network" }>,
  { facts, findings }: Known,
): void {
  const path = `roles.${role}.scaling`;
  const asked = joins.filter(({ balancer }) => balancers[balancer]?.form === "application");
  for (const rule of ["requestsPerMinute", "latencySeconds"] as const)
    if (scaling[rule] !== null && asked.length === 0)
      findings.refuse(
        `${path}.${rule}`,
        `expected a pool of an application balancer that names ${role}, got ${joins.length === 0 ? "none" : "one of a network balancer, which reads no requests"}`,
        `add \`${role}: {}\` to the pools of one under edge.balancers, or drop the rule`,
      );
  const targets = [scaling.cpu, scaling.memory, ...asked.flatMap(() => [scaling.requestsPerMinute, scaling.latencySeconds])].filter(
    target => target !== null,
  );
  const rules = 2 * targets.length + Object.keys(scaling.steps).length;
  const { maxRules } = facts.limits.scaling;
  if (maxRules !== null && rules > maxRules)
    findings.refuse(
      path,
      `expected at most ${maxRules} rules on ${facts.cloud}, got ${rules}: a target is two of them${asked.length > 1 ? ", at each balancer" : ""}`,
      "drop a target or a step",
    );
}
