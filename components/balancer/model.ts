/**
 * Balancer: the way in. Listeners, pools of compute roles, routes by host and path.
 *
 * | here                 | aws                                  | azure                               | gcp                                            |
 * |----------------------|--------------------------------------|-------------------------------------|------------------------------------------------|
 * | application, public  | Application Load Balancer            | Application Gateway v2              | global external application load balancer      |
 * | application, internal| Application Load Balancer            | Application Gateway v2              | regional internal application load balancer    |
 * | network              | Network Load Balancer                | Load Balancer, Standard             | regional passthrough network load balancer     |
 * | pool                 | target group                         | backend pool and settings           | backend service                                |
 * | routes               | listener rules                       | path maps of the gateway            | URL map                                        |
 * | joined by            | the group's target groups            | the scale set's address             | the instance group and its named ports         |
 * | seen by targets as   | its security group                   | its subnet, or the caller (network) | Google's front ends, or the caller (network)   |
 *
 * Two steps. `Balancer` makes what compute joins: front ends and pools. `Routes` then joins listeners to groups.
 */
import { z } from "zod";
import type { ProbeSpec } from "../compute/model.ts";
import { domain } from "../dns/model.ts";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { mapOf, memberName, orOff, partsOf, port } from "../kernel/schema.ts";
import { type Tier, tiers } from "../network/model.ts";

export const ListenerArgs = z.strictObject({
  port: port.default(443),
  protocol: z.enum(["https", "redirect", "tcp"]).default("https").meta({
    description: "`https` ends TLS here; `redirect` answers 301 to https; `tcp` hands connections through (network balancers alone).",
  }),
  to: z.string().optional().meta({ description: "Pool of a `tcp` listener; the pool of its own name, or the only one, unless said." }),
});

export const PoolArgs = z.strictObject({
  role: memberName.optional().meta({ description: "Compute role that answers, a group; the pool's own name unless said." }),
  port: z.string().default("app").meta({ description: "Name of the role's port." }),
  protocol: z.enum(["http", "https"]).default("http").meta({
    description:
      "How the balancer speaks to the role; `https` trusts any certificate, or wants `authority`. Network balancers pass connections on.",
  }),
  authority: z
    .strictObject({
      certificate: memberName.meta({ description: "Name under `strata:account.certificates`: the root certificate alone, without a key." }),
      host: domain.meta({ description: "Name in the role's certificate; where it is checked, the role is asked by it." }),
    })
    .optional()
    .meta({ description: "Authority that signed the role's certificate, kept by a person; needed where the balancer checks it." }),
  healthyCodes: z
    .string()
    .regex(/^[2-4]\d\d(-[2-4]\d\d)?$/, 'a status code of 200 to 499 or a range in quotes, such as "200" or "200-399"')
    .default("200-299")
    .meta({ description: "Answers that count as healthy. Path, interval, timeout and thresholds are those of the role's `health`." }),
  stickySeconds: orOff(z.int().min(1).max(604_800))
    .default(null)
    .meta({ description: "How long a cookie keeps a visitor on one instance; `off` for not at all." }),
  drainSeconds: z.int().min(0).max(3600).default(60).meta({ description: "Time an instance gets to finish what it began." }),
});

export type PoolArgs = z.output<typeof PoolArgs>;

export const RouteArgs = z.strictObject({
  hosts: z.array(z.string()).default([]).meta({ description: "Host names, `*.example.com` for all below; none for every host." }),
  paths: z
    .array(z.string().startsWith("/"))
    .default([])
    .meta({ description: "`/api` for the path alone, `/api/*` for it and all below; none for every path." }),
  to: z.string().meta({ description: "Pool." }),
});

export const BalancerArgs = z.strictObject({
  form: z.enum(["application", "network"]).default("application").meta({
    description:
      "`application` ends TLS and reads requests; `network` hands connections on to a role of ours, such as HAProxy. Changing it replaces.",
  }),
  scheme: z.enum(["public", "internal"]).default("public").meta({ description: "Who can reach it by address. Changing it replaces." }),
  tier: z.enum(tiers).optional().meta({ description: "Tier of its subnets: `public`, or `app` when internal, unless said." }),
  address: z.ipv4().optional().meta({ description: "Fixed private address of an internal balancer; inside its subnet." }),
  certificates: z.array(memberName).default([]).meta({ description: "Names under edge.certificates; the first answers unknown hosts." }),
  listeners: partsOf(ListenerArgs)
    .optional()
    .meta({ description: "By name. An application balancer has 443 and a redirect on 80 unless said." }),
  pools: partsOf(PoolArgs).default({}).meta({ description: "Who answers, by name; a pool is called as its role unless it says `role`." }),
  routes: partsOf(RouteArgs).default({}).meta({
    description: "By name. The nearest host decides, then the longest path; a route of neither answers the rest.",
  }),
  idleSeconds: z.int().min(1).max(86_400).optional().meta({
    description:
      "Silence after which a connection ends, and longest wait for an answer; 60 or the nearest unless said. WebSockets want more.",
  }),
  tls: z
    .strictObject({
      minimum: z.enum(["1.2", "1.3"]).default("1.2"),
      suites: z
        .array(z.string())
        .default([])
        .meta({ description: "Cipher suites of TLS 1.2 by their OpenSSL names; the cloud's own restricted set unless said." }),
    })
    .prefault({}),
  logs: orOff(memberName).optional().meta({
    description: "Bucket for access logs, where they go to one; elsewhere they go to the stack's log destination. `off` for none.",
  }),
  waf: z.boolean().default(true).meta({ description: "Stands behind edge.waf, where there is one; public application balancers alone." }),
});
export type BalancerArgs = z.output<typeof BalancerArgs>;
export const BalancersArgs = mapOf(BalancerArgs).default({});

export interface PoolSpec {
  readonly role: string;
  /** Name and number of the role's port. */
  readonly portName: string;
  readonly port: number;
  readonly protocol: "http" | "https" | "tcp";
  readonly health: ProbeSpec & {
    /** `200` or `200-399`. */
    readonly codes: string;
  };
  /** Who must have signed the certificate that the role shows, by its name in the account, and for which host; null where any will do. */
  readonly authority: { readonly certificate: string; readonly host: string } | null;
  readonly stickySeconds: number | null;
  readonly drainSeconds: number;
}

export interface ListenerSpec {
  readonly port: number;
  readonly protocol: "https" | "redirect" | "tcp";
  /** Of a `tcp` listener; null otherwise. */
  readonly pool: string | null;
}

/** What one host answers: longer paths first, then the default. */
export interface HostSpec {
  readonly hosts: readonly string[];
  /** By route name. */
  readonly paths: Readonly<Record<string, { readonly paths: readonly string[]; readonly pool: string }>>;
  readonly otherwise: string;
}

export interface BalancerSpec {
  readonly place: PlaceKey;
  readonly form: "application" | "network";
  readonly scheme: "public" | "internal";
  readonly tier: Tier;
  readonly subnets: readonly string[];
  /** Zone letters. */
  readonly zones: readonly string[];
  /** Fixed private address; null where the cloud gives one (public, or AWS). */
  readonly address: string | null;
  readonly ipv6: boolean;
  /** Names of certificates, the first one answering unknown hosts; empty on a network balancer. */
  readonly certificates: readonly string[];
  /** Host names that each of them speaks for. */
  readonly certified: Readonly<Record<string, readonly string[]>>;
  readonly listeners: Readonly<Record<string, ListenerSpec>>;
  readonly pools: Readonly<Record<string, PoolSpec>>;
  /** By host with dashes (`app-example-com`); hosts of their own before wildcards. */
  readonly hosts: Readonly<Record<string, HostSpec>>;
  /** Answers hosts that nobody names: paths without a host, and the pool of the rest. Null on a network balancer. */
  readonly otherwise: Omit<HostSpec, "hosts"> | null;
  readonly idleSeconds: number;
  /** The cloud's own name of the policy, and its own names of the suites where they are said one by one; null on a network balancer. */
  readonly tls: { readonly minimum: "1.2" | "1.3"; readonly policy: string; readonly suites: readonly string[] } | null;
  /** `bucket`: a bucket and a prefix in it; `destination`: the stack's own; null for none. */
  readonly logs: { readonly to: "bucket"; readonly bucket: string; readonly prefix: string } | { readonly to: "destination" } | null;
  readonly waf: boolean;
  /** Answers who brings the CDN's pass alone, a secret header. */
  readonly pass: boolean;
  /** Ranges that flows let in from outside where TLS ends; everybody when one of them is 0.0.0.0/0. */
  readonly callers: readonly string[];
}

/** One rule of a cloud that asks them one after the other. */
export interface RouteRule {
  /** Unique within a listener, and not `1`: the lowest is asked first. */
  readonly priority: number;
  /** Any of them; none is every host. */
  readonly hosts: readonly string[];
  /** Patterns where `*` is anything; none is every path. */
  readonly paths: readonly string[];
  readonly pool: string;
}

/** What joins listeners and groups, once both are there. */
export interface RoutesSpec extends BalancerSpec {
  readonly balancer: string;
  /** `hosts` and `otherwise` as numbered rules, by name; none where the cloud takes tables. */
  readonly rules: Readonly<Record<string, RouteRule>>;
  /** Scaling rules that ask the balancer, by role. */
  readonly scaling: Readonly<
    Record<string, { readonly pool: string; readonly requestsPerMinute: number | null; readonly latencySeconds: number | null }>
  >;
}

/** Who a balancer is to callers and to its pools: by group, by its own addresses, by the cloud's front ends, or the caller shines through. */
export type SeenAs = "identity" | "subnet" | "front" | "callers";

export interface BalancerLimits {
  /** By form and scheme. */
  readonly seenAs: Readonly<Record<"application" | "network", Readonly<Record<"public" | "internal", SeenAs>>>>;
  /** Where front ends and health probes come from, when a rule must let them in; empty where they are not filtered. */
  readonly sources: Readonly<Record<"application" | "network", Readonly<Record<"public" | "internal", readonly string[]>>>>;
  /** A public network balancer before a role whose tier has no way out. */
  readonly withoutWayOut: Support;
  /** An internal application balancer that ranges reach which flows do not let in. */
  readonly innerStrangers: Support;
  /** A redirect that flows do not open to whoever reaches it. */
  readonly narrowRedirect: Support;
  /** Whether each form and scheme is one balancer of the cloud's. */
  readonly offered: Readonly<Record<"application" | "network", Readonly<Record<"public" | "internal", Support>>>>;
  /** Zones it must stand in. */
  readonly minZones: number;
  /** A network listener on another port than the role's. */
  readonly portsApart: Support;
  /** Fixed address of an internal balancer: taken, or the cloud's own by design. */
  readonly address: Support;
  /** Seconds of silence that the cloud takes; an ask outside is moved to the nearest, with a note. */
  readonly idleSeconds: Readonly<Record<"application" | "network", { readonly min: number; readonly max: number }>>;
  readonly stickySeconds: { readonly min: number; readonly max: number };
  readonly sticky: Readonly<Record<"application" | "network", Support>>;
  readonly drain: Readonly<Record<"application" | "network", Support>>;
  readonly healthyCodes: Support;
  /** Two thresholds; Azure knows the unhealthy one alone. */
  readonly healthyThreshold: Support;
  readonly healthTimeout: Support;
  /** Policy by the lowest version of TLS. */
  readonly tls: Readonly<Record<"1.2" | "1.3", { readonly policy: string; readonly support: Support }>>;
  /** Suites said one by one. */
  readonly suites: Support;
  /** What the cloud calls the suites that it takes, by their OpenSSL names; null where they are passed on as they are. */
  readonly suiteNames: Readonly<Record<string, string>> | null;
  /** TLS to the role, or to what its health is asked of, whatever certificate it shows. */
  readonly roleTls: Support;
  /** TLS to the role by the certificate of an authority that a person names: whether anything is checked, and what becomes of it. */
  readonly authority: { readonly checked: boolean; readonly support: Support };
  /** Health asked with TLS where the role is spoken to without it, or the other way round. */
  readonly protocolsApart: Support;
  /** Public addresses of the other family, where the network has them. */
  readonly ipv6: Readonly<Record<"application" | "network", Support>>;
  /** Tier where application balancers of either scheme stand, with nothing else in it; null where they stand beside others. */
  readonly gateways: { readonly tier: Tier | null; readonly support: Support };
  readonly logs: Readonly<Record<"application" | "network", "bucket" | "destination" | "none">>;
  /** Access logs of a network balancer, a bucket where logs go elsewhere. */
  readonly networkLogs: Support;
  readonly logBucket: Support;
  readonly deletionProtection: Support;
  readonly maxRoutes: number;
  /** Rules of hosts and paths that a balancer takes, where each names few; null where they are tables without such a limit. */
  readonly maxRules: number | null;
}
