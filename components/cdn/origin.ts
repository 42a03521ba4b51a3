/** What stands behind a site: which of the platform's own, asked by which name, for how long. */
import type { AccessArgs } from "../access/model.ts";
import type { BalancerSpec } from "../balancer/model.ts";
import type { CertificatesArgs } from "../certificates/model.ts";
import type { GroupSpec } from "../compute/model.ts";
import type { DnsArgs } from "../dns/model.ts";
import type { Known } from "../kernel/known.ts";
import { within } from "../kernel/limits.ts";
import { proposal } from "../kernel/nearest.ts";
import type { CdnArgs, OriginSpec } from "./model.ts";

type SiteArgs = CdnArgs["sites"][string];

export interface CdnOn {
  readonly balancers: Readonly<Record<string, BalancerSpec>>;
  readonly groups: Readonly<Record<string, GroupSpec>>;
  readonly buckets: readonly string[];
  readonly certificates: CertificatesArgs;
  readonly access: AccessArgs;
  readonly zones: DnsArgs["zones"];
  /** Whether the platform has a web application firewall. */
  readonly waf: boolean;
}

/** `*.example.com` covers one label: `api.example.com`, not `a.api.example.com`. */
const covers = (domain: string, name: string): boolean =>
  domain === name || (domain.startsWith("*.") && name.split(".").slice(1).join(".") === domain.slice(2));

export const coveredBy = (certificates: CertificatesArgs, names: readonly string[], host: string): boolean =>
  names.some(name => {
    const certificate = certificates[name];
    return certificate !== undefined && [certificate.domain, ...certificate.also].some(domain => covers(domain, host));
  });

export function originOf(path: string, name: string, site: SiteArgs, names: readonly string[], on: CdnOn, known: Known): OriginSpec | null {
  const { facts, findings } = known;
  const limits = facts.limits.cdn;
  const balancer = on.balancers[name];
  const at = name === site.origin ? `${path}.origin` : `${path}.behaviours`;
  if (balancer === undefined) {
    const all = [...Object.keys(on.balancers), ...on.buckets];
    if (!on.buckets.includes(name)) {
      findings.refuse(
        at,
        `no balancer or bucket is called "${name}"`,
        all.length === 0 ? "add a balancer or a bucket" : proposal(name, all),
      );
      return null;
    }
    findings.use(at, limits.bucketOrigin);
    return { kind: "bucket", bucket: name };
  }
  if (balancer.scheme === "internal") findings.use(at, limits.internalOrigin, name);
  if (balancer.form === "network") findings.use(at, limits.networkOrigin, name);
  if (!Object.values(balancer.listeners).some(({ port }) => port === 443))
    findings.refuse(at, `expected a balancer that listens on 443, got ${name}, which does not`, `give ${name} a listener on 443`);
  const host = hostOf(path, name, site, names, on, known);
  return { kind: "balancer", balancer: name, host, seconds: secondsOf(path, site.originSeconds, known), scheme: balancer.scheme };
}

/** The name that an origin is asked by. It must lead to the balancer, and what answers there must hold a certificate for what it is asked. */
function hostOf(
  path: string,
  origin: string,
  site: SiteArgs,
  names: readonly string[],
  on: CdnOn,
  { facts, findings }: Known,
): string | null {
  const limits = facts.limits.cdn;
  if (limits.alone.is !== "native") return null;
  const { originName } = site;
  const balancer = on.balancers[origin];
  if (originName !== undefined && names.includes(originName)) {
    findings.refuse(
      `${path}.originName`,
      `expected a name that leads to ${origin}, got "${originName}", which leads back to the CDN`,
      `use a name of its own such as "origin.${originName.split(".").slice(1).join(".")}", with a record to ${origin}`,
    );
    return null;
  }
  if (originName === undefined) findings.use(`${path}.originName`, limits.namelessOrigin);
  const hosts = originName === undefined ? site.names : [originName];
  if (balancer?.form === "network")
    findings.note(`${path}.originName`, `what answers behind ${origin} must hold a certificate for ${hosts.join(", ")}`);
  else
    for (const host of hosts)
      if (balancer !== undefined && !coveredBy(on.certificates, balancer.certificates, host))
        findings.refuse(
          `${path}.originName`,
          `expected a name that a certificate of ${origin} covers, got "${host}"`,
          `give ${origin} a certificate for it`,
        );
  return originName ?? null;
}

/** What the cloud takes, with a note where that is another wait than asked. */
export function secondsOf(site: string, seconds: number, { facts, findings }: Known): number {
  const { originSeconds } = facts.limits.cdn;
  const { min, max } = originSeconds;
  if (findings.use(`${site}.originSeconds`, within(originSeconds, seconds), String(seconds))) return seconds;
  return Math.min(max, Math.max(min, seconds));
}
