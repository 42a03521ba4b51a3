/** What the simulated Azure is told of each type, without an engine. That Azure itself answers so is the word of the sources named there. */
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { azureKinds } from "../rehearsal/kinds/azure.ts";
import type { Landlord } from "../rehearsal/kinds.ts";
import { type CloudObject, type Objects, objectsOf } from "../rehearsal/objects.ts";
import { hasRules, type Inputs } from "../rehearsal/rules.ts";
import { cells, planOf } from "./support/shipped.ts";
import { sources } from "./support/sources.ts";

const { kinds, lookups } = azureKinds;
const subscriptionId = "00000000-0000-4000-8000-000000000001";
const landlord: Landlord = { awsAccountId: "", subscriptionId, project: "", projectNumber: "", region: "eastus" };
const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/rg`;
const under = (path: string): string => `${group}/providers/${path}`;

const vault = under("Microsoft.KeyVault/vaults/vault");
const key = `${vault}/keys/key`;
const account = under("Microsoft.Storage/storageAccounts/account");
const vnet = under("Microsoft.Network/virtualNetworks/vnet");
const subnet = `${vnet}/subnets/subnet`;
const nsg = under("Microsoft.Network/networkSecurityGroups/nsg");
const nic = under("Microsoft.Network/networkInterfaces/nic");
const disk = under("Microsoft.Compute/disks/disk");
const identity = under("Microsoft.ManagedIdentity/userAssignedIdentities/identity");
const builtInRole = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
const roleGuid = "dc021e7c-fe7f-5107-83cc-6cda16fca74b";
const ownRole = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`;

let cloud: Objects;
const wanted = (path: string, name: string, inputs: Inputs) => {
  const type = `azure-native:${path}`;
  const { nameInput } = kinds[type] ?? { nameInput: null };
  const said: Inputs = nameInput === null ? {} : { [nameInput]: name };
  return { type, urn: `urn:pulumi:prod::strata::${type}::${name}`, inputs: { resourceGroupName: "rg", ...said, ...inputs } };
};
const make = (path: string, name: string, inputs: Inputs = {}): CloudObject => cloud.create(wanted(path, name, inputs));
const remove = (path: string, id: string): void => cloud.remove(`azure-native:${path}`, id);

/** What most things need. */
beforeEach(() => {
  cloud = objectsOf([azureKinds], landlord);
  make("resources:ResourceGroup", "rg");
  make("keyvault:Vault", "vault");
  make("keyvault:Key", "key", { vaultName: "vault" });
  make("storage:StorageAccount", "account");
  make("network:VirtualNetwork", "vnet");
  make("network:NetworkSecurityGroup", "nsg");
  make("network:Subnet", "subnet", { virtualNetworkName: "vnet", addressPrefix: "10.0.1.0/24", networkSecurityGroup: { id: nsg } });
  make("network:NetworkInterface", "nic", { ipConfigurations: [{ name: "ipv4", subnet: { id: subnet } }] });
  make("compute:Disk", "disk");
  make("managedidentity:UserAssignedIdentity", "identity");
});

/** `azure.network.Subnet` is `azure-native:network:Subnet`. */
const constructed = [
  ...new Set(
    sources
      .filter(({ path }) => path.startsWith("providers/azure/"))
      .flatMap(({ code }) => [...code.matchAll(/new azure\.(\w+)\.(\w+)\(/g)].map(([, module, name]) => `azure-native:${module}:${name}`)),
  ),
].toSorted();

/** What the SDK declares of a class. */
function declared(type: string): string {
  const [, module, name = ""] = type.split(":");
  const file = `../node_modules/@pulumi/azure-native/${module}/${name.replace(/^[A-Z]+/, capitals => capitals.toLowerCase())}.d.ts`;
  return readFileSync(new URL(file, import.meta.url), "utf8");
}

/** Each says its own name. */
const anyInputs: Inputs = new Proxy<Inputs>({}, { get: (_, input) => String(input) });

describe("what is described", () => {
  it.each(constructed)("%s, which the adapter makes, has a row and rules", type => {
    expect(Object.keys(kinds)).toContain(type);
    expect(hasRules(type)).toBe(true);
  });

  it("is what the adapter makes, and nothing else", () => {
    expect(Object.keys(kinds).toSorted()).toEqual(constructed);
  });

  it("holds every type of every shipped plan", async () => {
    const plans = await Promise.all(cells.map(cell => planOf(cell, "azure")));
    const types = plans.flatMap(({ resources }) => resources.map(({ type }) => type).filter(type => type.startsWith("azure-native:")));
    expect(new Set(types).size).toBeGreaterThan(35);
    expect(types.filter(type => kinds[type] === undefined)).toEqual([]);
  });

  it.each(Object.entries(kinds))("of %s, the SDK declares the name and the outputs", (type, { nameInput, outputs, secrets = [] }) => {
    const birth = { type, logical: "it", name: "it", inputs: anyInputs, landlord, hex: () => "0".repeat(32), generation: 1, id: "" };
    const text = declared(type);
    expect(text).toMatch(new RegExp(`^\\s+${nameInput}\\??: `, "m"));
    for (const output of [...Object.keys(outputs?.(birth) ?? {}), ...secrets]) expect(text).toMatch(new RegExp(`readonly ${output}: `));
  });
});

const hex = "[0-9a-f]";
const guid = `${hex}{8}-${hex}{4}-4${hex}{3}-a${hex}{3}-${hex}{12}`;
const literal = (text: string): string => text.replaceAll(".", "\\.");

describe("an id", () => {
  it.each<readonly [string, Inputs, string]>([
    ["resources:ResourceGroup", {}, `${subscription}/resourceGroups/it`],
    ["network:Subnet", { virtualNetworkName: "vnet" }, `${vnet}/subnets/it`],
    ["network:SecurityRule", { networkSecurityGroupName: "nsg" }, `${nsg}/securityRules/it`],
    ["privatedns:PrivateZone", {}, under("Microsoft.Network/privateDnsZones/it")],
    ["keyvault:Secret", { vaultName: "vault" }, `${vault}/secrets/it`],
    ["storage:BlobContainer", { accountName: "account" }, `${account}/blobServices/default/containers/it`],
    ["storage:ManagementPolicy", { accountName: "account" }, `${account}/managementPolicies/it`],
    ["redisenterprise:RedisEnterprise", {}, under("Microsoft.Cache/redisEnterprise/it")],
    ["dbformysql:Server", {}, under("Microsoft.DBforMySQL/flexibleServers/it")],
    ["authorization:ManagementLockByScope", { scope: account }, `${account}/providers/Microsoft.Authorization/locks/it`],
    ["authorization:RoleAssignment", { scope: vault }, `${vault}/providers/Microsoft.Authorization/roleAssignments/it`],
    ["authorization:RoleDefinition", { scope: group }, `${subscription}/providers/Microsoft.Authorization/roleDefinitions/it`],
    [
      "monitor:DiagnosticSetting",
      { resourceUri: `${account}/blobServices/default` },
      `${account}/blobServices/default/providers/Microsoft.Insights/diagnosticSettings/it`,
    ],
    [
      "network:FlowLog",
      { resourceGroupName: "NetworkWatcherRG", networkWatcherName: "NetworkWatcher_eastus" },
      `${subscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_eastus/flowLogs/it`,
    ],
  ])("of %s says where it is", (path, inputs, id) => {
    expect(make(path, "it", inputs)).toMatchObject({ id, filled: { name: "it" } });
  });

  it("of a replication policy carries the number that Azure drew, unless one was said", () => {
    const inputs = { accountName: "account", rules: [{ sourceContainer: "a" }] };
    const arriving = make("storage:ObjectReplicationPolicy", "default", inputs);
    expect(arriving.id).toMatch(new RegExp(`^${literal(account)}/objectReplicationPolicies/${guid}$`));
    expect(arriving.filled.policyId).toBe(arriving.id.split("/").at(-1));
    const rules = [{ sourceContainer: "a", ruleId: expect.stringMatching(new RegExp(`^${guid}$`)) }];
    expect(arriving.filled.rules).toEqual(rules);

    make("storage:StorageAccount", "source");
    const leaving = make("storage:ObjectReplicationPolicy", String(arriving.filled.policyId), {
      accountName: "source",
      rules: arriving.filled.rules,
    });
    expect(leaving.id.split("/").at(-1)).toBe(arriving.filled.policyId);
    expect(leaving.filled).toMatchObject({ policyId: arriving.filled.policyId, rules: arriving.filled.rules });
  });

  it("stays when the object is updated", () => {
    const inputs = { accountName: "account", rules: [] };
    const { id } = make("storage:ObjectReplicationPolicy", "default", inputs);
    expect(cloud.update(id, wanted("storage:ObjectReplicationPolicy", "default", { ...inputs, rules: [{}] })).id).toBe(id);
  });
});

describe("what Azure fills in", () => {
  it.each<readonly [string, Inputs, Inputs]>([
    ["dbforpostgresql:Server", {}, { fullyQualifiedDomainName: /^it\.postgres\.database\.azure\.com$/ }],
    ["dbformysql:Server", {}, { fullyQualifiedDomainName: /^it\.mysql\.database\.azure\.com$/ }],
    ["redisenterprise:RedisEnterprise", { location: "eastus" }, { hostName: /^it\.eastus\.redis\.azure\.net$/ }],
    ["network:PublicIPAddress", {}, { ipAddress: /^20(\.\d{1,3}){3}$/ }],
    ["operationalinsights:Workspace", {}, { customerId: new RegExp(`^${guid}$`) }],
    ["managedidentity:UserAssignedIdentity", {}, { clientId: new RegExp(`^${guid}$`), principalId: new RegExp(`^${guid}$`) }],
    ["keyvault:Key", { vaultName: "vault" }, { keyUriWithVersion: /^https:\/\/vault\.vault\.azure\.net\/keys\/it\/[0-9a-f]{32}$/ }],
  ])("of %s has the shape of the real one", (path, inputs, filled) => {
    const shapes = Object.fromEntries(
      Object.entries(filled).map(([name, shape]) => [name, expect.stringMatching(String(shape).slice(1, -1))]),
    );
    expect(make(path, "it", inputs).filled).toMatchObject(shapes);
  });

  it("differs between two identities, and within one", () => {
    const { clientId, principalId } = make("managedidentity:UserAssignedIdentity", "one").filled;
    const other = make("managedidentity:UserAssignedIdentity", "two").filled;
    expect(new Set([clientId, principalId, other.clientId, other.principalId]).size).toBe(4);
  });

  it("gives a backup vault a principal only with an identity of its own", () => {
    expect(make("dataprotection:BackupVault", "one", { identity: { type: "SystemAssigned" } }).filled).toHaveProperty(
      "identity.principalId",
    );
    expect(make("dataprotection:BackupVault", "two").filled).not.toHaveProperty("identity");
  });

  it("gives each interface the address that was asked for, or one of its family", () => {
    const ipConfigurations = [
      { privateIPAddress: "10.0.1.9", privateIPAddressVersion: "IPv4", subnet: { id: subnet } },
      { privateIPAddressVersion: "IPv4", subnet: { id: subnet } },
      { privateIPAddressVersion: "IPv6", subnet: { id: subnet } },
    ];
    expect(make("network:NetworkInterface", "it", { ipConfigurations }).filled.ipConfigurations).toMatchObject([
      { privateIPAddress: "10.0.1.9" },
      { privateIPAddress: expect.stringMatching(/^10\.0\.\d+\.\d+$/) },
      { privateIPAddress: expect.stringMatching(/^fd00:10::\d+:\d+$/) },
    ]);
  });

  it("marks the properties of a secret, its value among them", () => {
    expect(kinds["azure-native:keyvault:Secret"]?.secrets).toEqual(["properties"]);
  });

  it("answers a cache's keys, the same for the same cache", () => {
    const ask = lookups["azure-native:redisenterprise:listDatabaseKeys"];
    const [one, again, other] = ["a", "a", "b"].map(clusterName => ask?.({ clusterName, databaseName: "default" }));
    expect(one).toEqual(again);
    expect(new Set([one, other].flatMap(keys => Object.values(keys ?? {}))).size).toBe(4);
    expect(one?.primaryKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });
});

describe("Azure refuses a second", () => {
  it.each<readonly [string, string, Inputs, Inputs]>([
    ["storage account of a name, in any group", "storage:StorageAccount", {}, { accountName: "account" }],
    ["subnet of a range", "network:Subnet", {}, { virtualNetworkName: "vnet", addressPrefix: "10.0.1.0/24" }],
    [
      "rule of a priority and direction",
      "network:SecurityRule",
      { networkSecurityGroupName: "nsg", direction: "Inbound", priority: 200 },
      { networkSecurityGroupName: "nsg", direction: "Inbound", priority: 200 },
    ],
    [
      "right of a principal on a thing",
      "authorization:RoleAssignment",
      { scope: vault, roleDefinitionId: builtInRole, principalId: "p" },
      { scope: vault, roleDefinitionId: builtInRole, principalId: "p" },
    ],
    ["role of a name", "authorization:RoleDefinition", { roleName: "writer" }, { roleName: "writer" }],
    [
      "flow log of a network",
      "network:FlowLog",
      { networkWatcherName: "w", targetResourceId: vnet },
      { networkWatcherName: "w", targetResourceId: vnet },
    ],
    [
      "machine on an interface",
      "compute:VirtualMachine",
      { networkProfile: { networkInterfaces: [{ id: nic }] } },
      { networkProfile: { networkInterfaces: [{ id: nic }] } },
    ],
    [
      "interface with an address",
      "network:NetworkInterface",
      { ipConfigurations: [{ privateIPAddress: "10.0.1.9", subnet: { id: subnet } }] },
      { ipConfigurations: [{ privateIPAddress: "10.0.1.9", subnet: { id: subnet } }] },
    ],
    [
      "link of a network to a zone name",
      "privatedns:VirtualNetworkLink",
      { privateZoneName: "zone", virtualNetwork: { id: vnet } },
      { privateZoneName: "zone", virtualNetwork: { id: vnet } },
    ],
  ])("%s", (_, path, first, second) => {
    make("privatedns:PrivateZone", "zone");
    make("resources:ResourceGroup", "elsewhere");
    const watcher = path.endsWith("FlowLog") ? { resourceGroupName: "NetworkWatcherRG" } : {};
    if (Object.keys(first).length > 0) make(path, "first", { ...watcher, ...first });
    const group = path.endsWith("StorageAccount") ? { resourceGroupName: "elsewhere" } : watcher;
    expect(() => make(path, "second", { ...group, ...second })).toThrow("already exists");
  });

  it("thing of what is said alone: what is left out is shared by all", () => {
    make("network:NatGateway", "one");
    expect(make("network:NatGateway", "two").id).toContain("two");
  });

  it("subnet of a range that is said in a list", () => {
    const inputs = { virtualNetworkName: "vnet", addressPrefixes: ["10.0.1.0/24", "fd00:10::/64"] };
    expect(() => make("network:Subnet", "second", inputs)).toThrow("already exists");
  });

  it("thing under one id", () => {
    expect(() => make("network:VirtualNetwork", "vnet")).toThrow("already exists");
  });

  it.each([
    ["another priority", { direction: "Inbound", priority: 201 }],
    ["the other direction", { direction: "Outbound", priority: 200 }],
  ])("but takes a rule of %s", (_, inputs) => {
    make("network:SecurityRule", "first", { networkSecurityGroupName: "nsg", direction: "Inbound", priority: 200 });
    expect(make("network:SecurityRule", "second", { networkSecurityGroupName: "nsg", ...inputs }).id).toContain("second");
  });

  it.each([
    ["on another thing", { scope: account }],
    ["by another role", { roleDefinitionId: builtInRole.replace("acdd", "acde") }],
    ["for another principal", { principalId: "q" }],
  ])("but takes a right %s", (_, inputs) => {
    const right = { scope: vault, roleDefinitionId: builtInRole, principalId: "p" };
    make("authorization:RoleAssignment", "first", right);
    expect(make("authorization:RoleAssignment", "second", { ...right, ...inputs }).id).toContain("second");
  });
});

describe("Azure refuses what names", () => {
  it.each<readonly [string, string, Inputs]>([
    ["no such group", "network:VirtualNetwork", { resourceGroupName: "none" }],
    ["no such group, in what it is for", "authorization:RoleDefinition", { assignableScopes: [`${group}x`] }],
    ["no such network", "network:Subnet", { virtualNetworkName: "none", addressPrefix: "10.0.9.0/24" }],
    ["no such security group", "network:Subnet", { virtualNetworkName: "vnet", networkSecurityGroup: { id: `${nsg}x` } }],
    ["no such vault", "authorization:RoleAssignment", { scope: `${vault}x` }],
    ["no such vault, for a secret in it", "authorization:RoleAssignment", { scope: `${vault}x/secrets/db` }],
    ["no such role", "authorization:RoleAssignment", { scope: vault, roleDefinitionId: ownRole }],
    ["no such key", "compute:DiskEncryptionSet", { activeKey: { keyUrl: "https://vault.vault.azure.net/keys/none/0123abcd" } }],
    ["no such identity", "compute:VirtualMachine", { identity: { userAssignedIdentities: [`${identity}x`] } }],
    ["no such account", "monitor:DiagnosticSetting", { resourceUri: `${account}x/blobServices/default` }],
    ["no such server", "dbforpostgresql:Server", { sourceServerResourceId: under("Microsoft.DBforPostgreSQL/flexibleServers/none") }],
  ])("%s", (_, path, inputs) => {
    expect(() => make(path, "it", inputs)).toThrow("names what does not exist");
  });

  it.each<readonly [string, string, Inputs]>([
    ["a built-in role", "authorization:RoleAssignment", { scope: vault, roleDefinitionId: builtInRole }],
    ["a secret that is yet to be written", "authorization:RoleAssignment", { scope: `${vault}/secrets/later` }],
    ["the blob service that comes with an account", "monitor:DiagnosticSetting", { resourceUri: `${account}/blobServices/default` }],
    ["a container of that service", "storage:BlobContainer", { accountName: "account" }],
    ["Azure's own watcher", "network:FlowLog", { resourceGroupName: "NetworkWatcherRG", networkWatcherName: "w", targetResourceId: vnet }],
    [
      "an image of somebody else's",
      "compute:VirtualMachine",
      { image: under("Microsoft.Compute/galleries/g/images/i").replace("/rg/", "/other/") },
    ],
    ["a key of the vault", "dbforpostgresql:Server", { dataEncryption: { primaryKeyURI: "https://vault.vault.azure.net/keys/key" } }],
    ["the principal of no identity of ours", "authorization:RoleAssignment", { scope: vault, principalId: subscriptionId }],
    ["an id of another subscription", "compute:Disk", { note: disk.replace(subscriptionId, roleGuid) }],
    ["an id within a text", "compute:Disk", { note: `${disk}x, and more` }],
  ])("but takes %s", (_, path, inputs) => {
    expect(make(path, "it", inputs).id).toContain("it");
  });

  it("takes a role of our own once it exists, and keeps it while it is assigned", () => {
    const role = make("authorization:RoleDefinition", roleGuid, { scope: group, assignableScopes: [group], roleName: "writer" });
    const right = make("authorization:RoleAssignment", "right", { scope: account, roleDefinitionId: ownRole });
    expect(() => remove("authorization:RoleDefinition", role.id)).toThrow("still uses it");
    remove("authorization:RoleAssignment", right.id);
    remove("authorization:RoleDefinition", role.id);
    expect(cloud.find(role.type, role.id)).toBeUndefined();
  });
});

describe("Azure does not delete", () => {
  it.each([
    ["a security group with a subnet", "network:NetworkSecurityGroup", nsg],
    ["a subnet with an interface", "network:Subnet", subnet],
    ["a network with subnets", "network:VirtualNetwork", vnet],
  ])("%s", (_, path, id) => {
    expect(() => remove(path, id)).toThrow("still uses it");
  });

  it("what a lock stands on, until the lock is lifted", () => {
    const lock = make("authorization:ManagementLockByScope", "strata", { scope: account });
    expect(() => remove("storage:StorageAccount", account)).toThrow("cannot be deleted");
    remove("authorization:ManagementLockByScope", lock.id);
    remove("storage:StorageAccount", account);
    expect(cloud.find("azure-native:storage:StorageAccount", account)).toBeUndefined();
  });

  it("a key by which a disk set encrypts", () => {
    const { keyUriWithVersion } = cloud.find("azure-native:keyvault:Key", key)?.filled ?? {};
    make("compute:DiskEncryptionSet", "set", { activeKey: { keyUrl: keyUriWithVersion } });
    expect(() => remove("keyvault:Key", key)).toThrow("still uses it");
  });

  it("an account with objects under a retention lock", () => {
    const locked = make("storage:StorageAccount", "locked", { immutableStorageWithVersioning: { enabled: true } });
    cloud.fill(locked.type, locked.id, 1);
    expect(() => remove("storage:StorageAccount", locked.id)).toThrow("before their days are over");
    cloud.fill("azure-native:storage:StorageAccount", account, 1);
    remove("storage:StorageAccount", account);
    cloud.fill(locked.type, locked.id, 0);
    remove("storage:StorageAccount", locked.id);
    expect(cloud.all().filter(({ type }) => type === locked.type)).toEqual([]);
  });

  it("a backup vault with backups in it", () => {
    const { type, id } = make("dataprotection:BackupVault", "backups");
    cloud.fill(type, id, 1);
    expect(() => cloud.remove(type, id)).toThrow("it holds backup data");
  });
});

describe("a lock", () => {
  const lock = (): CloudObject => make("authorization:ManagementLockByScope", "strata", { scope: account });

  it.each<readonly [string, string, Inputs]>([
    ["a container", "storage:BlobContainer", { accountName: "account" }],
    ["a right on it", "authorization:RoleAssignment", { scope: account }],
    ["a log of its blob service", "monitor:DiagnosticSetting", { resourceUri: `${account}/blobServices/default` }],
    ["a private endpoint to it", "network:PrivateEndpoint", { privateLinkServiceConnections: [{ privateLinkServiceId: account }] }],
  ])("keeps %s from being deleted until it is lifted", (_, path, inputs) => {
    const { type, id } = make(path, "it", inputs);
    const { id: lockId } = lock();
    expect(() => cloud.remove(type, id)).toThrow("locks it");
    remove("authorization:ManagementLockByScope", lockId);
    cloud.remove(type, id);
    expect(cloud.find(type, id)).toBeUndefined();
  });

  it("lets values be put back, and keeps the group", () => {
    const { type, id } = make("storage:BlobServiceProperties", "default", { accountName: "account" });
    lock();
    cloud.remove(type, id);
    expect(() => remove("resources:ResourceGroup", group)).toThrow("locks it");
    expect(cloud.find("azure-native:compute:Disk", disk)).toBeDefined();
  });

  it("keeps nothing of a neighbour whose name begins alike", () => {
    const { type, id } = make("storage:StorageAccount", "account2");
    lock();
    cloud.remove(type, id);
    expect(cloud.find(type, id)).toBeUndefined();
  });
});

describe("before it is made", () => {
  it("a server that fetches its key as an identity wants that identity's right", () => {
    const inputs = { dataEncryption: { primaryUserAssignedIdentityId: identity } };
    expect(() => make("dbforpostgresql:Server", "it", inputs)).toThrow("may not use the key");
    const principalId = cloud.find("azure-native:managedidentity:UserAssignedIdentity", identity)?.filled.principalId;
    const roleDefinitionId = builtInRole.replace(/[^/]+$/, "e147488a-f6f5-4113-8e2d-b22465e65bf6");
    make("authorization:RoleAssignment", "right", { scope: vault, principalId, roleDefinitionId });
    expect(make("dbforpostgresql:Server", "it", inputs).id).toContain("it");
  });
});

it("a secret of a closed vault is not deleted from outside", () => {
  make("keyvault:Vault", "closed", { properties: { publicNetworkAccess: "Disabled" } });
  const { type, id } = make("keyvault:Secret", "it", { vaultName: "closed" });
  expect(() => cloud.remove(type, id)).toThrow("which is closed");
});

describe("after a delete", () => {
  it.each<readonly [string, string, Inputs]>([
    ["keyvault:Vault", "gone", {}],
    ["keyvault:Key", "gone", { vaultName: "vault" }],
    ["keyvault:Secret", "gone", { vaultName: "vault" }],
  ])("the name of a %s stays taken", (path, name, inputs) => {
    const { type, id } = make(path, name, inputs);
    cloud.remove(type, id);
    expect(() => make(path, name, inputs)).toThrow("its name is not free again");
  });

  it.each(["storage:StorageAccount", "dbforpostgresql:Server", "resources:ResourceGroup"])("the name of a %s is free", path => {
    const { type, id } = make(path, "again");
    cloud.remove(type, id);
    expect(make(path, "again").id).toBe(id);
  });

  it("a resource group has taken along what lay in it, and nothing of its neighbour", () => {
    make("resources:ResourceGroup", "rg2");
    make("network:VirtualNetwork", "vnet", { resourceGroupName: "rg2" });
    remove("resources:ResourceGroup", group);
    expect(cloud.all().map(({ id }) => id.slice(subscription.length))).toEqual([
      "/resourceGroups/rg2",
      "/resourceGroups/rg2/providers/Microsoft.Network/virtualNetworks/vnet",
    ]);
  });
});
