/** What AWS makes of the web application firewall. */
import { native } from "../../../components/kernel/limits.ts";
import type { WafLimits } from "../../../components/waf/model.ts";

export const waf: WafLimits = {
  core: { low: native, medium: native, high: native },
  knownBadInputs: native,
  reputation: { block: native, challenge: native },
  bots: native,
  windows: [60],
  minRequests: 10,
  capacity: null,
  maxRules: 100,
  maxRanges: 10_000,
  countries: native,
  ddos: native,
};
