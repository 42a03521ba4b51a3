/** What AWS makes of balancers. Pages read from stored copies or recalled on 2026-11-21; the SDK is 7.48. */
import type { BalancerLimits } from "../../../components/balancer/model.ts";
import { approximate, native } from "../../../components/kernel/limits.ts";

const docs = (path: string): string => `https://docs.aws.amazon.com/elasticloadbalancing/latest/${path}`;

export const balancer: BalancerLimits = {
  seenAs: {
    application: { public: "identity", internal: "identity" },
    network: { public: "identity", internal: "identity" },
  },
  withoutWayOut: native,
  innerStrangers: native,
  narrowRedirect: native,
  offered: { application: { public: native, internal: native }, network: { public: native, internal: native } },
  sources: { application: { public: [], internal: [] }, network: { public: [], internal: [] } },
  minZones: 2,
  portsApart: native,
  address: approximate("an address in each zone that AWS chooses: clients use the host name", docs("network/network-load-balancers.html")),
  idleSeconds: { application: { min: 1, max: 4000 }, network: { min: 60, max: 6000 } },
  stickySeconds: { min: 1, max: 604_800 },
  sticky: {
    application: native,
    network: approximate(
      "by the caller's address, for as long as the balancer knows it",
      docs("network/edit-target-group-attributes.html"),
    ),
  },
  drain: { application: native, network: native },
  healthyCodes: native,
  healthyThreshold: native,
  healthTimeout: native,
  tls: {
    "1.2": { policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", support: native },
    "1.3": { policy: "ELBSecurityPolicy-TLS13-1-3-2021-06", support: native },
  },
  suites: approximate(
    "a policy is taken as a whole: the restricted one holds these suites and a few more",
    docs("application/describe-ssl-policies.html"),
  ),
  suiteNames: null,
  roleTls: native,
  authority: {
    checked: false,
    support: approximate(
      "any certificate of a role is trusted: nothing is checked by it",
      docs("application/load-balancer-target-groups.html"),
    ),
  },
  protocolsApart: native,
  ipv6: { application: native, network: native },
  gateways: { tier: null, support: native },
  logs: { application: "bucket", network: "none" },
  networkLogs: approximate(
    "a network balancer logs only TLS that it ends itself: the network's flow logs hold its connections",
    docs("network/load-balancer-access-logs.html"),
  ),
  logBucket: native,
  deletionProtection: native,
  maxRoutes: 100,
  maxRules: 100, // unless raised: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
};
