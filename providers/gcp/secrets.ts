import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { SecretsSpec } from "../../components/secrets/model.ts";
import { ownKey, secondsOf } from "./lookup.ts";
import type { On, Out, SecretSettings } from "./natives.ts";

/** An empty secret. Its value is kept in the place's region alone: automatic replication would spread it over the world. */
export function emptySecret(
  { name, parent, place, tags, protection }: Scope,
  part: string,
  settings: SecretSettings,
  ready: readonly pulumi.Resource[],
): gcp.secretmanager.Secret {
  return new gcp.secretmanager.Secret(
    `${name}-${part}`,
    {
      replication: {
        userManaged: {
          replicas: [
            {
              location: place.region,
              customerManagedEncryption: settings.kmsKeyName === undefined ? undefined : { kmsKeyName: settings.kmsKeyName },
            },
          ],
        },
      },
      versionDestroyTtl: secondsOf(settings.recoveryDays),
      deletionProtection: protection,
      labels: tags,
    },
    { parent, protect: protection, dependsOn: [...ready] },
  );
}

/** What a program passes to `accessSecretVersion`. */
export const latestOf = (secret: gcp.secretmanager.Secret): pulumi.Output<string> => pulumi.interpolate`${secret.id}/versions/latest`;

/** A secret and its version per value. Values are write-only: they reach no state. */
export function secrets(scope: Scope, spec: SecretsSpec, on: On<"secrets">): Out<"secrets"> {
  const key = ownKey(on.keys, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: spec.place });
  const settings = { kmsKeyName: key.id, recoveryDays: spec.recoveryDays };
  const made = Object.entries(spec.secrets).map(([name, { rotation }]) => {
    const secret = emptySecret(scope, `secret-${name}`, settings, [...on.foundation.ready, ...key.ready]);
    const version = new gcp.secretmanager.SecretVersion(
      `${scope.name}-version-${name}`,
      {
        secret: secret.id,
        secretDataWo: pick(on.values, name),
        secretDataWoVersion: rotation + 1, // zero would read as unset, and the first rotation as no change
      },
      { parent: scope.parent },
    );
    return { name, secret, version };
  });
  return {
    references: Object.fromEntries(made.map(({ name, secret }) => [name, latestOf(secret)])),
    native: { secrets: Object.fromEntries(made.map(({ name, secret }) => [name, secret])), settings },
    ready: made.flatMap(({ secret, version }) => [secret, version]),
  };
}
