/** What Azure makes of zones and records. */
import type { DnsLimits } from "../../../components/dns/model.ts";
import { native } from "../../../components/kernel/limits.ts";

export const dns: DnsLimits = {
  dnssec: native,
  queryLogs: native,
  apexAlias: native,
  failover: native,
  failoverSeconds: native,
  zoneId: {
    pattern: /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/dnsZones\/[^/]+$/i,
    example: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns/providers/Microsoft.Network/dnsZones/example.com",
  },
};
