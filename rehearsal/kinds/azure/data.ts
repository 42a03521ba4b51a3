/** What the simulated Azure knows of what holds data: vaults, accounts, database servers, caches, logs. */
import { guidOf, onlyOne, type Row, textAt } from "./arm.ts";

/** The name is one of all customers'. */
const global = ({ name }: { readonly name: string }): string => name;

/** Rules as they were asked for, each with the number that Azure gives it. */
const numbered = (rules: unknown, number: (place: number) => string): readonly unknown[] =>
  Array.isArray(rules) ? rules.map((rule, place) => ({ ruleId: number(place), ...rule })) : [];

/**
 * Keys and secrets are made by the management plane, but the provider deletes them by the data plane, where a closed vault lets nobody in from
 * outside its network: `custom_keyvault.go` of pulumi-azure-native, read 2026-11-21.
 */
const keptByVault: NonNullable<Row["keeps"]> = ({ vaultName }, _held, others) => {
  const vault = others.find(({ type, inputs }) => type === "azure-native:keyvault:Vault" && inputs.vaultName === vaultName);
  return vault !== undefined && textAt(vault.inputs, "properties.publicNetworkAccess") === "Disabled"
    ? "the provider deletes it through its vault's public side, which is closed"
    : null;
};

/** Key Vault Crypto Service Encryption User. */
const encryption = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

/** A service that fetches a key as an identity is refused while that identity may use no key. */
const asksForKey =
  (identityPath: string): NonNullable<Row["asks"]> =>
  (inputs, others) => {
    const identity = others.find(({ id }) => id === textAt(inputs, identityPath));
    const may = others.some(
      ({ type, inputs: right }) =>
        type === "azure-native:authorization:RoleAssignment" &&
        right.principalId === identity?.filled.principalId &&
        textAt(right, "roleDefinitionId").endsWith(encryption),
    );
    return identity === undefined || may ? null : `${identity.id} may not use the key`;
  };

export const data = {
  "azure-native:dbformysql:Configuration": {
    path: "Microsoft.DBforMySQL/flexibleServers/{serverName}/configurations/{configurationName}",
    resets: true,
  },
  "azure-native:dbformysql:Database": { path: "Microsoft.DBforMySQL/flexibleServers/{serverName}/databases/{databaseName}" },
  "azure-native:dbformysql:Server": {
    path: "Microsoft.DBforMySQL/flexibleServers/{serverName}",
    asks: asksForKey("dataEncryption.primaryUserAssignedIdentityId"),
    unique: global,
    outputs: ({ name }) => ({ fullyQualifiedDomainName: `${name}.mysql.database.azure.com` }),
  },
  "azure-native:dbforpostgresql:Configuration": {
    path: "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/configurations/{configurationName}",
    resets: true,
  },
  "azure-native:dbforpostgresql:Database": { path: "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/databases/{databaseName}" },
  "azure-native:dbforpostgresql:Server": {
    path: "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}",
    asks: asksForKey("dataEncryption.primaryUserAssignedIdentityId"),
    unique: global,
    outputs: ({ name }) => ({ fullyQualifiedDomainName: `${name}.postgres.database.azure.com` }),
  },
  // Deleted, a vault and what is in it can be called back for days, and hold their names: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
  "azure-native:keyvault:Key": {
    path: "Microsoft.KeyVault/vaults/{vaultName}/keys/{keyName}",
    keeps: keptByVault,
    remains: true,
    outputs: ({ name, inputs, hex }) => {
      const keyUri = `https://${textAt(inputs, "vaultName")}.vault.azure.net/keys/${name}`;
      return { keyUri, keyUriWithVersion: `${keyUri}/${hex(32, "version")}` };
    },
  },
  "azure-native:keyvault:Secret": {
    path: "Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}",
    keeps: keptByVault,
    remains: true,
    secrets: ["properties"], // the value is one of them, so all are
    outputs: ({ name, inputs, hex }) => {
      const secretUri = `https://${textAt(inputs, "vaultName")}.vault.azure.net/secrets/${name}`;
      return { properties: { secretUri, secretUriWithVersion: `${secretUri}/${hex(32, "version")}` } };
    },
  },
  "azure-native:keyvault:Vault": {
    path: "Microsoft.KeyVault/vaults/{vaultName}",
    unique: global,
    remains: true,
    contains: true,
    outputs: ({ name }) => ({ properties: { vaultUri: `https://${name}.vault.azure.net/` } }),
  },
  "azure-native:operationalinsights:Workspace": {
    path: "Microsoft.OperationalInsights/workspaces/{workspaceName}",
    outputs: birth => ({ customerId: guidOf(birth, "customer") }),
  },
  "azure-native:redisenterprise:Database": { path: "Microsoft.Cache/redisEnterprise/{clusterName}/databases/{databaseName}" },
  "azure-native:redisenterprise:RedisEnterprise": {
    path: "Microsoft.Cache/redisEnterprise/{clusterName}",
    asks: asksForKey("encryption.customerManagedKeyEncryption.keyEncryptionKeyIdentity.userAssignedIdentityResourceId"),
    unique: onlyOne("clusterName", "location"), // the region is part of its host name
    outputs: ({ name, inputs }) => ({ hostName: `${name}.${textAt(inputs, "location")}.redis.azure.net` }),
  },
  "azure-native:storage:BlobContainer": {
    path: "Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}",
  },
  "azure-native:storage:BlobServiceProperties": {
    path: "Microsoft.Storage/storageAccounts/{accountName}/blobServices/{blobServicesName}",
    resets: true,
  },
  "azure-native:storage:ManagementPolicy": {
    path: "Microsoft.Storage/storageAccounts/{accountName}/managementPolicies/{managementPolicyName}",
  },
  "azure-native:storage:ObjectReplicationPolicy": {
    path: "Microsoft.Storage/storageAccounts/{accountName}/objectReplicationPolicies/{objectReplicationPolicyId}",
    // Asked for "default", Azure draws a number of its own.
    called: birth => (birth.name === "default" ? guidOf(birth, "policy") : birth.name),
    outputs: birth => ({
      policyId: birth.name === "default" ? guidOf(birth, "policy") : birth.name,
      rules: numbered(birth.inputs.rules, place => guidOf(birth, `rule ${place}`)),
    }),
  },
  "azure-native:storage:StorageAccount": {
    path: "Microsoft.Storage/storageAccounts/{accountName}",
    asks: asksForKey("encryption.encryptionIdentity.encryptionUserAssignedIdentity"),
    unique: global,
    outputs: ({ name }) => ({ primaryEndpoints: { blob: `https://${name}.blob.core.windows.net/` } }),
    keeps: ({ immutableStorageWithVersioning: lock }, held) =>
      lock === undefined || held === 0 ? null : "it holds objects that may not be deleted before their days are over",
  },
} satisfies Readonly<Record<string, Row>>;
