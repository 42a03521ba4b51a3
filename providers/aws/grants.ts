import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Parts, Scope } from "../../components/contract.ts";
import type { GrantSpec, GrantsSpec, Verb } from "../../components/identity/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, keyArn, present } from "./lookup.ts";
import type { AwsGround, AwsNatives, AwsPart } from "./natives.ts";
import { document, keyActions, type Statement } from "./policies.ts";

export interface GrantsOn extends AwsGround {
  readonly secrets: AwsPart<"secrets"> | null;
  readonly buckets: Parts<AwsNatives, "bucket">;
  readonly databases: Parts<AwsNatives, "database">;
  readonly caches: Parts<AwsNatives, "cache">;
}

/** One document for each principal with all it may do, and AWS' own policy for session access. */
export function grants({ name, parent }: Scope, spec: GrantsSpec, on: GrantsOn): AwsPart<"grants"> {
  const { roles, exporters } = on.identities.native;
  const documents = Object.entries(spec.grants).flatMap(([principal, { trust, things }]) => {
    // A database reads by this role and writes by the other.
    const granted = trust === "database" ? narrowed(things, "read") : Object.values(things);
    const statements = granted.flatMap(grant => statementsOf(principal, grant, on));
    return statements.length === 0 ? [] : [[principal, statements] as const];
  });
  const policies = Object.fromEntries(
    documents.map(([principal, statements]) => [
      principal,
      new aws.iam.RolePolicy(`${name}-policy-${principal}`, { role: pick(roles, principal).id, policy: document(statements) }, { parent }),
    ]),
  );
  const exports = each(
    exporters,
    (principal, { id }) =>
      new aws.iam.RolePolicy(
        `${name}-export-${principal}`,
        {
          role: id,
          policy: document(narrowed(pick(spec.grants, principal).things, "write").flatMap(grant => statementsOf(principal, grant, on))),
        },
        { parent },
      ),
  );
  const administered = Object.entries(spec.grants).filter(([, { things }]) =>
    Object.values(things).some(({ thing }) => thing.kind === "session"),
  );
  const sessions = Object.fromEntries(
    administered.map(([principal]) => [
      principal,
      new aws.iam.RolePolicyAttachment(
        `${name}-session-${principal}`,
        { role: pick(roles, principal).name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        { parent },
      ),
    ]),
  );
  const of = each(spec.grants, principal =>
    [policies[principal], exports[principal], sessions[principal]].filter(right => right !== undefined),
  );
  return { native: { policies, of }, ready: Object.values(of).flat() };
}

const allow = (Action: readonly string[], Resource: NonNullable<Statement["Resource"]>): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});

const secretActions = {
  read: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
  write: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage", "secretsmanager:DescribeSecret"],
} as const;

/** Only databases come here for a bucket: hosts stand in the bucket's own policy. Exports never delete. */
const exchangeActions = {
  read: ["s3:GetObject", "s3:GetObjectVersion"],
  write: ["s3:PutObject", "s3:AbortMultipartUpload"],
} as const;

const metricActions = {
  read: [
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics",
    "cloudwatch:DescribeAlarms",
    "tag:GetResources",
  ],
  // The agent asks for its own tags and volumes, to say which group a figure belongs to.
  write: ["cloudwatch:PutMetricData", "ec2:DescribeTags", "ec2:DescribeVolumes"],
} as const;

const logActions = {
  read: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:DescribeLogStreams", "logs:StartQuery"],
  write: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
} as const;

const inventoryActions = [
  "ec2:DescribeInstances",
  "ec2:DescribeAvailabilityZones",
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeAutoScalingInstances",
] as const;

const both = (verb: Verb, actions: { readonly read: readonly string[]; readonly write: readonly string[] }): readonly string[] =>
  verb === "readWrite" ? [...new Set([...actions.read, ...actions.write])] : actions[verb];

const narrowed = (things: Readonly<Record<string, GrantSpec>>, verb: Verb): readonly GrantSpec[] =>
  Object.values(things).map(({ thing }) => ({ thing, verb }));

/** What one grant takes. Lists and figures have no address of their own at AWS, so they are granted on everything. */
function statementsOf(principal: string, { thing, verb }: GrantSpec, on: GrantsOn): readonly Statement[] {
  switch (thing.kind) {
    case "secret":
      return secretStatements(thing.name, verb, on);
    case "key":
      return [allow(keyActions[verb], present(keyArn(on, { purpose: thing.name, place: thing.place }), "key"))];
    case "bucket": {
      const { arn } = pick(on.buckets, thing.name).native.bucket;
      return [allow(both(verb, exchangeActions), pulumi.interpolate`${arn}/*`), allow(["s3:ListBucket", "s3:GetBucketLocation"], arn)];
    }
    case "database": {
      // The user in the engine bears the role's name. Replicas have it too, but each server is a resource of its own.
      const { instance, region } = pick(on.databases, thing.name).native;
      const { accountId } = on.foundation.native;
      return [
        allow(["rds-db:connect"], pulumi.interpolate`arn:aws:rds-db:${region}:${accountId}:dbuser:${instance.resourceId}/${principal}`),
      ];
    }
    case "metrics":
      return [allow(both(verb, metricActions), "*")];
    case "logs": {
      const arns = Object.values(on.logs.native.groups).flatMap(({ arn }) => [arn, pulumi.interpolate`${arn}:*`]);
      return [
        allow(both(verb, logActions), arns),
        ...(verb === "write" ? [] : [allow(["logs:GetQueryResults", "logs:DescribeLogGroups"], "*")]),
      ];
    }
    case "inventory":
      return [allow(inventoryActions, "*")];
    case "session":
      return [allow(["logs:DescribeLogGroups"], "*")]; // the rest is AWS' own policy, attached; the agent asks for the group before it writes a session into it
  }
}

/** A secret of the store, or the login that RDS keeps for a database, with the right to open it. */
function secretStatements(name: string, verb: Verb, on: GrantsOn): readonly Statement[] {
  const stored = present(on.secrets, "secret store").references[name];
  if (stored !== undefined) return [allow(both(verb, secretActions), stored)];
  const { secret, native } = pick(on.databases, name);
  const login = allow(both(verb, secretActions), present(secret, `login of ${name}`));
  return native.loginKeyArn === null ? [login] : [login, allow(keyActions.read, native.loginKeyArn)];
}
