/** One site of the CDN: its names, what stands behind them, and how each path is kept. */
import type { CertificatesArgs } from "../certificates/model.ts";
import { zoneOf } from "../dns/within.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import { frontOf, rest } from "./front.ts";
import type { BehaviourSpec, CdnArgs, CdnSiteSpec, OriginSpec } from "./model.ts";
import { type CdnOn, coveredBy, originOf } from "./origin.ts";

type SiteArgs = CdnArgs["sites"][string];
type BehaviourArgs = SiteArgs["behaviours"][string];

const day = 86_400;
const year = 31_536_000;

export function siteOf(
  path: string,
  site: SiteArgs,
  /** Of all sites: none of them may be an origin. */
  names: readonly string[],
  on: CdnOn,
  known: Known,
): CdnSiteSpec {
  judgeCertificate(path, site, on.certificates, known);
  const asked = Object.entries(site.behaviours).map(
    ([name, behaviour]) => [name, behaviourOf(`${path}.behaviours.${name}`, behaviour, site, on, known)] as const,
  );
  judgePaths(path, site, known);
  const last = asked.find(([, { paths }]) => paths.length === 0)?.[1];
  const behaviours = Object.fromEntries(asked.filter(([, { paths }]) => paths.length > 0));
  const otherwise = last ?? plainOf(site.origin, on);
  const origins = Object.fromEntries(
    [...new Set([site.origin, otherwise.origin, ...Object.values(behaviours).map(({ origin }) => origin)])].flatMap(
      (name): [string, OriginSpec][] => {
        const origin = originOf(path, name, site, names, on, known);
        return origin === null ? [] : [[name, origin]];
      },
    ),
  );
  const decided = {
    names: site.names,
    zones: Object.fromEntries(
      site.names.flatMap(name => {
        const zone = zoneOf(name, on.zones);
        const domain = zone === null ? undefined : on.zones[zone]?.domain;
        return zone === null || domain === undefined
          ? []
          : [[name, { zone, label: name === domain ? "@" : name.slice(0, -domain.length - 1) }]];
      }),
    ),
    certificate: site.certificate,
    origins,
    behaviours,
    otherwise,
  };
  return { ...decided, front: known.facts.limits.cdn.alone.is === "native" ? null : frontOf(decided, on.balancers, on.groups) };
}

function judgeCertificate(path: string, { certificate, names }: SiteArgs, certificates: CertificatesArgs, { findings }: Known): void {
  const known = Object.keys(certificates);
  if (!known.includes(certificate)) {
    findings.refuse(
      `${path}.certificate`,
      `no certificate is called "${certificate}"`,
      known.length === 0 ? "add it to edge.certificates" : proposal(certificate, known),
    );
    return;
  }
  for (const name of names)
    if (!coveredBy(certificates, [certificate], name))
      findings.refuse(
        `${path}.certificate`,
        `expected a certificate that covers ${name}, got "${certificate}" for ${[certificates[certificate]?.domain, ...(certificates[certificate]?.also ?? [])].join(", ")}`,
        `add ${name} to its \`also\`, or give the name a site with a certificate of its own`,
      );
}

/** What a site without behaviours does: hands everything on. */
const plainOf = (origin: string, on: CdnOn): BehaviourSpec => ({
  paths: [],
  origin,
  methods: Object.hasOwn(on.balancers, origin) ? "all" : "read",
  cache: "off",
  ttlSeconds: 0,
  maxTtlSeconds: year,
  browserTtlSeconds: null,
  compress: true,
});

function behaviourOf(path: string, behaviour: BehaviourArgs, site: SiteArgs, on: CdnOn, { facts, findings }: Known): BehaviourSpec {
  const { cache, maxTtlSeconds, browserTtlSeconds } = behaviour;
  const limits = facts.limits.cdn;
  const origin = behaviour.origin ?? site.origin;
  const bucket = !Object.hasOwn(on.balancers, origin);
  const ttlSeconds = behaviour.ttlSeconds ?? (cache === "fixed" ? day : 0);
  if (ttlSeconds > maxTtlSeconds)
    findings.refuse(
      `${path}.maxTtlSeconds`,
      `expected at least ttlSeconds, ${ttlSeconds}, got ${maxTtlSeconds}`,
      `use ${ttlSeconds}, or a shorter ttlSeconds`,
    );
  if (cache === "off" && behaviour.ttlSeconds !== undefined)
    findings.refuse(
      `${path}.ttlSeconds`,
      `expected none where nothing is kept, got ${behaviour.ttlSeconds}`,
      "say cache: fixed or origin, or drop it",
    );
  if (cache === "fixed" && ttlSeconds === 0)
    findings.refuse(`${path}.ttlSeconds`, "expected some seconds for what is kept, got 0", "say cache: off, or more seconds");
  if (cache === "origin" && maxTtlSeconds < year) findings.use(`${path}.maxTtlSeconds`, limits.maxTtl);
  if (browserTtlSeconds !== undefined && cache === "off")
    findings.refuse(
      `${path}.browserTtlSeconds`,
      `expected none where nothing is kept, got ${browserTtlSeconds}`,
      "let the origin say it, or say cache: origin",
    );
  if (browserTtlSeconds !== undefined && cache === "origin") findings.use(`${path}.browserTtlSeconds`, limits.browserTtl);
  const longer = browserTtlSeconds !== undefined && cache === "fixed" && browserTtlSeconds > ttlSeconds;
  const cut = longer && !findings.use(`${path}.browserTtlSeconds`, limits.browserLonger, String(browserTtlSeconds));
  if (behaviour.methods === "read" && !bucket) findings.use(`${path}.methods`, limits.readOnly);
  return {
    paths: behaviour.paths.flatMap(one => (one.endsWith("/*") && one !== "/*" ? [one.slice(0, -2), one] : [one])),
    origin,
    methods: bucket ? "read" : behaviour.methods,
    cache,
    ttlSeconds,
    maxTtlSeconds,
    browserTtlSeconds: cut ? ttlSeconds : (browserTtlSeconds ?? null),
    compress: behaviour.compress,
  };
}

/** The same that a balancer's routes take, so that three clouds read them alike. */
const pathPattern = /^\/[A-Za-z0-9._~!$&'()+,;=:@%/-]*(\/\*)?$/;

/** A path belongs to one behaviour, and the rest to one. */
function judgePaths(path: string, { behaviours }: SiteArgs, { findings }: Known): void {
  const owners = new Map<string, string>();
  for (const [name, { paths }] of Object.entries(behaviours)) {
    if (name === rest && paths.length > 0)
      findings.refuse(
        `${path}.behaviours.${name}`,
        `expected another name for one with paths, got "${rest}", which is what no path names`,
        `call it "${rest}-1"`,
      );
    for (const one of paths)
      if (!pathPattern.test(one) || one === "/*")
        findings.refuse(
          `${path}.behaviours.${name}.paths`,
          `expected a path, with /* at most at its end, got "${one}"`,
          one === "/*" ? "leave paths out: that means every path" : 'write it such as "/static/*"',
        );
    for (const one of paths.length === 0 ? ["the rest"] : paths) {
      const other = owners.get(one);
      if (other !== undefined)
        findings.refuse(
          `${path}.behaviours.${name}`,
          `expected ${one} to be answered by one behaviour, got it here and in ${other}`,
          "drop one of the two",
        );
      owners.set(one, name);
    }
  }
}
