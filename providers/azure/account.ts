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
  // Azure's own log and replication services stay let in when the public side is off.
  networkRuleSet: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [], virtualNetworkRules: [] },
  encryption: {
    keySource: "Microsoft.Storage",
    requireInfrastructureEncryption: true, // at birth or never
    services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
  },
} satisfies Partial<azure.storage.StorageAccountArgs>;
