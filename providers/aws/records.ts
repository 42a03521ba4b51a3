import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { InternalRecordSpec, RecordSpec, RecordsSpec } from "../../components/dns/model.ts";
import { quotable, textParts } from "../../components/kernel/domains.ts";
import { pick } from "../../components/kernel/pick.ts";
import { present, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";

export interface RecordsOn extends AwsGround, AwsSite {
  readonly zones: AwsPart<"zones">;
  readonly balancers: Readonly<Record<string, AwsPart<"balancer">>>;
  readonly cdn: AwsPart<"cdn"> | null;
  readonly databases: Readonly<Record<string, AwsPart<"database">>>;
  readonly caches: Readonly<Record<string, AwsPart<"cache">>>;
  readonly machines: Readonly<Record<string, AwsPart<"machine">>>;
}

type Alias = Extract<RecordSpec, { kind: "alias" }>;
type Plain = Extract<RecordSpec, { kind: "plain" }>;
type Target = aws.types.input.route53.RecordAlias;

/** Of what is meant to change hands quickly. */
const shortTtl = 60;

/** Names of balancers, the CDN and members: an alias costs no query and follows its target. */
export function records(scope: Scope, spec: RecordsSpec, on: RecordsOn): AwsPart<"records"> {
  const made = [
    ...Object.entries(spec.records).flatMap(([key, record]) =>
      record.kind === "alias" ? aliases(scope, key, record, on) : [plain(scope, key, record, on)],
    ),
    ...Object.entries(spec.internal).map(([label, record]) => internal(scope, label, record, on)),
  ];
  return { native: {}, ready: made };
}

/** The front behind an alias. CloudFront has no health that Route 53 could follow. */
function targetOf({ to }: Pick<Alias, "to">, on: RecordsOn): Target {
  if (to.kind === "cdn") {
    const distribution = pick(present(on.cdn, "cdn").native.distributions, to.name);
    return { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false };
  }
  const { balancer } = pick(on.balancers, to.name).native;
  return { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true };
}

function aliases(scope: Scope, key: string, record: Alias, on: RecordsOn): readonly aws.route53.Record[] {
  const { name: component, parent } = scope;
  const { zoneId } = pick(on.zones.native.zones, record.zone);
  const target = targetOf(record, on);
  if (record.failover !== null) return failover(scope, key, { ...record, failover: record.failover }, target, zoneId);
  const of = (type: "A" | "AAAA", child: string) =>
    new aws.route53.Record(child, { zoneId, name: record.name, type, aliases: [target] }, { parent });
  return [of("A", `${component}-name-${key}`), ...(record.ipv6 ? [of("AAAA", `${component}-ipv6-${key}`)] : [])];
}

/**
 * Two answers of one name must be of one type. A standby known by its name makes both a CNAME; one known by its address
 * stands beside an alias, at the zone itself too.
 */
function failover(
  scope: Scope,
  key: string,
  { name, by, failover: asked }: Alias & { readonly failover: NonNullable<Alias["failover"]> },
  target: Target,
  zoneId: pulumi.Output<string>,
): readonly aws.route53.Record[] {
  const { name: component, parent } = scope;
  const check = new aws.route53.HealthCheck(
    `${component}-check-${key}`,
    {
      type: "HTTPS",
      fqdn: target.name, // not the record's name: that would ask the standby as soon as it answers
      port: 443,
      enableSni: true,
      resourcePath: asked.path,
      requestInterval: asked.intervalSeconds,
      failureThreshold: asked.failures,
      measureLatency: false,
      tags: tagged(scope, `${component}-check-${key}`),
    },
    { parent },
  );
  const type = by === "name" ? "CNAME" : "A";
  const said = (host: pulumi.Input<string>) => ({ records: [host], ttl: shortTtl });
  const primary = new aws.route53.Record(
    `${component}-name-${key}`,
    {
      zoneId,
      name,
      type,
      ...(by === "name" ? said(target.name) : { aliases: [target] }),
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
      healthCheckId: check.id,
    },
    { parent },
  );
  const standby = new aws.route53.Record(
    `${component}-standby-${key}`,
    { zoneId, name, type, ...said(asked.standby), setIdentifier: "standby", failoverRoutingPolicies: [{ type: "SECONDARY" }] },
    { parent },
  );
  return [primary, standby];
}

function plain({ name: component, parent }: Scope, key: string, { zone, name, type, values, ttlSeconds }: Plain, on: RecordsOn) {
  return new aws.route53.Record(
    `${component}-name-${key}`,
    {
      zoneId: pick(on.zones.native.zones, zone).zoneId,
      name,
      type,
      records: type === "TXT" ? values.map(textOf) : [...values],
      ttl: ttlSeconds,
    },
    { parent },
  );
}

/** The provider writes the quotes around a text; those between its parts of 255 characters are ours. */
const textOf = (value: string): string => textParts(value).map(quotable).join('""');

/** A member's name in the network's own zone. */
function internal({ name: component, parent }: Scope, label: string, { name, to }: InternalRecordSpec, on: RecordsOn): aws.route53.Record {
  const { zoneId } = present(on.zones.native.internal, "internal zone");
  return new aws.route53.Record(`${component}-internal-${label}`, { zoneId, name, ...answerOf(to, on) }, { parent });
}

function answerOf(
  to: InternalRecordSpec["to"],
  on: RecordsOn,
): Pick<aws.route53.RecordArgs, "type" | "records" | "aliases" | "ttl"> & { readonly type: string } {
  switch (to.kind) {
    case "balancer":
      return { type: "A", aliases: [targetOf({ to: { kind: "balancer", name: to.name } }, on)] };
    case "machine":
      return { type: "A", records: Object.values(pick(on.machines, to.name).addresses), ttl: shortTtl };
    case "database":
      return { type: "CNAME", records: [pick(on.databases, to.name).host], ttl: shortTtl };
    case "cache":
      return { type: "CNAME", records: [pick(on.caches, to.name).host], ttl: shortTtl };
  }
}
