/**
 * Azure has no schedule on a disk: Azure Backup takes the snapshots, by a policy of a vault, as the vault's own identity.
 * They stay disks' snapshots in a resource group; the vault itself holds no data.
 */
import * as azure from "@pulumi/azure-native";
import type { MachineSpec } from "../../components/compute/model.ts";
import type { Scope } from "../../components/contract.ts";
import { timeouts } from "./facts/timeouts.ts";
import { groupOf, homeOf, physical } from "./lookup.ts";
import type { By, OnFoundation } from "./natives.ts";
import { assign } from "./roles.ts";

const store = { dataStoreType: "OperationalStore", objectType: "DataStoreInfoBase" };

/** Snapshots of every data disk of a machine. */
export function snapshots(scope: Scope, spec: MachineSpec, disks: By<azure.compute.Disk>, on: OnFoundation): void {
  const group = groupOfSnapshots(scope, on);
  const vault = backupVault(scope, on);
  const policy = backupPolicy(scope, spec, vault, on);
  const to = { principalId: vault.identity.apply(principalOf) };
  const write = assign(scope, "snapshots", { role: "snapshotWrite", to, target: group.id }, on);
  for (const [key, disk] of Object.entries(disks)) {
    const read = assign(scope, `volume-${key}`, { role: "diskBackup", to, target: disk.id }, on);
    backup(scope, key, { disk, vault, policy, group, rights: [write, read] }, on);
  }
}

/** A group of its own: the right to keep snapshots reaches the storage accounts and keys of the group it is given on. */
function groupOfSnapshots({ name, parent, place, tags, protection }: Scope, on: OnFoundation): azure.resources.ResourceGroup {
  const { system, environment } = on.foundation.native.stack;
  return new azure.resources.ResourceGroup(
    `${name}-snapshots`,
    { resourceGroupName: physical([system, environment, name, "snapshots"], 90, "-", on), location: place.region, tags },
    { parent, protect: protection },
  );
}

/** Never immutable for good: a locked vault cannot be destroyed. */
function backupVault(scope: Scope, on: OnFoundation): azure.dataprotection.BackupVault {
  const { name, parent, protection } = scope;
  const { system } = on.foundation.native.stack;
  return new azure.dataprotection.BackupVault(
    `${name}-backupvault`,
    {
      ...homeOf(scope, on),
      vaultName: physical([system, name, "backups"], 50, "-", on),
      identity: { type: "SystemAssigned" },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }], // nothing is kept in it
        securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
        monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
      },
    },
    { parent, protect: protection, customTimeouts: timeouts.vault },
  );
}

function backupPolicy(
  { name, parent, place }: Scope,
  { snapshots: { everyHours, keepDays } }: MachineSpec,
  vault: azure.dataprotection.BackupVault,
  on: OnFoundation,
): azure.dataprotection.BackupPolicy {
  const every = everyHours === 24 ? "P1D" : `PT${everyHours}H`;
  return new azure.dataprotection.BackupPolicy(
    `${name}-backuppolicy`,
    {
      ...groupOf({ place }, on),
      vaultName: vault.name,
      properties: {
        objectType: "BackupPolicy",
        datasourceTypes: ["Microsoft.Compute/disks"],
        policyRules: [
          {
            name: "Regular",
            objectType: "AzureBackupRule",
            backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
            dataStore: store,
            trigger: {
              objectType: "ScheduleBasedTriggerContext",
              schedule: { repeatingTimeIntervals: [`R/2026-01-01T03:00:00+00:00/${every}`] },
              taggingCriteria: [{ tagInfo: { tagName: "Default" }, taggingPriority: 99, isDefault: true }],
            },
          },
          {
            name: "Default",
            objectType: "AzureRetentionRule",
            isDefault: true,
            lifecycles: [{ sourceDataStore: store, deleteAfter: { objectType: "AbsoluteDeleteOption", duration: `P${keepDays}D` } }],
          },
        ],
      },
    },
    { parent, replaceOnChanges: ["properties.policyRules"] }, // Azure changes no policy of disks; the disks go over to the new one, and keep what they have
  );
}

interface Wanted {
  readonly disk: azure.compute.Disk;
  readonly vault: azure.dataprotection.BackupVault;
  readonly policy: azure.dataprotection.BackupPolicy;
  readonly group: azure.resources.ResourceGroup;
  readonly rights: readonly azure.authorization.RoleAssignment[];
}

/** One disk under the policy. Deleting it deletes the snapshots, so it is protected as the disk is. */
function backup(
  { name, parent, place, tags, protection }: Scope,
  key: string,
  { disk, vault, policy, group, rights }: Wanted,
  on: OnFoundation,
): azure.dataprotection.BackupInstance {
  return new azure.dataprotection.BackupInstance(
    `${name}-backup-${key}`,
    {
      ...groupOf({ place }, on),
      vaultName: vault.name,
      properties: {
        objectType: "BackupInstance",
        friendlyName: disk.name,
        dataSourceInfo: {
          objectType: "Datasource",
          datasourceType: "Microsoft.Compute/disks",
          resourceType: "Microsoft.Compute/disks",
          resourceID: disk.id,
          resourceUri: disk.id,
          resourceName: disk.name,
          resourceLocation: place.region,
        },
        policyInfo: {
          policyId: policy.id,
          policyParameters: {
            dataStoreParametersList: [
              { objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore", resourceGroupId: group.id },
            ],
          },
        },
      },
      tags,
    },
    { parent, protect: protection, dependsOn: [...rights], customTimeouts: timeouts.vault },
  );
}

function principalOf(identity: { readonly principalId: string } | undefined): string {
  if (identity === undefined) throw new Error("the vault has no identity of its own");
  return identity.principalId;
}
