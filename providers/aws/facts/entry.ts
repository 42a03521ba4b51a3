/** What AWS makes of sessions and VPNs. */
import type { EntryLimits } from "../../../components/entry/model.ts";
import { absent, native } from "../../../components/kernel/limits.ts";

const placeholder = "arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-4000-8000-000000000000";
const certificate = { pattern: /^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, example: placeholder };

export const entry: EntryLimits = {
  session: native,
  sessionCallsOut: true,
  sessionLogs: native,
  sessionHours: native,
  person: { pattern: /^role:[\w+=,.@-]{1,64}$/, example: "role:Operators" },
  siteVpn: native,
  generatedKey: absent(
    "write `from: config` and supply a key of 8 to 64 letters, digits, dots and underscores that does not start with 0: generated ones may hold others",
    "https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html",
  ),
  gatewayAsn: null,
  clientVpn: native,
  fullTunnel: native,
  clientHours: native,
  directoryWithCertificate: native,
  serverCertificate: certificate,
  rootCertificate: certificate,
  clientsSeenAs: "identity",
  sessionSources: [],
  gatewaySubnet: null,
  sessionSubnet: null,
};
