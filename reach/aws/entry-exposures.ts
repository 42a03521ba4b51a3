/** What no way in may be, whatever was asked for: readable on its way, wider than what it is for, a bucket's back door. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Exposure } from "../model.ts";
import { difference, isEmpty, union } from "../ports.ts";
import { isPrivate } from "../ranges.ts";
import { at, fieldsOf, type Inventory, rowsOf, textOf, textsOf } from "../values.ts";
import { listenerTypes } from "./balancers.ts";
import { behavioursOf, distributionsOf, isBucket } from "./cdn.ts";
import type { Entry } from "./entries.ts";
import { shown } from "./exposures.ts";
import type { Member } from "./members.ts";
import { onlyOf } from "./network.ts";
import { type Border, endOf, namedOutside } from "./outside.ts";

export const entryExposures = (
  inventory: Inventory,
  members: readonly Member[],
  entries: ReadonlyMap<string, Entry>,
  border: Border,
): readonly Exposure[] => [
  ...members.flatMap(member => {
    const entry = entries.get(member.resource.urn);
    return entry ? [...tooWide(member, entry, border), ...outward(member, entry, border)] : [];
  }),
  ...inventory.ofType(...listenerTypes).flatMap(listened),
  ...distributionsOf(inventory).flatMap(distribution => [...visited(distribution), ...asked(distribution, inventory)]),
  ...inventory.ofType("aws:s3/bucketPolicy:BucketPolicy").flatMap(permitted),
];

const of =
  (resource: string) =>
  (what: string): Exposure => ({ resource, what });

/** A rule of an entry for ports where it answers nobody waits for the next listener. */
function tooWide(member: Member, { answers }: Entry, border: Border): readonly Exposure[] {
  const served = union(...answers.map(({ ports }) => ports));
  return member.groups.size === 0
    ? []
    : namedOutside(member, border, "ingress").flatMap(({ name, range, ports }) => {
        const idle = difference(ports, served);
        return isPrivate(range) || isEmpty(idle)
          ? []
          : [of(name)(`lets ${endOf(range)} into ${member.end} on ${shown(idle)}, where nothing answers`)];
      });
}

function outward(member: Member, entry: Entry, border: Border): readonly Exposure[] {
  return member.groups.size === 0
    ? []
    : namedOutside(member, border, "egress").flatMap(({ name, range, ports }) =>
        isPrivate(range) || entry.outward(endOf(range)).length > 0
          ? []
          : [of(name)(`lets ${member.end} out to ${endOf(range)} on ${shown(ports)}, where it sends nothing`)],
      );
}

/** Policies of 1.2 and above: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html (read 2026-11-21). */
const firmPolicy = /^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)/;

function listened({ name, inputs }: PlannedResource): readonly Exposure[] {
  const forwards = rowsOf(inputs.defaultActions).some(({ type }) => type !== "redirect");
  const secured = inputs.protocol === "HTTPS" || inputs.protocol === "TLS";
  const policy = textOf(inputs.sslPolicy);
  return [
    ...(inputs.protocol === "HTTP" && forwards ? [of(name)("answers in plain text")] : []),
    ...(secured && !firmPolicy.test(policy ?? "") ? [of(name)(`takes TLS older than 1.2: ${policy ?? "no policy"}`)] : []),
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html (read 2026-11-21). */
const firmFloor = /^TLSv1\.[23]_/;

function visited(distribution: PlannedResource): readonly Exposure[] {
  const { name, inputs } = distribution;
  const floor = textOf(at(inputs.viewerCertificate, "minimumProtocolVersion"));
  const plain = behavioursOf(distribution).some(({ viewerProtocolPolicy }) => viewerProtocolPolicy === "allow-all");
  return [
    ...(plain ? [of(name)("answers in plain text")] : []),
    ...(firmFloor.test(floor ?? "") ? [] : [of(name)(`takes TLS older than 1.2: ${floor ?? "no floor"}`)]),
  ];
}

/** What the CDN asks, and as whom: a bucket that answers it unsigned would have to answer everybody. */
function asked(distribution: PlannedResource, inventory: Inventory): readonly Exposure[] {
  const says = of(distribution.name);
  return rowsOf(distribution.inputs.origins).flatMap(origin => {
    const id = textOf(origin.originId) ?? "an origin";
    if (isBucket(origin, inventory)) {
      const access = onlyOf(inventory, origin.originAccessControlId, "aws:cloudfront/originAccessControl:OriginAccessControl");
      if (!access) return [says(`asks ${id} as anybody could`)];
      return access.inputs.signingBehavior === "always" ? [] : [of(access.name)(`lets ${distribution.name} ask ${id} as anybody could`)];
    }
    const ways = inventory.referredOf(origin.vpcOriginConfig, "aws:cloudfront/vpcOrigin:VpcOrigin");
    const configs = ways.length > 0 ? ways.map(way => way.inputs.vpcOriginEndpointConfig) : [origin.customOriginConfig];
    const versions = configs.map(config => at(config, "originSslProtocols")).flatMap(said => textsOf(at(said, "items") ?? said));
    const old = versions.filter(version => version !== "TLSv1.2");
    const secure = configs.every(config => at(config, "originProtocolPolicy") === "https-only");
    return [
      ...(secure ? [] : [says(`asks ${id} in plain text`)]),
      ...(old.length === 0 ? [] : [says(`asks ${id} by TLS older than 1.2: ${old.join(", ")}`)]),
    ];
  });
}

/**
 * Whom a bucket's policy lets in: nobody in general, and CloudFront for distributions of one's own alone. Most policies hold
 * the bucket's own name, which only a deploy knows, and are then not read: public ones are refused by the bucket's public access block.
 */
function permitted({ name, inputs }: PlannedResource): readonly Exposure[] {
  const policy = textOf(inputs.policy);
  if (policy === undefined) return [];
  const statements = at(JSON.parse(policy), "Statement");
  return rowsOf(Array.isArray(statements) ? statements : [statements])
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Principal, Condition }) => {
      const sources = Object.values(fieldsOf(Condition)).flatMap(test => Object.keys(fieldsOf(test)));
      const owned = sources.some(key => /^aws:source(arn|account)$/i.test(key));
      if (Principal === "*" || textsOf(at(Principal, "AWS")).includes("*")) return [of(name)("opens the bucket to anybody")];
      const services = textsOf(at(Principal, "Service"));
      return services.includes("cloudfront.amazonaws.com") && !owned ? [of(name)("opens the bucket to anybody's distribution")] : [];
    });
}
