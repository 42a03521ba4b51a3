import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { KeySpec, KeysSpec, KeyUser } from "../../components/keys/model.ts";
import { each, physicalName, tagged } from "./lookup.ts";
import type { AwsPart } from "./natives.ts";
import { document, keyActions, type Statement } from "./policies.ts";

/** A key for each purpose, with one policy document and an alias that people read. */
export function keys(scope: Scope, spec: KeysSpec, on: { readonly foundation: AwsPart<"foundation"> }): AwsPart<"keys"> {
  const { name, parent, protection } = scope;
  const region = spec.location;
  const made = each(
    spec.keys,
    (purpose, key) =>
      new aws.kms.Key(
        `${name}-key-${purpose}`,
        {
          region,
          description: `Encrypts ${purpose} of ${pick(scope.tags, "system")}`,
          enableKeyRotation: true,
          rotationPeriodInDays: key.rotationDays,
          deletionWindowInDays: spec.deletionDays,
          multiRegion: false, // a replica cannot be told apart from its source when one of them leaks
          policy: document(statements(key, on.foundation.native.accountId, region)),
          tags: tagged(scope, `${name}-key-${purpose}`),
        },
        { parent, protect: protection },
      ),
  );
  const aliases = each(
    made,
    (purpose, key) =>
      new aws.kms.Alias(
        `${name}-alias-${purpose}`,
        { region, name: pulumi.interpolate`alias/${physicalName(scope, 200)}-${purpose}-${on.foundation.suffix}`, targetKeyId: key.id },
        { parent },
      ),
  );
  return {
    keyIds: each(made, (_, key) => key.arn),
    native: { keys: made },
    ready: [...Object.values(made), ...Object.values(aliases)],
  };
}

/**
 * Who may use a key besides those whom IAM lets. Databases, caches, buckets and secret stores take the caller's own right
 * or keep a grant, so the account's statement is all they need; these three act by themselves.
 */
function statements(key: KeySpec, accountId: string, region: string): readonly Statement[] {
  const autoScaling = `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  // Named as a principal, the service-linked role would have to exist already, and in a new account the first group makes it: so it is a condition.
  const asAutoScaling = { StringEquals: { "kms:CallerAccount": accountId }, ArnEquals: { "aws:PrincipalArn": autoScaling } };
  const byUser: Readonly<Record<KeyUser, readonly Statement[]>> = {
    compute: [
      {
        Sid: "AutoScalingUse",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: keyActions.readWrite,
        Resource: "*",
        Condition: asAutoScaling,
      },
      {
        Sid: "AutoScalingGrant",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "kms:CreateGrant",
        Resource: "*",
        Condition: { ...asAutoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ],
    database: [],
    cache: [],
    storage: [],
    secrets: [],
    logs: [
      {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: keyActions.readWrite,
        Resource: "*",
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*` } },
      },
    ],
    cdn: [
      {
        Sid: "Cdn",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: keyActions.read,
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${accountId}:distribution/*` } },
      },
    ],
  };
  const account: Statement = {
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return [account, ...key.users.flatMap(user => byUser[user])];
}
