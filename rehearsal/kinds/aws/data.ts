/** Databases and caches, and the groups that surround them. */
import type { Birth, Kind, Kinds } from "../../kinds.ts";
import { arn, regionOf, text, uniqueOf, uuid } from "./words.ts";

const instance = "aws:rds/instance:Instance";

/** A group that its name identifies. */
const named = (service: string, resource: string): Kind => ({
  nameInput: "name",
  id: ({ name }) => name,
  outputs: birth => ({ arn: arn(birth, service, `${resource}:${birth.name}`) }),
});

const ports: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306 };

function serverOf(birth: Birth & { readonly id: string }): Readonly<Record<string, unknown>> {
  const { inputs, name, hex } = birth;
  const address = `${name}.c${hex(11, "host")}.${regionOf(birth)}.rds.amazonaws.com`;
  const port = typeof inputs.port === "number" ? inputs.port : (ports[text(inputs.engine)] ?? 5432);
  return {
    arn: arn(birth, "rds", `db:${name}`),
    resourceId: birth.id,
    address,
    port,
    endpoint: `${address}:${port}`,
    hostedZoneId: "Z2R2ITUGPM61AM",
    backupWindow: text(inputs.backupWindow) || "07:14-07:44",
    status: "available",
    ...(inputs.manageMasterUserPassword === true ? { masterUserSecrets: [loginOf(birth)] } : {}),
  };
}

/** RDS keeps the login in a secret that it makes itself. */
const loginOf = (birth: Birth): Readonly<Record<string, unknown>> => ({
  secretArn: arn(birth, "secretsmanager", `secret:rds!db-${uuid(birth, "login")}-${birth.hex(6, "login")}`),
  secretStatus: "active",
});

function keepsServer({ deletionProtection, skipFinalSnapshot, finalSnapshotIdentifier }: Birth["inputs"]): string | null {
  if (deletionProtection === true) return "deletion protection is on";
  return skipFinalSnapshot !== true && text(finalSnapshotIdentifier) === "" ? "the final snapshot has no name" : null;
}

const rds: Kinds = {
  [instance]: {
    nameInput: "identifier",
    id: ({ hex }) => `db-${hex(26).toUpperCase()}`, // survives a rename, unlike the identifier
    outputs: serverOf,
    unique: ({ name }) => name, // in its region, in truth; alone here, so that `names` finds it
    // A source in the same region is named by its identifier and in another by its ARN: the ARN is seen as what it is, the identifier passes.
    names: {
      dbSubnetGroupName: ["aws:rds/subnetGroup:SubnetGroup"],
      parameterGroupName: ["aws:rds/parameterGroup:ParameterGroup"],
    },
    keeps: keepsServer,
  },
  "aws:rds/subnetGroup:SubnetGroup": named("rds", "subgrp"),
  "aws:rds/parameterGroup:ParameterGroup": named("rds", "pg"),
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
    nameInput: null,
    id: birth => arn(birth, "rds", `auto-backup:ab-${birth.hex(39)}`),
    unique: birth => `${regionOf(birth)} ${text(birth.inputs.sourceDbInstanceArn)}`,
  },
  // The provider finds an association by server and role alone, and PostgreSQL takes a role for one feature:
  // https://github.com/aws/aws-cdk/pull/17060 and `instance_role_association.go` of the Terraform provider (read 2026-11).
  "aws:rds/roleAssociation:RoleAssociation": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.dbInstanceIdentifier)},${text(inputs.roleArn)}`,
    unique: ({ inputs }) => `${text(inputs.dbInstanceIdentifier)} ${text(inputs.featureName)}`,
    names: { dbInstanceIdentifier: [uniqueOf(instance)] },
  },
  "aws:rds/proxy:Proxy": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({
      arn: arn(birth, "rds", `db-proxy:prx-${birth.hex(17)}`),
      endpoint: `${birth.name}.proxy-c${birth.hex(11, "host")}.${regionOf(birth)}.rds.amazonaws.com`,
    }),
  },
  // Made with its proxy: the provider only takes it over.
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": {
    nameInput: null,
    id: ({ inputs }) => text(inputs.dbProxyName),
    outputs: birth => ({ arn: arn(birth, "rds", `target-group:prx-tg-${birth.hex(17)}`), name: "default" }),
    names: { dbProxyName: ["aws:rds/proxy:Proxy"] },
  },
  "aws:rds/proxyTarget:ProxyTarget": {
    nameInput: null,
    id: ({ inputs }) => [inputs.dbProxyName, inputs.targetGroupName, "RDS_INSTANCE", inputs.dbInstanceIdentifier].map(text).join("/"),
    outputs: () => ({ type: "RDS_INSTANCE" }),
    names: { dbProxyName: ["aws:rds/proxy:Proxy"], dbInstanceIdentifier: [uniqueOf(instance)] },
  },
};

/** One door for several shards, or the primary's and the readers'. */
function doorsOf(birth: Birth): Readonly<Record<string, unknown>> {
  const { name, hex, inputs } = birth;
  const host = (word: string): string => `${word}.${name}.${hex(6, "host")}.${regionOf(birth)}.cache.amazonaws.com`;
  if (inputs.clusterMode === "enabled") return { clusterEnabled: true, configurationEndpointAddress: host("clustercfg") };
  return { clusterEnabled: false, primaryEndpointAddress: host("master"), readerEndpointAddress: host("replica") };
}

const elasticache: Kinds = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    nameInput: "replicationGroupId",
    id: ({ name }) => name,
    outputs: birth => ({ arn: arn(birth, "elasticache", `replicationgroup:${birth.name}`), ...doorsOf(birth) }),
    names: {
      subnetGroupName: ["aws:elasticache/subnetGroup:SubnetGroup"],
      parameterGroupName: ["aws:elasticache/parameterGroup:ParameterGroup"],
      "logDeliveryConfigurations.*.destination": ["aws:cloudwatch/logGroup:LogGroup"],
    },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": named("elasticache", "subnetgroup"),
  "aws:elasticache/parameterGroup:ParameterGroup": named("elasticache", "parametergroup"),
};

export const data: Kinds = { ...rds, ...elasticache };
