/** How long CloudFront keeps what, and which headers it adds. */
import * as aws from "@pulumi/aws";
import type { BehaviourSpec, CdnSpec } from "../../components/cdn/model.ts";
import type { Scope } from "../../components/contract.ts";

/**
 * AWS' own policies, the same in every account: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * and using-managed-origin-request-policies.html (2026-11-21). Used where they say exactly what is meant; an account may have twenty of its own.
 */
export const managed = {
  /** CachingDisabled: nothing is kept. */
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  /** AllViewer: the origin is asked with everything that the visitor sent, its host name and the headers of WebSockets among them. */
  allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
} as const;

/** `fixed` keeps whatever the origin says; `origin` keeps what it says, and what it says nothing of for `ttlSeconds`. */
export function cachePolicy({ name, parent }: Scope, key: string, behaviour: BehaviourSpec, bucket: boolean): aws.cloudfront.CachePolicy {
  const { cache, ttlSeconds, maxTtlSeconds, compress } = behaviour;
  const fixed = cache === "fixed";
  return new aws.cloudfront.CachePolicy(
    `${name}-cache-${key}`,
    {
      comment: `${key} of ${name}`,
      minTtl: fixed ? ttlSeconds : 0,
      defaultTtl: ttlSeconds,
      maxTtl: fixed ? ttlSeconds : maxTtlSeconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        // A balancer answers by host and query; a bucket by path alone, and would refuse a host that is not its own.
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: bucket ? { headerBehavior: "none" } : { headerBehavior: "whitelist", headers: { items: ["Host", "Origin"] } },
        queryStringsConfig: { queryStringBehavior: bucket ? "none" : "all" },
        enableAcceptEncodingBrotli: compress,
        enableAcceptEncodingGzip: compress,
      },
    },
    { parent },
  );
}

/** One policy for all that says nothing of browsers, one more for each behaviour that does. */
export function headersPolicy(
  { name, parent }: Scope,
  part: string,
  { securityHeaders: secure }: CdnSpec,
  browserTtlSeconds: number | null,
): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    `${name}-${part}`,
    {
      comment: `What browsers are told by ${name}`,
      ...(secure === null ? {} : { securityHeadersConfig: secured(secure) }),
      ...(browserTtlSeconds === null
        ? {}
        : { customHeadersConfig: { items: [{ header: "Cache-Control", value: `max-age=${browserTtlSeconds}`, override: true }] } }),
    },
    { parent },
  );
}

/** The origin's own word on frames and referrers comes first. */
const secured = ({ hstsSeconds, frame, referrer }: NonNullable<CdnSpec["securityHeaders"]>) => ({
  strictTransportSecurity: { accessControlMaxAgeSec: hstsSeconds, includeSubdomains: false, preload: false, override: true },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: frame, override: false },
  referrerPolicy: { referrerPolicy: referrer, override: false },
});
