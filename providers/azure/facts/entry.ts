/** What Azure makes of sessions and VPNs (pages read 2026-11-21). */
import type { EntryLimits } from "../../../components/entry/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const learn = (page: string) => `https://learn.microsoft.com/azure/${page}`;

export const entry: EntryLimits = {
  session: approximate(
    "by Azure Bastion in a subnet of its own, which costs money by the hour whether anybody comes or not; `entry.session: off` saves it",
    learn("bastion/configuration-settings"),
  ),
  sessionCallsOut: false,
  sessionLogs: approximate(
    "the Premium host records what is seen, in the browser alone (no native client), into a container that a person names to it once; who came and when goes to the stack's logs",
    learn("bastion/session-recording"),
  ),
  sessionHours: approximate("Azure Bastion ends no session by its length", learn("bastion/bastion-faq")),
  person: {
    pattern: /^(user|group):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    example: "group:00000000-0000-4000-8000-000000000000",
  },
  siteVpn: native,
  generatedKey: native,
  gatewayAsn: null,
  clientVpn: native,
  fullTunnel: absent(
    "leave splitTunnel on: the gateway has no way to the internet for its clients",
    learn("vpn-gateway/vpn-gateway-p2s-advertise-custom-routes"),
  ),
  clientHours: approximate(
    "the gateway ends no session by its length; with a directory, its sign-in frequency does",
    learn("vpn-gateway/point-to-site-about"),
  ),
  directoryWithCertificate: absent(
    "name one of the two: clients sign in by either and never by both; a directory asks for the second factor itself",
    learn("vpn-gateway/point-to-site-about"),
  ),
  serverCertificate: null,
  rootCertificate: {
    pattern: /^[A-Za-z0-9+/]{100,}={0,2}$/,
    example: `MII${"A".repeat(117)}`,
  },
  clientsSeenAs: "ranges",
  sessionSources: [],
  gatewaySubnet: "GatewaySubnet",
  sessionSubnet: "AzureBastionSubnet",
};
