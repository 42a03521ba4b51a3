/**
 * CDN: what stands in front of a balancer and of buckets, near the visitors.
 *
 * | here            | aws                                   | azure                              | gcp                                        |
 * |-----------------|---------------------------------------|------------------------------------|--------------------------------------------|
 * | site            | distribution                          | endpoint, custom domains and routes| addresses and URL map of its own           |
 * | behaviour       | cache behaviour, cache and header policies | route and rule set            | path of the URL map, backend with CDN on   |
 * | bucket origin   | origin access control                 | the profile's identity             | backend bucket, read by its service agent  |
 * | balancer origin | custom origin, or VPC origin          | origin by its own name             | the groups behind the balancer             |
 * | closed          | CloudFront's list of addresses        | Front Door's service tag           | (nothing stands between)                   |
 * | pass            | origin header, asked by listener rules| rule set, asked by the gateway's firewall | (nothing stands between)            |
 * | logs            | to a bucket                           | to the log destination             | to the log destination                     |
 *
 * On Google the CDN is a flag of backends and never stands alone: a site is a front of its own before the groups of a public balancer.
 */
import { z } from "zod";
import type { CdnSeen } from "../access/model.ts";
import type { PoolSpec } from "../balancer/model.ts";
import { domain } from "../dns/model.ts";
import type { Range, Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { memberName, orOff, partsOf } from "../kernel/schema.ts";

const ttl = z.int().min(0).max(31_536_000);

export const BehaviourArgs = z.strictObject({
  paths: z.array(z.string().startsWith("/")).default([]).meta({
    description: "`/static/*` for that path and all below; none for whatever no other behaviour names.",
  }),
  origin: z.string().optional().meta({ description: "Balancer or bucket; the site's own unless said." }),
  methods: z.enum(["read", "all"]).default("all").meta({
    description: "`read`: GET, HEAD, OPTIONS, which is all that a bucket answers. `all`: those that change things too.",
  }),
  cache: z.enum(["off", "origin", "fixed"]).default("off").meta({
    description: "`off` for APIs and WebSockets; `origin` follows the origin's headers; `fixed` keeps everything `ttlSeconds`.",
  }),
  ttlSeconds: ttl.optional().meta({
    description: "How long `fixed` keeps, a day unless said; and `origin`, where the origin says nothing: not at all unless said.",
  }),
  maxTtlSeconds: ttl.default(31_536_000).meta({ description: "However long the origin says." }),
  browserTtlSeconds: ttl.optional().meta({ description: "What the visitor's browser is told; the origin's word unless said." }),
  compress: z.boolean().default(true).meta({ description: "Clouds compress what they keep; the rest goes as the origin sends it." }),
});

export const SiteArgs = z.strictObject({
  names: z.array(domain).min(1).meta({ description: "Host names that visitors use." }),
  certificate: memberName.meta({ description: "Under edge.certificates; covers every name." }),
  origin: z.string().meta({ description: "Balancer or bucket that answers." }),
  originName: domain.optional().meta({
    description:
      "Host name that leads to the balancer and lies in its certificate. AWS finds the balancer without one. Visitors' own host name is handed on.",
  }),
  originSeconds: z.int().min(1).max(240).default(60).meta({ description: "Longest wait for the origin's answer." }),
  behaviours: partsOf(BehaviourArgs).default({}).meta({ description: "By name; one without paths answers the rest." }),
});

export const CdnArgs = z.strictObject({
  sites: partsOf(SiteArgs).default({}),
  provider: z
    .enum(["own", "cloudflare"])
    .default("own")
    .meta({ description: "The cloud's own. Others are refused, naming what stands in." }),
  minimumTls: z.enum(["1.2", "1.3"]).default("1.2"),
  securityHeaders: z.boolean().default(true).meta({ description: "HSTS, no sniffing, no framing, referrer policy." }),
  countries: z.strictObject({ action: z.enum(["allow", "deny"]), codes: z.array(z.string().length(2)).min(1) }).optional(),
  waf: z.boolean().default(true),
  logs: orOff(memberName).optional().meta({ description: "Bucket for access logs, where they go to one. `off` for none." }),
  closed: z.boolean().default(true).meta({
    description:
      "Balancers that are origins are to answer the CDN alone: the flow from `cdn` says so. A flow that lets others in wins, with a note.",
  }),
});
export type CdnArgs = z.output<typeof CdnArgs>;

export interface BehaviourSpec {
  /** What it answers, `/static` beside each `/static/*`; none of the one that answers the rest. */
  readonly paths: readonly string[];
  readonly origin: string;
  readonly methods: "read" | "all";
  readonly cache: "off" | "origin" | "fixed";
  readonly ttlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly browserTtlSeconds: number | null;
  readonly compress: boolean;
}

export type OriginSpec =
  | {
      readonly kind: "balancer";
      readonly balancer: string;
      /** Null where the cloud finds it by its own name. */
      readonly host: string | null;
      readonly seconds: number;
      readonly scheme: "public" | "internal";
    }
  | { readonly kind: "bucket"; readonly bucket: string };

/** Who answers on a front of the CDN's own, and how that is kept. */
export interface BackendSpec {
  readonly behaviour: Omit<BehaviourSpec, "paths">;
  readonly to:
    | {
        readonly kind: "pool";
        readonly balancer: string;
        readonly name: string;
        readonly pool: PoolSpec;
        /** Longest wait for an answer: the site's, or the balancer's where that is longer, for WebSockets. */
        readonly seconds: number;
        /** What the role is scaled by; null where it is not by requests. */
        readonly requestsPerMinute: number | null;
      }
    | { readonly kind: "bucket"; readonly bucket: string };
}

/** Hosts and paths of a site joined with those of the balancers behind it. */
export interface FrontSpec {
  /** By `<behaviour>-<pool>`, or the behaviour's name before a bucket. */
  readonly backends: Readonly<Record<string, BackendSpec>>;
  /** By host name. */
  readonly hosts: Readonly<
    Record<
      string,
      {
        /** By backend. */
        readonly paths: Readonly<Record<string, readonly string[]>>;
        /** Backend of the rest. */
        readonly otherwise: string;
      }
    >
  >;
}

export interface CdnSiteSpec {
  readonly names: readonly string[];
  /** By name: key of the zone of ours that it lies in, and what it is called there. None of a name elsewhere. */
  readonly zones: Readonly<Record<string, { readonly zone: string; readonly label: string }>>;
  readonly certificate: string;
  /** By origin name. */
  readonly origins: Readonly<Record<string, OriginSpec>>;
  /** Those with paths, by name. */
  readonly behaviours: Readonly<Record<string, BehaviourSpec>>;
  readonly otherwise: BehaviourSpec;
  /** Null where the CDN stands alone and asks the balancer. */
  readonly front: FrontSpec | null;
}

export interface CdnSpec {
  readonly place: PlaceKey;
  readonly sites: Readonly<Record<string, CdnSiteSpec>>;
  /** Longest wait of all sites, for clouds that know one alone. */
  readonly originSeconds: number;
  readonly minimumTls: "1.2" | "1.3";
  /** Null for none. No sniffing goes without saying. */
  readonly securityHeaders: { readonly hstsSeconds: number; readonly frame: "DENY"; readonly referrer: string } | null;
  readonly countries: { readonly action: "allow" | "deny"; readonly codes: readonly string[] } | null;
  readonly waf: boolean;
  readonly logs: { readonly to: "bucket"; readonly bucket: string; readonly prefix: string } | { readonly to: "destination" } | null;
  /** Nobody but the CDN is let in to any balancer behind it. */
  readonly closed: boolean;
}

export interface CdnLimits {
  /** Stands alone, or is a flag of backends. */
  readonly alone: Support;
  readonly internalOrigin: Support;
  /** A balancer that hands connections on. */
  readonly networkOrigin: Support;
  readonly bucketOrigin: Support;
  /** A bucket before which the platform's firewall is to stand too. */
  readonly bucketWaf: Support;
  /** A balancer that is given no name of its own. */
  readonly namelessOrigin: Support;
  readonly minimumTls13: Support;
  /** Answering some methods alone, before a balancer. */
  readonly readOnly: Support;
  readonly maxTtl: Support;
  readonly browserTtl: Support;
  /** Browsers that keep longer what the CDN keeps for a fixed time. */
  readonly browserLonger: Support;
  readonly originSeconds: Range;
  /** Each site its own wait. */
  readonly originSecondsBySite: Support;
  readonly logs: "bucket" | "destination";
  readonly logBucket: Support;
  readonly closed: Support;
  /** Nothing but the addresses that the CDN shares with other customers keeps anyone out. */
  readonly closedByAddress: Support;
  /** Who asks for the CDN's pass: the rules of each balancer, or the firewall before all of them. */
  readonly pass: "routes" | "firewall" | "nobody";
  readonly countries: Support;
  /** As whom rules of balancers see the CDN in a region (`balancers`), and rules of roles behind them (`roles`). Null where that is not known. */
  readonly seenAs: (region: string) => CdnSeen | null;
}
