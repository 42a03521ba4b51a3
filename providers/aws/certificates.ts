import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateSpec, CertificatesSpec } from "../../components/certificates/model.ts";
import type { Scope } from "../../components/contract.ts";
import { baseOf } from "../../components/kernel/domains.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, present, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart } from "./natives.ts";

/** Where CloudFront takes certificates from. */
const edge = "us-east-1";

const algorithms = { "rsa-2048": "RSA_2048", "ecdsa-p256": "EC_prime256v1" } satisfies Record<CertificateSpec["key"], string>;

type Regions = Readonly<Record<string, aws.acm.Certificate>>;

/**
 * A certificate in each region that needs it: the balancers' and CloudFront's, one for both where they are the same.
 * The record that shows a domain to be ours is the same in every region and for `x` and `*.x`, so there is one for each domain.
 */
export function certificates(
  scope: Scope,
  spec: CertificatesSpec,
  on: AwsGround & { readonly zones: AwsPart<"zones"> | null },
): AwsPart<"certificates"> {
  const { name, parent, place } = scope;
  const made = each(spec.certificates, (key, certificate): Regions => {
    const regions = new Set([...(certificate.public || certificate.internal ? [place.region] : []), ...(certificate.cdn ? [edge] : [])]);
    return Object.fromEntries([...regions].map(region => [region, certificateIn(scope, key, certificate, region)]));
  });
  const records = validationRecords(scope, spec, made, on);
  // Of a zone that nobody finds yet, no deploy could see the end: the certificate is handed on as it is, pending.
  const valid = each(spec.certificates, (key, certificate) =>
    each(pick(made, key), (region, one) =>
      certificate.waits
        ? new aws.acm.CertificateValidation(
            `${name}-validation-${key}${region === place.region ? "" : "-edge"}`,
            {
              region,
              certificateArn: one.arn,
              validationRecordFqdns: Object.keys(certificate.zones).map(domain => pick(records, domain).fqdn),
            },
            { parent },
          )
        : null,
    ),
  );
  const arns = each(valid, (key, regions) =>
    each(regions, (region, done) => (done === null ? pick(pick(made, key), region).arn : done.certificateArn)),
  );
  const within = (region: string, whose: (certificate: CertificateSpec) => boolean): Record<string, pulumi.Output<string>> =>
    Object.fromEntries(
      Object.entries(arns).flatMap(([key, regions]) => (whose(pick(spec.certificates, key)) ? [[key, pick(regions, region)]] : [])),
    );
  return {
    certificates: each(made, (key, regions) => {
      const [region = "", one] = present(Object.entries(regions)[0], "certificate");
      return { id: pick(pick(arns, key), region), expires: one.notAfter };
    }),
    native: {
      regional: within(place.region, certificate => certificate.public || certificate.internal),
      global: within(edge, certificate => certificate.cdn),
    },
    ready: Object.entries(made).flatMap(([key, regions]) =>
      Object.entries(regions).map(([region, one]) => {
        const done = pick(valid, key)[region];
        return done === null || done === undefined ? one : done;
      }),
    ),
  };
}

function certificateIn(scope: Scope, key: string, { domain, also, key: algorithm }: CertificateSpec, region: string): aws.acm.Certificate {
  const { name, parent, place } = scope;
  const child = `${name}-certificate-${key}${region === place.region ? "" : "-edge"}`;
  return new aws.acm.Certificate(
    child,
    {
      region,
      domainName: domain,
      subjectAlternativeNames: [...also],
      keyAlgorithm: algorithms[algorithm],
      validationMethod: "DNS", // by mail nothing renews itself
      options: { certificateTransparencyLoggingPreference: "ENABLED", export: "DISABLED" }, // browsers refuse what no log knows; a key that never leaves
      tags: tagged(scope, child),
    },
    { parent },
  );
}

/** One for each domain, in its zone. How many is plain; what stands in them only a deploy knows. */
function validationRecords(
  { name, parent }: Scope,
  spec: CertificatesSpec,
  made: Readonly<Record<string, Regions>>,
  on: { readonly zones: AwsPart<"zones"> | null },
): Readonly<Record<string, aws.route53.Record>> {
  const first = new Map<string, { readonly zone: string; readonly certificate: aws.acm.Certificate }>();
  for (const [key, { zones }] of Object.entries(spec.certificates))
    for (const [domain, zone] of Object.entries(zones))
      if (!first.has(domain)) first.set(domain, { zone, certificate: present(Object.values(pick(made, key))[0], "certificate") });
  return each(Object.fromEntries(first), (domain, { zone, certificate }) => {
    const option = certificate.domainValidationOptions.apply(options =>
      present(
        options.find(one => baseOf(one.domainName) === domain),
        `validation option of ${domain}`,
      ),
    );
    return new aws.route53.Record(
      `${name}-record-${domain}`,
      {
        zoneId: pick(present(on.zones, "zones").native.zones, zone).zoneId,
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        records: [option.resourceRecordValue],
        ttl: 300,
        allowOverwrite: true, // account and domain decide it alone: another stack's is the same
      },
      { parent },
    );
  });
}
