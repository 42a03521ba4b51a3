/** Azure Bastion: people come by the portal or the command line to its public side, and from its own subnet to the hosts. */
import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { groupOf, homeOf, zonesOf } from "./lookup.ts";
import type { On } from "./natives.ts";
import { assign } from "./roles.ts";
import { serviceSubnet } from "./service-subnet.ts";

type Session = NonNullable<EntrySpec["session"]>;

export interface Sessions {
  readonly line: pulumi.Output<string>;
  readonly subnet: azure.network.Subnet;
  readonly ready: readonly pulumi.Resource[];
}

export function sessions(scope: Scope, spec: Session, range: string, on: On<"entry">): Sessions {
  const { name, parent, place, protection } = scope;
  const home = homeOf(scope, on);
  const guard = new azure.network.NetworkSecurityGroup(
    `${name}-guard`,
    { ...home, securityRules: guards, flushConnection: true },
    { parent, protect: protection },
  );
  const subnet = serviceSubnet(scope, "AzureBastionSubnet", range, guard, [...on.network.ready], on);
  const zones = zonesOf(place, Object.keys(place.zones));
  const address = new azure.network.PublicIPAddress(
    `${name}-address`,
    { ...home, sku: { name: "Standard", tier: "Regional" }, publicIPAllocationMethod: "Static", publicIPAddressVersion: "IPv4", zones },
    { parent, protect: protection },
  );
  const host = new azure.network.BastionHost(
    `${name}-bastion`,
    {
      ...home,
      sku: { name: spec.logs ? "Premium" : "Standard" },
      scaleUnits: 2, // the least, for about forty sessions at a time
      zones,
      ipConfigurations: [
        { name: "main", subnet: { id: subnet.id }, publicIPAddress: { id: address.id }, privateIPAllocationMethod: "Dynamic" },
      ],
      enableSessionRecording: spec.logs,
      enableTunneling: !spec.logs, // what the native client does is not recorded
      disableCopyPaste: true,
      enableFileCopy: false,
      enableIpConnect: false, // hosts by their name in Azure alone, so that its rights decide
      enableShareableLink: false,
      enableKerberos: false,
      enablePrivateOnlyBastion: false,
    },
    { parent, customTimeouts: timeouts.bastion },
  );
  const log = new azure.monitor.DiagnosticSetting(
    `${name}-bastion-log`,
    {
      name: "sessions",
      resourceUri: host.id,
      workspaceId: on.logs.native.workspace.id,
      logs: [{ categoryGroup: "allLogs", enabled: true }],
    },
    { parent },
  );
  return { line: lineOf(scope, spec, host, on), subnet, ready: [log, ...operators(scope, spec, on)] };
}

/** To open a session people read the host, its interface and the machine; what they do there is their key's matter. */
function operators(scope: Scope, { people }: Session, on: On<"entry">): readonly pulumi.Resource[] {
  const target = pick(on.foundation.native.groups, scope.place.key).id;
  return people.map(person => {
    const [kind = "", principalId = ""] = person.split(":");
    return assign(
      scope,
      `operator-${principalId}`,
      { role: "inventory", to: { principalId }, target, kind: kind === "group" ? "Group" : "User" },
      on,
    );
  });
}

/** The native client where it may be used, else the host's page, which lists the machines. */
function lineOf(scope: Scope, { roles, logs }: Session, host: azure.network.BastionHost, on: On<"entry">): pulumi.Output<string> {
  const { account } = on.foundation.native;
  const { resourceGroupName } = groupOf(scope, on);
  if (logs) return pulumi.interpolate`https://portal.azure.com/#@${account.azureTenantId}/resource${host.id}/overview`;
  const machine = pulumi.interpolate`$(az vm list --resource-group ${resourceGroupName} --query "[?tags.role=='${roles.slice(0, 1).join()}'].id | [0]" --output tsv)`;
  return pulumi.interpolate`az network bastion ssh --name ${host.name} --resource-group ${resourceGroupName} --target-resource-id ${machine} --auth-type ssh-key --username azureuser --ssh-key ~/.ssh/id_ed25519`;
}

const rule = (
  direction: "Inbound" | "Outbound",
  priority: number,
  name: string,
  source: string,
  destination: string,
  ports: readonly string[],
  access: "Allow" | "Deny" = "Allow",
): azure.types.input.network.SecurityRuleArgs => ({
  name,
  direction,
  priority,
  access,
  protocol: ports.includes("*") || ports.includes("5701") ? "*" : "Tcp",
  sourceAddressPrefix: source,
  sourcePortRange: "*",
  destinationAddressPrefix: destination,
  ...(ports.length === 1 ? { destinationPortRange: ports.join() } : { destinationPortRanges: [...ports] }),
});

/**
 * What Azure demands of this subnet, word for word, and nothing more: it refuses a host behind less. None of it opens a host of the
 * platform, whose own rules name this subnet. https://learn.microsoft.com/azure/bastion/bastion-nsg
 */
const guards = [
  rule("Inbound", 100, "people", "Internet", "*", ["443"]),
  rule("Inbound", 110, "management", "GatewayManager", "*", ["443"]),
  rule("Inbound", 120, "probes", "AzureLoadBalancer", "*", ["443"]),
  rule("Inbound", 130, "peers-in", "VirtualNetwork", "VirtualNetwork", ["8080", "5701"]),
  rule("Inbound", 4096, "deny-in", "*", "*", ["*"], "Deny"),
  rule("Outbound", 100, "hosts", "*", "VirtualNetwork", ["22", "3389"]),
  rule("Outbound", 110, "azure", "*", "AzureCloud", ["443"]),
  rule("Outbound", 120, "peers-out", "VirtualNetwork", "VirtualNetwork", ["8080", "5701"]),
  rule("Outbound", 130, "certificates", "*", "Internet", ["80"]),
  rule("Outbound", 4096, "deny-out", "*", "*", ["*"], "Deny"),
];
