/** What Google Cloud makes of zones and records. */
import type { DnsLimits } from "../../../components/dns/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

export const dns: DnsLimits = {
  dnssec: native,
  queryLogs: native,
  apexAlias: native,
  failover: native,
  failoverSeconds: approximate(
    "checks that DNS follows ask every 30 seconds at most",
    "https://cloud.google.com/dns/docs/routing-policies-overview#health-checks",
  ),
  standby: {
    name: absent(
      "Google answers a failover with addresses alone: give the standby's fixed address",
      "https://cloud.google.com/dns/docs/routing-policies-overview#failover-policy",
    ),
    address: native,
  },
  cdnBy: "address",
  internalNames: [],
  zoneId: { pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, example: "example-com" },
};
