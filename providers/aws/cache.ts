import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CacheSpec } from "../../components/cache/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { keyArn, orNothing, physicalName, present, tagged, weekly } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";

export interface CacheOn extends AwsGround, AwsSite {
  readonly secrets: AwsPart<"secrets">;
  readonly token: pulumi.Output<string> | null;
}

/** A private replication group: TLS and a token always, one shard with replicas or several. */
export function cache(scope: Scope, spec: CacheSpec, on: CacheOn): AwsPart<"cache"> {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const id = pulumi.interpolate`${physicalName(scope, 40)}-${on.foundation.suffix}`;
  const { subnets, parameters } = groupsOf(scope, spec, on);
  const destination = pick(on.logs.native.groups, place.key).name;
  const key = keyArn(on, spec.encryptionKey);
  const group = new aws.elasticache.ReplicationGroup(
    `${name}-group`,
    {
      region,
      replicationGroupId: id,
      description: `${name} of ${pick(scope.tags, "system")}`,
      engine: "redis",
      engineVersion: spec.versionLiteral,
      nodeType: spec.class,
      ...shapeOf(spec),
      parameterGroupName: parameters.name,
      subnetGroupName: subnets.name,
      securityGroupIds: [pick(on.peers.native.groups, name).id],
      port: spec.port,
      networkType: "ipv4",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      kmsKeyId: orNothing(key),
      authTokenWo: present(on.token, "token"),
      authTokenWoVersion: spec.rotation + 1, // zero counts as absent
      authTokenUpdateStrategy: "ROTATE", // the token before stays good until the next one, so that running clients can follow
      ...snapshotsOf(spec, id, protection),
      maintenanceWindow: weekly(spec.maintenance.day, spec.maintenance.window),
      autoMinorVersionUpgrade: true,
      applyImmediately: !protection,
      logDeliveryConfigurations: ["slow-log", "engine-log"].map(logType => ({
        logType,
        destination,
        destinationType: "cloudwatch-logs",
        logFormat: "json",
      })),
      tags: tagged(scope, `${name}-group`),
    },
    { parent, protect: protection, dependsOn: [...on.logs.ready], customTimeouts: timeouts.cache },
  );
  return {
    host: spec.sharded ? group.configurationEndpointAddress : group.primaryEndpointAddress,
    port: spec.port,
    tls: true,
    clustered: spec.sharded,
    secret: spec.secret === null ? null : pick(on.secrets.references, spec.secret),
    native: { group },
    ready: [subnets, parameters, group],
  };
}

/** Where the nodes may stand and what their engine is told. */
function groupsOf(scope: Scope, spec: CacheSpec, on: CacheOn) {
  const { name, parent, place } = scope;
  const { region } = place;
  const homes = spec.subnets.filter(key => spec.zones.includes(pick(on.network.native.zones, key))); // nodes spread over the zones of their subnets
  const subnets = new aws.elasticache.SubnetGroup(
    `${name}-subnets`,
    {
      region,
      description: `Subnets of ${name}`,
      subnetIds: homes.map(key => pick(on.network.subnetIds, key)),
      tags: tagged(scope, `${name}-subnets`),
    },
    { parent },
  );
  const parameters = new aws.elasticache.ParameterGroup(
    `${name}-parameters`,
    {
      region,
      family: present(spec.family, "parameter family"),
      description: `Parameters of ${name}`,
      parameters: Object.entries(parametersOf(spec)).map(([key, value]) => ({ name: key, value })),
      tags: tagged(scope, `${name}-parameters`),
    },
    { parent },
  );
  return { subnets, parameters };
}

/** Shards and replicas; a single node cannot fail over. */
function shapeOf({ sharded, shards, replicas, multiZone: multiAzEnabled }: CacheSpec) {
  if (sharded)
    return {
      clusterMode: "enabled",
      numNodeGroups: shards,
      replicasPerNodeGroup: replicas,
      automaticFailoverEnabled: true,
      multiAzEnabled,
    };
  return { clusterMode: "disabled", numCacheClusters: 1 + replicas, automaticFailoverEnabled: replicas > 0, multiAzEnabled };
}

function snapshotsOf({ snapshots }: CacheSpec, id: pulumi.Output<string>, protection: boolean) {
  if (snapshots === null) return { snapshotRetentionLimit: 0 };
  return {
    snapshotRetentionLimit: snapshots.days,
    snapshotWindow: snapshots.window,
    finalSnapshotIdentifier: protection ? pulumi.interpolate`${id}-final` : undefined,
  };
}

/** A person's parameters, then what the shape and the spec decide. */
function parametersOf(spec: CacheSpec): Readonly<Record<string, string>> {
  return {
    ...spec.parameters,
    ...(spec.sharded ? { "cluster-enabled": "yes" } : {}), // a group without it makes a cluster of one, whatever the other arguments say
    ...(spec.eviction === null ? {} : { "maxmemory-policy": spec.eviction }),
    ...(spec.reservedPercent === null ? {} : { "reserved-memory-percent": String(spec.reservedPercent) }),
  };
}
