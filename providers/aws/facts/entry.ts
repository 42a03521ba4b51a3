/** What AWS makes of sessions and VPNs. */
import type { EntryLimits } from "../../../components/entry/model.ts";
import { native } from "../../../components/kernel/limits.ts";

export const entry: EntryLimits = {
  session: native,
  sessionLogs: native,
  sessionPeople: native,
  sessionHours: native,
  siteVpn: native,
  clientVpn: native,
  clientsSeenAs: "identity",
  sessionSources: [],
  gatewaySubnet: false,
  sessionSubnet: false,
  directoryWithCertificate: native,
};
