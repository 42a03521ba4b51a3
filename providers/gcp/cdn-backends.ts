/** What stands behind paths of a site, and how long Google keeps what it answers. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { BackendSpec, CdnSpec } from "../../components/cdn/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { instancesOf, modeOf, stickinessOf } from "./backends.ts";
import { physical } from "./lookup.ts";
import type { On } from "./natives.ts";

type Pool = Extract<BackendSpec["to"], { kind: "pool" }>;
type Behaviour = BackendSpec["behaviour"];
/** The longest of all: what nobody shortened. */
const year = 31_536_000;

/** A backend of one site, before a group or a bucket. */
export function backend(
  scope: Scope,
  site: string,
  key: string,
  { behaviour, to }: BackendSpec,
  spec: CdnSpec,
  on: On<"cdn">,
): gcp.compute.BackendService | gcp.compute.BackendBucket {
  return to.kind === "bucket"
    ? bucketOf(scope, site, key, behaviour, to.bucket, spec, on)
    : serviceOf(scope, site, key, behaviour, to, spec, on);
}

function serviceOf(scope: Scope, site: string, key: string, behaviour: Behaviour, to: Pool, spec: CdnSpec, on: On<"cdn">) {
  const { name, parent } = scope;
  const { pool } = to;
  return new gcp.compute.BackendService(
    `${name}-backend-${site}-${key}`,
    {
      name: physical([name, site, key], 63, on.foundation.suffix),
      loadBalancingScheme: "EXTERNAL_MANAGED",
      protocol: pool.protocol.toUpperCase(),
      portName: pool.portName,
      healthChecks: pick(pick(on.balancers, to.balancer).native.checks, to.name),
      // The mode of the balancer's own services: a group has one in all of them.
      backends: [{ group: instancesOf(pool, on), capacityScaler: 1, ...modeOf(to.requestsPerMinute) }],
      timeoutSec: to.seconds,
      connectionDrainingTimeoutSec: pool.drainSeconds,
      ...stickinessOf(pool),
      ipAddressSelectionPolicy: "IPV4_ONLY", // the way that rules open
      ...(spec.waf ? { securityPolicy: policyOf(on) } : {}),
      ...headersOf(spec, behaviour),
      enableCdn: behaviour.cache !== "off",
      ...(behaviour.cache === "off"
        ? {}
        : {
            cdnPolicy: {
              ...keptOf(behaviour),
              cacheKeyPolicy: { includeHost: true, includeProtocol: true, includeQueryString: true },
              negativeCaching: false, // what was mended is seen at once
              serveWhileStale: 0,
              requestCoalescing: true,
            },
          }),
      logConfig: spec.logs === null ? { enable: false } : { enable: true, sampleRate: 1 },
    },
    { parent },
  );
}

function bucketOf(scope: Scope, site: string, key: string, behaviour: Behaviour, bucket: string, spec: CdnSpec, on: On<"cdn">) {
  const { name, parent } = scope;
  return new gcp.compute.BackendBucket(
    `${name}-backend-${site}-${key}`,
    {
      name: physical([name, site, key], 63, on.foundation.suffix),
      bucketName: pick(on.buckets, bucket).bucketName,
      enableCdn: true, // the agent that may read a private bucket is the CDN's
      cdnPolicy: { ...keptOf(behaviour), negativeCaching: false, serveWhileStale: 0, requestCoalescing: true },
      ...headersOf(spec, behaviour),
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
}

function policyOf({ waf }: On<"cdn">): pulumi.Output<string> {
  const policy = waf === null ? null : waf.native.policy;
  if (policy === null) throw new Error("no security policy");
  return policy.id;
}

/** Laid over what the backend says. */
const headersOf = ({ securityHeaders: secure }: CdnSpec, { compress }: Behaviour) => ({
  customResponseHeaders:
    secure === null
      ? []
      : [
          `Strict-Transport-Security: max-age=${secure.hstsSeconds}`,
          "X-Content-Type-Options: nosniff",
          `X-Frame-Options: ${secure.frame}`,
          `Referrer-Policy: ${secure.referrer}`,
        ],
  compressionMode: compress ? "AUTOMATIC" : "DISABLED",
});

/** By the origin's headers alone, unless somebody says how long: Google takes times in its other modes only. */
function keptOf({ cache, ttlSeconds, maxTtlSeconds, browserTtlSeconds }: Behaviour) {
  if (cache === "off") return { cacheMode: "FORCE_CACHE_ALL", defaultTtl: 0, clientTtl: 0 }; // asked again every time
  if (cache === "fixed")
    return { cacheMode: "FORCE_CACHE_ALL", defaultTtl: ttlSeconds, clientTtl: browserTtlSeconds === null ? ttlSeconds : browserTtlSeconds };
  if (ttlSeconds === 0 && maxTtlSeconds === year && browserTtlSeconds === null) return { cacheMode: "USE_ORIGIN_HEADERS" };
  return {
    cacheMode: "CACHE_ALL_STATIC",
    defaultTtl: ttlSeconds,
    maxTtl: maxTtlSeconds,
    clientTtl: browserTtlSeconds === null ? maxTtlSeconds : browserTtlSeconds,
  };
}
