import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { InternalRecordSpec, RecordSpec, RecordsSpec } from "../../components/dns/model.ts";
import { quotable, textParts } from "../../components/kernel/domains.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { On, Out } from "./natives.ts";

type Alias = Extract<RecordSpec, { kind: "alias" }>;
type Plain = Extract<RecordSpec, { kind: "plain" }>;

/** Of what is meant to change hands quickly. */
const shortTtl = 60;
/** Fixed addresses change hands never. */
const addressTtl = 300;

// A set is its name and type: the new one takes the place of the old, and cannot stand beside it.

/** Where checks ask from: exactly three regions, far from each other, so that one cut cable condemns nobody. */
const checkers = ["us-east1", "europe-west1", "asia-northeast1"];

/** Names of balancers, the CDN and members: Google has no alias, and its fronts have fixed addresses. */
export function records(scope: Scope, spec: RecordsSpec, on: On<"records">): Out<"records"> {
  const made = [
    ...Object.entries(spec.records).flatMap(([key, record]) =>
      record.kind === "alias" ? aliases(scope, key, record, on) : [plain(scope, key, record, on)],
    ),
    ...Object.entries(spec.internal).map(([label, record]) => internal(scope, label, record, on)),
  ];
  return { native: {}, ready: made };
}

function addressOf({ to }: Alias, family: "ipv4" | "ipv6", on: On<"records">): pulumi.Output<string> {
  if (to.kind === "balancer") return pick(pick(on.balancers, to.name).native.addresses, family);
  if (on.cdn === null) throw new Error(`no CDN has the site ${to.name}`);
  return pick(on.cdn.native.addresses, `${to.name}-${family}`);
}

function aliases(scope: Scope, key: string, record: Alias, on: On<"records">): readonly gcp.dns.RecordSet[] {
  const { name: component, parent } = scope;
  const managedZone = pick(on.zones.native.zones, record.zone).zoneName;
  const name = `${record.name}.`;
  if (record.failover !== null) return [failover(scope, key, { ...record, failover: record.failover }, managedZone, on)];
  const of = (type: "A" | "AAAA", child: string, family: "ipv4" | "ipv6") =>
    new gcp.dns.RecordSet(
      child,
      { managedZone, name, type, ttl: addressTtl, rrdatas: [addressOf(record, family, on)] },
      { parent, deleteBeforeReplace: true },
    );
  return [of("A", `${component}-name-${key}`, "ipv4"), ...(record.ipv6 ? [of("AAAA", `${component}-ipv6-${key}`, "ipv6")] : [])];
}

/** Both endpoints are asked; while the first fails, its region's backup answers for every visitor. */
function failover(
  { name: component, parent }: Scope,
  key: string,
  record: Alias & { readonly failover: NonNullable<Alias["failover"]> },
  managedZone: pulumi.Output<string>,
  on: On<"records">,
): gcp.dns.RecordSet {
  const asked = record.failover;
  const check = new gcp.compute.HealthCheck(
    `${component}-check-${key}`,
    {
      description: `Asks whoever answers ${record.name}`,
      sourceRegions: checkers,
      checkIntervalSec: asked.intervalSeconds,
      timeoutSec: 10,
      healthyThreshold: 2,
      unhealthyThreshold: asked.failures,
      httpsHealthCheck: { port: 443, portSpecification: "USE_FIXED_PORT", host: record.name, requestPath: asked.path },
      logConfig: { enable: true },
    },
    { parent, dependsOn: [...on.foundation.ready] },
  );
  return new gcp.dns.RecordSet(
    `${component}-name-${key}`,
    {
      managedZone,
      name: `${record.name}.`,
      type: "A",
      ttl: shortTtl,
      routingPolicy: {
        healthCheck: check.id,
        primaryBackup: {
          primary: { externalEndpoints: [addressOf(record, "ipv4", on)] },
          backupGeos: [{ location: asked.region, healthCheckedTargets: { externalEndpoints: [asked.standby] } }],
          enableGeoFencingForBackups: false,
          trickleRatio: 0, // nobody is sent to the standby to try it
        },
      },
    },
    { parent, deleteBeforeReplace: true },
  );
}

function plain({ name: component, parent }: Scope, key: string, { zone, name, type, values, ttlSeconds }: Plain, on: On<"records">) {
  return new gcp.dns.RecordSet(
    `${component}-name-${key}`,
    {
      managedZone: pick(on.zones.native.zones, zone).zoneName,
      name: `${name}.`,
      type,
      ttl: ttlSeconds,
      rrdatas: values.map(value => dataOf(type, value)),
    },
    { parent, deleteBeforeReplace: true },
  );
}

/** Hosts end with a dot, texts stand in quotes, each of their parts 255 characters at most. */
function dataOf(type: Plain["type"], value: string): string {
  if (["CNAME", "NS", "MX", "SRV"].includes(type)) return `${value}.`;
  if (type !== "TXT") return value;
  return textParts(value)
    .map(part => `"${quotable(part)}"`)
    .join(" ");
}

/** A member's address in the network's own zone: nothing here has a host name of its own. */
function internal(
  { name: component, parent }: Scope,
  label: string,
  { name, to }: InternalRecordSpec,
  on: On<"records">,
): gcp.dns.RecordSet {
  const zone = on.zones.native.internal;
  if (zone === null) throw new Error("no internal zone was decided");
  return new gcp.dns.RecordSet(
    `${component}-internal-${label}`,
    { managedZone: zone.name, name: `${name}.`, type: "A", ttl: shortTtl, rrdatas: [...answerOf(to, on)] },
    { parent, deleteBeforeReplace: true },
  );
}

function answerOf(to: InternalRecordSpec["to"], on: On<"records">): readonly pulumi.Input<string>[] {
  switch (to.kind) {
    case "balancer":
      return [pick(on.balancers, to.name).host];
    case "machine":
      return Object.values(pick(on.machines, to.name).addresses);
    case "database":
      return [pick(on.databases, to.name).native.address];
    case "cache":
      return [pick(on.caches, to.name).host];
  }
}
