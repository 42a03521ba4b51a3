/** What Google Cloud makes of the web application firewall. */
import { absent, approximate, native } from "../../../components/kernel/limits.ts";
import type { WafLimits } from "../../../components/waf/model.ts";

const tiers = "https://docs.cloud.google.com/armor/docs/armor-enterprise-overview";

/**
 * Preconfigured rule sets by level, and how sharp they are. Rules of a language come with the
 * sharper levels: they stop plain text that looks like code. Those of methods never do: they stop PUT, PATCH and DELETE.
 */
export const ruleSets = {
  low: ["sqli", "xss", "lfi", "rfi", "rce", "scannerdetection", "protocolattack", "sessionfixation"],
  medium: ["sqli", "xss", "lfi", "rfi", "rce", "scannerdetection", "protocolattack", "sessionfixation", "nodejs"],
  high: ["sqli", "xss", "lfi", "rfi", "rce", "scannerdetection", "protocolattack", "sessionfixation", "nodejs", "php", "java"],
} as const;
export const sensitivity = { off: 1, low: 1, medium: 2, high: 3 } as const;

export const waf: WafLimits = {
  oneForBoth: true,
  core: { low: native, medium: native, high: native },
  knownBadInputs: native,
  reputation: {
    block: approximate(
      "no list of addresses below Cloud Armor Enterprise: scanners are told by what they ask (core rules), crowds by limits",
      tiers,
    ),
    challenge: absent("set it to block or off: a challenge needs keys of reCAPTCHA Enterprise", tiers),
  },
  bots: absent("leave it off, and limit requests instead: telling bots needs keys of reCAPTCHA Enterprise", tiers),
  listsWhileCounting: native,
  limitsOfOnePath: absent(
    "keep one limit of a path: the first that matches is the last that is asked",
    "https://docs.cloud.google.com/armor/docs/rate-limiting-overview",
  ),
  windows: [10, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 2700, 3600],
  requests: { min: 1, max: 1_000_000 },
  capacity: null,
  rules: {
    most: 200,
    expressions: { quota: 20, core: { low: ruleSets.low.length, medium: ruleSets.medium.length, high: ruleSets.high.length } },
    ranges: { all: 10, below: 4 }, // five conditions in an expression, the path among them
    closing: 1,
    countries: 250,
  },
  maxRanges: 1000,
  bands: {
    deny: { first: 1_000_000, slots: 1000, step: 300, perCharacter: 0 },
    // Within one length of path first the lists, then the limits; what a path says is made under the lower number.
    allow: { first: 10_000_000, slots: 400, step: 1000, perCharacter: 1_000_000 },
    limit: { first: 10_400_000, slots: 400, step: 1000, perCharacter: 1_000_000 },
  },
  countries: { support: native, priority: 2_000_000 },
  ddos: absent(
    "leave it at standard, which every balancer has; Cloud Armor Enterprise is taken out for a whole project: enrol it by hand",
    tiers,
  ),
  source: "https://docs.cloud.google.com/armor/quotas",
};
