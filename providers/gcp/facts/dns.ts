/** What Google Cloud makes of zones and records. */
import type { DnsLimits } from "../../../components/dns/model.ts";
import { native } from "../../../components/kernel/limits.ts";

export const dns: DnsLimits = {
  dnssec: native,
  queryLogs: native,
  apexAlias: native,
  failover: native,
  failoverSeconds: native,
  zoneId: { pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, example: "example-com" },
};
