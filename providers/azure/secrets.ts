import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { SecretsSpec } from "../../components/secrets/model.ts";
import { lock } from "./lock.ts";
import { each, groupOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { privateEndpoint } from "./private-endpoint.ts";
import { closedVault, goesWith, vaultUri } from "./vault.ts";

/** A vault of its own, reached from within the network alone. Values go in by the management plane, so the deployer needs no way in. */
export function secrets(scope: Scope, spec: SecretsSpec, on: On<"secrets">): Out<"secrets"> {
  const { place, protection } = scope;
  const vault = closedVault(scope, { location: place.region, recoveryDays: spec.recoveryDays, purgeProtection: protection }, on);
  const door = () =>
    privateEndpoint(
      scope,
      { service: "vault", target: vault, peer: pick(on.peers.native.groups, "endpoints"), subnets: spec.subnets },
      [],
      on,
    );
  const endpoint = spec.subnets.length === 0 ? [] : [door()];
  const { resourceGroupName } = groupOf(scope, on);
  const native = { vault, resourceGroupName };
  const made = each(spec.secrets, key => vaultSecret(scope, key, pick(on.values, key), native, []));
  lock(scope, "vault", vault);
  return {
    references: each(made, (_, secret) => referenceOf(vault, secret)),
    native,
    ready: [vault, ...Object.values(made), ...endpoint],
  };
}

/** What a program hands to the vault to read the newest value. */
export const referenceOf = (vault: azure.keyvault.Vault, secret: azure.keyvault.Secret): pulumi.Output<string> =>
  pulumi.interpolate`${vaultUri(vault)}/secrets/${secret.name}`;

/** One value in the store. The SDK has no write-only argument for it; it is a secret in state, and never read back. */
export function vaultSecret(
  { name, parent, tags, protection }: Scope,
  key: string,
  value: pulumi.Output<string>,
  { vault, resourceGroupName }: Out<"secrets">["native"],
  after: readonly pulumi.Resource[],
): azure.keyvault.Secret {
  return new azure.keyvault.Secret(
    `${name}-secret-${key}`,
    {
      resourceGroupName,
      vaultName: vault.name,
      secretName: key,
      properties: { value, contentType: "application/json", attributes: { enabled: true } },
      tags,
    },
    { parent, protect: protection, dependsOn: [...after], ...goesWith(vault, protection) },
  );
}
