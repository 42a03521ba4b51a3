/** What the simulated Google Cloud refuses and gives, without an engine. Shows the project's own reading of Google's rules, not Google. */
import { describe, expect, it } from "vitest";
import { gcpKinds } from "../rehearsal/kinds/gcp.ts";
import type { Landlord } from "../rehearsal/kinds.ts";
import { type CloudObject, type Objects, objectsOf } from "../rehearsal/objects.ts";
import { hasRules, type Inputs } from "../rehearsal/rules.ts";
import { cells, planOf } from "./support/shipped.ts";
import { sources } from "./support/sources.ts";

const landlord: Landlord = {
  awsAccountId: "",
  subscriptionId: "",
  project: "example-project",
  projectNumber: "123456789012",
  region: "us-east1",
};

const emptyCloud = (): Objects => objectsOf([gcpKinds], landlord);

/** A type's token by what a program writes: `compute.Address`. */
function tokenOf(path: string): string {
  const [module = "", name = ""] = path.split(".");
  return `gcp:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

const wanted = (path: string, name: string, inputs: Inputs) => ({
  type: tokenOf(path),
  urn: `urn:pulumi:test::strata::${tokenOf(path)}::${name}`,
  inputs,
});

const make = (objects: Objects, path: string, name: string, inputs: Inputs = {}): CloudObject => objects.create(wanted(path, name, inputs));
const link = (path: string): string => `https://www.googleapis.com/compute/v1/projects/example-project/${path}`;

/** What most things need: a network, a subnet, a server, a key ring with a key, an account, a bucket, a zone. */
function furnished(): Objects {
  const objects = emptyCloud();
  make(objects, "compute.Network", "net");
  const network = "projects/example-project/global/networks/net";
  make(objects, "compute.Subnetwork", "sub", { network, ipCidrRange: "10.0.1.0/24", region: "us-east1" });
  make(objects, "kms.KeyRing", "ring", { location: "us-east1" });
  make(objects, "kms.CryptoKey", "key", { keyRing: "projects/example-project/locations/us-east1/keyRings/ring" });
  make(objects, "sql.DatabaseInstance", "server", { region: "us-east1", deletionProtection: false });
  make(objects, "serviceaccount.Account", "api-account");
  make(objects, "storage.Bucket", "store");
  make(objects, "dns.ManagedZone", "zone", { dnsName: "example.internal." });
  make(objects, "compute.Router", "router", { region: "us-east1", network });
  make(objects, "compute.Disk", "disk", { zone: "us-east1-b" });
  make(objects, "compute.ResourcePolicy", "policy", { region: "us-east1" });
  make(objects, "secretmanager.Secret", "secret");
  make(objects, "certificatemanager.CertificateMap", "map");
  make(objects, "compute.RegionInstanceTemplate", "template", { region: "us-east1" });
  return objects;
}

const network = "projects/example-project/global/networks/net";
const subnet = "projects/example-project/regions/us-east1/subnetworks/sub";
const ring = "projects/example-project/locations/us-east1/keyRings/ring";
const account = "serviceAccount:api-account@example-project.iam.gserviceaccount.com";

/** Type, inputs beyond the name `x`, id. */
const ids: readonly (readonly [string, Inputs, string])[] = [
  ["compute.Network", {}, "projects/example-project/global/networks/x"],
  ["compute.Subnetwork", { network, ipCidrRange: "10.0.2.0/24" }, "projects/example-project/regions/us-east1/subnetworks/x"],
  ["compute.Address", { region: "us-west1" }, "projects/example-project/regions/us-west1/addresses/x"],
  ["compute.Disk", { zone: "us-east1-c" }, "projects/example-project/zones/us-east1-c/disks/x"],
  ["compute.RouterNat", { region: "us-east1", router: "router" }, "example-project/us-east1/router/x"],
  ["compute.DiskResourcePolicyAttachment", { zone: "us-east1-b", disk: "disk", name: "policy" }, "example-project/us-east1-b/disk/policy"],
  [
    "servicenetworking.Connection",
    { network, service: "servicenetworking.googleapis.com" },
    "projects%2Fexample-project%2Fglobal%2Fnetworks%2Fnet:servicenetworking.googleapis.com",
  ],
  [
    "dns.RecordSet",
    { managedZone: "zone", name: "a.example.internal.", type: "A" },
    "projects/example-project/managedZones/zone/rrsets/a.example.internal./A",
  ],
  ["kms.KeyRing", { location: "europe" }, "projects/example-project/locations/europe/keyRings/x"],
  ["kms.CryptoKey", { keyRing: ring }, `${ring}/cryptoKeys/x`],
  [
    "kms.CryptoKeyIAMMember",
    { cryptoKeyId: `${ring}/cryptoKeys/key`, role: "roles/r", member: account },
    `${ring}/cryptoKeys/key/roles/r/${account}`,
  ],
  ["secretmanager.Secret", {}, "projects/example-project/secrets/x"],
  ["storage.Bucket", {}, "x"],
  ["storage.BucketIAMMember", { bucket: "store", role: "roles/r", member: account }, `b/store/roles/r/${account}`],
  ["sql.DatabaseInstance", {}, "x"],
  ["sql.Database", { instance: "server" }, "projects/example-project/instances/server/databases/x"],
  ["sql.User", { instance: "server" }, "x//server"],
  ["redis.Instance", { region: "us-east1" }, "projects/example-project/locations/us-east1/instances/x"],
  ["redis.Cluster", { region: "us-east1" }, "projects/example-project/locations/us-east1/clusters/x"],
  ["logging.ProjectBucketConfig", { location: "us-east1", bucketId: "logs" }, "projects/example-project/locations/us-east1/buckets/logs"],
  ["serviceaccount.Account", {}, "projects/example-project/serviceAccounts/x@example-project.iam.gserviceaccount.com"],
  ["projects.Service", { service: "compute.googleapis.com" }, "example-project/compute.googleapis.com"],
  ["projects.IAMMember", { project: "example-project", role: "roles/r", member: account }, `example-project/roles/r/${account}`],
  [
    "projects.IAMMember",
    { role: "roles/r", member: account, condition: { title: "t", expression: "e" } },
    `example-project/roles/r/${account}/t//e`,
  ],
];

describe("ids", () => {
  it.each(ids)("%s with %o is %s", (path, inputs, id) => {
    expect(make(furnished(), path, "x", inputs).id).toBe(id);
  });

  it("numbers the versions of a secret under the project's number, each by one of its own", () => {
    const objects = furnished();
    const [first, second] = ["one", "two"].map(name =>
      make(objects, "secretmanager.SecretVersion", name, { secret: "projects/example-project/secrets/secret" }),
    );
    expect(first?.id).toMatch(/^projects\/123456789012\/secrets\/secret\/versions\/\d+$/);
    expect(second?.id).not.toBe(first?.id);
  });
});

describe("rows", () => {
  const constructed = sources
    .filter(({ path }) => path.startsWith("providers/gcp/"))
    .flatMap(({ code }) => [...code.matchAll(/new gcp\.([a-z]+\.[A-Za-z]+)\(/g)].map(([, path = ""]) => tokenOf(path)));

  it("finds what the program constructs", () => {
    expect(constructed).toContain("gcp:compute/network:Network");
  });

  it.each([...new Set(constructed)].toSorted())("%s is described and has rules", type => {
    expect(Object.keys(gcpKinds.kinds)).toContain(type);
    expect(hasRules(type)).toBe(true);
  });

  it("describes everything that a shipped platform plans, and nothing that none could", async () => {
    const planned = new Set<string>();
    for (const cell of cells) for (const { type } of (await planOf(cell, "gcp")).resources) planned.add(type);
    const ofGoogle = [...planned].filter(type => type.startsWith("gcp:"));
    expect(Object.keys(gcpKinds.kinds)).toEqual(expect.arrayContaining(ofGoogle));
    expect(Object.keys(gcpKinds.kinds).filter(type => !constructed.includes(type))).toEqual([]);
  });
});

const forwarded = {
  region: "us-east1",
  target: "projects/t0123456789abcdefp-tp/regions/us-east1/serviceAttachments/a-1-psc-service-attachment-2",
};

describe("what it refuses", () => {
  const reserved = (purpose: string) => {
    const objects = furnished();
    const { id } = make(objects, "compute.Address", "vip", {
      region: "us-east1",
      subnetwork: subnet,
      address: "10.0.1.9",
      addressType: "INTERNAL",
      purpose,
    });
    const inside = { region: "us-east1", network, ipAddress: id, loadBalancingScheme: "INTERNAL" };
    make(objects, "compute.ForwardingRule", "first", { ...inside, ports: ["80"] });
    return () => make(objects, "compute.ForwardingRule", "second", { ...inside, ports: ["443"] });
  };

  it("a second rule on an internal address that is not for several", () => {
    expect(reserved("GCE_ENDPOINT")).toThrow("SHARED_LOADBALANCER_VIP");
    expect(reserved("SHARED_LOADBALANCER_VIP")).not.toThrow();
  });

  it("an internal proxy's rule where no subnet is kept for proxies", () => {
    const objects = furnished();
    const rule = { region: "us-east1", network, ipAddress: "10.0.1.9", portRange: "443", loadBalancingScheme: "INTERNAL_MANAGED" };
    expect(() => make(objects, "compute.ForwardingRule", "x", rule)).toThrow("no subnet for proxies");
    make(objects, "compute.Subnetwork", "proxies", {
      network,
      region: "us-east1",
      ipCidrRange: "10.0.62.0/23",
      purpose: "REGIONAL_MANAGED_PROXY",
    });
    expect(() => make(objects, "compute.ForwardingRule", "x", rule)).not.toThrow();
  });

  it("a service by a port name that its group does not know", () => {
    const objects = furnished();
    make(objects, "compute.RegionInstanceGroupManager", "group", { region: "us-east1", namedPorts: [{ name: "app", port: 80 }] });
    const service = (portName: string) => ({ portName, backends: [{ group: link("regions/us-east1/instanceGroups/group") }] });
    expect(() => make(objects, "compute.BackendService", "x", service("web"))).toThrow("no port called web");
    expect(() => make(objects, "compute.BackendService", "x", service("app"))).not.toThrow();
  });

  it.each<readonly [string, string, Inputs, string, Inputs]>([
    ["a bucket by a name that is taken", "storage.Bucket", { name: "b" }, "b", { name: "b" }],
    [
      "a second subnet of one range in a network",
      "compute.Subnetwork",
      { network, ipCidrRange: "10.0.9.0/24" },
      "y",
      { network, ipCidrRange: "10.0.9.0/24" },
    ],
    [
      "a second reservation of one address",
      "compute.Address",
      { subnetwork: subnet, address: "10.0.1.9" },
      "y",
      { subnetwork: subnet, address: "10.0.1.9" },
    ],
    [
      "a second rule on one port of an address",
      "compute.GlobalForwardingRule",
      { ipAddress: "203.0.113.9", portRange: "443" },
      "y",
      { ipAddress: "203.0.113.9", portRange: "443" },
    ],
    [
      "a second entry for one host of a map",
      "certificatemanager.CertificateMapEntry",
      { map: "map", hostname: "a.example.com" },
      "y",
      { map: "map", hostname: "a.example.com" },
    ],
    ["a second scaler of one group", "compute.RegionAutoscaler", { target: "a group" }, "y", { target: "a group" }],
    [
      "a second connection policy of one service",
      "networkconnectivity.ServiceConnectionPolicy",
      { network, location: "us-east1", serviceClass: "redis" },
      "y",
      { network, location: "us-east1", serviceClass: "redis" },
    ],
    [
      "a second private zone of one name in a network",
      "dns.ManagedZone",
      { dnsName: "a.", visibility: "private", privateVisibilityConfig: { networks: [{ networkUrl: network }] } },
      "y",
      { dnsName: "a.", visibility: "private", privateVisibilityConfig: { networks: [{ networkUrl: network }] } },
    ],
  ])("%s", (_, path, first, name, second) => {
    const objects = furnished();
    make(objects, path, "x", first);
    expect(() => make(objects, path, name, second)).toThrow("already exists");
  });

  it.each<readonly [string, Inputs]>([
    ["compute.Subnetwork", { network: "projects/example-project/global/networks/none" }],
    ["compute.Instance", { zone: "us-east1-b", attachedDisks: [{ source: link("zones/us-east1-b/disks/none") }] }],
    ["compute.RouterNat", { region: "us-east1", router: "none" }],
    ["compute.DiskResourcePolicyAttachment", { zone: "us-east1-b", disk: "disk", name: "none" }],
    ["compute.DiskResourcePolicyAttachment", { zone: "us-east1-b", disk: "none", name: "policy" }],
    ["compute.ForwardingRule", forwarded],
    ["compute.BackendService", { backends: [{ group: link("regions/us-east1/instanceGroups/none") }] }],
    [
      "compute.TargetHttpsProxy",
      { certificateMap: "//certificatemanager.googleapis.com/projects/example-project/locations/global/certificateMaps/none" },
    ],
    ["certificatemanager.CertificateMapEntry", { map: "none" }],
    ["compute.Firewall", { network, targetServiceAccounts: ["none@example-project.iam.gserviceaccount.com"] }],
    ["dns.RecordSet", { managedZone: "none", name: "a.", type: "A" }],
    ["kms.CryptoKey", { keyRing: "projects/example-project/locations/us-east1/keyRings/none" }],
    ["sql.User", { instance: "none" }],
    ["sql.Database", { instance: "none" }],
    ["sql.DatabaseInstance", { masterInstanceName: "none" }],
    ["storage.Bucket", { logging: { logBucket: "none" } }],
    ["storage.Bucket", { encryption: { defaultKmsKeyName: `${ring}/cryptoKeys/none` } }],
    ["storage.BucketIAMMember", { bucket: "none", role: "roles/r", member: account }],
    ["projects.IAMMember", { role: "roles/r", member: "serviceAccount:none@example-project.iam.gserviceaccount.com" }],
    ["secretmanager.SecretVersion", { secret: "projects/example-project/secrets/none" }],
    ["projects.IAMMember", { role: "roles/r", member: "serviceAccount:p123456789012-000000@gcp-sa-cloud-sql.iam.gserviceaccount.com" }],
    ["logging.ProjectSink", { destination: "logging.googleapis.com/projects/example-project/locations/us-east1/buckets/none" }],
    ["servicenetworking.Connection", { network, service: "s", reservedPeeringRanges: ["none"] }],
    ["redis.Instance", { connectMode: "PRIVATE_SERVICE_ACCESS", authorizedNetwork: network }],
    ["redis.Cluster", { region: "us-east1", pscConfigs: [{ network }] }],
  ])("%s that names what is not there: %o", (path, inputs) => {
    expect(() => make(furnished(), path, "x", inputs)).toThrow("names what does not exist");
  });

  it.each<readonly [string, string, string, Inputs]>([
    ["compute.Network", network, "compute.Firewall", { network }],
    ["compute.Network", network, "servicenetworking.Connection", { network, service: "s" }],
    ["kms.KeyRing", ring, "kms.CryptoKey", { keyRing: ring }],
    ["kms.CryptoKey", `${ring}/cryptoKeys/key`, "sql.DatabaseInstance", { encryptionKeyName: `${ring}/cryptoKeys/key` }],
    [
      "compute.Router",
      "projects/example-project/regions/us-east1/routers/router",
      "compute.RouterNat",
      { region: "us-east1", router: "router" },
    ],
    [
      "compute.Disk",
      "projects/example-project/zones/us-east1-b/disks/disk",
      "compute.Instance",
      { zone: "us-east1-b", attachedDisks: [{ source: link("zones/us-east1-b/disks/disk") }] },
    ],
    [
      "compute.RegionInstanceTemplate",
      "projects/example-project/regions/us-east1/instanceTemplates/template",
      "compute.RegionInstanceGroupManager",
      { versions: [{ instanceTemplate: link("regions/us-east1/instanceTemplates/template") }] },
    ],
    ["sql.DatabaseInstance", "server", "sql.User", { instance: "server" }],
    ["sql.DatabaseInstance", "server", "sql.DatabaseInstance", { masterInstanceName: "server" }],
    ["dns.ManagedZone", "projects/example-project/managedZones/zone", "dns.RecordSet", { managedZone: "zone", name: "a.", type: "A" }],
    ["storage.Bucket", "store", "storage.BucketIAMMember", { bucket: "store", role: "roles/r", member: account }],
    [
      "serviceaccount.Account",
      "projects/example-project/serviceAccounts/api-account@example-project.iam.gserviceaccount.com",
      "compute.Firewall",
      { network, sourceServiceAccounts: ["api-account@example-project.iam.gserviceaccount.com"] },
    ],
  ])("deleting %s %s while a %s uses it", (path, id, user, inputs) => {
    const objects = furnished();
    make(objects, user, "x", inputs);
    expect(() => objects.remove(tokenOf(path), id)).toThrow("still uses it");
  });

  it("deleting what a cache lives by", () => {
    const objects = furnished();
    const range = make(objects, "compute.GlobalAddress", "range", { network, address: "10.9.0.0", prefixLength: 20 });
    const connection = make(objects, "servicenetworking.Connection", "c", {
      network,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: ["range"],
    });
    expect(() => objects.remove(range.type, range.id)).toThrow("still uses it");
    make(objects, "redis.Instance", "r", { connectMode: "PRIVATE_SERVICE_ACCESS", authorizedNetwork: network, reservedIpRange: "range" });
    expect(() => objects.remove(connection.type, connection.id)).toThrow("still uses it");
    const policy = make(objects, "networkconnectivity.ServiceConnectionPolicy", "p", {
      network,
      location: "us-east1",
      serviceClass: "gcp-memorystore-redis",
    });
    make(objects, "redis.Cluster", "rc", { region: "us-east1", pscConfigs: [{ network }] });
    expect(() => objects.remove(policy.type, policy.id)).toThrow("still uses it");
  });

  it("deleting a log bucket that is written to, or a server whose account has rights", () => {
    const objects = furnished();
    const bucket = make(objects, "logging.ProjectBucketConfig", "b", { location: "us-east1", bucketId: "logs" });
    make(objects, "logging.ProjectSink", "s", { destination: `logging.googleapis.com/${bucket.id}` });
    expect(() => objects.remove(bucket.type, bucket.id)).toThrow("still uses it");
    const server = make(objects, "sql.DatabaseInstance", "main", { deletionProtection: false });
    make(objects, "projects.IAMMember", "right", { role: "roles/r", member: `serviceAccount:${server.filled.serviceAccountEmailAddress}` });
    expect(() => objects.remove(server.type, server.id)).toThrow("still uses it");
  });

  it("deleting a server whose endpoint stands", () => {
    const objects = furnished();
    const { filled } = make(objects, "sql.DatabaseInstance", "main", { region: "us-east1", deletionProtection: false });
    make(objects, "compute.ForwardingRule", "endpoint", { region: "us-east1", target: filled.pscServiceAttachmentLink });
    expect(() => objects.remove(tokenOf("sql.DatabaseInstance"), "main")).toThrow("still uses it");
  });
});

describe("what it keeps", () => {
  /** Type, inputs that keep it, inputs that let it go. */
  it.each<readonly [string, Inputs, Inputs]>([
    ["sql.DatabaseInstance", {}, { deletionProtection: false }],
    [
      "sql.DatabaseInstance",
      { deletionProtection: false, settings: { deletionProtectionEnabled: true } },
      { deletionProtection: false, settings: { deletionProtectionEnabled: false } },
    ],
    ["redis.Instance", {}, { deletionProtection: false }],
    ["redis.Cluster", { deletionProtectionEnabled: true }, { deletionProtectionEnabled: false }],
    ["secretmanager.Secret", { deletionProtection: true }, {}],
    ["compute.Instance", { deletionProtection: true, zone: "us-east1-b" }, { zone: "us-east1-b" }],
    ["logging.ProjectBucketConfig", { bucketId: "logs", locked: true }, { bucketId: "logs", locked: false }],
  ])("%s with %o, until %o", (path, guarded, open) => {
    const objects = emptyCloud();
    const { id, type } = make(objects, path, "x", guarded);
    expect(() => objects.remove(type, id)).toThrow("cannot be deleted");
    objects.update(id, wanted(path, "x", open));
    objects.remove(type, id);
    expect(objects.all()).toEqual([]);
  });

  it.each<readonly [string, Inputs, Inputs | null]>([
    ["storage.Bucket", { forceDestroy: false }, { forceDestroy: true }],
    ["storage.Bucket", { forceDestroy: true, retentionPolicy: { retentionPeriod: "86400" } }, null],
    ["dns.ManagedZone", { dnsName: "a.", forceDestroy: false }, { dnsName: "a.", forceDestroy: true }],
    ["servicenetworking.Connection", { service: "s" }, null],
    ["networkconnectivity.ServiceConnectionPolicy", { serviceClass: "redis" }, null],
  ])("%s with %o while something is in it", (path, inputs, open) => {
    const objects = emptyCloud();
    const { id, type } = make(objects, path, "x", inputs);
    objects.fill(type, id, 2);
    expect(() => objects.remove(type, id)).toThrow("cannot be deleted");
    if (open === null) objects.fill(type, id, 0);
    else objects.update(id, wanted(path, "x", open));
    objects.remove(type, id);
    expect(objects.all()).toEqual([]);
  });

  it.each<readonly [string, Inputs]>([
    ["kms.KeyRing", {}],
    ["kms.CryptoKey", {}],
    ["sql.DatabaseInstance", { deletionProtection: false }],
    ["logging.ProjectBucketConfig", { bucketId: "logs" }],
  ])("the name of a deleted %s", (path, inputs) => {
    const objects = emptyCloud();
    const { id, type } = make(objects, path, "x", inputs);
    objects.remove(type, id);
    expect(() => make(objects, path, "x", inputs)).toThrow("not free again");
  });

  it("no name of a deleted bucket", () => {
    const objects = emptyCloud();
    for (const _ of [1, 2]) {
      const { id, type } = make(objects, "storage.Bucket", "x");
      objects.remove(type, id);
    }
    expect(objects.all()).toEqual([]);
  });
});

describe("references", () => {
  it.each([
    network,
    link("global/networks/net"),
    "projects/123456789012/secrets/s",
    "projects/example-project/locations/us-east1/keyRings/r/cryptoKeys/k",
    "api@example-project.iam.gserviceaccount.com",
    account,
    "p123456789012-a1b2c3@gcp-sa-cloud-sql.iam.gserviceaccount.com",
    forwarded.target,
  ])("takes %s for one", text => {
    expect(gcpKinds.isReference(text, landlord)).toBe(true);
  });

  it.each([
    "projects/example-project",
    "projects/example-project/global/networks/default",
    "projects/another-project/global/networks/net",
    "projects/ubuntu-os-cloud/global/images/family/ubuntu-2204-lts",
    link("zones/us-east1-b/machineTypes/e2-standard-2"),
    link("zones/us-east1-b/diskTypes/pd-balanced"),
    "projects/example-project/secrets/s/versions/latest",
    "projects/example-project/roles/custom",
    "service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com",
    "service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
    "group:cloud-storage-analytics@google.com",
    "https://www.googleapis.com/auth/cloud-platform",
    'resource.name == "projects/example-project/instances/i"',
    "us-east1-b",
  ])("takes %s for none", text => {
    expect(gcpKinds.isReference(text, landlord)).toBe(false);
  });
});

describe("what it fills in", () => {
  it("gives every server a name, a door and an account of its own", () => {
    const objects = emptyCloud();
    const [one, two] = ["a", "b"].map(name => make(objects, "sql.DatabaseInstance", name, { region: "us-east1" }).filled);
    expect(one?.dnsName).toMatch(/^[0-9a-f]{12}\.[0-9a-f]{13}\.us-east1\.sql\.goog\.$/);
    expect(one?.connectionName).toBe("example-project:us-east1:a");
    for (const key of ["dnsName", "pscServiceAttachmentLink", "serviceAccountEmailAddress"]) expect(two?.[key]).not.toBe(one?.[key]);
  });

  it("keeps what a cache was given over an update, and gives its successor another", () => {
    const objects = emptyCloud();
    const first = make(objects, "redis.Instance", "a", { region: "us-east1", deletionProtection: false });
    const same = objects.update(
      first.id,
      wanted("redis.Instance", "a", { region: "us-east1", deletionProtection: false, memorySizeGb: 5 }),
    );
    expect(same.filled).toEqual(first.filled);
    objects.remove(first.type, first.id);
    const { filled } = make(objects, "redis.Instance", "a", { region: "us-east1" });
    for (const key of ["host", "authString", "createTime"]) expect(filled[key]).not.toBe(first.filled[key]);
    expect(gcpKinds.kinds[first.type]?.secrets).toEqual(["authString"]);
  });

  it.each([
    ["READ_REPLICAS_ENABLED", /^10(\.\d+){3}$/],
    ["READ_REPLICAS_DISABLED", /^$/],
  ])("an address for readers with %s", (readReplicasMode, shape) => {
    expect(make(emptyCloud(), "redis.Instance", "a", { readReplicasMode }).filled.readEndpoint).toMatch(shape);
  });

  it.each([
    ["INTERNAL", /^10(\.\d+){3}$/],
    ["EXTERNAL", /^34(\.\d+){3}$/],
  ])("an %s address", (addressType, shape) => {
    expect(make(emptyCloud(), "compute.Address", "a", { addressType }).filled.address).toMatch(shape);
  });

  it.each([
    ["sqladmin.googleapis.com", "service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com"],
    ["redis.googleapis.com", "service-123456789012@cloud-redis.iam.gserviceaccount.com"],
    ["secretmanager.googleapis.com", "service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com"],
  ])("the agent of %s", (service, email) => {
    expect(make(emptyCloud(), "projects.ServiceIdentity", "a", { service }).filled).toEqual({ email, member: `serviceAccount:${email}` });
  });
});
