import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { groupOf } from "./lookup.ts";
import type { On } from "./natives.ts";

/**
 * A subnet for one of Azure's own services, by the name that the service demands. After every other subnet: the network takes one change
 * at a time. A gateway's subnet may have no security group at all.
 */
export const serviceSubnet = (
  scope: Scope,
  called: "AzureBastionSubnet" | "GatewaySubnet",
  range: string,
  guard: azure.network.NetworkSecurityGroup | null,
  after: readonly pulumi.Resource[],
  on: On<"entry">,
): azure.network.Subnet =>
  new azure.network.Subnet(
    `${scope.name}-subnet-${called === "GatewaySubnet" ? "gateway" : "session"}`,
    {
      ...groupOf(scope, on),
      virtualNetworkName: on.network.native.vnet.name,
      subnetName: called,
      addressPrefix: range,
      defaultOutboundAccess: false, // at birth or never; the service has addresses of its own
      ...(guard === null ? {} : { networkSecurityGroup: { id: guard.id } }),
    },
    { parent: scope.parent, protect: scope.protection, dependsOn: [...after] },
  );
