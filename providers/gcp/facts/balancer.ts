/** What Google Cloud makes of balancers. Pages read from stored copies or recalled on 2026-11-21; the SDK is 9.37. */
import type { BalancerLimits } from "../../../components/balancer/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const docs = (path: string): string => `https://cloud.google.com/load-balancing/docs/${path}`;

/** Front ends, and probes of whatever is behind them. https://cloud.google.com/load-balancing/docs/firewall-rules */
const fronts = ["35.191.0.0/16", "130.211.0.0/22"];

/** Google's names of suites. https://cloud.google.com/load-balancing/docs/ssl-policies-concepts#features */
const suiteNames = {
  "ECDHE-ECDSA-AES128-GCM-SHA256": "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305": "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "ECDHE-RSA-AES256-GCM-SHA384": "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "ECDHE-RSA-CHACHA20-POLY1305": "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
};

export const balancer: BalancerLimits = {
  seenAs: {
    application: { public: "front", internal: "subnet" },
    network: { public: "callers", internal: "callers" },
  },
  sources: {
    application: { public: fronts, internal: fronts },
    // Packets of a public network balancer come from the callers, its probes from ranges of their own.
    network: { public: ["35.191.0.0/16", "209.85.152.0/22", "209.85.204.0/22"], internal: fronts },
  },
  withoutWayOut: native,
  innerStrangers: absent(
    "add a flow for them, or let form be network: its pools turn them away",
    "https://cloud.google.com/load-balancing/docs/l7-internal",
  ),
  narrowRedirect: approximate(
    "a redirect has no backend whose policy could turn strangers away: none is made unless flows let in whoever reaches it",
    "https://cloud.google.com/armor/docs/security-policy-overview",
  ),
  offered: { application: { public: native, internal: native }, network: { public: native, internal: native } },
  minZones: 1,
  ipv6: {
    application: native,
    network: approximate(
      "a network balancer answers over IPv4 alone: it hands on IPv6 only to hosts that have external IPv6 addresses themselves",
      docs("network/networklb-backend-service#forwarding-rule-protocols"),
    ),
  },
  portsApart: absent(
    "let the role listen on the port of the listener: packets are handed on as they come, port and all",
    docs("network/networklb-backend-service#ip-addresses-for-request-and-return-packets"),
  ),
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
  suiteNames,
  roleTls: native,
  // Global balancers could check by a trust configuration of Certificate Manager; regional ones cannot.
  authority: {
    checked: false,
    support: approximate("any certificate of a role is trusted: nothing is checked by it", docs("backend-authenticated-tls-backend-mtls")),
  },
  protocolsApart: native,
  gateways: { tier: null, support: native },
  logs: { application: "destination", network: "destination" },
  networkLogs: native,
  logBucket: approximate("they go to the stack's log destination", docs("l7-internal/monitoring")),
  deletionProtection: approximate("Pulumi's protection alone: there is no switch of the cloud's own", docs("load-balancing-overview")),
  maxRoutes: 200,
  maxRules: null,
};
