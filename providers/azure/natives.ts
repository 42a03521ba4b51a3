/** What each concept hands on within Azure: the resources that later steps of this adapter read. */
import type * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Ground, Natives, Part, Site } from "../../components/contract.ts";
import type { Account, FoundationSpec } from "../../components/foundation/model.ts";

export type By<T> = Readonly<Record<string, T>>;

export interface AzureNatives extends Natives {
  foundation: {
    readonly account: Account;
    readonly stack: Pick<FoundationSpec, "system" | "environment"> & { readonly region: string };
    /** Resource group by place. */
    readonly groups: By<azure.resources.ResourceGroup>;
    /** Their names, for ids that are written before anything is there. */
    readonly groupNames: By<string>;
  };
  keys: {
    readonly vault: azure.keyvault.Vault;
    /** By purpose. */
    readonly keys: By<azure.keyvault.Key>;
    /** As whom services fetch the keys. */
    readonly identity: azure.managedidentity.UserAssignedIdentity;
    /** By purpose, for keys that encrypt disks. */
    readonly diskSets: By<azure.compute.DiskEncryptionSet>;
  };
  /** By role. */
  identities: { readonly identities: By<azure.managedidentity.UserAssignedIdentity> };
  logs: { readonly workspace: azure.operationalinsights.Workspace; readonly region: string };
  network: {
    readonly vnet: azure.network.VirtualNetwork;
    readonly subnets: By<azure.network.Subnet>;
    /** Security group by tier. */
    readonly groups: By<azure.network.NetworkSecurityGroup>;
    /** Keys of the subnets that carry IPv6 too. */
    readonly dualStack: readonly string[];
  };
  peers: {
    /** By peer name. */
    readonly groups: By<azure.network.ApplicationSecurityGroup>;
    /** Of the private endpoints of object storage. */
    readonly store: azure.network.ApplicationSecurityGroup;
  };
  /** Private DNS zone by data service. */
  endpoints: { readonly zones: By<azure.privatedns.PrivateZone> };
  secrets: { readonly vault: azure.keyvault.Vault; readonly resourceGroupName: pulumi.Output<string> };
  bucket: {
    readonly account: azure.storage.StorageAccount;
    readonly container: azure.storage.BlobContainer;
    readonly resourceGroupName: pulumi.Output<string>;
  };
  database: { readonly server: azure.dbforpostgresql.Server | azure.dbformysql.Server };
  cache: { readonly cluster: azure.redisenterprise.RedisEnterprise; readonly database: azure.redisenterprise.Database };
  grants: { /** By principal, with the way to the store. */ readonly of: By<readonly pulumi.Resource[]> };
  group: { readonly scaleSet: azure.compute.VirtualMachineScaleSet; readonly autoscale: azure.monitor.AutoscaleSetting };
  machine: { readonly machines: By<azure.compute.VirtualMachine>; readonly disks: By<azure.compute.Disk> };
  zones: {
    /** By zone key, made or adopted. */
    readonly zones: By<{
      readonly zoneName: pulumi.Input<string>;
      readonly resourceGroupName: pulumi.Input<string>;
      readonly id: pulumi.Input<string>;
    }>;
    readonly internal: azure.privatedns.PrivateZone | null;
  };
  certificates: {
    /** Key Vault's own address of each certificate, by name. */
    readonly addresses: By<string>;
    /** As whom gateways read them; null where there is none to read. */
    readonly identity: azure.managedidentity.UserAssignedIdentity | null;
  };
  waf: { readonly gateway: azure.network.WebApplicationFirewallPolicy | null; readonly front: azure.frontdoor.Policy | null };
  balancer: {
    readonly gateway: azure.network.ApplicationGateway | null;
    readonly loadBalancer: azure.network.LoadBalancer | null;
    /** Resource id of the backend pool, by pool. */
    readonly pools: By<pulumi.Output<string>>;
    /** Public address by family, `ipv4` and `ipv6`; none of an internal balancer. */
    readonly addresses: By<azure.network.PublicIPAddress>;
  };
  routes: object;
  cdn: { readonly profile: azure.cdn.Profile; readonly endpoints: By<azure.cdn.AFDEndpoint> };
  records: object;
  entry: object;
  flows: { readonly rules: readonly azure.network.SecurityRule[] };
}

/** What one concept is given, and what it hands on. */
export type On<K extends keyof Natives | "replica"> = Parameters<CloudAdapter<AzureNatives>[K]>[2];
export type Out<K extends keyof Natives> = Part<AzureNatives, K>;
export type OnGround = Ground<AzureNatives>;
export type OnSite = Site<AzureNatives>;
export type OnFoundation = Pick<OnGround, "foundation">;
