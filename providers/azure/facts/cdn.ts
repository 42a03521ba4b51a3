/** What Azure makes of the CDN. */
import type { CdnLimits } from "../../../components/cdn/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const learn = (page: string): string => `https://learn.microsoft.com/azure/frontdoor/${page}`;

/** Every profile's addresses: https://learn.microsoft.com/azure/virtual-network/service-tags-overview (2026-11-21). */
const backends = "AzureFrontDoor.Backend";

export const cdn: CdnLimits = {
  alone: native,
  internalOrigin: absent(
    "make the balancer public: Front Door reaches an internal one by a private link service alone",
    learn("private-link"),
  ),
  networkOrigin: native,
  bucketOrigin: approximate(
    "Front Door reads as an identity of its own, over the account's public side, which then answers any network, though nobody without a token: the identity cannot come by private link",
    learn("origin-authentication-with-managed-identities"),
  ),
  bucketWaf: native,
  namelessOrigin: absent(
    "say originName, a name in the balancer's certificate with a record to it: Front Door finds and checks an origin by its name",
    learn("origin?pivots=front-door-standard-premium#origin-host-header"),
  ),
  minimumTls13: native,
  readOnly: approximate("other methods reach the balancer too; nothing of theirs is kept", learn("front-door-http-headers-protocol")),
  maxTtl: approximate("the origin's word holds, however long", learn("front-door-caching")),
  browserTtl: native,
  browserLonger: native,
  originSeconds: { min: 16, max: 240, otherwise: approximate("Front Door waits 16 to 240 seconds", learn("troubleshoot-issues")) },
  originSecondsBySite: approximate("one profile has one wait: the longest", learn("troubleshoot-issues")),
  logs: "destination",
  logBucket: approximate("access logs go to the stack's log destination", learn("standard-premium/how-to-logs")),
  closed: native,
  closedByAddress: approximate(
    "Front Door's addresses alone keep others out, and every customer's profiles have those: a secret header is asked for where edge.waf blocks, before application balancers to which flows let nobody but cdn",
    learn("origin-security"),
  ),
  pass: "firewall",
  countries: absent("say edge.waf.countries, before the same visitors", learn("standard-premium/how-to-monitor-metrics")),
  seenAs: () => ({ balancers: [backends], roles: [backends] }),
};
