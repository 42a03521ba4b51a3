import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { hourOf, only, ownKey, timeOf, zoneOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

const timeouts = { create: "90m", update: "90m", delete: "90m" };

/** Monday is 1. */
const days = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 };

const loginFlag = { postgres: "cloudsql.iam_authentication", mysql: "cloudsql_iam_authentication" };

/** A private primary with its endpoint, databases and administrator. */
export function database(scope: Scope, spec: DatabaseSpec, on: On<"database">): Out<"database"> {
  const { name, parent, place, protection } = scope;
  const key = ownKey(on.keys, spec.encryptionKey);
  const server = new gcp.sql.DatabaseInstance(
    `${name}-server`, // named by Pulumi: a deleted name stays taken for a week
    {
      region: place.region,
      databaseVersion: spec.versionLiteral,
      encryptionKeyName: key.id,
      deletionProtection: protection,
      settings: {
        ...settingsOf(scope, spec, on),
        availabilityType: spec.ha ? "REGIONAL" : "ZONAL",
        backupConfiguration: backupsOf(scope, spec),
        maintenanceWindow: { day: days[spec.maintenance.day], hour: hourOf(spec.maintenance.window), updateTrack: "stable" },
        retainBackupsOnDelete: protection,
        finalBackupConfig: protection ? { enabled: true, retentionDays: 30 } : { enabled: false },
      },
    },
    { ...stateful(scope, spec), dependsOn: [...on.foundation.ready, ...key.ready] },
  );
  const endpoint = endpointOf(scope, spec, server, on);
  // What a login owns cannot be dropped with it, nor a database with sessions in it; both go with the server.
  const databases = spec.databases.map(
    database =>
      new gcp.sql.Database(`${name}-database-${database}`, { instance: server.name, name: database, deletionPolicy: "ABANDON" }, { parent, protect: protection }),
  );
  const admin =
    on.password === null
      ? []
      : [
          new gcp.sql.User(
            `${name}-admin`,
            { instance: server.name, name: spec.admin.username, passwordWo: on.password, passwordWoVersion: spec.admin.rotation + 1, deletionPolicy: "ABANDON" },
            { parent },
          ),
        ];
  return {
    host: endpoint.host,
    port: spec.port,
    secret: spec.admin.secret === null ? null : pick(on.secrets.references, spec.admin.secret),
    native: { instance: server, address: endpoint.address, place: spec.place, source: name },
    ready: [server, ...endpoint.ready, ...databases, ...admin],
  };
}

/** A read replica with an endpoint of its own; window, backups and logins are its source's. */
export function replica(scope: Scope, spec: ReplicaSpec, on: On<"replica">): Out<"database"> {
  const key = ownKey(on.keys, spec.encryptionKey);
  const server = new gcp.sql.DatabaseInstance(
    `${scope.name}-server`,
    {
      region: scope.place.region,
      databaseVersion: spec.versionLiteral,
      masterInstanceName: on.source.native.instance.name,
      encryptionKeyName: key.id, // a replica in another region needs a key of that region
      deletionProtection: scope.protection,
      settings: { ...settingsOf(scope, spec, on), availabilityType: "ZONAL" },
    },
    { ...stateful(scope, spec), dependsOn: [...on.source.ready, ...key.ready] },
  );
  const endpoint = endpointOf(scope, spec, server, on);
  return {
    host: endpoint.host,
    port: spec.port,
    secret: null,
    native: { instance: server, address: endpoint.address, place: spec.place, source: spec.source },
    ready: [server, ...endpoint.ready],
  };
}

type ServerSpec = DatabaseSpec | ReplicaSpec;

const stateful = ({ parent, protection }: Scope, { storage }: ServerSpec): pulumi.CustomResourceOptions => ({
  parent,
  protect: protection,
  customTimeouts: timeouts,
  // A grown disk cannot shrink: the first size would ask for a replacement.
  ignoreChanges: storage.growToGiB === null ? [] : ["settings.diskSize"],
});

/** What a primary and a replica are made of alike. */
function settingsOf(scope: Scope, spec: ServerSpec, on: Pick<On<"replica">, "foundation">): gcp.types.input.sql.DatabaseInstanceSettings {
  const { storage } = spec;
  const flags = [
    ...Object.entries(spec.parameters).map(([name, { value }]) => ({ name, value })),
    ...(spec.identityLogin ? [{ name: loginFlag[spec.engine], value: "on" }] : []),
  ];
  return {
    tier: spec.class,
    ...(spec.edition === null ? {} : { edition: spec.edition }),
    // The extra cache of the larger edition is on unless said, and billed by the GiB.
    ...(spec.edition === "ENTERPRISE_PLUS" ? { dataCacheConfig: { dataCacheEnabled: false } } : {}),
    activationPolicy: "ALWAYS",
    diskType: storage.type,
    diskSize: storage.gib,
    diskAutoresize: storage.growToGiB !== null,
    ...(storage.growToGiB === null ? {} : { diskAutoresizeLimit: storage.growToGiB }),
    ...(storage.iops === null ? {} : { dataDiskProvisionedIops: storage.iops }),
    ...(storage.throughputMiBps === null ? {} : { dataDiskProvisionedThroughput: storage.throughputMiBps }),
    ...(spec.zone === null ? {} : { locationPreference: locationOf(scope, spec.zone, "standbyZone" in spec ? spec.standbyZone : null) }),
    databaseFlags: flags,
    insightsConfig: spec.insights
      ? { queryInsightsEnabled: true, queryPlansPerMinute: 5, queryStringLength: 1024, recordApplicationTags: true, recordClientAddress: false }
      : { queryInsightsEnabled: false },
    ipConfiguration: {
      ipv4Enabled: false,
      pscConfigs: [{ pscEnabled: true, allowedConsumerProjects: [on.foundation.native.project] }],
      sslMode: "ENCRYPTED_ONLY",
      serverCaMode: "GOOGLE_MANAGED_CAS_CA", // the older authority signs no host name that a client could check
      serverCertificateRotationMode: "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
    },
    deletionProtectionEnabled: scope.protection,
    userLabels: scope.tags,
  };
}

const locationOf = (scope: Scope, zone: string, standby: string | null) => ({
  zone: zoneOf(scope, zone),
  ...(standby === null ? {} : { secondaryZone: zoneOf(scope, standby) }),
});

/** Daily backups, counted, and the logs between them. A backup in another region is encrypted by the server's own key. */
function backupsOf({ place }: Scope, { backups, engine }: DatabaseSpec) {
  return {
    enabled: true,
    startTime: timeOf(backups.window),
    location: backups.geo === null ? place.region : backups.geo.region,
    backupRetentionSettings: { retainedBackups: backups.days, retentionUnit: "COUNT" },
    // One thing by two names: MySQL recovers from its binary log.
    ...(engine === "mysql" ? { binaryLogEnabled: true } : { pointInTimeRecoveryEnabled: true }),
    transactionLogRetentionDays: backups.pitrDays,
  };
}

/** A fixed address in the data subnet, the endpoint on it, and the server's own name resolving to it inside the network. */
function endpointOf({ name, parent, place, tags, protection }: Scope, spec: ServerSpec, server: gcp.sql.DatabaseInstance, on: On<"replica"> | On<"database">) {
  const { region } = place;
  const address = new gcp.compute.Address(
    `${name}-address`,
    { region, addressType: "INTERNAL", purpose: "GCE_ENDPOINT", subnetwork: pick(on.network.subnetIds, only(spec.subnets)), labels: tags },
    { parent, protect: protection },
  );
  const endpoint = new gcp.compute.ForwardingRule(
    `${name}-endpoint`,
    {
      region,
      network: on.network.networkId,
      ipAddress: address.selfLink,
      target: server.pscServiceAttachmentLink,
      loadBalancingScheme: "", // an endpoint is not a balancer; left out, it would default to an external one
      noAutomateDnsZone: true, // the zone below is ours
      labels: tags,
    },
    { parent },
  );
  const zone = new gcp.dns.ManagedZone(
    `${name}-zone`,
    {
      dnsName: server.dnsName,
      description: `The endpoint of ${name}`,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: on.network.native.network.id }] },
      forceDestroy: false,
      labels: tags,
    },
    { parent },
  );
  const record = new gcp.dns.RecordSet(
    `${name}-record`,
    { managedZone: zone.name, name: server.dnsName, type: "A", ttl: 60, rrdatas: [address.address] },
    { parent },
  );
  return { address: address.address, host: server.dnsName.apply(withoutDot), ready: [endpoint, record] };
}

/** Zones end in a dot, certificates do not. */
const withoutDot = (text: string): string => text.replace(/\.$/, "");
