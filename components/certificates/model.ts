/**
 * Certificates: one for each name, so that adding a name changes no other.
 *
 * | here       | aws                                   | azure                                     | gcp                                    |
 * |------------|---------------------------------------|-------------------------------------------|----------------------------------------|
 * | for balancers | ACM, validated in our zone         | a Key Vault secret that a person names    | Certificate Manager, DNS authorization |
 * | for the CDN   | the same in us-east-1              | Front Door's managed certificate          | the balancer's                         |
 * | renewal    | by ACM                                | by whoever keeps the vault; picked up     | by Certificate Manager                 |
 */
import { z } from "zod";
import { domain } from "../dns/model.ts";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { mapOf } from "../kernel/schema.ts";

export const certificateName = z.union([
  domain,
  z.string().regex(/^\*\.([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'a domain name, or "*." before one'),
]);

export const CertificateArgs = z.strictObject({
  domain: certificateName.meta({ description: "Inside one of edge.dns.zones. Changing it makes another certificate." }),
  also: z
    .array(certificateName)
    .default([])
    .meta({ description: "Further names in the same certificate; changing them replaces it. A certificate of its own is the better way." }),
  key: z.enum(["rsa-2048", "ecdsa-p256"]).default("rsa-2048"),
});
export const CertificatesArgs = mapOf(CertificateArgs).default({});
export type CertificatesArgs = z.output<typeof CertificatesArgs>;

export interface CertificateSpec {
  readonly domain: string;
  readonly also: readonly string[];
  readonly key: "rsa-2048" | "ecdsa-p256";
  /** Each domain to be shown as ours (a wildcard's own domain for it) and the key of the zone it lies in. */
  readonly zones: Readonly<Record<string, string>>;
  /** Every zone of it is delegated, so that a deploy may wait for validation. */
  readonly waits: boolean;
  /** Who uses it: public balancers, internal ones, the CDN. */
  readonly public: boolean;
  readonly internal: boolean;
  readonly cdn: boolean;
  /** Where the cloud makes none for balancers: the secret that a person keeps (Azure resource id); null elsewhere. */
  readonly reference: string | null;
}

export interface CertificatesSpec {
  readonly place: PlaceKey;
  readonly certificates: Readonly<Record<string, CertificateSpec>>;
  /** Root certificates by which balancers check roles, by name: where a person keeps each (Azure resource id). */
  readonly authorities: Readonly<Record<string, string>>;
}

export interface CertificatesLimits {
  /** Made and renewed by the cloud, for balancers. */
  readonly managed: Support;
  readonly keys: Readonly<Record<"rsa-2048" | "ecdsa-p256", Support>>;
  readonly also: Support;
  /** Shown by balancers and CDN while the zone's parent does not name it yet. */
  readonly unvalidated: Support;
  /** How a certificate that a person keeps is named, for people; null where the cloud makes it. */
  readonly reference: { readonly pattern: RegExp; readonly example: string } | null;
}
