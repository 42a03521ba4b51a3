/** What a change does to a resource, by the rules of `rehearsal/rules`. That a real provider answers so is the word of their sources. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { conditions } from "../rehearsal/conditions.ts";
import { deleteFirst, hasRules, type Inputs, judge, ruledTypes, UnknownType, unknownValue } from "../rehearsal/rules.ts";
import { rules } from "./support/ruleFiles.ts";

const rds = "aws:rds/instance:Instance";
const replication = "aws:elasticache/replicationGroup:ReplicationGroup";
const template = "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate";
const sql = "gcp:sql/databaseInstance:DatabaseInstance";
const subnet = "gcp:compute/subnetwork:Subnetwork";
const instance = "gcp:compute/instance:Instance";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const address = "azure-native:network:PublicIPAddress";
const vnet = "azure-native:network:VirtualNetwork";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const password = "random:index/randomPassword:RandomPassword";

type Op = "same" | "update" | "replace";
type Row = readonly [title: string, type: string, before: Inputs, after: Inputs, op: Op, because: readonly string[]];

describe("the verdict on a change", () => {
  it.each<Row>([
    [
      "the same inputs in another order are the same",
      rds,
      { engine: "x", tags: { a: 1, b: 2 } },
      { tags: { b: 2, a: 1 }, engine: "x" },
      "same",
      [],
    ],
    ["nothing and null are the same", rds, { timezone: null }, {}, "same", []],
    ["a path in no list updates", rds, { allocatedStorage: 20 }, { allocatedStorage: 40 }, "update", []],
    ["a path in `replace` replaces", rds, { engine: "mysql" }, { engine: "postgres" }, "replace", ["engine"]],
    ["so does a path below one", template, { disks: [{ type: "a" }] }, { disks: [{ type: "b" }] }, "replace", ["disks[0].type"]],
    [
      "and a path in any element",
      instance,
      { attachedDisks: [{}, { forceAttach: false }] },
      { attachedDisks: [{}, { forceAttach: true }] },
      "replace",
      ["attachedDisks[1].forceAttach"],
    ],
    ["a sibling of a path does not", instance, { attachedDisks: [{ mode: "a" }] }, { attachedDisks: [{ mode: "b" }] }, "update", []],
    ["dropping what the provider keeps is no change", rds, { kmsKeyId: "k" }, {}, "same", []],
    ["dropping what it does not keep is one", rds, { storageEncrypted: true }, {}, "replace", ["storageEncrypted"]],
    [
      "a thing that comes replaces",
      template,
      {},
      { scheduling: { nodeAffinities: [{ key: "k" }] } },
      "replace",
      ["scheduling.nodeAffinities[0].key"],
    ],
    [
      "so does one more of it",
      "aws:ec2/instance:Instance",
      { ebsBlockDevices: [{ volumeSize: 1 }] },
      { ebsBlockDevices: [{ volumeSize: 1 }, { volumeSize: 1 }] },
      "replace",
      ["ebsBlockDevices[1].volumeSize"],
    ],
    [
      "a change inside it does not",
      "aws:ec2/instance:Instance",
      { ebsBlockDevices: [{ volumeSize: 1 }] },
      { ebsBlockDevices: [{ volumeSize: 2 }] },
      "update",
      [],
    ],
    ["a key with dots keeps its brackets", rds, { tags: { "a.b": 1 } }, { tags: { "a.b": 2 } }, "update", []],
    ["a new region replaces the provider of AWS", "pulumi:providers:aws", { region: "a" }, { region: "b" }, "replace", ["region"]],
    ["new accounts update it", "pulumi:providers:aws", { allowedAccountIds: ["1"] }, { allowedAccountIds: ["2"] }, "update", []],
    [
      "a custom resource is replaced by its name",
      "kubernetes:cert-manager.io/v1:Issuer",
      { metadata: { name: "a" } },
      { metadata: { name: "b" } },
      "replace",
      ["metadata.name"],
    ],
    ["and not by its spec", "kubernetes:cert-manager.io/v1:Issuer", { spec: 1 }, { spec: 2 }, "update", []],
    [
      "the default namespace is none",
      "kubernetes:core/v1:Service",
      { metadata: { name: "a" } },
      { metadata: { name: "a", namespace: "default" } },
      "same",
      [],
    ],
    [
      "a map of Kubernetes that cannot change replaces",
      "kubernetes:core/v1:ConfigMap",
      { data: { a: "1" } },
      { data: { a: "2" } },
      "replace",
      ["data.a"],
    ],
  ])("%s", (_, type, before, after, op, because) => {
    const verdict = judge(type, before, after);
    expect({ op: verdict.op, because: verdict.because, uncertain: verdict.uncertain }).toEqual({ op, because, uncertain: [] });
  });

  it.each<Row>([
    ["Azure: a place in other writing is the same", vnet, { location: "West Europe" }, { location: "westeurope" }, "same", []],
    ["Azure: another place replaces", vnet, { location: "westeurope" }, { location: "northeurope" }, "replace", ["location"]],
    [
      "Azure: a changed field within what replaces does",
      address,
      { sku: { name: "Basic" } },
      { sku: { name: "Standard" } },
      "replace",
      ["sku.name"],
    ],
    [
      "Azure: a field that comes there does not",
      address,
      { sku: { name: "Basic" } },
      { sku: { name: "Basic", tier: "Global" } },
      "update",
      [],
    ],
    ["Azure: nor one that goes", address, { sku: { name: "Basic", tier: "Global" } }, { sku: { name: "Basic" } }, "update", []],
    ["Azure: the whole of it coming does", address, {}, { sku: { name: "Standard" } }, "replace", ["sku.name"]],
  ])("%s", (_, type, before, after, op, because) => {
    const verdict = judge(type, before, after);
    expect([verdict.op, verdict.because]).toEqual([op, because]);
  });

  it("Azure: an input that says what the state holds replaces nothing", () => {
    expect(judge(address, {}, { sku: { name: "Standard" } }, [], { sku: { name: "Standard" } }).op).toBe("update");
    expect(judge(address, {}, { sku: { name: "Standard" } }, [], { sku: { name: "Basic" } }).op).toBe("replace");
  });

  it("names what Azure refuses, and calls it an update", () => {
    const verdict = judge("azure-native:keyvault:Vault", { location: "a" }, { location: "b" });
    expect(verdict).toEqual({ op: "update", changed: ["location"], because: [], uncertain: [], refused: ["location"] });
  });

  it("counts what no source settles as a replacement, and says so", () => {
    const verdict = judge(
      "azure-native:managedidentity:UserAssignedIdentity",
      { location: "a", tags: { a: 1 } },
      { location: "b", tags: {} },
    );
    expect(verdict).toEqual({
      op: "replace",
      changed: ["location", "tags.a"],
      because: ["location"],
      uncertain: ["location"],
      refused: [],
    });
  });

  it("follows the SDK's own comments where another row leaves a path open", () => {
    expect(judge("aws:cloudwatch/logGroup:LogGroup", { deletionProtectionEnabled: true }, { deletionProtectionEnabled: false }).op).toBe(
      "update",
    );
    expect(judge(replication, { authTokenWoVersion: 1, durability: 1 }, { authTokenWoVersion: 2, durability: 2 }).because).toEqual([
      "durability",
    ]);
  });

  it("leaves out what the resource ignores", () => {
    const [before, after] = [{ settings: { diskSize: 30, tier: "a" } }, { settings: { diskSize: 10, tier: "a" } }];
    expect(judge(sql, before, after).op).toBe("update");
    expect(judge(sql, before, after, ["settings.diskSize"]).op).toBe("same");
    expect(judge(template, { disks: [{ type: "a" }] }, { disks: [{ type: "b" }] }, ["disks[*].type"]).op).toBe("same");
  });

  it("takes a value that only a deploy knows for a change, even against itself", () => {
    expect(judge(rds, { dbSubnetGroupName: unknownValue }, { dbSubnetGroupName: unknownValue }).op).toBe("update");
    expect(judge(rds, { kmsKeyId: "k" }, { kmsKeyId: unknownValue }).because).toEqual(["kmsKeyId"]);
    expect(judge(sql, { masterInstanceName: "a" }, { masterInstanceName: unknownValue }).uncertain).toEqual(["masterInstanceName"]);
    expect(judge(template, { scheduling: { preemptible: true } }, { scheduling: unknownValue }).uncertain).toEqual(["scheduling"]);
  });

  it("fails loudly for a type without a row", () => {
    expect(() => judge("aws:sqs/queue:Queue2", {}, {})).toThrow(UnknownType);
    expect(() => judge("aws:sqs/queue:Queue2", {}, {})).toThrow(/rehearsal\/rules\/own\.json/);
    expect(hasRules("kubernetes:storage.k8s.io/v1:VolumeAttachment")).toBe(false);
    expect(hasRules("kubernetes:cert-manager.io/v1:Issuer")).toBe(true);
  });
});

describe("what depends on the values", () => {
  const peer = { cidrIpv4: "10.0.0.0/8" };
  const net = (ip: string, network = "n") => ({ networkInterfaces: [{ network, networkIp: ip }] });
  it.each<readonly [string, string, Inputs, Inputs, boolean]>([
    ["a rule of a security group with another kind of peer", ingress, peer, { referencedSecurityGroupId: "sg" }, true],
    ["a rule of a security group with another range", ingress, peer, { cidrIpv4: "10.1.0.0/16" }, false],
    ["dedicated to default tenancy", "aws:ec2/vpc:Vpc", { instanceTenancy: "dedicated" }, { instanceTenancy: "default" }, false],
    ["default to dedicated tenancy", "aws:ec2/vpc:Vpc", { instanceTenancy: "default" }, { instanceTenancy: "dedicated" }, true],
    ["an engine from Valkey to Redis", replication, { engine: "valkey" }, { engine: "redis" }, true],
    ["an engine from Redis to Valkey", replication, { engine: "redis" }, { engine: "valkey" }, false],
    ["a lower version", replication, { engineVersion: "7.1" }, { engineVersion: "6.2" }, true],
    ["a higher version, by number and not by letter", replication, { engineVersion: "9.0" }, { engineVersion: "10.0" }, false],
    [
      "encryption in transit on an old version",
      replication,
      { engineVersion: "7.0.4" },
      { engineVersion: "7.0.4", transitEncryptionEnabled: true },
      true,
    ],
    [
      "encryption in transit on a newer one",
      replication,
      { engineVersion: "7.1" },
      { engineVersion: "7.1", transitEncryptionEnabled: true },
      false,
    ],
    [
      "a network balancer that loses a subnet",
      balancer,
      { loadBalancerType: "network", subnets: ["a", "b"] },
      { loadBalancerType: "network", subnets: ["b"] },
      true,
    ],
    [
      "a network balancer that gains one",
      balancer,
      { loadBalancerType: "network", subnets: ["a"] },
      { loadBalancerType: "network", subnets: ["a", "b"] },
      false,
    ],
    ["an application balancer that loses one", balancer, { subnets: ["a", "b"] }, { subnets: ["a"] }, false],
    [
      "storage of a cluster that is no Aurora",
      "aws:rds/cluster:Cluster",
      { engine: "mysql", storageType: "a" },
      { engine: "mysql", storageType: "b" },
      true,
    ],
    [
      "storage of an Aurora cluster",
      "aws:rds/cluster:Cluster",
      { engine: "aurora-mysql", storageType: "a" },
      { engine: "aurora-mysql", storageType: "b" },
      false,
    ],
    ["a wider range of a subnet", subnet, { ipCidrRange: "10.0.1.0/24" }, { ipCidrRange: "10.0.0.0/23" }, false],
    ["a narrower one", subnet, { ipCidrRange: "10.0.0.0/23" }, { ipCidrRange: "10.0.0.0/24" }, true],
    ["another one", subnet, { ipCidrRange: "10.0.0.0/24" }, { ipCidrRange: "10.0.4.0/23" }, true],
    ["an address alone", instance, net("10.0.0.1"), net("10.0.0.2"), true],
    ["an address that moves with its network", instance, net("10.0.0.1"), net("10.0.0.2", "m"), false],
    ["a lower version of Redis", "gcp:redis/instance:Instance", { redisVersion: "REDIS_7_2" }, { redisVersion: "REDIS_6_X" }, true],
    ["a higher one", "gcp:redis/instance:Instance", { redisVersion: "REDIS_6_X" }, { redisVersion: "REDIS_7_2" }, false],
    [
      "a smaller disk that may not grow",
      sql,
      { settings: { diskSize: 20, diskAutoresize: false } },
      { settings: { diskSize: 10, diskAutoresize: false } },
      true,
    ],
    [
      "a smaller disk that grows by itself",
      sql,
      { settings: { diskSize: 20, diskAutoresize: true } },
      { settings: { diskSize: 10, diskAutoresize: true } },
      false,
    ],
    ["a smaller volume", "gcp:compute/disk:Disk", { size: 20 }, { size: 10 }, true],
    ["a larger one", "gcp:compute/disk:Disk", { size: 10 }, { size: 20 }, false],
    [
      "a server that leaves its network",
      sql,
      { settings: { ipConfiguration: { privateNetwork: "n" } } },
      { settings: { ipConfiguration: {} } },
      true,
    ],
    [
      "a server that joins one",
      sql,
      { settings: { ipConfiguration: {} } },
      { settings: { ipConfiguration: { privateNetwork: "n" } } },
      false,
    ],
    [
      "a replica that is promoted",
      sql,
      { masterInstanceName: "m", instanceType: "READ_REPLICA_INSTANCE" },
      { instanceType: "CLOUD_SQL_INSTANCE" },
      false,
    ],
    [
      "a lock that is lifted",
      "gcp:storage/bucket:Bucket",
      { retentionPolicy: { isLocked: true } },
      { retentionPolicy: { isLocked: false } },
      true,
    ],
    [
      "a lock that is set",
      "gcp:storage/bucket:Bucket",
      { retentionPolicy: { isLocked: false } },
      { retentionPolicy: { isLocked: true } },
      false,
    ],
    ["a new keeper", password, { keepers: { rotation: "0" } }, { keepers: { rotation: "1" } }, true],
    ["a keeper that is null", password, { keepers: { rotation: "0" } }, { keepers: { rotation: "0", none: null } }, false],
    ["empty special characters that go", password, { overrideSpecial: "" }, {}, false],
    ["other special characters", password, { overrideSpecial: "!" }, { overrideSpecial: "?" }, true],
  ])("%s", (_, type, before, after, replaces) => {
    const verdict = judge(type, before, after);
    expect([verdict.op === "replace", verdict.uncertain]).toEqual([replaces, []]);
  });

  it("has code for every row that depends, and for no row that does not exist", () => {
    const rows = rules.flatMap(([type, { conditional = [], replace }]) =>
      conditional.filter(({ path }) => !replace.includes(path)).map(({ path }) => `${type} ${path}`),
    );
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(row => conditions[row] === undefined)).toEqual([]);
    const exceptions = Object.keys(conditions).filter(key => !rows.includes(key));
    expect(exceptions.toSorted()).toEqual([`${password} overrideSpecial`, "random:index/randomString:RandomString overrideSpecial"]);
  });
});

describe("deleting first", () => {
  it.each<readonly [string, string, Inputs, Inputs, boolean, boolean]>([
    ["a name the program gave cannot stand twice", rds, { identifier: "a" }, { identifier: "a" }, false, true],
    ["a name the provider made up can", rds, {}, {}, true, false],
    ["a template with its own name", template, { name: "a" }, { name: "a" }, false, true],
    ["a template with a new name", template, { name: "a" }, { name: "b" }, false, false],
    ["a right that is there once", "gcp:projects/iAMMember:IAMMember", {}, {}, true, true],
    ["a release is never deleted first", "kubernetes:helm.sh/v3:Release", { name: "a" }, { name: "a" }, false, false],
    ["an object of the same name", "kubernetes:core/v1:Service", { metadata: { name: "a" } }, { metadata: { name: "a" } }, false, true],
    [
      "an object that moves",
      "kubernetes:core/v1:Service",
      { metadata: { name: "a" } },
      { metadata: { name: "a", namespace: "b" } },
      false,
      false,
    ],
    ["Azure deletes first", vnet, {}, {}, false, true],
    ["a provider never", "pulumi:providers:aws", {}, {}, false, false],
  ])("%s", (_, type, before, after, autonamed, first) => {
    expect(deleteFirst(type, before, after, autonamed)).toBe(first);
  });
});

describe("the files", () => {
  it("hold every type that a shipped platform makes", () => {
    const folder = new URL("identity/", import.meta.url);
    const lines = readdirSync(folder).flatMap(name => readFileSync(new URL(name, folder), "utf8").split("\n"));
    const types = new Set(lines.map(line => line.split(" ")[0] ?? "").filter(type => type.includes(":") && !type.startsWith("strata:")));
    expect(types.size).toBeGreaterThan(80);
    expect([...types].filter(type => !hasRules(type))).toEqual([]);
  });

  it("have one row a type, and name a subset where they say so", () => {
    expect(ruledTypes.length).toBe(new Set(rules.map(([type]) => type)).size);
    expect(ruledTypes.length).toBe(rules.length);
    const stray = rules.flatMap(([type, { replace, keepOnRemove = [] }]) =>
      keepOnRemove.filter(path => !replace.some(above => path === above || path.startsWith(`${above}.`))).map(path => `${type} ${path}`),
    );
    expect(stray).toEqual([]);
  });
});
