/**
 * CDN: what stands in front of a balancer and of buckets, near the visitors.
 *
 * | here            | aws                                   | azure                              | gcp                                        |
 * |-----------------|---------------------------------------|------------------------------------|--------------------------------------------|
 * | site            | distribution                          | endpoint, custom domains and routes| hosts of the global balancer               |
 * | behaviour       | cache behaviour, cache and header policies | route and rule set            | path of the URL map, backend with CDN on   |
 * | bucket origin   | origin access control                 | private link to the account        | backend bucket                             |
 * | balancer origin | custom origin with a secret header, or VPC origin | origin with its Front Door id | (the balancer itself)                |
 * | logs            | to a bucket                           | to the log destination             | to the log destination                     |
 *
 * On Google the CDN is a flag of the global balancer and never stands alone; a note says so.
 */
import { z } from "zod";
import { domain } from "../dns/model.ts";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { memberName, orOff, partsOf } from "../kernel/schema.ts";

const ttl = z.int().min(0).max(31_536_000);

export const BehaviourArgs = z.strictObject({
  paths: z.array(z.string().startsWith("/")).default([]).meta({ description: "`/static/*`; none for whatever no other behaviour names." }),
  origin: z.string().optional().meta({ description: "Balancer or bucket; the site's own unless said." }),
  methods: z.enum(["read", "all"]).default("all").meta({ description: "`read`: GET, HEAD, OPTIONS. `all`: those that change things too." }),
  cache: z.enum(["off", "origin", "fixed"]).default("off").meta({
    description: "`off` for APIs and WebSockets; `origin` follows the origin's headers; `fixed` keeps everything `ttlSeconds`.",
  }),
  ttlSeconds: ttl.default(86_400),
  maxTtlSeconds: ttl.default(31_536_000),
  browserTtlSeconds: ttl.optional().meta({ description: "What the visitor's browser is told; the origin's word unless said." }),
  compress: z.boolean().default(true),
});

export const SiteArgs = z.strictObject({
  names: z.array(domain).min(1).meta({ description: "Host names that visitors use." }),
  certificate: memberName.meta({ description: "Under edge.certificates; covers every name." }),
  origin: z.string().meta({ description: "Balancer or bucket that answers." }),
  originName: domain
    .optional()
    .meta({ description: "Host name by which the balancer is asked, in its certificate; the first name unless said." }),
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
    description: "Balancers that are origins answer the CDN alone. `false` where visitors reach the balancer by a name of its own too.",
  }),
});
export type CdnArgs = z.output<typeof CdnArgs>;

export interface BehaviourSpec {
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
      readonly host: string;
      readonly seconds: number;
      readonly scheme: "public" | "internal";
    }
  | { readonly kind: "bucket"; readonly bucket: string };

export interface CdnSiteSpec {
  readonly names: readonly string[];
  readonly certificate: string;
  /** By origin name. */
  readonly origins: Readonly<Record<string, OriginSpec>>;
  /** Those with paths, by name. */
  readonly behaviours: Readonly<Record<string, BehaviourSpec>>;
  readonly otherwise: BehaviourSpec;
}

export interface CdnSpec {
  readonly place: PlaceKey;
  readonly sites: Readonly<Record<string, CdnSiteSpec>>;
  readonly minimumTls: "1.2" | "1.3";
  readonly securityHeaders: boolean;
  readonly countries: { readonly action: "allow" | "deny"; readonly codes: readonly string[] } | null;
  readonly waf: boolean;
  readonly logs: { readonly to: "bucket"; readonly bucket: string; readonly prefix: string } | { readonly to: "destination" } | null;
  readonly closed: boolean;
}

export interface CdnLimits {
  /** Stands alone, or is a flag of the global balancer. */
  readonly alone: Support;
  readonly internalOrigin: Support;
  readonly minimumTls13: Support;
  readonly securityHeaders: Support;
  readonly browserTtl: Support;
  readonly originSeconds: { readonly max: number; readonly otherwise: Support };
  readonly logs: "bucket" | "destination";
  readonly logBucket: Support;
  readonly closed: Support;
  readonly countries: Support;
}
