/** What Azure makes of balancers. Pages read from stored copies or recalled on 2026-11-21; the SDK is azure-native 3.28. */
import type { BalancerLimits } from "../../../components/balancer/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const docs = (path: string): string => `https://learn.microsoft.com/azure/${path}`;

/**
 * Suites of a gateway's own choice, by their OpenSSL names: those with forward secrecy and an authenticated cipher.
 * https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview
 */
const suiteNames = {
  "ECDHE-RSA-AES256-GCM-SHA384": "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "ECDHE-RSA-AES128-GCM-SHA256": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "ECDHE-ECDSA-AES128-GCM-SHA256": "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
};

export const balancer: BalancerLimits = {
  seenAs: {
    application: { public: "subnet", internal: "subnet" },
    network: { public: "callers", internal: "callers" },
  },
  withoutWayOut: absent(
    "set network.nat to single or zone: answers leave by the routes of the role's own tier, and there they end",
    "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
  ),
  innerStrangers: native,
  narrowRedirect: native,
  offered: { application: { public: native, internal: native }, network: { public: native, internal: native } },
  sources: { application: { public: [], internal: [] }, network: { public: [], internal: [] } },
  minZones: 1,
  portsApart: native,
  address: native,
  // A gateway waits a day for an answer, but its address forgets a silent connection after half an hour at most: virtual-network/ip-services/public-ip-addresses.
  idleSeconds: { application: { min: 1, max: 1800 }, network: { min: 240, max: 1800 } },
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
    // No policy of Azure's own starts there: the gateway gets one of its own.
    "1.3": { policy: "TLSv1_3", support: native },
  },
  suites: native,
  suiteNames,
  roleTls: absent(
    "name in `authority` who signed the role's certificate, since a gateway takes none of an authority that it does not know; or use http, and let the flows alone reach the role; or make the balancer's form network, so that the role ends TLS itself",
    docs("application-gateway/ssl-overview#end-to-end-tls-with-the-v2-sku"),
  ),
  authority: {
    checked: true,
    support: approximate(
      "the role is asked by the host in its certificate; X-Original-Host holds the one that the visitor named",
      docs("application-gateway/how-application-gateway-works#modifications-to-the-request"),
    ),
  },
  // ApplicationGatewayProbeProtocolMustMatchBackendHttpSettingsProtocol: https://github.com/Azure/application-gateway-kubernetes-ingress/issues/1195
  protocolsApart: absent(
    "let the role's health be asked by the protocol of the pool",
    docs("application-gateway/application-gateway-probe-overview#custom-health-probe-settings"),
  ),
  ipv6: {
    application: native, // at birth or never: application-gateway/ipv6-application-gateway-portal
    network: approximate(
      "a network balancer answers on IPv4 alone: its other family would need addresses of that family on every role behind it",
      docs("load-balancer/load-balancer-ipv6-overview"),
    ),
  },
  gateways: {
    tier: "public",
    support: approximate(
      "it stands in the public tier with a private address: a gateway's subnet holds gateways alone",
      docs("application-gateway/configuration-infrastructure#virtual-network-and-dedicated-subnet"),
    ),
  },
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
