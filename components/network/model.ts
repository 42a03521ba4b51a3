/**
 * Network: one private address space, cut into tiers.
 *
 * | here       | aws                              | azure                                  | gcp                              |
 * |------------|----------------------------------|----------------------------------------|----------------------------------|
 * | network    | VPC                              | virtual network                        | VPC network (global)             |
 * | subnet     | one per tier and zone            | one per tier                           | one per tier                     |
 * | internet   | internet gateway, public routes  | by public address                      | by public address                |
 * | nat        | NAT gateway per zone or one      | NAT gateway (zonal), one per network   | Cloud NAT on a router            |
 * | endpoints  | interface and gateway endpoints  | private DNS zones                      | service connection policy, private DNS for Google APIs |
 * | flow logs  | VPC flow log                     | virtual network flow log               | subnetwork log config            |
 * | acl        | network ACL                      | (the tier's security group stands in)  | (firewall rules stand in)        |
 * | default group | emptied default security group | an empty security group per tier      | (no default rules in a custom network) |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { cidr, zoneLetter } from "../kernel/schema.ts";

export const tiers = ["public", "app", "data", "management"] as const;
export type Tier = (typeof tiers)[number];

export const TierArgs = z.strictObject({
  publicAddresses: z.boolean().default(false).meta({
    description: "Whatever starts in the public tier gets a public address unless it declines. No role of the platform takes one.",
  }),
  prefix: z.int().min(20).max(28).optional().meta({ description: "Prefix length of each subnet that is planned; 24 unless said." }),
  cidrs: z.partialRecord(zoneLetter, cidr).optional().meta({
    description: "Explicit ranges by zone letter. Where subnets are regional, zone a's range is the subnet and the others stay reserved.",
  }),
});

/** One numbered rule of a network ACL. Stateless: replies need their own rule. */
export const AclRuleArgs = z.strictObject({
  action: z.enum(["allow", "deny"]).default("allow"),
  protocol: z.enum(["tcp", "udp", "all"]).default("tcp"),
  ports: z
    .string()
    .regex(/^\d+(-\d+)?$/, 'a port or a range in quotes, such as "80" or "1024-65535"')
    .optional()
    .meta({ description: "`80` or `1024-65535`; every port unless said." }),
  cidr: cidr.meta({ description: "Who is meant: source of an inbound rule, destination of an outbound one." }),
});
const aclRules = z.record(z.string().regex(/^[1-9]\d{0,4}$/, "a rule number from 1 to 32766"), AclRuleArgs);

export const NetworkArgs = z.strictObject({
  range: cidr
    .default("10.0.0.0/16")
    .meta({ description: "Address range of the primary network, /16 to /22. Changing it replaces the network." }),
  secondaryRange: cidr
    .default("10.1.0.0/16")
    .meta({ description: "Range in the second region; disjoint from `range`, so that the two can be peered." }),
  zones: z.int().min(1).max(6).default(3).meta({ description: "How many zones, from letter a on. Adding one changes no other subnet." }),
  tiers: z.partialRecord(z.enum(tiers), TierArgs).default({}).meta({ description: "Tiers and their ranges; a tier that is named exists." }),
  nat: z
    .enum(["zone", "single", "none"])
    .default("zone")
    .meta({ description: "Way out for private tiers: one NAT per zone, one for all, or none." }),
  ipv6: z.boolean().default(false).meta({ description: "Dual stack for public and app tiers; data stays IPv4." }),
  flowLogs: z.boolean().default(true).meta({ description: "Record all accepted and rejected traffic into the stack's log destination." }),
  endpoints: z.enum(["gateway", "private"]).default("gateway").meta({
    description:
      "`gateway`: object storage by the free path. `private`: the platform's services (secrets, keys, logs, session access, …) get private addresses too; costs money an hour.",
  }),
  acl: z
    .partialRecord(z.enum(tiers), z.strictObject({ inbound: aclRules.default({}), outbound: aclRules.default({}) }))
    .default({})
    .meta({ description: "Stateless rules per tier, by rule number. Return traffic is added for every allowed TCP or UDP port." }),
  peered: z
    .record(z.string(), cidr)
    .default({})
    .meta({ description: "Ranges reached elsewhere (office, other networks), by name; the plan keeps clear of them." }),
});
export type NetworkArgs = z.output<typeof NetworkArgs>;

export interface SubnetSpec {
  readonly tier: Tier;
  /** Zone letter; null where subnets span the region. */
  readonly zone: string | null;
  readonly cidr: string;
  /** Number of this subnet's /64 within the network's IPv6 block; null without IPv6. */
  readonly ipv6Number: number | null;
  /** Hosts in it have an IPv6 address: not where that would be one of the internet. */
  readonly hostIpv6: boolean;
}

export interface TierSpec {
  /** Way out: the internet gateway, NAT, or no route at all. */
  readonly egress: "internet" | "nat" | "none";
  /** The subnets offer public addresses to what starts in them. */
  readonly publicAddresses: boolean;
  /** Keys of this tier's subnets, in zone order. */
  readonly subnets: readonly string[];
}

export interface AclRuleSpec {
  readonly action: "allow" | "deny";
  readonly protocol: "tcp" | "udp" | "all";
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidr: string;
}

export interface AclSpec {
  readonly inbound: Readonly<Record<string, AclRuleSpec>>;
  readonly outbound: Readonly<Record<string, AclRuleSpec>>;
}

export interface NetworkSpec {
  readonly place: PlaceKey;
  readonly range: string;
  readonly ipv6: boolean;
  readonly tiers: Readonly<Partial<Record<Tier, TierSpec>>>;
  /** By key: `app-a` where subnets are zonal, `app` where they are regional. */
  readonly subnets: Readonly<Record<string, SubnetSpec>>;
  /** Zone letters that get a NAT of their own; the first serves every zone when there is one. Empty: no NAT. */
  readonly natZones: readonly string[];
  readonly flowLogs: { readonly retentionDays: number } | null;
  readonly acl: Readonly<Partial<Record<Tier, AclSpec>>>;
  /** Range kept for the proxies of internal application balancers; null where they stand in tiers, or need none. */
  readonly proxyRange: string | null;
  /** Tiers whose subnets hold application balancers alone, on a cloud that will have it so. */
  readonly gatewayTiers: readonly Tier[];
}

/** Services of the cloud that hosts reach by a private path. */
export const platformServices = ["storage", "secrets", "keys", "logs", "metrics", "session", "tokens"] as const;
export type PlatformService = (typeof platformServices)[number];

/** Managed data services that are reached by a private endpoint and so need DNS, a policy or a range of their own. */
export const dataServices = ["postgres", "mysql", "redis", "redisCluster", "bucket", "vault"] as const;
export type DataService = (typeof dataServices)[number];

/** What one network needs so that services answer on private addresses; made after peers, once per network. */
export interface EndpointsSpec {
  readonly place: PlaceKey;
  /** Free paths (AWS gateway endpoints). */
  readonly gateways: readonly PlatformService[];
  /** Services with a private address each (AWS interface endpoints) or one virtual address for all (Google). */
  readonly interfaces: readonly PlatformService[];
  /** Data services used in this place. */
  readonly data: readonly DataService[];
  /** Subnet keys the endpoints live in. */
  readonly subnets: readonly string[];
  /** Range reserved for services that peer with the network (Google private services access); null where none does. */
  readonly servicesRange: string | null;
  /** Range of the proxies of internal application balancers; null where there is none. */
  readonly proxyRange: string | null;
}

export interface NetworkLimits {
  /** Whether a subnet lives in one zone or spans the region. */
  readonly subnets: "zonal" | "regional";
  /** Addresses of each subnet that the cloud keeps for itself. */
  readonly reservedAddresses: number;
  readonly minPrefix: number;
  readonly maxPrefix: number;
  readonly natPerZone: Support;
  readonly acl: Support;
  readonly ipv6: Support;
  readonly zonalSubnets: Support;
  /** A private address for each of the cloud's own services. */
  readonly endpoints: Support;
  readonly publicAddresses: Support;
  /** A tier of its own without a way out, by its routes. */
  readonly closedRoutes: Support;
  /** Offset of the services range within a network's own range; null where no service peers. */
  readonly servicesRange: { readonly third: number; readonly prefix: number } | null;
  /** The same for the proxies of internal application balancers; null where they stand in tiers. */
  readonly proxyRange: { readonly third: number; readonly prefix: number } | null;
}
