/** What Google Cloud makes of balancers. Pages read from stored copies or recalled on 2026-11-21; the SDK is 9.37. */
import type { BalancerLimits } from "../../../components/balancer/model.ts";
import { approximate, native } from "../../../components/kernel/limits.ts";

const docs = (path: string): string => `https://cloud.google.com/load-balancing/docs/${path}`;

export const balancer: BalancerLimits = {
  seenAs: {
    application: { public: "front", internal: "subnet" },
    network: { public: "callers", internal: "callers" },
  },
  offered: { application: { public: native, internal: native }, network: { public: native, internal: native } },
  minZones: 1,
  address: native,
  idleSeconds: { application: { min: 1, max: 86_400 }, network: { min: 600, max: 600 } },
  stickySeconds: { min: 1, max: 1_209_600 },
  sticky: {
    application: native,
    network: approximate("by the caller's address, for as long as the balancer knows it", docs("backend-service#session_affinity")),
  },
  drain: { application: native, network: native },
  healthyCodes: approximate("200 alone counts as healthy", docs("health-check-concepts#criteria-protocol-http")),
  healthyThreshold: native,
  healthTimeout: native,
  tls: { "1.2": { policy: "RESTRICTED", support: native }, "1.3": { policy: "RESTRICTED", support: native } },
  suites: native,
  suiteNames: null,
  roleTls: native,
  ipv6: { application: native, network: native },
  gateways: null,
  logs: { application: "destination", network: "destination" },
  networkLogs: native,
  logBucket: approximate("they go to the stack's log destination", docs("l7-internal/monitoring")),
  deletionProtection: approximate("Pulumi's protection alone: there is no switch of the cloud's own", docs("load-balancing-overview")),
  maxRoutes: 200,
};
