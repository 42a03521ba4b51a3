/** What Azure makes of zones and records. */
import type { DnsLimits } from "../../../components/dns/model.ts";
import { absent, native } from "../../../components/kernel/limits.ts";

export const dns: DnsLimits = {
  dnssec: native,
  queryLogs: absent(
    "Azure counts the queries of a public zone (metric QueryVolume) and lists none: leave queryLogs out",
    "https://learn.microsoft.com/azure/dns/dns-alerts-metrics",
  ),
  apexAlias: native,
  failover: native,
  failoverSeconds: native,
  standby: { name: native, address: native },
  cdnBy: "name", // https://learn.microsoft.com/azure/frontdoor/apex-domain
  internalNames: ["database", "cache"],
  zoneId: {
    pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/dnsZones\/[^/]+$/i,
    example: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns/providers/Microsoft.Network/dnsZones/example.com",
  },
};
