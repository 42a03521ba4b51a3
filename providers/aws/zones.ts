import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { ZoneSpec, ZonesSpec } from "../../components/dns/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, present, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";
import { document, type Statement } from "./policies.ts";

/** Where the service keeps what is not global about it: signing keys and query logs are taken from here alone. */
const home = "us-east-1";

const withThat = (zones: ZonesSpec["zones"], what: "dnssec" | "queryLogs"): Readonly<Record<string, ZoneSpec>> =>
  Object.fromEntries(Object.entries(zones).filter(([, zone]) => zone[what]));

/** Hosted zones, made or adopted, their signatures and query logs, and the zone that the network alone sees. */
export function zones(scope: Scope, spec: ZonesSpec, on: AwsGround & AwsSite): AwsPart<"zones"> {
  const { name, parent, protection } = scope;
  const made = each(
    Object.fromEntries(Object.entries(spec.zones).filter(([, { adopted }]) => adopted === null)),
    (key, { domain }) =>
      new aws.route53.Zone(
        `${name}-zone-${key}`,
        {
          name: domain,
          comment: `Public names of ${pick(scope.tags, "system")}`,
          forceDestroy: false, // records of people keep it from being deleted
          tags: tagged(scope, `${name}-zone-${key}`),
        },
        { parent, protect: protection },
      ),
  );
  const ids = each(spec.zones, (key, { adopted, domain }) => ({
    zoneId: adopted === null ? pick(made, key).zoneId : pulumi.output(adopted),
    domain,
  }));
  const internal =
    spec.internal === null
      ? null
      : new aws.route53.Zone(
          `${name}-internal`,
          {
            name: spec.internal,
            comment: `Internal names of ${pick(scope.tags, "system")}`,
            vpcs: [{ vpcId: on.network.networkId, vpcRegion: scope.place.region }],
            forceDestroy: false,
            tags: tagged(scope, `${name}-internal`),
          },
          { parent, protect: protection },
        );
  const signed = signing(scope, withThat(spec.zones, "dnssec"), made, on);
  const logged = queryLogs(scope, withThat(spec.zones, "queryLogs"), ids, spec.logDays, on);
  return {
    nameServers: each(made, (_, zone) => zone.nameServers),
    signers: signed.signers,
    native: { zones: ids, internal },
    ready: [...Object.values(made), ...(internal === null ? [] : [internal]), ...signed.ready, ...logged],
  };
}

/** One key signs the keys of every zone; Route 53 asks it each time, and makes and changes the zones' own by itself. */
function signing(
  scope: Scope,
  zones: Readonly<Record<string, ZoneSpec>>,
  made: Readonly<Record<string, aws.route53.Zone>>,
  on: AwsGround,
): { readonly signers: AwsPart<"zones">["signers"]; readonly ready: readonly pulumi.Resource[] } {
  const { name, parent, protection } = scope;
  if (Object.keys(zones).length === 0) return { signers: {}, ready: [] };
  const key = new aws.kms.Key(
    `${name}-signer`,
    {
      region: home,
      description: `Signs public zones of ${pick(scope.tags, "system")}`,
      customerMasterKeySpec: "ECC_NIST_P256", // the one that Route 53 takes
      keyUsage: "SIGN_VERIFY",
      deletionWindowInDays: 30, // without it a zone that its parent knows as signed is dark: as long as can be
      multiRegion: false,
      policy: document(signerStatements(on.foundation.native.accountId)),
      tags: tagged(scope, `${name}-signer`),
    },
    { parent, protect: protection },
  );
  const signers = each(
    zones,
    zone =>
      new aws.route53.KeySigningKey(
        `${name}-signer-${zone}`,
        {
          hostedZoneId: pick(made, zone).zoneId,
          keyManagementServiceArn: key.arn,
          name: `strata_${zone.replaceAll("-", "_")}`, // takes no dashes, and is one of a kind in its zone
          status: "ACTIVE",
        },
        { parent, protect: protection },
      ),
  );
  const signed = each(
    zones,
    zone =>
      new aws.route53.HostedZoneDnsSec(
        `${name}-signing-${zone}`,
        { hostedZoneId: pick(made, zone).zoneId, signingStatus: "SIGNING" },
        { parent, protect: protection, dependsOn: pick(signers, zone) }, // refused without an active key
      ),
  );
  return { signers: each(signers, (_, { dsRecord }) => dsRecord), ready: Object.values(signed) };
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC */
function signerStatements(accountId: string): readonly Statement[] {
  const service = { Service: "dnssec-route53.amazonaws.com" };
  const ours = { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" } };
  return [
    { Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
    {
      Sid: "Sign",
      Effect: "Allow",
      Principal: service,
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Resource: "*",
      Condition: ours,
    },
    {
      Sid: "Grant",
      Effect: "Allow",
      Principal: service,
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** A group for each zone and one policy for all of them: an account has room for ten policies a region. */
function queryLogs(
  scope: Scope,
  zones: Readonly<Record<string, ZoneSpec>>,
  ids: AwsPart<"zones">["native"]["zones"],
  retentionInDays: number,
  on: AwsGround,
): readonly pulumi.Resource[] {
  const { name, parent, protection } = scope;
  if (Object.keys(zones).length === 0) return [];
  const groups = each(
    zones,
    (zone, { domain }) =>
      new aws.cloudwatch.LogGroup(
        `${name}-queries-${zone}`,
        {
          region: home,
          name: pulumi.interpolate`/aws/route53/${domain}-${on.foundation.suffix}`, // the prefix under which the service's own console looks
          retentionInDays,
          deletionProtectionEnabled: protection,
          tags: tagged(scope, `${name}-queries-${zone}`),
        },
        { parent, protect: protection },
      ),
  );
  const policy = new aws.cloudwatch.LogResourcePolicy(
    `${name}-queries`,
    {
      region: home,
      policyName: pulumi.interpolate`${pick(scope.tags, "system")}-queries-${on.foundation.suffix}`,
      policyDocument: document([
        {
          Sid: "Queries",
          Effect: "Allow",
          Principal: { Service: "route53.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: Object.values(groups).map(group => pulumi.interpolate`${group.arn}:*`),
          Condition: {
            StringEquals: { "aws:SourceAccount": on.foundation.native.accountId },
            ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
          },
        },
      ]),
    },
    { parent },
  );
  return Object.keys(zones).map(
    zone =>
      new aws.route53.QueryLog(
        `${name}-querylog-${zone}`,
        { zoneId: pick(ids, zone).zoneId, cloudwatchLogGroupArn: present(groups[zone], "log group").arn },
        { parent, dependsOn: policy }, // the service tries to write when it is made
      ),
  );
}
