/** What AWS makes of zones and records. */
import type { DnsLimits } from "../../../components/dns/model.ts";
import { native } from "../../../components/kernel/limits.ts";

export const dns: DnsLimits = {
  dnssec: native,
  queryLogs: native,
  apexAlias: native,
  failover: native,
  failoverSeconds: native,
  standby: { name: native, address: native },
  cdnBy: "address",
  internalNames: ["database", "cache"],
  zoneId: { pattern: /^Z[A-Z0-9]{8,31}$/, example: "Z0123456789ABCDEFGHIJ" },
};
