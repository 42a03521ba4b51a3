/** What Azure makes of the web application firewall: the narrower of the gateway's policy and Front Door's. */
import { absent, native } from "../../../components/kernel/limits.ts";
import type { WafLimits } from "../../../components/waf/model.ts";

const gateway = "https://learn.microsoft.com/azure/web-application-firewall/ag/custom-waf-rules-overview";

/** Groups of rules of Microsoft's default rule set 2.1. */
export const ruleGroups = {
  core: [
    "General",
    "METHOD-ENFORCEMENT",
    "PROTOCOL-ENFORCEMENT",
    "PROTOCOL-ATTACK",
    "LFI",
    "RFI",
    "RCE",
    "PHP",
    "NODEJS",
    "XSS",
    "SQLI",
    "FIX",
    "JAVA",
    "MS-ThreatIntel-WebShells",
    "MS-ThreatIntel-AppSec",
    "MS-ThreatIntel-SQLI",
  ],
  knownBadInputs: ["MS-ThreatIntel-CVEs"],
} as const;

/**
 * Rules that stop too much: off below `high`, as Microsoft advises (Microsoft's own rules find the same),
 * and at `low` only logged, where a client may be plain rather than hostile.
 */
export const noisy = {
  SQLI: ["942110", "942150", "942260", "942430", "942440"],
  "PROTOCOL-ENFORCEMENT": ["920230", "920300", "920320", "920330"], // encoded twice, no Accept, no or an empty User-Agent
} as const;

/** Rules of bots known to be hostile: by their addresses, or pretending to be another. */
export const badBots = ["100100", "100200", "100300"] as const;

export const waf: WafLimits = {
  oneForBoth: false,
  core: { low: native, medium: native, high: native },
  knownBadInputs: native,
  reputation: { block: native, challenge: native },
  bots: native,
  listsWhileCounting: absent(
    "a policy that only detects stops nobody, its own lists included: try the rules without lists and countries, or set mode: block",
    gateway,
  ),
  limitsOfOnePath: native,
  windows: [60, 300],
  requests: { min: 1, max: 2_000_000 },
  capacity: null,
  rules: { most: 100, expressions: null, ranges: { all: 600, below: 600 }, closing: 0, countries: 250 },
  maxRanges: 600,
  // A gateway's policy has the numbers from 1 to 100.
  bands: {
    deny: { first: 1, slots: 25, step: 1, perCharacter: 0 },
    allow: { first: 26, slots: 25, step: 1, perCharacter: 0 },
    limit: { first: 52, slots: 49, step: 1, perCharacter: 0 },
  },
  countries: { support: native, priority: 51 },
  ddos: absent(
    "leave it at standard, which every address has; a protection plan (about 2900 USD a month) serves a whole tenant: switch it on by hand for the network",
    "https://learn.microsoft.com/azure/ddos-protection/ddos-protection-sku-comparison",
  ),
  source: gateway,
};
