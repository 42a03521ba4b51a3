/** Decides every certificate: where its names are shown to be ours, who uses it, what a deploy may wait for. */
import type { DnsArgs } from "../dns/model.ts";
import { zoneOf } from "../dns/within.ts";
import { baseOf } from "../kernel/domains.ts";
import type { Known } from "../kernel/known.ts";
import { nearest } from "../kernel/nearest.ts";
import type { CertificateSpec, CertificatesArgs, CertificatesSpec } from "./model.ts";

export interface CertificateUses {
  readonly dns: DnsArgs;
  /** Names that public balancers, internal ones and CDN sites ask for. */
  readonly public: readonly string[];
  readonly internal: readonly string[];
  readonly cdn: readonly string[];
  /** Names of root certificates by which balancers check roles. */
  readonly authorities: readonly string[];
  /** Where a person keeps certificates, by name. */
  readonly references: Readonly<Record<string, string>>;
}

/** The domain that was probably meant: a slip is looked for at the end of the name, which is where domains stand. */
function nearestDomain(name: string, domains: readonly string[]): string | null {
  const labels = name.split(".");
  const ends = labels.slice(1).map((_, index) => labels.slice(-2 - index).join("."));
  return ends.map(end => nearest(end, domains)).find(found => found !== null) ?? null;
}

/** The zone of each name, with a refusal of names that lie in none. */
function zonesOf(path: string, names: readonly (readonly [string, string])[], dns: DnsArgs, { findings }: Known): CertificateSpec["zones"] {
  const domains = Object.values(dns.zones).map(({ domain }) => domain);
  return Object.fromEntries(
    names.flatMap(([field, name]) => {
      const zone = zoneOf(baseOf(name), dns.zones);
      if (zone !== null) return [[baseOf(name), zone]];
      const near = nearestDomain(baseOf(name), domains);
      findings.refuse(
        `${path}.${field}`,
        `expected a name inside one of the zones ${domains.join(", ") || "(there are none)"}, got "${name}"`,
        `add its zone to edge.dns.zones${near === null ? ", or use a name inside one of them" : `, or use a name inside "${near}"`}`,
      );
      return [];
    }),
  );
}

export function resolveCertificates(
  args: CertificatesArgs,
  uses: CertificateUses,
  known: Known,
): { readonly spec: CertificatesSpec | null; readonly missing: readonly string[] } {
  const { findings, facts } = known;
  const limits = facts.limits.certificates;
  const missing: string[] = [];

  /** Where a person keeps it; a placeholder stands in until it is said. */
  const referenceOf = (name: string): string | null => {
    if (limits.reference === null) return null;
    const { pattern, example } = limits.reference;
    const path = `strata:account.certificates.${name}`;
    const given = Object.hasOwn(uses.references, name) ? uses.references[name] : undefined;
    if (given === undefined) {
      missing.push(path);
      return example.replace(/[^/]+$/, name);
    }
    if (!pattern.test(given)) findings.refuse(path, `expected an id of the shape ${example}, got "${given}"`, `write it like "${example}"`);
    return given;
  };

  const certificates = Object.fromEntries(
    Object.entries(args).map(([name, { domain, also, key }]): [string, CertificateSpec] => {
      const path = `edge.certificates.${name}`;
      const names = [["domain", domain] as const, ...also.map((other, index) => [`also[${index}]`, other] as const)];
      const zones = zonesOf(path, names, uses.dns, known);
      for (const [field, other] of names.slice(1))
        if (names.findIndex(([, same]) => same === other) < names.findIndex(([place]) => place === field))
          findings.refuse(`${path}.${field}`, `expected a further name, got "${other}" again`, "drop it");
      const inner = uses.internal.includes(name);
      const cdn = uses.cdn.includes(name);
      const idle = !inner && !cdn && !uses.public.includes(name);
      findings.use(`${path}.key`, limits.keys[key], key);
      if (also.length > 0) findings.use(`${path}.also`, limits.also, also.join(", "));
      const balanced = inner || uses.public.includes(name);
      if (balanced) findings.use(path, limits.managed);
      if (idle)
        findings.note(
          path,
          limits.reference === null
            ? "no balancer and no CDN site names it: it is made all the same, for a public balancer to come"
            : "no balancer and no CDN site names it: nothing is made of it",
        );
      return [
        name,
        {
          domain,
          also,
          key,
          zones,
          waits: Object.values(zones).every(zone => uses.dns.zones[zone]?.zone !== "create"),
          public: uses.public.includes(name) || (idle && limits.reference === null),
          internal: inner,
          cdn,
          reference: balanced ? referenceOf(name) : null,
        },
      ];
    }),
  );
  const shown = [...uses.public, ...uses.internal, ...uses.cdn].flatMap(name => Object.values(certificates[name]?.zones ?? {}));
  for (const zone of new Set(shown))
    if (uses.dns.zones[zone]?.zone === "create") findings.use(`edge.dns.zones.${zone}.zone`, limits.unvalidated, "create");
  const authorities = Object.fromEntries(
    [...new Set(uses.authorities)].flatMap((name): [string, string][] => {
      const reference = referenceOf(name);
      return reference === null ? [] : [[name, reference]];
    }),
  );
  const none = Object.keys(certificates).length === 0 && Object.keys(authorities).length === 0;
  return { spec: none ? null : { place: "primary", certificates, authorities }, missing };
}
