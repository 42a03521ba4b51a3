/** What Google Cloud makes of every rule of scaling. Pages read from stored copies on 2026-11-21. */
import { absent, approximate, native } from "../../../components/kernel/limits.ts";
import type { ScalingLimits } from "../../../components/scaling/model.ts";

const autoscaler = "https://cloud.google.com/compute/docs/autoscaler";

export const scaling: ScalingLimits = {
  memory: approximate("by the Ops Agent's metric; the agent must run on the host", `${autoscaler}/scaling-cloud-monitoring-metrics`),
  requests: native,
  latency: absent(
    "say requestsPerMinute: a balancer's response times are a distribution, and an autoscaler follows single figures alone",
    `${autoscaler}/scaling-cloud-monitoring-metrics`,
  ),
  steps: approximate(
    "targets scale instead of steps; steps that take away limit how many leave at once",
    `${autoscaler}/understanding-autoscaler-decisions`,
  ),
  stepSeconds: { min: 60, max: 3600 }, // scaleInControl
  maxRules: null,
  schedules: approximate(
    "a schedule lifts the least number of instances alone: the most is the largest of theirs at every hour",
    `${autoscaler}/scaling-schedules`,
  ),
  scheduleDesired: approximate("a schedule goes to its least, and targets decide above it", `${autoscaler}/scaling-schedules`),
  schedulesAlone: absent(
    "say a target too, such as `cpu: 70`: a schedule only stands beside another rule",
    `${autoscaler}/scaling-schedules`,
  ),
  maxSchedules: 128,
  scheduleSeconds: 300,
  timezones: null,
  predictive: {
    forecast: absent("say scale, or off: a forecast is made only to be followed", `${autoscaler}/predictive-autoscaling`),
    scale: native,
  },
  leadSeconds: { min: 0, max: 3600 }, // the autoscaler's own initialization period stands in
};

/** Share of what an instance may be given that the autoscaler holds: below one, so that more than enough can be told from enough. */
export const servedShare = 0.8;
