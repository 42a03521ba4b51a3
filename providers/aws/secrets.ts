import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { SecretsSpec } from "../../components/secrets/model.ts";
import { each, keyArn, orNothing, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";

/** One secret for each name, with its first value. Values are write-only: the cloud's state of them is never read back. */
export function secrets(
  scope: Scope,
  spec: SecretsSpec,
  on: AwsGround & AwsSite & { readonly values: Readonly<Record<string, pulumi.Output<string>>> },
): AwsPart<"secrets"> {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const key = keyArn(on, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: spec.place });
  const made = each(
    spec.secrets,
    secret =>
      new aws.secretsmanager.Secret(
        `${name}-secret-${secret}`,
        {
          region,
          kmsKeyId: orNothing(key),
          recoveryWindowInDays: spec.recoveryDays,
          tags: tagged(scope, `${name}-secret-${secret}`),
        },
        { parent, protect: protection },
      ),
  );
  const versions = each(
    on.values,
    (secret, value) =>
      new aws.secretsmanager.SecretVersion(
        `${name}-version-${secret}`,
        {
          region,
          secretId: pick(made, secret).id,
          secretStringWo: value,
          secretStringWoVersion: pick(spec.secrets, secret).rotation + 1, // only a new number writes a new value; zero counts as absent
        },
        { parent },
      ),
  );
  return {
    references: each(made, (_, secret) => secret.arn),
    native: { secrets: made, keyArn: key },
    ready: [...Object.values(made), ...Object.values(versions)],
  };
}
