/** What Azure makes of balancers. Pages read from stored copies or recalled on 2026-11-21; the SDK is azure-native 3.28. */
import type { BalancerLimits } from "../../../components/balancer/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const docs = (path: string): string => `https://learn.microsoft.com/azure/${path}`;

export const balancer: BalancerLimits = {
  seenAs: {
    application: { public: "subnet", internal: "subnet" },
    network: { public: "callers", internal: "callers" },
  },
  offered: { application: { public: native, internal: native }, network: { public: native, internal: native } },
  minZones: 1,
  address: native,
  idleSeconds: { application: { min: 1, max: 86_400 }, network: { min: 240, max: 1800 } },
  stickySeconds: { min: 1, max: 604_800 },
  sticky: {
    application: approximate(
      "a cookie for as long as the browser is open",
      docs("application-gateway/configuration-http-settings#cookie-based-affinity"),
    ),
    network: approximate("by the caller's address, for as long as the balancer knows it", docs("load-balancer/distribution-mode-concepts")),
  },
  drain: {
    application: native,
    network: approximate(
      "connections end with their instance, which the scale set takes out first",
      docs("load-balancer/load-balancer-overview"),
    ),
  },
  healthyCodes: native,
  healthyThreshold: approximate("one good answer brings an instance back", docs("application-gateway/application-gateway-probe-overview")),
  healthTimeout: native,
  tls: {
    "1.2": { policy: "AppGwSslPolicy20220101S", support: native },
    "1.3": {
      policy: "AppGwSslPolicy20220101S",
      support: absent(
        "use 1.2: 1.3 is offered to every client and chosen first",
        docs("application-gateway/application-gateway-ssl-policy-overview"),
      ),
    },
  },
  suites: native,
  logs: { application: "destination", network: "none" },
  networkLogs: approximate(
    "a network balancer keeps none: the network's flow logs hold its connections",
    docs("load-balancer/monitor-load-balancer"),
  ),
  logBucket: approximate("they go to the stack's log destination", docs("application-gateway/application-gateway-diagnostics")),
  deletionProtection: approximate(
    "a management lock stands in for a switch of its own",
    docs("azure-resource-manager/management/lock-resources"),
  ),
  maxRoutes: 90, // 100 listeners and 400 rules, but 100 backend pools: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
  maxRules: null,
};
