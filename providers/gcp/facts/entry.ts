/** What Google Cloud makes of sessions and VPNs (pages read 2026-11-21). */
import type { EntryLimits } from "../../../components/entry/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const proxy = "https://cloud.google.com/iap/docs/using-tcp-forwarding";
const instead = "say `entry.clients: off`: sessions and single ports go through IAP tunnels (`gcloud compute start-iap-tunnel`)";

export const entry: EntryLimits = {
  session: native,
  sessionCallsOut: false,
  sessionLogs: approximate(
    "the proxy's audit log says who opened which tunnel and when, not what was typed",
    "https://cloud.google.com/iap/docs/audit-log-howto",
  ),
  sessionHours: approximate("IAP ends a tunnel that is idle for an hour, and none by its length", proxy),
  person: { pattern: /^(user|group):[^\s@:]+@[^\s@:]+\.[^\s@:]+$/, example: "group:operators@example.org" },
  siteVpn: native,
  generatedKey: native,
  gatewayAsn: 64_512,
  clientVpn: absent(instead, proxy),
  fullTunnel: absent(instead, proxy),
  clientHours: absent(instead, proxy),
  directoryWithCertificate: absent(instead, proxy),
  serverCertificate: null,
  rootCertificate: { pattern: /./, example: "" },
  clientsSeenAs: "ranges",
  sessionSources: ["35.235.240.0/20"], // https://cloud.google.com/iap/docs/using-tcp-forwarding#create-firewall-rule
  gatewaySubnet: null,
  sessionSubnet: null,
};
