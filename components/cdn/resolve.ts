/** Decides the CDN. */
import { callersOn } from "../access/letsIn.ts";
import type { CdnSeen } from "../access/model.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { CdnArgs, CdnSiteSpec, CdnSpec } from "./model.ts";
import { type CdnOn, secondsOf } from "./origin.ts";
import { siteOf } from "./site.ts";

const path = "edge.cdn";

/** The CDN by which origins are asked, over https alone. */
const originPort = 443;

export function resolveCdn(args: CdnArgs | null, on: CdnOn, known: Known): CdnSpec | null {
  if (args === null) return null;
  const { facts, findings } = known;
  const limits = facts.limits.cdn;
  if (args.provider === "cloudflare")
    findings.refuse(
      `${path}.provider`,
      `expected "own" on ${facts.cloud}, got "cloudflare", which this program does not run`,
      `drop it: ${stand[facts.cloud]}`,
    );
  if (Object.keys(args.sites).length === 0)
    findings.refuse(`${path}.sites`, "expected a site, got none", "add one, or say `off` instead of a CDN");
  judgeNames(args, findings);
  findings.use(path, limits.alone);
  if (args.minimumTls === "1.3") findings.use(`${path}.minimumTls`, limits.minimumTls13, args.minimumTls);
  if (args.countries !== undefined) findings.use(`${path}.countries`, limits.countries, args.countries.codes.join(", "));
  const sites = Object.fromEntries(
    Object.entries(args.sites).map(([name, site]): [string, CdnSiteSpec] => [
      name,
      siteOf(`${path}.sites.${name}`, site, allNames(args), on, known),
    ]),
  );
  judgeAlike(sites, findings);
  const waits = Object.entries(args.sites).map(([name, site]) => secondsOf(`${path}.sites.${name}`, site.originSeconds, known));
  if (new Set(waits).size > 1) findings.use(`${path}.sites`, limits.originSecondsBySite);
  const waf = args.waf && on.waf;
  if (waf && Object.values(sites).some(site => Object.values(site.origins).some(origin => origin.kind === "bucket")))
    findings.use(`${path}.waf`, limits.bucketWaf);
  return {
    place: "primary",
    sites,
    originSeconds: Math.max(1, ...waits),
    minimumTls: args.minimumTls,
    securityHeaders: args.securityHeaders ? securityHeaders : null,
    countries: args.countries ?? null,
    waf,
    logs: logsOf(args, on.buckets, known),
    closed: closedOf(args, sites, on, known),
  };
}

/** HSTS for a year, for the name alone: what stands below it may not be ours. */
const securityHeaders = { hstsSeconds: 31_536_000, frame: "DENY", referrer: "strict-origin-when-cross-origin" } as const;

const stand = {
  aws: "CloudFront and AWS WAF stand in",
  azure: "Azure Front Door and its firewall policy stand in",
  gcp: "Cloud CDN and Cloud Armor stand in",
} as const;

const allNames = ({ sites }: CdnArgs): readonly string[] => Object.values(sites).flatMap(({ names }) => names);

/** A host name leads to one site. */
function judgeNames({ sites }: CdnArgs, findings: Known["findings"]): void {
  const owners = new Map<string, string>();
  for (const [site, { names }] of Object.entries(sites))
    for (const name of names) {
      const other = owners.get(name);
      if (other !== undefined)
        findings.refuse(
          `${path}.sites.${site}.names`,
          `expected a host name of its own, got "${name}", which is ${other === site ? "there twice" : `one of ${other}`}`,
          "drop one of the two",
        );
      owners.set(name, site);
    }
}

/** Resources bear the names of site, behaviour, origin and pool joined, and two sets of names may read alike: `a-b` with `c`, `a` with `b-c`. */
function judgeAlike(sites: CdnSpec["sites"], findings: Known["findings"]): void {
  const owners = new Map<string, string>();
  const sets = Object.entries(sites).flatMap(([name, { behaviours, origins, front }]) => [
    ...Object.keys(behaviours).map(behaviour => ["behaviour", name, behaviour]),
    ...Object.keys(origins).map(origin => ["origin", name, origin]),
    ...Object.entries(front?.backends ?? {}).map(([key, { to }]) => ["backend", name, key, to.kind === "pool" ? to.name : ""]),
  ]);
  for (const [kind = "", site = "", ...names] of sets) {
    const label = `${kind} ${site}-${names[0]}`;
    const parts = [site, ...names].join(" ");
    const other = owners.get(label);
    if (other !== undefined && other !== parts)
      findings.refuse(
        `${path}.sites.${site}`,
        `expected names that stay apart when joined, got "${other}" and "${parts}"`,
        `rename ${names[0]} or ${site}`,
      );
    owners.set(label, parts);
  }
}

function logsOf({ logs }: CdnArgs, buckets: readonly string[], { facts, findings }: Known): CdnSpec["logs"] {
  if (logs === null) return null;
  if (logs !== undefined && !buckets.includes(logs))
    findings.refuse(`${path}.logs`, `no bucket is called "${logs}"`, buckets.length === 0 ? "add it to buckets" : proposal(logs, buckets));
  if (facts.limits.cdn.logs === "destination") {
    if (logs !== undefined) findings.use(`${path}.logs`, facts.limits.cdn.logBucket);
    return { to: "destination" };
  }
  if (logs === undefined) {
    findings.note(`${path}.logs`, `no access log: on ${facts.cloud} it goes to a bucket, and none is named`);
    return null;
  }
  return { to: "bucket", bucket: logs, prefix: "cdn" };
}

/** Balancers that answer the CDN must let it in; those that let others in as well are not closed, whatever is wished. */
function closedOf(args: CdnArgs, sites: CdnSpec["sites"], { access, balancers }: CdnOn, { facts, findings }: Known): boolean {
  const origins = Object.values(sites).flatMap(site =>
    Object.values(site.origins).flatMap(origin => (origin.kind === "balancer" ? [origin.balancer] : [])),
  );
  const open = [...new Set(origins)].filter(balancer => {
    const callers = callersOn(access, balancer, originPort);
    if (!callers.some(caller => caller === "cdn" || caller === "internet"))
      findings.refuse(
        "access.flows",
        `expected a flow from cdn to ${balancer} on port ${originPort}, got none`,
        `add cdn-${balancer}: { from: [cdn], to: [${balancer}], ports: [${originPort}] }`,
      );
    return callers.includes("internet");
  });
  if (args.closed && open.length > 0)
    findings.note(`${path}.closed`, `${open.join(" and ")} may be asked past the CDN: flows let the internet in`);
  if (!args.closed || origins.length === 0 || open.length > 0) return false;
  findings.use(`${path}.closed`, facts.limits.cdn.closed);
  const passless = [...new Set(origins)].filter(name => balancers[name]?.scheme === "public" && !balancers[name].pass);
  if (passless.length > 0) findings.use(`${path}.closed`, facts.limits.cdn.closedByAddress, passless.join(", "));
  return true;
}

/** As whom flows see the CDN; null where there is none. */
export function cdnSeen(spec: CdnSpec | null, { access }: CdnOn, { facts, findings, places }: Known): CdnSeen | null {
  if (spec === null) return null;
  const { region } = places.primary;
  const seen = facts.limits.cdn.seenAs(region);
  if (seen !== null) return seen;
  for (const [name] of Object.entries(access.flows).filter(([, flow]) => flow.from.includes("cdn")))
    findings.refuse(
      `access.flows.${name}.from`,
      `expected a region in which ${facts.cloud}'s list of the CDN's addresses is known, got "${region}"`,
      "name internet instead of cdn, or choose another region",
    );
  return { balancers: [], roles: [] };
}
