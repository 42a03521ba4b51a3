import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import type { KeySpec, KeysSpec } from "../../components/keys/model.ts";
import { lock } from "./lock.ts";
import { each, groupOf, homeOf } from "./lookup.ts";
import type { By, On, Out } from "./natives.ts";
import { assign } from "./roles.ts";
import { closedVault, goesWith } from "./vault.ts";

/** A vault with a key for each purpose, and the identity by which Azure's services wrap and unwrap with them. */
export function keys(scope: Scope, spec: KeysSpec, on: On<"keys">): Out<"keys"> {
  const { name, parent, protection } = scope;
  const { location } = spec;
  // Purge protection whatever the environment: databases, accounts and disks refuse a key without it.
  const vault = closedVault(scope, { location, recoveryDays: spec.deletionDays, purgeProtection: true }, on);
  const identity = new azure.managedidentity.UserAssignedIdentity(
    `${name}-identity`,
    { ...homeOf(scope, on), location },
    { parent, protect: protection },
  );
  const right = assign(scope, "services", { role: "encryption", to: identity, target: vault.id }, on);
  const made = each(
    spec.keys,
    (purpose, key) =>
      new azure.keyvault.Key(
        // Pulumi's name: a deleted key keeps a fixed one until its days are over.
        `${name}-key-${purpose}`,
        {
          ...groupOf(scope, on),
          vaultName: vault.name,
          properties: {
            kty: "RSA",
            keySize: 3072,
            keyOps: ["encrypt", "decrypt", "wrapKey", "unwrapKey"],
            attributes: { enabled: true },
            // No expiry: an expired version locks everybody out of what it encrypted.
            rotationPolicy: { lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${key.rotationDays}D` } }] },
          },
          tags: scope.tags,
        },
        { parent, protect: protection, ...goesWith(vault, protection) },
      ),
  );
  const diskSets = each(
    forDisks(spec.keys, made),
    (purpose, key) =>
      new azure.compute.DiskEncryptionSet(
        `${name}-diskset-${purpose}`,
        {
          ...homeOf(scope, on),
          location,
          encryptionType: "EncryptionAtRestWithCustomerKey",
          identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
          activeKey: { keyUrl: key.keyUriWithVersion, sourceVault: { id: vault.id } }, // the version is demanded; the next line moves it on
          rotationToLatestKeyVersionEnabled: true,
        },
        { parent, protect: protection, dependsOn: right },
      ),
  );
  lock(scope, "vault", vault);
  return {
    keyIds: each(made, (_, key) => key.keyUri),
    native: { vault, keys: made, identity, diskSets },
    ready: [right, ...Object.values(made), ...Object.values(diskSets)],
  };
}

/** Disks take a key by way of a set of their own. */
const forDisks = (specs: By<KeySpec>, made: By<azure.keyvault.Key>): By<azure.keyvault.Key> =>
  Object.fromEntries(Object.entries(made).filter(([purpose]) => specs[purpose]?.users.includes("compute")));
