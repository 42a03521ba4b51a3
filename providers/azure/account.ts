import type * as azure from "@pulumi/azure-native";

/** What every storage account of a stack is: closed to the public, to keys and to old TLS. */
export const closedAccount = {
  kind: "StorageV2",
  accessTier: "Hot",
  minimumTlsVersion: "TLS1_2",
  enableHttpsTrafficOnly: true,
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false, // a key is a password that opens everything and names nobody
  defaultToOAuthAuthentication: true,
  allowCrossTenantReplication: false,
  allowedCopyScope: "AAD",
  isLocalUserEnabled: false,
  isSftpEnabled: false,
  enableNfsV3: false,
  isHnsEnabled: false,
  publicNetworkAccess: "Disabled",
  networkRuleSet: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [], virtualNetworkRules: [] },
  encryption: {
    keySource: "Microsoft.Storage",
    requireInfrastructureEncryption: true, // at birth or never
    services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
  },
} satisfies Partial<azure.storage.StorageAccountArgs>;

/**
 * An account that Azure's own services write into. With the public side switched off whole they are shut out too
 * (storage-network-security-set-default-access); left on, it answers nobody but them, since its rules list nobody.
 */
export const servedAccount = { ...closedAccount, publicNetworkAccess: "Enabled" } satisfies Partial<azure.storage.StorageAccountArgs>;

/** An account that Front Door reads over the public side: any network may ask, and nobody is answered without a token of the directory. */
export const readAccount = {
  ...servedAccount,
  networkRuleSet: { ...closedAccount.networkRuleSet, defaultAction: "Allow" },
} satisfies Partial<azure.storage.StorageAccountArgs>;
