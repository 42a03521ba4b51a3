/**
 * Entry: how people who run the platform get in. No port of it is open to the internet but those of a VPN.
 *
 * | here         | aws                                       | azure                                     | gcp                                  |
 * |--------------|-------------------------------------------|-------------------------------------------|--------------------------------------|
 * | session      | Session Manager (the agent calls out)     | Azure Bastion in a subnet of its own      | Identity-Aware Proxy to port 22      |
 * | session log  | session document, log group               | session recording, diagnostic setting     | audit log of the proxy               |
 * | site VPN     | VPN gateway, two tunnels                  | VPN gateway, active-active                | HA VPN, two tunnels                  |
 * | client VPN   | Client VPN endpoint                       | point-to-site of the VPN gateway          | (none: the proxy's tunnels)          |
 *
 * A bastion host is a role of the platform (a machine called `bastion`); sessions reach it, and hosts through it.
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { cidr, memberName, orOff, partsOf } from "../kernel/schema.ts";

export const SessionArgs = z.strictObject({
  roles: z.array(memberName).default([]).meta({ description: "Roles that sessions reach; `bastion` where there is one, else every role." }),
  logs: z.boolean().default(true).meta({ description: "Keeps what was typed and shown, where the cloud can." }),
  people: z
    .array(z.string())
    .default([])
    .meta({ description: "Who may, by the cloud's own names (Google: `user:` or `group:` and an address)." }),
  maxHours: z.int().min(1).max(24).default(1).meta({ description: "Longest session, hours." }),
});

export const SiteVpnArgs = z.strictObject({
  peer: z.ipv4().optional().meta({ description: "Public address of the other end. Until it stands here, no tunnel is made." }),
  asn: z.int().min(64_512).max(65_534).default(65_010).meta({ description: "The other end's number, where routes are exchanged by BGP." }),
  ranges: z.array(cidr).min(1).meta({ description: "What lies behind the other end; apart from the network." }),
  secret: memberName.meta({ description: "Secret that holds the pre-shared key, `from: config` or generated." }),
});

export const ClientVpnArgs = z.strictObject({
  range: cidr.default("172.16.252.0/22").meta({ description: "Addresses of clients, /22 or wider; apart from the network." }),
  certificate: z.string().optional().meta({ description: "The server's certificate, by the cloud's own id; a person keeps it." }),
  rootCertificate: z
    .string()
    .optional()
    .meta({ description: "Public root of the clients' certificates: the cloud's own id, or base 64 of the certificate itself." }),
  directory: z.string().optional().meta({ description: "Directory whose accounts sign in as well, by the cloud's own id." }),
  splitTunnel: z.boolean().default(true).meta({ description: "Only the platform's ranges go through the VPN." }),
  sessionHours: z.union([z.literal(8), z.literal(10), z.literal(12), z.literal(24)]).default(8),
});

export const EntryArgs = z.strictObject({
  session: orOff(SessionArgs).prefault({}).meta({ description: "Access without an open port; `off` for none." }),
  sites: partsOf(SiteVpnArgs).default({}).meta({ description: "Site-to-site VPN, by name of an outside peer." }),
  clients: orOff(ClientVpnArgs).default(null).meta({ description: "Client VPN: the peer `vpn` of flows. `off` for none." }),
});
export type EntryArgs = z.output<typeof EntryArgs>;

export interface SiteVpnSpec {
  readonly peer: string;
  readonly asn: number;
  readonly ranges: readonly string[];
  readonly secret: string;
}
export interface ClientVpnSpec {
  readonly range: string;
  readonly certificate: string | null;
  readonly rootCertificate: string | null;
  readonly directory: string | null;
  readonly splitTunnel: boolean;
  readonly sessionHours: 8 | 10 | 12 | 24;
}

export interface EntrySpec {
  readonly place: PlaceKey;
  readonly session: {
    readonly roles: readonly string[];
    readonly logs: boolean;
    readonly people: readonly string[];
    readonly maxHours: number;
  } | null;
  readonly sites: Readonly<Record<string, SiteVpnSpec>>;
  readonly clients: ClientVpnSpec | null;
  /** Keys of the subnets that a gateway or an endpoint of clients stands beside. */
  readonly subnets: readonly string[];
  /** Ranges of the subnets that the services themselves need; null where they need none. */
  readonly ranges: { readonly gateway: string | null; readonly session: string | null };
  /** Network ranges that clients and sites may reach. */
  readonly network: string;
}

export interface EntryLimits {
  readonly session: Support;
  readonly sessionLogs: Support;
  readonly sessionPeople: Support;
  readonly sessionHours: Support;
  readonly siteVpn: Support;
  readonly clientVpn: Support;
  /** Whom rules see a client as: the VPN's own group, or the range of clients. */
  readonly clientsSeenAs: "identity" | "ranges";
  /** Port and ranges from which the cloud's own session service comes; empty where nothing comes in. */
  readonly sessionSources: readonly string[];
  /** Subnets that the services need, as offsets within the network: /26 blocks of the management unit. */
  readonly gatewaySubnet: boolean;
  readonly sessionSubnet: boolean;
  readonly directoryWithCertificate: Support;
}
