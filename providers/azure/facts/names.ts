/**
 * What Azure lets a name be, for the kinds this program creates. Names of keyVault, bucket (a storage account), servers and redis are global.
 * Most names ignore case; patterns follow the page's "valid characters". Read 2026-11-21 in MicrosoftDocs/azure-docs@0010dc2 (page of 2020-02);
 * not read in that copy but recalled: privateEndpoint, vaultItem, database, networkPart, backupPolicy, lock, monitorSetting, roleTitle
 * and the hyphen of disk and diskEncryptionSet.
 */
import type { NameRule } from "../../../components/kernel/tables.ts";

const rules = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";

/** Alphanumeric start; alphanumeric or underscore end (narrower than machines allow). */
const networked = /^[A-Za-z0-9](?:[\w.-]*\w)?$/;
/** Lower-case letters, digits and single hyphens, no hyphen at either end. */
const dashed = /^[a-z0-9](?:-?[a-z0-9])*$/;

export const names = {
  resourceGroup: { min: 1, max: 90, pattern: /^[\w().-]*[\w()-]$/, source: rules },
  keyVault: { min: 3, max: 24, pattern: /^[A-Za-z](?:-?[A-Za-z0-9])*$/, source: rules },
  // Keys and secrets.
  vaultItem: { min: 1, max: 127, pattern: /^[A-Za-z0-9-]+$/, source: rules },
  // A storage account: every bucket is one.
  bucket: { min: 3, max: 24, pattern: /^[a-z0-9]+$/, source: rules },
  container: { min: 3, max: 63, pattern: dashed, source: rules },
  postgresServer: { min: 3, max: 63, pattern: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, source: rules },
  mysqlServer: { min: 3, max: 63, pattern: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, source: rules },
  // The narrower of the two engines.
  database: { min: 1, max: 63, pattern: /^[a-z_][a-z0-9_]*$/, source: rules },
  redis: {
    min: 1,
    max: 60,
    pattern: /^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/,
    source: "https://learn.microsoft.com/rest/api/redis/redisenterprisecache/redis-enterprise/create (clusterName)",
  },
  network: { min: 2, max: 64, pattern: networked, source: rules },
  networkSecurityGroup: { min: 1, max: 80, pattern: networked, source: rules },
  // Application security groups, rules, subnets, route tables, gateways, addresses, interfaces, links of zones, flow logs.
  networkPart: { min: 1, max: 80, pattern: networked, source: rules },
  privateEndpoint: { min: 2, max: 64, pattern: networked, source: rules },
  scaleSet: { min: 1, max: 64, pattern: networked, source: rules },
  // Linux takes more, Windows nine; the reference of the API says 1 to 15 for all.
  scaleSetPrefix: {
    min: 1,
    max: 15,
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/,
    source: "https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-sets/create-or-update (computerNamePrefix)",
  },
  virtualMachine: { min: 1, max: 64, pattern: networked, source: rules },
  // Host name of a Linux machine; one label, so that it is also a DNS name.
  computerName: { min: 1, max: 63, pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/, source: rules },
  backupVault: {
    min: 2,
    max: 50,
    pattern: /^[A-Za-z](?:-?[A-Za-z0-9])*$/,
    source:
      "https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update (2 to 50: hashicorp/terraform-provider-azurerm@021447d)",
  },
  // Of policies; nothing is published on the names of what a policy backs up, which are held to the same.
  backupPolicy: {
    min: 3,
    max: 150,
    pattern: /^[A-Za-z0-9-]+$/,
    source:
      "https://learn.microsoft.com/rest/api/dataprotection/backup-policies/create-or-update (3 to 150: hashicorp/terraform-provider-azurerm)",
  },
  // Profiles, custom domains and security policies of Front Door.
  cdnPart: { min: 1, max: 260, pattern: /^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/, source: rules },
  cdnEndpoint: {
    min: 2,
    max: 46,
    pattern: /^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/,
    source:
      "https://learn.microsoft.com/rest/api/frontdoor/azurefrontdoorstandardpremium/afd-endpoints/create (2 to 46: hashicorp/terraform-provider-azurerm)",
  },
  // Origins, origin groups and routes.
  cdnShort: {
    min: 1,
    max: 90,
    pattern: /^[A-Za-z0-9](?:-?[A-Za-z0-9])*$/,
    source: "https://github.com/hashicorp/terraform-provider-azurerm (validate/front_door_*_name)",
  },
  // Rule sets and rules: no dashes.
  cdnRule: {
    min: 1,
    max: 60,
    pattern: /^[A-Za-z][A-Za-z0-9]*$/,
    source: "https://github.com/hashicorp/terraform-provider-azurerm (validate/front_door_rule_set_name)",
  },
  managedIdentity: { min: 3, max: 128, pattern: /^[A-Za-z0-9][\w-]*$/, source: rules },
  workspace: { min: 4, max: 63, pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/, source: rules },
  disk: { min: 1, max: 80, pattern: /^[\w-]+$/, source: rules },
  diskEncryptionSet: { min: 1, max: 80, pattern: /^[\w-]+$/, source: rules },
  lock: { min: 1, max: 90, pattern: /^[\w().-]*[\w()-]$/, source: rules },
  // Of Front Door: letters and digits alone.
  frontPolicy: {
    min: 1,
    max: 128,
    pattern: /^[A-Za-z][A-Za-z0-9]*$/,
    source: "https://learn.microsoft.com/rest/api/frontdoorservice/webapplicationfirewall/policies/create-or-update (policyName)",
  },
  // Autoscale and diagnostic settings.
  monitorSetting: { min: 1, max: 260, pattern: /^[^*<>%{}&:\\?+/#|]*[^*<>%{}&:\\?+/#|. ]$/, source: rules },
  roleTitle: {
    min: 1,
    max: 512,
    pattern: /^[\w .()-]+$/,
    source: "https://learn.microsoft.com/azure/role-based-access-control/custom-roles#custom-role-properties (roleName)",
  },
} satisfies Record<string, NameRule>;
