/** What AWS makes of the web application firewall. */
import { absent, native } from "../../../components/kernel/limits.ts";
import type { WafLimits } from "../../../components/waf/model.ts";

/** A managed rule group: its capacity, and from which level of `core` on it belongs. */
interface Group {
  readonly name: string;
  readonly capacity: number;
}

const group = (name: string, capacity: number): Group => ({ name: `AWSManagedRules${name}`, capacity });

/** Read 2026-11 in https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html, recalled where that copy had no figure. */
export const groups = {
  common: group("CommonRuleSet", 700),
  sql: group("SQLiRuleSet", 200),
  linux: group("LinuxRuleSet", 200),
  knownBadInputs: group("KnownBadInputsRuleSet", 200),
  reputation: group("AmazonIpReputationList", 25),
  anonymous: group("AnonymousIpList", 50),
  bots: group("BotControlRuleSet", 50),
} as const;

/** Rule groups by level. Database and Linux rules look for what the common ones leave out, and stop more that is harmless. */
export const coreGroups = {
  low: [groups.common],
  medium: [groups.common],
  high: [groups.common, groups.sql, groups.linux],
} satisfies Record<"low" | "medium" | "high", readonly Group[]>;

export const reputationGroups = {
  low: [groups.reputation],
  medium: [groups.reputation],
  high: [groups.reputation, groups.anonymous], // hosting providers and VPNs too: visitors at high, servers of partners as well
} satisfies Record<"low" | "medium" | "high", readonly Group[]>;

const costOf = (of: readonly Group[]): number => of.reduce((sum, { capacity }) => sum + capacity, 0);
const costs = (of: typeof coreGroups) => ({ low: costOf(of.low), medium: costOf(of.medium), high: costOf(of.high) });

export const waf: WafLimits = {
  oneForBoth: false,
  core: { low: native, medium: native, high: native },
  knownBadInputs: native,
  reputation: { block: native, challenge: native },
  bots: native,
  listsWhileCounting: native,
  limitsOfOnePath: native,
  windows: [60, 120, 300, 600],
  requests: { min: 10, max: 2_000_000_000 },
  capacity: {
    most: 5000,
    included: 1500,
    core: costs(coreGroups),
    knownBadInputs: groups.knownBadInputs.capacity,
    reputation: costs(reputationGroups),
    bots: groups.bots.capacity,
    list: 1,
    limit: 2,
    path: 32, // a match at the beginning, after three transformations of the text
    countries: 5, // one for every 50
  },
  rules: { most: 5000, expressions: null, ranges: { all: 10_000, below: 10_000 }, closing: 0, countries: 250 },
  maxRanges: 10_000,
  bands: {
    deny: { first: 100_000, slots: 10_000, step: 1, perCharacter: 0 },
    allow: { first: 200_000, slots: 10_000, step: 1, perCharacter: 0 },
    limit: { first: 400_000, slots: 10_000, step: 1, perCharacter: 0 },
  },
  countries: { support: native, priority: 300_000 },
  ddos: absent(
    "leave it at standard, which every account has; Shield Advanced is a subscription of the whole account for a year (3000 USD a month): take it out by hand",
    "https://docs.aws.amazon.com/waf/latest/developerguide/enable-ddos-prem.html",
  ),
  source: "https://docs.aws.amazon.com/waf/latest/developerguide/limits.html",
};
