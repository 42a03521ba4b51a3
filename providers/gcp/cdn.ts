/**
 * The CDN of Google is a flag of a backend, so each site is a front of its own: addresses, certificates, hosts and paths, and backends
 * before the groups that the balancers stand before as well. Longer than its siblings, since on the other clouds the product holds all this.
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { CdnSiteSpec, CdnSpec, FrontSpec } from "../../components/cdn/model.ts";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import { backend } from "./cdn-backends.ts";
import { physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { claims, toHttps } from "./urlmap.ts";

const loadBalancingScheme = "EXTERNAL_MANAGED";
const lowest = { "1.2": "TLS_1_2", "1.3": "TLS_1_3" } satisfies Record<CdnSpec["minimumTls"], string>;
const families = { ipv4: { part: "4", ipVersion: "IPV4" }, ipv6: { part: "6", ipVersion: "IPV6" } } as const;

type Backend = gcp.compute.BackendService | gcp.compute.BackendBucket;
type By<T> = Readonly<Record<string, T>>;

export function cdn(scope: Scope, spec: CdnSpec, on: On<"cdn">): Out<"cdn"> {
  const { name, parent } = scope;
  const tls = new gcp.compute.SSLPolicy(
    `${name}-tls`,
    { minTlsVersion: lowest[spec.minimumTls], profile: "RESTRICTED" },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  const map = new gcp.compute.URLMap(`${name}-redirect-map`, toHttps, { parent, dependsOn: [...on.foundation.ready] });
  const redirect = new gcp.compute.TargetHttpProxy(`${name}-redirect-proxy`, { urlMap: map.id }, { parent });
  const sites = Object.fromEntries(
    Object.entries(spec.sites).map(([key, site]) => [key, siteOf(scope, key, site, spec, { tls, redirect }, on)]),
  );
  const addresses = Object.fromEntries(
    Object.entries(sites).flatMap(([key, made]) =>
      Object.entries(made.addresses).map(([family, { address }]): [string, pulumi.Output<string>] => [`${key}-${family}`, address]),
    ),
  );
  return {
    hosts: Object.fromEntries(Object.entries(sites).map(([key, made]) => [key, made.addresses.ipv4.address])),
    native: { addresses },
    ready: [...Object.values(sites).flatMap(({ rules }) => rules), ...readers(scope, sites, on)],
  };
}

interface Common {
  readonly tls: gcp.compute.SSLPolicy;
  readonly redirect: gcp.compute.TargetHttpProxy;
}

function siteOf(scope: Scope, key: string, site: CdnSiteSpec, spec: CdnSpec, { tls, redirect }: Common, on: On<"cdn">) {
  const { name, parent, tags, protection } = scope;
  const front = frontOf(site);
  const addressOf = ({ part, ipVersion }: (typeof families)[keyof typeof families]) =>
    new gcp.compute.GlobalAddress(
      `${name}-address${part}-${key}`,
      { addressType: "EXTERNAL", ipVersion, labels: tags },
      { parent, protect: protection, dependsOn: [...on.foundation.ready] }, // names point to it
    );
  const addresses = { ipv4: addressOf(families.ipv4), ipv6: addressOf(families.ipv6) };
  const backends = Object.fromEntries(
    Object.entries(front.backends).map(([part, one]) => [part, backend(scope, key, part, one, spec, on)]),
  );
  const map = new gcp.compute.URLMap(`${name}-map-${key}`, tableOf(site, front, backends), { parent });
  const proxy = new gcp.compute.TargetHttpsProxy(
    `${name}-proxy-${key}`,
    {
      urlMap: map.id,
      sslPolicy: tls.id,
      certificateMap: certificates(scope, key, site, on),
      quicOverride: "ENABLE",
      tlsEarlyData: "DISABLED", // what comes early can be sent again by anybody who saw it
    },
    { parent },
  );
  const rules = (["ipv4", "ipv6"] as const).flatMap(family =>
    [
      { part: "https", portRange: "443", target: proxy.id },
      { part: "http", portRange: "80", target: redirect.id },
    ].map(
      ({ part, portRange, target }) =>
        new gcp.compute.GlobalForwardingRule(
          `${name}-${part}${families[family].part}-${key}`,
          { loadBalancingScheme, ipProtocol: "TCP", ipAddress: addresses[family].id, portRange, target, labels: tags },
          { parent },
        ),
    ),
  );
  return { addresses, backends, front, rules };
}

function frontOf({ front }: CdnSiteSpec): FrontSpec {
  if (front === null) throw new Error("a site without hosts and paths of its own");
  return front;
}

/** Hosts and paths. A host that is none of the site's is sent to the first that is: what stands behind would answer it as its own. */
function tableOf({ names: [first] }: CdnSiteSpec, { hosts }: FrontSpec, backends: By<Backend>) {
  const matcher = (host: string): string => shortened(["host", host.replaceAll(".", "-")], { max: 63, separator: "-", suffixLength: 0 });
  return {
    ...(first === undefined
      ? {}
      : { defaultUrlRedirect: { hostRedirect: first, httpsRedirect: true, redirectResponseCode: "FOUND", stripQuery: false } }),
    hostRules: Object.keys(hosts).map(host => ({ hosts: [host], pathMatcher: matcher(host) })),
    pathMatchers: Object.entries(hosts).map(([host, { paths, otherwise }]) => ({
      name: matcher(host),
      defaultService: pick(backends, otherwise).id,
      pathRules: Object.entries(paths).map(([key, own]) => ({ paths: [...own], service: pick(backends, key).id })),
    })),
    headerAction: { requestHeadersToRemoves: claims },
  };
}

/** A table of the site's own names: one more touches no other, and a stranger's name gets no certificate at all. */
function certificates(scope: Scope, key: string, site: CdnSiteSpec, on: On<"cdn">): pulumi.Output<string> {
  const { name, parent, tags } = scope;
  const made = on.certificates;
  if (made === null) throw new Error("no certificates were made");
  const map = new gcp.certificatemanager.CertificateMap(
    `${name}-certificates-${key}`,
    { description: `Certificates of ${key}, by host`, labels: tags },
    { parent, dependsOn: [...made.ready] },
  );
  const entries = site.names.map(
    hostname =>
      new gcp.certificatemanager.CertificateMapEntry(
        `${name}-host-${hostname}`,
        {
          name: physical([name, ...hostname.split(".")], 63, on.foundation.suffix), // takes no dots
          map: map.name,
          certificates: [pick(made.native.certificates, site.certificate).id],
          hostname,
          labels: tags,
        },
        { parent },
      ),
  );
  return pulumi.all([map.id, ...entries.map(({ id }) => id)]).apply(([id]) => `//certificatemanager.googleapis.com/${id}`);
}

/** Lets the CDN read its buckets, which stay private. Its agent comes to be with the project's first backend bucket, so the right waits for that. */
function readers(
  { name, parent }: Scope,
  sites: By<{ readonly front: FrontSpec; readonly backends: By<Backend> }>,
  on: On<"cdn">,
): readonly gcp.storage.BucketIAMMember[] {
  const all = Object.values(sites).flatMap(({ front, backends }) =>
    Object.entries(front.backends).flatMap(([key, { to }]) =>
      to.kind === "bucket" ? [{ bucket: to.bucket, backend: pick(backends, key) }] : [],
    ),
  );
  return [...new Set(all.map(({ bucket }) => bucket))].map(
    bucket =>
      new gcp.storage.BucketIAMMember(
        `${name}-reader-${bucket}`,
        { bucket: pick(on.buckets, bucket).bucketName, role: "roles/storage.objectViewer", member: on.foundation.native.agents.cdn },
        { parent, dependsOn: all.map(({ backend: one }) => one) },
      ),
  );
}
