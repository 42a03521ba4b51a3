/** What Google Cloud makes of the CDN. */
import type { CdnLimits } from "../../../components/cdn/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const docs = (page: string): string => `https://cloud.google.com/${page}`;

/** Google's front ends: https://cloud.google.com/load-balancing/docs/https#firewall-rules (2026-11-21). */
const frontEnds = ["35.191.0.0/16", "130.211.0.0/22"];

export const cdn: CdnLimits = {
  alone: approximate(
    "each site is a front of its own before the same groups: the balancer behind is not asked, and needs no name",
    docs("cdn/docs/overview"),
  ),
  internalOrigin: absent("make the balancer public: the CDN is a part of a front that faces the internet", docs("cdn/docs/overview")),
  networkOrigin: absent("make its form application: the CDN stands before groups that are asked by http", docs("cdn/docs/overview")),
  bucketOrigin: native,
  bucketWaf: approximate(
    "the policy stands before balancers; what is read from a bucket has none",
    docs("armor/docs/security-policy-overview"),
  ),
  namelessOrigin: native,
  minimumTls13: native,
  readOnly: approximate("other methods reach the role too; nothing of theirs is kept", docs("cdn/docs/caching")),
  maxTtl: native,
  browserTtl: approximate(
    "a shorter word of the origin stays; files of static kinds are kept ttlSeconds where it says nothing",
    docs("cdn/docs/using-ttl-overrides"),
  ),
  browserLonger: approximate("browsers keep it no longer than Google does", docs("cdn/docs/using-ttl-overrides")),
  originSeconds: { min: 1, max: 86_400, otherwise: native },
  originSecondsBySite: native,
  logs: "destination",
  logBucket: approximate("access logs go to the stack's log destination", docs("cdn/docs/logging")),
  closed: native,
  closedByAddress: native,
  pass: "nobody", // the CDN is the balancer
  countries: absent("say edge.waf.countries, before the same visitors", docs("armor/docs/rules-language-reference")),
  // The front has no address of the network; roles see its front ends.
  seenAs: () => ({ balancers: [], roles: frontEnds }),
};
