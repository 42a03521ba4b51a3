import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { servedAccount } from "./account.ts";
import { lock } from "./lock.ts";
import { homeOf, physical } from "./lookup.ts";
import type { OnGround } from "./natives.ts";
import { assign } from "./roles.ts";

/** All traffic of a network: raw into a small account beside it, and by traffic analytics into the stack's workspace. */
export function flowLog(scope: Scope, vnet: azure.network.VirtualNetwork, retentionDays: number, on: OnGround): void {
  const { name, parent, place, protection } = scope;
  const { stack } = on.foundation.native;
  const { workspace, region } = on.logs.native;
  const account = new azure.storage.StorageAccount(
    `${name}-flowaccount`,
    {
      ...homeOf(scope, on),
      ...servedAccount,
      accountName: physical([stack.system, "flow", place.key], 24, "", on),
      sku: { name: "Standard_LRS" },
    },
    { parent, protect: protection },
  );
  lock(scope, "flowaccount", account);
  // The account takes no shared key, so the log writes as an identity.
  const identity = new azure.managedidentity.UserAssignedIdentity(`${name}-flowidentity`, homeOf(scope, on), { parent });
  const right = assign(scope, "flowlog", { role: "blobWrite", to: identity, target: account.id }, on);
  new azure.network.FlowLog(
    `${name}-flowlog`,
    {
      // Azure makes one watcher a region, with this name, the first time a network appears there.
      resourceGroupName: "NetworkWatcherRG",
      networkWatcherName: `NetworkWatcher_${place.region}`,
      location: place.region,
      flowLogName: pulumi.interpolate`${stack.system}-${stack.environment}-${name}-${on.foundation.suffix}`,
      targetResourceId: vnet.id,
      storageId: account.id,
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { enabled: true, days: retentionDays },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: true,
          workspaceId: workspace.customerId,
          workspaceRegion: region,
          workspaceResourceId: workspace.id,
          trafficAnalyticsInterval: 10,
        },
      },
      tags: scope.tags,
    },
    { parent, dependsOn: right },
  );
}
