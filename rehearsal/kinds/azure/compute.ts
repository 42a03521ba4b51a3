/** What the simulated Azure knows of machines, their disks and snapshots, and of who may do what. */
import { guidOf, onlyOne, type Row, textAt, underSubscription, upon } from "./arm.ts";

export const compute = {
  "azure-native:authorization:ManagementLockByScope": {
    path: "Microsoft.Authorization/locks/{lockName}",
    under: upon("scope"),
  },
  "azure-native:authorization:RoleAssignment": {
    path: "Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    under: upon("scope"),
    // RoleAssignmentExists, whatever its name.
    unique: onlyOne("scope", "roleDefinitionId", "principalId"),
  },
  "azure-native:authorization:RoleDefinition": {
    path: "Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
    under: underSubscription, // as Azure answers, wherever it may be assigned
    unique: onlyOne("roleName"), // one of a kind in the directory
  },
  "azure-native:compute:Disk": { path: "Microsoft.Compute/disks/{diskName}" },
  "azure-native:compute:DiskEncryptionSet": { path: "Microsoft.Compute/diskEncryptionSets/{diskEncryptionSetName}" },
  "azure-native:compute:VirtualMachine": {
    path: "Microsoft.Compute/virtualMachines/{vmName}",
    unique: onlyOne("networkProfile.networkInterfaces.0.id"), // an interface hangs on one machine at a time
    outputs: birth => ({ vmId: guidOf(birth, "machine") }),
  },
  "azure-native:compute:VirtualMachineScaleSet": {
    path: "Microsoft.Compute/virtualMachineScaleSets/{vmScaleSetName}",
    outputs: birth => ({ uniqueId: guidOf(birth, "set") }),
  },
  "azure-native:dataprotection:BackupInstance": {
    path: "Microsoft.DataProtection/backupVaults/{vaultName}/backupInstances/{backupInstanceName}",
    unique: onlyOne("properties.dataSourceInfo.resourceID"), // a disk is in one backup
    // UserErrorMissingPermission: the vault reads the disk and writes into the group, as itself.
    asks: (inputs, others) => {
      const vault = others.find(
        ({ type, filled }) => type === "azure-native:dataprotection:BackupVault" && filled.name === inputs.vaultName,
      );
      const principal = vault === undefined ? "" : textAt(vault.filled, "identity.principalId");
      const rights = others.filter(({ type, inputs: right }) => type.endsWith(":RoleAssignment") && right.principalId === principal);
      const scopes = ["dataSourceInfo.resourceID", "policyInfo.policyParameters.dataStoreParametersList.0.resourceGroupId"];
      const missing = scopes
        .map(path => textAt(inputs, `properties.${path}`))
        .filter(scope => !rights.some(({ inputs: right }) => right.scope === scope));
      return missing.length === 0 ? null : `its vault has no right on ${missing.join(", ")}`;
    },
  },
  "azure-native:dataprotection:BackupPolicy": {
    path: "Microsoft.DataProtection/backupVaults/{vaultName}/backupPolicies/{backupPolicyName}",
  },
  "azure-native:dataprotection:BackupVault": {
    path: "Microsoft.DataProtection/backupVaults/{vaultName}",
    // Soft delete is for what a vault itself holds, which snapshots of disks are not: https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about
    keeps: (_inputs, held) => (held === 0 ? null : "it holds backup data"),
    outputs: birth =>
      textAt(birth.inputs, "identity.type").includes("SystemAssigned") ? { identity: { principalId: guidOf(birth, "principal") } } : {},
  },
  "azure-native:managedidentity:UserAssignedIdentity": {
    path: "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
    outputs: birth => ({ clientId: guidOf(birth, "client"), principalId: guidOf(birth, "principal") }),
  },
  "azure-native:monitor:AutoscaleSetting": {
    path: "Microsoft.Insights/autoscaleSettings/{autoscaleSettingName}",
    unique: onlyOne("targetResourceUri"), // a target has one
  },
  "azure-native:monitor:DiagnosticSetting": {
    path: "Microsoft.Insights/diagnosticSettings/{name}",
    under: upon("resourceUri"),
  },
} satisfies Readonly<Record<string, Row>>;
