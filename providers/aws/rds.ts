/** What a primary and its replicas share: names, logs, parameters, monitoring, and the arguments that say the same of both. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { keyArn, orNothing, physicalName, present, tagged, weekly, zoneOf } from "./lookup.ts";
import type { AwsGround, AwsSite } from "./natives.ts";
import { trustWithin } from "./policies.ts";

export type ServerSpec = DatabaseSpec | ReplicaSpec;

const logKinds = { postgres: ["postgresql", "upgrade"], mysql: ["error", "slowquery"] } as const;

/** Without these MySQL writes no slow log, or writes it to a table that no export reads. */
const logParameters: Readonly<Record<ServerSpec["engine"], ServerSpec["parameters"]>> = {
  postgres: {},
  mysql: { slow_query_log: { value: "1", restart: false }, log_output: { value: "FILE", restart: false } },
};

/** Fixed on purpose: the log groups must exist under it before the instance does, and it ends in the stack's suffix. */
export const identifierOf = (scope: Scope, on: AwsGround): pulumi.Output<string> =>
  pulumi.interpolate`${physicalName(scope, 63)}-${on.foundation.suffix}`;

/** RDS makes missing log groups by itself, without retention, key or tags, and for ever. */
export function logGroup(
  scope: Scope,
  spec: ServerSpec,
  kind: string,
  group: pulumi.Input<string>,
  on: AwsGround,
): aws.cloudwatch.LogGroup {
  const { name, parent, place, protection } = scope;
  return new aws.cloudwatch.LogGroup(
    `${name}-log-${kind}`,
    {
      region: place.region,
      name: group,
      retentionInDays: spec.logRetentionDays,
      kmsKeyId: on.logs.native.keyIds[place.key],
      deletionProtectionEnabled: protection,
      tags: tagged(scope, `${name}-log-${kind}`),
    },
    { parent, protect: protection },
  );
}

/** Named by Pulumi: a new family makes a new group beside the old one, which stays until the upgrade is done. */
function parameterGroup(scope: Scope, spec: ServerSpec): aws.rds.ParameterGroup {
  const { name, parent, place } = scope;
  return new aws.rds.ParameterGroup(
    `${name}-parameters`,
    {
      region: place.region,
      family: present(spec.family, "parameter family"),
      description: `Parameters of ${name}`,
      parameters: Object.entries({ ...logParameters[spec.engine], ...spec.parameters }).map(([key, { value, restart }]) => ({
        name: key,
        value,
        applyMethod: restart ? "pending-reboot" : "immediate", // a static parameter said to be immediate shows a change for ever
      })),
      tags: tagged(scope, `${name}-parameters`),
    },
    { parent },
  );
}

export function subnetGroup(scope: Scope, spec: ServerSpec, on: AwsSite): aws.rds.SubnetGroup {
  const { name, parent, place } = scope;
  return new aws.rds.SubnetGroup(
    `${name}-subnets`,
    {
      region: place.region,
      description: `Subnets of ${name}`,
      subnetIds: spec.subnets.map(key => pick(on.network.subnetIds, key)),
      tags: tagged(scope, `${name}-subnets`),
    },
    { parent },
  );
}

/** Lets RDS write what it sees inside the machine. */
function monitoring(scope: Scope, on: AwsGround) {
  const { name, parent } = scope;
  const role = new aws.iam.Role(
    `${name}-monitoring`,
    {
      description: `Enhanced monitoring of ${name}`,
      assumeRolePolicy: trustWithin(on.foundation.native.accountId, "monitoring.rds.amazonaws.com"),
      tags: tagged(scope, `${name}-monitoring`),
    },
    { parent },
  );
  const right = new aws.iam.RolePolicyAttachment(
    `${name}-monitoringright`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    { parent },
  );
  return { role, right };
}

/** Everything that stands around an instance, and the arguments that a primary and a replica have in common. `peer` is whose rules it goes by. */
export function around(scope: Scope, spec: ServerSpec, peer: string, on: AwsGround & AwsSite) {
  const { place, protection } = scope;
  const identifier = identifierOf(scope, on);
  const logs = logKinds[spec.engine].map(kind =>
    logGroup(scope, spec, kind, pulumi.interpolate`/aws/rds/instance/${identifier}/${kind}`, on),
  );
  const parameters = parameterGroup(scope, spec);
  const watch = spec.insights ? monitoring(scope, on) : null;
  const key = keyArn(on, spec.encryptionKey);
  const insights =
    watch === null
      ? { monitoringInterval: 0, performanceInsightsEnabled: false }
      : {
          monitoringInterval: spec.monitoringSeconds,
          monitoringRoleArn: watch.role.arn,
          databaseInsightsMode: "standard",
          performanceInsightsEnabled: true,
          performanceInsightsRetentionPeriod: 7, // the days that cost nothing
          performanceInsightsKmsKeyId: orNothing(key),
        };
  const shared = {
    region: place.region,
    identifier,
    instanceClass: spec.class,
    allocatedStorage: spec.storage.gib,
    // Growth of its own is not undone: the provider itself passes over a size below the present one, and a raised `gib` still counts.
    maxAllocatedStorage: spec.storage.growToGiB === null ? 0 : spec.storage.growToGiB,
    storageType: spec.storage.type,
    iops: orNothing(spec.storage.iops),
    storageThroughput: orNothing(spec.storage.throughputMiBps),
    storageEncrypted: true,
    availabilityZone: spec.zone === null ? undefined : zoneOf(place, spec.zone),
    parameterGroupName: parameters.name,
    vpcSecurityGroupIds: [pick(on.peers.native.groups, peer).id],
    publiclyAccessible: false,
    networkType: "IPV4",
    port: spec.port,
    engineLifecycleSupport: "open-source-rds-extended-support", // costs money past the end of standard support; the other word is a forced major upgrade
    caCertIdentifier: "rds-ca-rsa2048-g1",
    iamDatabaseAuthenticationEnabled: spec.identityLogin,
    maintenanceWindow: weekly(spec.maintenance.day, spec.maintenance.window),
    autoMinorVersionUpgrade: true, // versions are majors here; off, every patch by AWS would show as a change
    applyImmediately: !protection, // with protection, changes that interrupt wait for the window
    enabledCloudwatchLogsExports: [...logKinds[spec.engine]],
    copyTagsToSnapshot: true,
    deletionProtection: protection,
    ...insights,
    tags: tagged(scope, `${scope.name}-instance`),
  };
  const first = [...logs, parameters, ...(watch === null ? [] : [watch.role, watch.right])];
  return { identifier, key, shared, first };
}
