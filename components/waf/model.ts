/**
 * Web application firewall: one policy in front of public balancers and the CDN.
 *
 * | here          | aws                                      | azure                                  | gcp                              |
 * |---------------|------------------------------------------|----------------------------------------|----------------------------------|
 * | for balancers | web ACL, REGIONAL                        | Application Gateway policy             | security policy (Cloud Armor)    |
 * | for the CDN   | web ACL, CLOUDFRONT in us-east-1         | Front Door policy                      | the same security policy         |
 * | core rules    | common and known bad inputs              | Microsoft default rule set 2.1         | OWASP core rule set              |
 * | bots          | bot control                              | bot manager                            | (reCAPTCHA or Enterprise)        |
 * | rate          | rate-based rule per address              | rate limit rule per address            | throttle per address             |
 * | lists         | IP set                                   | match on remote address                | rule by range                    |
 *
 * Order everywhere: deny lists, allow lists, countries, limits, managed rules. Google ends at the first rule that matches, and an allowance under a
 * limit is a match: there what allows comes last, the longest path first.
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { cidr, partsOf } from "../kernel/schema.ts";

const country = z.string().regex(/^[A-Z]{2}$/, 'a country by its two capital letters, such as "DE"');
/** Without quotes and spaces: it stands within expressions. Rules read it decoded and in lower case. */
const prefix = z
  .string()
  .max(128)
  .regex(/^\/[A-Za-z0-9._~/-]*$/, 'the beginning of a path, such as "/admin"')
  .meta({ description: "Path prefix, whatever its case; all paths unless said." });

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
  readonly countries: { readonly action: "allow" | "deny"; readonly codes: readonly string[]; readonly priority: number } | null;
  readonly ddos: "standard" | "advanced";
  readonly logs: boolean;
  /** Who stands behind it. */
  readonly regional: boolean;
  readonly global: boolean;
  /** Whether visitors come to the balancers with addresses of their own, to be judged by; else the CDN's policy judges them alone. */
  readonly direct: boolean;
}

/** Numbers of the rules of one kind: `first`, then `slots` of them, `step` apart. */
export interface Band {
  readonly first: number;
  readonly slots: number;
  readonly step: number;
  /** Added for every character that a path is shorter than the longest allowed; 0 where the order within a band means nothing. */
  readonly perCharacter: number;
}

/** What each rule costs (AWS' capacity units). */
export interface WafCapacity {
  /** No policy may cost more. */
  readonly most: number;
  /** Up to here it costs nothing extra. */
  readonly included: number;
  readonly core: Readonly<Record<"low" | "medium" | "high", number>>;
  readonly knownBadInputs: number;
  readonly reputation: Readonly<Record<"low" | "medium" | "high", number>>;
  readonly bots: number;
  readonly list: number;
  readonly limit: number;
  /** Besides, for a list or limit that is not of all paths. */
  readonly path: number;
  readonly countries: number;
}

export interface WafLimits {
  /** One policy stands before balancers and the CDN alike, and sees every visitor's own address. */
  readonly oneForBoth: boolean;
  readonly core: Readonly<Record<"low" | "medium" | "high", Support>>;
  readonly knownBadInputs: Support;
  readonly reputation: Readonly<Record<"block" | "challenge", Support>>;
  readonly bots: Support;
  /** Lists and countries that still block while the rest only counts. */
  readonly listsWhileCounting: Support;
  /** A second limit of the same path. */
  readonly limitsOfOnePath: Support;
  /** Windows of a rate limit that the cloud counts, seconds, ascending; an ask between is scaled to the next, with a note. */
  readonly windows: readonly number[];
  /** Requests that a limit may have, after scaling. */
  readonly requests: { readonly min: number; readonly max: number };
  /** Null where nothing is counted. */
  readonly capacity: WafCapacity | null;
  readonly rules: {
    readonly most: number;
    /** A project has a quota of its own for rules with an expression; null where there is none. */
    readonly expressions: { readonly quota: number; readonly core: Readonly<Record<"low" | "medium" | "high", number>> } | null;
    /** Ranges of a list that fit into one rule: of all paths, and below one. */
    readonly ranges: { readonly all: number; readonly below: number };
    /** Rules that an allow list takes besides, to keep out the rest. */
    readonly closing: number;
    /** Countries that fit into one rule. */
    readonly countries: number;
  };
  /** Ranges of one list. */
  readonly maxRanges: number;
  readonly bands: Readonly<Record<"deny" | "allow" | "limit", Band>>;
  readonly countries: { readonly support: Support; readonly priority: number };
  readonly ddos: Support;
  /** Where this was read. */
  readonly source: string;
}
