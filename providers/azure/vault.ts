import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { homeOf, physical } from "./lookup.ts";
import type { OnFoundation } from "./natives.ts";

interface VaultWanted {
  readonly location: string;
  readonly recoveryDays: number;
  /** Nobody can empty it before its days are over. Cannot be undone. */
  readonly purgeProtection: boolean;
}

/** Where programs and services ask a vault, in the public cloud. Built from names: a secret's own properties are all secret, the address among them. */
export const vaultUri = ({ name }: azure.keyvault.Vault): pulumi.Output<string> => pulumi.interpolate`https://${name}.vault.azure.net`;

/** A key vault that opens by role alone, and to nobody from outside but Azure's own services. */
export function closedVault(scope: Scope, wanted: VaultWanted, on: OnFoundation): azure.keyvault.Vault {
  const { name, parent, protection } = scope;
  const { account, stack } = on.foundation.native;
  return new azure.keyvault.Vault(
    `${name}-vault`,
    {
      ...homeOf(scope, on),
      location: wanted.location,
      vaultName: physical([stack.system, name], 24, "-", on),
      properties: {
        tenantId: account.azureTenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: wanted.recoveryDays, // Azure takes 7 to 90
        ...(wanted.purgeProtection ? { enablePurgeProtection: true } : {}), // Azure refuses the word false
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        publicNetworkAccess: "Disabled",
        networkAcls: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [], virtualNetworkRules: [] },
      },
    },
    { parent, protect: protection, ignoreChanges: ["properties.accessPolicies"] }, // empty under RBAC; a refresh would show them
  );
}

/** The provider deletes keys and secrets by the vault's own door, which is closed: unlocked, they go with the vault. What is protected goes with nothing. */
export const goesWith = (vault: azure.keyvault.Vault, protection: boolean): { readonly deletedWith?: azure.keyvault.Vault } =>
  protection ? {} : { deletedWith: vault };
