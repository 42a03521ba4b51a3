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
import type { Tier } from "../network/model.ts";

export const SessionArgs = z.strictObject({
  roles: z.array(memberName).default([]).meta({ description: "Roles that sessions reach; `bastion` where there is one, else every role." }),
  logs: z.boolean().default(true).meta({ description: "Keeps what was typed and shown, where the cloud can." }),
  people: z.array(z.string()).default([]).meta({
    description:
      "Who may, by the cloud's own names: `role:` and a role of IAM (AWS), `user:` or `group:` and an object id (Azure) or an address (Google).",
  }),
  maxHours: z
    .int()
    .min(1)
    .max(24)
    .optional()
    .meta({ description: "Longest session, hours; 1 unless said, where the cloud ends sessions." }),
});

export const SiteVpnArgs = z.strictObject({
  peer: z.ipv4().optional().meta({ description: "Public address of the other end. Until it stands here, no tunnel is made." }),
  asn: z.int().min(64_512).max(65_534).default(65_010).meta({ description: "The other end's number, where routes are exchanged by BGP." }),
  ranges: z
    .array(cidr)
    .default([])
    .meta({ description: "What lies behind the other end, apart from the network; the ranges of the outside peer unless said." }),
  secret: memberName.meta({ description: "Secret that holds the pre-shared key, `from: config` or (Azure, Google) generated." }),
});

export const ClientVpnArgs = z.strictObject({
  range: cidr.default("172.16.252.0/22").meta({ description: "Addresses of clients, /22 or wider; apart from the network." }),
  certificate: z.string().optional().meta({
    description: "The server's certificate, by the cloud's own id; a person keeps it. Else `strata:account.certificates.vpn-server`.",
  }),
  rootCertificate: z.string().optional().meta({
    description:
      "Public root of the clients' certificates: the cloud's own id, or base 64 of the certificate itself. Else `strata:account.certificates.vpn-clients`.",
  }),
  directory: z
    .string()
    .optional()
    .meta({ description: "Directory whose accounts sign in, by the cloud's own id: `d-…` (AWS), the tenant (Azure)." }),
  splitTunnel: z.boolean().default(true).meta({ description: "Only the platform's ranges go through the VPN." }),
  sessionHours: z
    .union([z.literal(8), z.literal(10), z.literal(12), z.literal(24)])
    .optional()
    .meta({ description: "Hours until people sign in again; 8 unless said, where the cloud asks." }),
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
  /** Counter of the secret: raising it makes a new key. */
  readonly rotation: number;
  /** Tiers that flows let talk with the site: they get the way to it. */
  readonly tiers: readonly Tier[];
  /** Link-local /30 of each of the two tunnels, where routes are exchanged by BGP; null where they are written. */
  readonly links: readonly [string, string] | null;
}
export interface ClientVpnSpec {
  readonly range: string;
  /** Tier and subnets that clients come into the network by. */
  readonly tier: Tier;
  readonly subnets: readonly string[];
  /** Null where the cloud brings its own. */
  readonly certificate: string | null;
  /** Null where a directory alone signs people in. */
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
  /** Sites whose other end is known. */
  readonly sites: Readonly<Record<string, SiteVpnSpec>>;
  readonly clients: ClientVpnSpec | null;
  /** Ranges of the subnets that the services themselves need; null where they need none. */
  readonly ranges: { readonly gateway: string | null; readonly session: string | null };
  /** Network range that clients and sites may reach. */
  readonly network: string;
}

/** A value that only a person has: how it looks, and what stands for it in a plan. */
export interface Kept {
  readonly pattern: RegExp;
  readonly example: string;
}

export interface EntryLimits {
  readonly session: Support;
  /** An agent on the host calls the service; else the service comes to port 22. */
  readonly sessionCallsOut: boolean;
  readonly sessionLogs: Support;
  readonly sessionHours: Support;
  /** How the cloud writes whoever may open a session. */
  readonly person: Kept;
  readonly siteVpn: Support;
  /** A pre-shared key that the program makes. */
  readonly generatedKey: Support;
  /** Number of the cloud's own end where routes are exchanged by BGP; null where they are written. */
  readonly gatewayAsn: number | null;
  readonly clientVpn: Support;
  /** Everything through the VPN, the internet too. */
  readonly fullTunnel: Support;
  readonly clientHours: Support;
  readonly directoryWithCertificate: Support;
  /** Certificate of the server; null where the cloud brings its own. */
  readonly serverCertificate: Kept | null;
  readonly rootCertificate: Kept;
  /** Whom rules see a client as: the VPN's own group, or the range of clients. */
  readonly clientsSeenAs: "identity" | "ranges";
  /** Where sessions come from, to port 22; empty where nothing comes in, or where they come from a subnet of the service. */
  readonly sessionSources: readonly string[];
  /** What the subnets must be called that the services need; null where they need none. */
  readonly gatewaySubnet: string | null;
  readonly sessionSubnet: string | null;
}
