import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BehaviourSpec, CdnSiteSpec, CdnSpec, OriginSpec } from "../../components/cdn/model.ts";
import type { CloudAdapter, Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { logs } from "./cdn-logs.ts";
import { cachePolicy, headersPolicy, managed } from "./cdn-policies.ts";
import { timeouts } from "./facts/timeouts.ts";
import { each, present, tagged } from "./lookup.ts";
import type { AwsNatives, AwsPart } from "./natives.ts";

type On = Parameters<CloudAdapter<AwsNatives>["cdn"]>[2];
type By<T> = Readonly<Record<string, T>>;
type Behaviour = Omit<aws.types.input.cloudfront.DistributionOrderedCacheBehavior, "pathPattern">;

/** `TLSv1.2_2021` is the widest of the policies that stop at 1.2; there is one of 1.3 alone. */
const tlsPolicy = { "1.2": "TLSv1.2_2021", "1.3": "TLSv1.3_2025" } satisfies Record<CdnSpec["minimumTls"], string>;

const methods = {
  read: ["GET", "HEAD", "OPTIONS"],
  all: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
} satisfies Record<BehaviourSpec["methods"], readonly string[]>;

/** What all sites share: the key by which buckets know the CDN, the ways into the network, the headers. */
interface Common {
  readonly access: aws.cloudfront.OriginAccessControl | null;
  readonly ways: By<aws.cloudfront.VpcOrigin>;
  readonly headers: aws.cloudfront.ResponseHeadersPolicy | null;
}

/** A distribution for each site: behaviours tell paths apart, never host names. */
export function cdn(scope: Scope, spec: CdnSpec, on: On): AwsPart<"cdn"> {
  const { name, parent } = scope;
  const origins = Object.values(spec.sites).flatMap(site => Object.values(site.origins));
  const inner = Object.fromEntries(
    origins.flatMap(origin => (origin.kind === "balancer" && origin.scheme === "internal" ? [[origin.balancer, origin.balancer]] : [])),
  );
  const common: Common = {
    access: origins.some(({ kind }) => kind === "bucket")
      ? new aws.cloudfront.OriginAccessControl(
          `${name}-access`,
          {
            description: `Signs what ${name} asks of buckets`,
            originAccessControlOriginType: "s3",
            signingBehavior: "always", // what a visitor sends as authorization is not the bucket's
            signingProtocol: "sigv4",
          },
          { parent },
        )
      : null,
    ways: each(inner, balancer => vpcOrigin(scope, balancer, on)),
    headers: spec.securityHeaders === null ? null : headersPolicy(scope, "headers", spec, null),
  };
  const distributions = each(spec.sites, (site, one) => distribution(scope, site, one, spec, common, on));
  const delivered = spec.logs?.to === "bucket" ? logs(scope, spec.logs, distributions, on) : [];
  return {
    hosts: each(distributions, (_, made) => made.domainName),
    native: { distributions },
    ready: [...Object.values(distributions), ...delivered],
  };
}

/** A way into the network to a balancer that the internet does not see. */
function vpcOrigin(scope: Scope, balancer: string, on: On): aws.cloudfront.VpcOrigin {
  return new aws.cloudfront.VpcOrigin(
    `${scope.name}-way-${balancer}`,
    {
      vpcOriginEndpointConfig: {
        name: balancer,
        arn: pick(on.balancers, balancer).native.balancer.arn,
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
      },
      tags: tagged(scope, `${scope.name}-way-${balancer}`),
    },
    { parent: scope.parent, dependsOn: [...pick(on.balancers, balancer).ready] },
  );
}

function distribution(scope: Scope, key: string, site: CdnSiteSpec, spec: CdnSpec, common: Common, on: On): aws.cloudfront.Distribution {
  const { name, parent } = scope;
  const behaviours = each(site.behaviours, (path, behaviour) => behaviourOf(scope, `${key}-${path}`, behaviour, site, spec, common));
  return new aws.cloudfront.Distribution(
    `${name}-site-${key}`,
    {
      comment: `${key} of ${pick(scope.tags, "system")}`,
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_All", // visitors of other continents would be served from afar, without a word
      aliases: [...site.names],
      viewerCertificate: {
        acmCertificateArn: pick(present(on.certificates, "certificates").native.global, site.certificate),
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: tlsPolicy[spec.minimumTls],
      },
      origins: Object.entries(site.origins).map(([origin, one]) => originOf(origin, one, common, on)),
      defaultCacheBehavior: behaviourOf(scope, `${key}-rest`, site.otherwise, site, spec, common),
      // The first that fits answers.
      orderedCacheBehaviors: Object.entries(site.behaviours)
        .flatMap(([path, { paths }]) => paths.map(pathPattern => ({ pathPattern, ...pick(behaviours, path) })))
        .toSorted((one, other) => other.pathPattern.length - one.pathPattern.length),
      restrictions: {
        geoRestriction:
          spec.countries === null
            ? { restrictionType: "none" }
            : { restrictionType: spec.countries.action === "allow" ? "whitelist" : "blacklist", locations: [...spec.countries.codes] },
      },
      ...(spec.waf ? { webAclId: present(present(on.waf, "firewall").native.global, "global web ACL").arn } : {}),
      waitForDeployment: true, // its names may be pointed to it when it answers everywhere
      tags: tagged(scope, `${name}-site-${key}`),
    },
    { parent, dependsOn: [...present(on.certificates, "certificates").ready], customTimeouts: timeouts.cdn },
  );
}

/** How one path is answered. What is not kept goes on whole, so that a WebSocket finds its way. */
function behaviourOf(scope: Scope, key: string, behaviour: BehaviourSpec, site: CdnSiteSpec, spec: CdnSpec, common: Common): Behaviour {
  const bucket = pick(site.origins, behaviour.origin).kind === "bucket";
  const headers =
    behaviour.browserTtlSeconds === null ? common.headers : headersPolicy(scope, `headers-${key}`, spec, behaviour.browserTtlSeconds);
  return {
    targetOriginId: behaviour.origin,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: methods[behaviour.methods],
    cachedMethods: ["GET", "HEAD"],
    compress: behaviour.compress,
    cachePolicyId: behaviour.cache === "off" ? managed.cachingDisabled : cachePolicy(scope, key, behaviour, bucket).id,
    ...(bucket ? {} : { originRequestPolicyId: managed.allViewer }), // a bucket is asked by its own name
    ...(headers === null ? {} : { responseHeadersPolicyId: headers.id }),
  };
}

function originOf(originId: string, origin: OriginSpec, { access, ways }: Common, on: On): aws.types.input.cloudfront.DistributionOrigin {
  if (origin.kind === "bucket")
    return {
      originId,
      domainName: pick(on.buckets, origin.bucket).native.bucket.bucketRegionalDomainName, // by its region at once, not by a redirect
      originAccessControlId: present(access, "origin access control").id,
    };
  const domainName: pulumi.Input<string> = origin.host === null ? pick(on.balancers, origin.balancer).host : origin.host;
  const timing = { originReadTimeout: origin.seconds, originKeepaliveTimeout: 5 };
  if (origin.scheme === "internal")
    return { originId, domainName, vpcOriginConfig: { vpcOriginId: pick(ways, origin.balancer).id, ...timing } };
  const { pass } = on;
  return {
    originId,
    domainName,
    ...(pass === null ? {} : { customHeaders: [{ name: pass.header, value: pass.value }] }), // in place of what a visitor sends under that name
    customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"], ...timing },
  };
}
