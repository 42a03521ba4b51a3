/** What Azure does with each rule of scaling. Pages read in MicrosoftDocs/azure-docs@07460a7 on 2026-11-21. */
import { approximate, native } from "../../../components/kernel/limits.ts";
import type { ScalingLimits } from "../../../components/scaling/model.ts";
import { timezones } from "./timezones.ts";

const autoscale = "https://learn.microsoft.com/azure/azure-monitor/autoscale";

export const scaling = {
  memory: native,
  requests: native,
  latency: native,
  steps: native,
  stepSeconds: { min: 300, max: 7200 }, // autoscale looks back five minutes at least
  maxRules: 10, // of a profile: autoscale-best-practices
  // A recurring profile holds until the next one begins: autoscale-multiprofile, "Multiple contiguous profiles".
  schedules: native,
  scheduleDesired: approximate(
    "a profile goes to its default only while no figure can be read: otherwise its bounds move the group",
    `${autoscale}/autoscale-understanding-settings`,
  ),
  schedulesAlone: native,
  maxSchedules: 19, // of 20 profiles, one holds without a schedule
  scheduleSeconds: 60,
  timezones,
  predictive: { forecast: native, scale: native },
  leadSeconds: { min: 300, max: 3600 }, // autoscale-predictive: pre-launch by 5 to 60 minutes
} satisfies ScalingLimits;
