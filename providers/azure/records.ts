import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { InternalRecordSpec, RecordSpec, RecordsSpec } from "../../components/dns/model.ts";
import { textParts } from "../../components/kernel/domains.ts";
import { pick } from "../../components/kernel/pick.ts";
import { groupOf, physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

type Alias = Extract<RecordSpec, { kind: "alias" }>;
type Plain = Extract<RecordSpec, { kind: "plain" }>;
type ValuesArgs = Omit<azure.dns.RecordSetArgs, "resourceGroupName" | "zoneName" | "relativeRecordSetName">;

/** Of what is meant to change hands quickly. */
const shortTtl = 60;
const aliasTtl = 300;

/** Names of balancers, the CDN and members. An alias record set follows its target, and answers nothing once that is gone. */
export function records(scope: Scope, spec: RecordsSpec, on: On<"records">): Out<"records"> {
  const made = [
    ...Object.entries(spec.records).flatMap(([key, record]) =>
      record.kind === "alias" ? aliases(scope, key, record, on) : [recordSet(scope, `name-${key}`, record, valuesOf(record), on)],
    ),
    ...Object.entries(spec.internal).map(([label, record]) => internal(scope, label, record, on)),
  ];
  return { native: {}, ready: made };
}

/** One record set, in its zone's own group. */
function recordSet(
  { name, parent }: Scope,
  child: string,
  { zone, label }: Pick<RecordSpec, "zone" | "label">,
  values: ValuesArgs,
  on: On<"records">,
): azure.dns.RecordSet {
  const { zoneName, resourceGroupName } = pick(on.zones.native.zones, zone);
  return new azure.dns.RecordSet(`${name}-${child}`, { resourceGroupName, zoneName, relativeRecordSetName: label, ...values }, { parent });
}

function aliases(scope: Scope, key: string, record: Alias, on: On<"records">): readonly azure.dns.RecordSet[] {
  if (record.failover !== null) return [failover(scope, key, { ...record, failover: record.failover }, on)];
  if (record.to.kind === "cdn") return site(scope, key, record, on);
  const { addresses } = pick(on.balancers, record.to.name).native;
  const of = (recordType: "A" | "AAAA", child: string, family: "ipv4" | "ipv6") =>
    recordSet(scope, child, record, { recordType, ttl: aliasTtl, targetResource: { id: pick(addresses, family).id } }, on);
  return [of("A", `name-${key}`, "ipv4"), ...(record.ipv6 ? [of("AAAA", `ipv6-${key}`, "ipv6")] : [])];
}

/** Front Door has no fixed address: names say its name, which also shows it that they are ours; only the zone itself needs an alias. */
function site(scope: Scope, key: string, record: Alias, on: On<"records">): readonly azure.dns.RecordSet[] {
  const endpoint = endpointOf(record, on);
  if (record.by === "name")
    return [recordSet(scope, `name-${key}`, record, { recordType: "CNAME", ttl: aliasTtl, cnameRecord: { cname: endpoint.hostName } }, on)];
  const of = (recordType: "A" | "AAAA", child: string) =>
    recordSet(scope, child, record, { recordType, ttl: aliasTtl, targetResource: { id: endpoint.id } }, on);
  return [of("A", `name-${key}`), ...(record.ipv6 ? [of("AAAA", `ipv6-${key}`)] : [])];
}

function endpointOf({ to }: Alias, on: On<"records">): azure.cdn.AFDEndpoint {
  if (on.cdn === null) throw new Error(`no CDN has the site ${to.name}`);
  return pick(on.cdn.native.endpoints, to.name);
}

/** Traffic Manager asks the first endpoint and answers with the second while it fails; the name is an alias of it. */
function failover(
  scope: Scope,
  key: string,
  record: Alias & { readonly failover: NonNullable<Alias["failover"]> },
  on: On<"records">,
): azure.dns.RecordSet {
  const { name, parent, tags } = scope;
  const asked = record.failover;
  const relativeName = physical([name, key], 63, "-", on);
  const primary: pulumi.Output<string> =
    record.to.kind === "cdn"
      ? endpointOf(record, on).hostName
      : pick(pick(on.balancers, record.to.name).native.addresses, "ipv4").ipAddress.apply(address => `${address}`);
  const profile = new azure.trafficmanager.Profile(
    `${name}-failover-${key}`,
    {
      ...groupOf(scope, on),
      profileName: relativeName,
      location: "global",
      profileStatus: "Enabled",
      trafficRoutingMethod: "Priority",
      trafficViewEnrollmentStatus: "Disabled",
      dnsConfig: { relativeName, ttl: shortTtl },
      monitorConfig: {
        protocol: "HTTPS",
        port: 443,
        path: asked.path,
        intervalInSeconds: asked.intervalSeconds,
        timeoutInSeconds: asked.intervalSeconds === 10 ? 9 : 10, // has to be below ten when it asks every ten
        toleratedNumberOfFailures: asked.failures - 1,
        customHeaders: [{ name: "host", value: record.name }], // as visitors ask: a gateway answers by host
      },
      endpoints: [endpoint("primary", 1, primary), endpoint("standby", 2, asked.standby)],
      tags,
    },
    { parent },
  );
  return recordSet(
    scope,
    `name-${key}`,
    record,
    { recordType: record.by === "name" ? "CNAME" : "A", ttl: shortTtl, targetResource: { id: profile.id } },
    on,
  );
}

const endpoint = (name: string, priority: number, target: pulumi.Input<string>) => ({
  name,
  type: "Microsoft.Network/trafficManagerProfiles/externalEndpoints",
  target,
  priority,
  endpointStatus: "Enabled",
  alwaysServe: "Disabled",
});

/** Azure takes each type in fields of its own. */
function valuesOf({ type, values, ttlSeconds: ttl }: Plain): ValuesArgs {
  const set = { recordType: type, ttl };
  const words = values.map(value => value.split(" "));
  switch (type) {
    case "A":
      return { ...set, aRecords: values.map(ipv4Address => ({ ipv4Address })) };
    case "AAAA":
      return { ...set, aaaaRecords: values.map(ipv6Address => ({ ipv6Address })) };
    case "CNAME":
      return { ...set, cnameRecord: { cname: values.join("") } };
    case "NS":
      return { ...set, nsRecords: values.map(nsdname => ({ nsdname })) };
    case "TXT":
      return { ...set, txtRecords: values.map(value => ({ value: [...textParts(value)] })) };
    case "MX":
      return { ...set, mxRecords: words.map(([preference, exchange]) => ({ preference: Number(preference), exchange })) };
    case "SRV":
      return {
        ...set,
        srvRecords: words.map(([priority, weight, port, target]) => ({
          priority: Number(priority),
          weight: Number(weight),
          port: Number(port),
          target,
        })),
      };
    case "CAA":
      return {
        ...set,
        caaRecords: words.map(([flags, tag, ...value]) => ({ flags: Number(flags), tag, value: value.join(" ").replaceAll('"', "") })),
      };
  }
}

/** A member's name in the network's own zone. */
function internal(scope: Scope, label: string, { to }: InternalRecordSpec, on: On<"records">): azure.privatedns.PrivateRecordSet {
  const { name, parent } = scope;
  const zone = on.zones.native.internal;
  if (zone === null) throw new Error("no internal zone was decided");
  const answer = answerOf(to, on);
  return new azure.privatedns.PrivateRecordSet(
    `${name}-internal-${label}`,
    { ...groupOf(scope, on), privateZoneName: zone.name, relativeRecordSetName: label, ttl: shortTtl, ...answer },
    { parent },
  );
}

const addressesOf = (addresses: readonly pulumi.Input<string>[]) => ({
  recordType: "A",
  aRecords: addresses.map(ipv4Address => ({ ipv4Address })),
});

function answerOf(to: InternalRecordSpec["to"], on: On<"records">) {
  switch (to.kind) {
    case "balancer":
      return addressesOf([pick(on.balancers, to.name).host]);
    case "machine":
      return addressesOf(Object.values(pick(on.machines, to.name).addresses));
    case "database":
      return { recordType: "CNAME", cnameRecord: { cname: pick(on.databases, to.name).host } };
    case "cache":
      return { recordType: "CNAME", cnameRecord: { cname: pick(on.caches, to.name).host } };
  }
}
