/** What AWS does with each rule of scaling. Pages read or recalled on 2026-11-21. */
import { approximate, native } from "../../../components/kernel/limits.ts";
import type { ScalingLimits } from "../../../components/scaling/model.ts";

const guide = "https://docs.aws.amazon.com/autoscaling/ec2/userguide";

export const scaling = {
  memory: approximate(
    "EC2 does not see memory: the figure is the CloudWatch agent's mem_used_percent, which the host must send with the dimension AutoScalingGroupName alone",
    `${guide}/as-scaling-target-tracking.html`,
  ),
  requests: native,
  latency: native,
  steps: native,
  stepSeconds: { min: 60, max: 7200 },
  maxRules: null, // 50 policies a group, 20 step rules each
  schedules: native,
  scheduleDesired: native,
  schedulesAlone: native,
  maxSchedules: 125, // ec2-auto-scaling-quotas
  scheduleSeconds: 60,
  timezones: null, // takes the canonical names of the tz database
  predictive: { forecast: native, scale: native },
  leadSeconds: { min: 0, max: 3600 }, // PredictiveScalingConfiguration.SchedulingBufferTime
} satisfies ScalingLimits;
