/**
 * Web application firewall: one policy in front of public balancers and the CDN.
 *
 * | here          | aws                                      | azure                                  | gcp                              |
 * |---------------|------------------------------------------|----------------------------------------|----------------------------------|
 * | for balancers | web ACL, REGIONAL                        | Application Gateway policy             | security policy (Cloud Armor)    |
 * | for the CDN   | web ACL, CLOUDFRONT in us-east-1         | Front Door policy                      | the same security policy         |
 * | core rules    | common and known bad inputs              | Microsoft default rule set 2.1         | OWASP core rule set              |
 * | bots          | bot control                              | bot manager                            | (reCAPTCHA or Enterprise)        |
 * | rate          | rate-based rule per address              | rate limit rule per address            | rate-based ban per address       |
 * | lists         | IP set                                   | match on remote address                | rule by range                    |
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { cidr, partsOf } from "../kernel/schema.ts";

const country = z.string().regex(/^[A-Z]{2}$/, 'a country by its two capital letters, such as "DE"');
const prefix = z.string().startsWith("/").meta({ description: "Path prefix; all paths unless said." });

export const WafArgs = z.strictObject({
  mode: z
    .enum(["block", "count"])
    .default("block")
    .meta({ description: "`count` only logs what managed rules and limits would have stopped." }),
  core: z
    .enum(["off", "low", "medium", "high"])
    .default("low")
    .meta({ description: "Managed core rules; higher finds more, and stops more that is harmless." }),
  knownBadInputs: z.boolean().default(true),
  reputation: z
    .enum(["off", "block", "challenge"])
    .default("block")
    .meta({ description: "Addresses of ill repute, by the cloud's own list." }),
  bots: z.boolean().default(false).meta({ description: "Managed bot rules; billed apart." }),
  limits: partsOf(
    z.strictObject({
      requests: z.int().min(10).max(2_000_000).meta({ description: "Most requests of one address." }),
      perSeconds: z.union([z.literal(10), z.literal(60), z.literal(120), z.literal(300), z.literal(600)]).default(60),
      path: prefix.default("/"),
    }),
  )
    .default({})
    .meta({ description: "Rate limits per client address, by name." }),
  lists: partsOf(
    z.strictObject({
      action: z.enum(["allow", "deny"]),
      ranges: z.array(cidr).default([]),
      path: prefix.default("/").meta({
        description: "With `allow`: only these ranges reach the paths below; with `deny`: these ranges do not.",
      }),
    }),
  )
    .default({})
    .meta({ description: "Allow and deny lists, by name. An empty one restricts nothing." }),
  countries: z
    .strictObject({ action: z.enum(["allow", "deny"]), codes: z.array(country).min(1) })
    .optional()
    .meta({ description: "`allow`: nobody else; `deny`: not these." }),
  ddos: z.enum(["standard", "advanced"]).default("standard").meta({ description: "`advanced` is the paid tier, about 3000 USD a month." }),
  logs: z.boolean().default(true),
});
export type WafArgs = z.output<typeof WafArgs>;

export interface WafLimitSpec {
  readonly requests: number;
  readonly perSeconds: number;
  readonly path: string;
  readonly priority: number;
}
export interface WafListSpec {
  readonly action: "allow" | "deny";
  readonly ranges: readonly string[];
  readonly path: string;
  readonly priority: number;
}

export interface WafSpec {
  readonly place: PlaceKey;
  readonly mode: "block" | "count";
  readonly core: "off" | "low" | "medium" | "high";
  readonly knownBadInputs: boolean;
  readonly reputation: "off" | "block" | "challenge";
  readonly bots: boolean;
  /** As the cloud counts them; lists with no range are left out. Priorities are unique within the policy. */
  readonly limits: Readonly<Record<string, WafLimitSpec>>;
  readonly lists: Readonly<Record<string, WafListSpec>>;
  readonly countries: { readonly action: "allow" | "deny"; readonly codes: readonly string[] } | null;
  readonly ddos: "standard" | "advanced";
  readonly logs: boolean;
  /** Who stands behind it. */
  readonly regional: boolean;
  readonly global: boolean;
}

export interface WafLimits {
  readonly core: Readonly<Record<"low" | "medium" | "high", Support>>;
  readonly knownBadInputs: Support;
  readonly reputation: Readonly<Record<"block" | "challenge", Support>>;
  readonly bots: Support;
  /** Windows of a rate limit that the cloud counts, seconds; an ask between is scaled to the next, with a note. */
  readonly windows: readonly number[];
  readonly minRequests: number;
  /** What each rule costs, and what a policy may cost (AWS' capacity units); null where nothing is counted. */
  readonly capacity: {
    readonly most: number;
    readonly of: Readonly<Record<"core" | "knownBadInputs" | "reputation" | "bots" | "limit" | "list" | "countries", number>>;
  } | null;
  readonly maxRules: number;
  readonly maxRanges: number;
  readonly countries: Support;
  readonly ddos: Support;
}
