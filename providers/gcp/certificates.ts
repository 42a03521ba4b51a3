import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { CertificateSpec, CertificatesSpec } from "../../components/certificates/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** Global certificates are for maps of global balancers; an internal balancer takes those of its region alone. */
type Location = "global" | "region";

/**
 * Managed certificates, and for each domain the authorization that shows it to be ours, with its record in our zone.
 * An authorization counts where it lies, so what is used in both places has two.
 */
export function certificates(scope: Scope, spec: CertificatesSpec, on: On<"certificates">): Out<"certificates"> {
  const global = filtered(spec, certificate => certificate.public || certificate.cdn);
  const regional = filtered(spec, certificate => certificate.internal);
  const made = {
    global: certificatesIn("global", scope, global, on),
    region: certificatesIn("region", scope, regional, on),
  };
  const all = { ...made.region.certificates, ...made.global.certificates };
  return {
    certificates: Object.fromEntries(
      Object.entries(all).map(([key, certificate]) => [key, { id: certificate.id, expires: pulumi.output("") }]), // Google does not hand it on
    ),
    native: { certificates: made.global.certificates, regional: made.region.certificates },
    ready: [...Object.values(all), ...Object.values(made.region.certificates), ...made.global.records, ...made.region.records],
  };
}

const filtered = (spec: CertificatesSpec, whose: (certificate: CertificateSpec) => boolean): CertificatesSpec["certificates"] =>
  Object.fromEntries(Object.entries(spec.certificates).filter(([, certificate]) => whose(certificate)));

function certificatesIn(where: Location, scope: Scope, wanted: CertificatesSpec["certificates"], on: On<"certificates">) {
  const { name, parent, place, tags } = scope;
  const location = where === "global" ? "global" : place.region;
  const suffix = where === "global" ? "" : "-region";
  const zones: Record<string, string> = Object.assign({}, ...Object.values(wanted).map(certificate => certificate.zones));
  const shown = Object.entries(zones).map(([domain, zone]) => ({ domain, ...authorized(where, scope, domain, zone, on) }));
  const authorizations = Object.fromEntries(shown.map(({ domain, authorization }) => [domain, authorization]));
  const certificates = Object.fromEntries(
    Object.entries(wanted).map(([key, { domain, also, zones: own }]) => [
      key,
      new gcp.certificatemanager.Certificate(
        `${name}-certificate-${key}${suffix}`,
        {
          location,
          description: `${domain} of ${pick(tags, "system")}`,
          scope: "DEFAULT",
          managed: { domains: [domain, ...also], dnsAuthorizations: Object.keys(own).map(one => pick(authorizations, one).id) },
          labels: tags,
        },
        { parent },
      ),
    ]),
  );
  return { certificates, records: shown.map(({ record }) => record) };
}

/** A record of this project's own: another project may show the same domain to be its own beside it. */
function authorized(where: Location, scope: Scope, domain: string, zone: string, on: On<"certificates">) {
  const { name, parent, place, tags } = scope;
  if (on.zones === null) throw new Error("a certificate without zones");
  const suffix = where === "global" ? "" : "-region";
  const authorization = new gcp.certificatemanager.DnsAuthorization(
    `${name}-authorization-${domain}${suffix}`,
    {
      name: physical([name, ...domain.split("."), ...(where === "global" ? [] : ["region"])], 63, on.foundation.suffix), // takes no dots
      location: where === "global" ? "global" : place.region,
      description: `${domain} is ours`,
      domain,
      type: "PER_PROJECT_RECORD",
      labels: tags,
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  const of = (field: "name" | "type" | "data"): pulumi.Output<string> =>
    authorization.dnsResourceRecords.apply(records => `${records[0]?.[field]}`);
  const record = new gcp.dns.RecordSet(
    `${name}-record-${domain}${suffix}`,
    { managedZone: pick(on.zones.native.zones, zone).zoneName, name: of("name"), type: of("type"), ttl: 300, rrdatas: [of("data")] },
    { parent },
  );
  return { authorization, record };
}
