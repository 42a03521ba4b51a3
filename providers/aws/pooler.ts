import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { keyArn, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";
import { document, keyActions, type Statement, trust } from "./policies.ts";
import { identifierOf, logGroup } from "./rds.ts";

const families = { postgres: "POSTGRESQL", mysql: "MYSQL" } satisfies Record<DatabaseSpec["engine"], string>;

/** RDS Proxy in front of an instance: it holds the connections, so that many clients share few. It stands in the database's own group. */
export function pooler(
  scope: Scope,
  spec: DatabaseSpec,
  instance: aws.rds.Instance,
  secretArn: pulumi.Output<string>,
  on: AwsGround & AwsSite & { readonly secrets: AwsPart<"secrets"> },
) {
  const { name, parent, place } = scope;
  const { region } = place;
  const title = identifierOf(scope, on);
  const log = logGroup(scope, spec, "pooler", pulumi.interpolate`/aws/rds/proxy/${title}`, on);
  const role = new aws.iam.Role(
    `${name}-poolrole`,
    {
      description: `Reads the login of ${name} for its pooler`,
      assumeRolePolicy: trust("rds.amazonaws.com"),
      tags: tagged(scope, `${name}-poolrole`),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-poolpolicy`,
    { role: role.id, policy: document(statements(spec, secretArn, region, on)) },
    { parent },
  );
  const proxy = new aws.rds.Proxy(
    `${name}-pooler`,
    {
      region,
      name: title,
      engineFamily: families[spec.engine],
      roleArn: role.arn,
      auths: [{ authScheme: "SECRETS", iamAuth: "DISABLED", secretArn }],
      requireTls: true,
      idleClientTimeout: 1800,
      vpcSubnetIds: spec.subnets.map(key => pick(on.network.subnetIds, key)),
      vpcSecurityGroupIds: [pick(on.peers.native.groups, name).id],
      tags: tagged(scope, `${name}-pooler`),
    },
    { parent, dependsOn: [log, policy, ...on.secrets.ready], customTimeouts: timeouts.pooler },
  );
  const group = new aws.rds.ProxyDefaultTargetGroup(
    `${name}-pool`,
    {
      region,
      dbProxyName: proxy.name,
      connectionPoolConfig: { maxConnectionsPercent: 90, maxIdleConnectionsPercent: 50, connectionBorrowTimeout: 120 }, // a tenth stays for people
    },
    { parent },
  );
  const target = new aws.rds.ProxyTarget(
    `${name}-pooltarget`,
    { region, dbProxyName: proxy.name, targetGroupName: group.name, dbInstanceIdentifier: instance.identifier },
    { parent },
  );
  return { proxy, ready: [log, role, policy, proxy, group, target] };
}

/** The login's secret, and whatever of our keys it may lie under, through the secret store alone. */
function statements(
  spec: DatabaseSpec,
  secretArn: pulumi.Output<string>,
  region: string,
  on: AwsGround & { readonly secrets: AwsPart<"secrets"> },
): readonly Statement[] {
  const read: Statement = {
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: secretArn,
  };
  const key = spec.admin.managed ? keyArn(on, spec.encryptionKey) : on.secrets.native.keyArn;
  if (key === null) return [read];
  return [
    read,
    {
      Effect: "Allow",
      Action: keyActions.read,
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}
