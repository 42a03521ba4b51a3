/** What the simulated AWS is told of each type. That AWS itself answers so is the word of the sources named there. */
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { awsKinds } from "../rehearsal/kinds/aws.ts";
import { type Objects, objectsOf } from "../rehearsal/objects.ts";
import { hasRules, type Inputs } from "../rehearsal/rules.ts";

const { kinds, isReference } = awsKinds;
const account = "123456789012";
const landlord = { awsAccountId: account, subscriptionId: "", project: "", projectNumber: "", region: "eu-west-1" };
const folder = new URL("../providers/aws/", import.meta.url);
const identities = new URL("identity/", import.meta.url);

let cloud: Objects;
beforeEach(() => {
  cloud = objectsOf([awsKinds], landlord);
});
const make = (type: string, inputs: Inputs = {}, name = "thing") =>
  cloud.create({ type, urn: `urn:pulumi:prod::strata::${type}::${name}`, inputs });
const refusing = (type: string, inputs: Inputs): string => {
  try {
    make(type, inputs, "refused");
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

/** `aws.ec2.Vpc` is `aws:ec2/vpc:Vpc`. */
const tokenOf = (service: string, name: string): string => `aws:${service}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const sources = readdirSync(folder)
  .filter(file => file.endsWith(".ts"))
  .map(file => readFileSync(new URL(file, folder), "utf8"));
const constructed = [
  ...new Set(
    sources.flatMap(source =>
      [...source.matchAll(/new aws\.(\w+)\.(\w+)\(/g)].map(([, service, name]) => tokenOf(service ?? "", name ?? "")),
    ),
  ),
].toSorted();

const instance = "aws:rds/instance:Instance";
const bucket = "aws:s3/bucket:Bucket";
const versioning = "aws:s3/bucketVersioning:BucketVersioning";
const group = "aws:ec2/securityGroup:SecurityGroup";
const role = "aws:iam/role:Role";
const subnet = "aws:ec2/subnet:Subnet";
const vpc = "aws:ec2/vpc:Vpc";

describe("what is described", () => {
  it.each(constructed)("%s, which the adapter makes, has a row and rules", type => {
    expect(Object.keys(kinds)).toContain(type);
    expect(hasRules(type)).toBe(true);
  });

  it("is what the adapter makes, and nothing else", () => {
    expect(Object.keys(kinds).toSorted()).toEqual(constructed);
  });

  it("holds every type of every shipped plan, as their identity files list them", () => {
    const files = readdirSync(identities).filter(file => file.includes(".aws."));
    const lines = files.flatMap(file => readFileSync(new URL(file, identities), "utf8").split("\n"));
    const planned = new Set(lines.map(line => line.split(" ")[0] ?? "").filter(type => type.startsWith("aws:")));
    expect(planned.size).toBeGreaterThan(40);
    expect([...planned].filter(type => kinds[type] === undefined)).toEqual([]);
  });
});

/** What the SDK declares of a class: properties and arguments, without their types. */
const declared = (type: string): string => {
  const file = new URL(`../node_modules/@pulumi/aws/${type.split(":")[1]}.d.ts`, import.meta.url);
  return readFileSync(file, "utf8");
};
const flags = [
  {},
  { vpcEndpointType: "Interface", clusterMode: "enabled", manageMasterUserPassword: true, assignGeneratedIpv6CidrBlock: true },
];
const born = (type: string, inputs: Inputs) => ({
  type,
  logical: "thing",
  name: "thing",
  inputs,
  landlord,
  hex: (digits: number) => "0123456789abcdef".repeat(4).slice(0, digits),
  generation: 1,
});

describe("the SDK knows", () => {
  it.each(Object.entries(kinds))("the outputs and inputs that the row of %s names", (type, { nameInput, names = {}, outputs }) => {
    const text = declared(type);
    const filled = flags.flatMap(inputs => Object.keys(outputs?.({ ...born(type, inputs), id: "id" }) ?? {}));
    for (const output of filled) expect(text).toContain(` readonly ${output}: pulumi.Output<`);
    const asked = [...(nameInput === null ? [] : [nameInput]), ...Object.keys(names).map(path => path.split(".")[0] ?? path)];
    for (const input of asked) expect(text).toMatch(new RegExp(`^    ${input}\\??: pulumi.Input<`, "m"));
  });
});

describe("an id", () => {
  it.each<readonly [type: string, inputs: Inputs, id: RegExp]>([
    [vpc, {}, /^vpc-[0-9a-f]{17}$/],
    [group, { name: "api" }, /^sg-[0-9a-f]{17}$/],
    ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: "vpc-1" }, /^sg-1$/],
    ["aws:ec2/route:Route", { routeTableId: "table", destinationCidrBlock: "0.0.0.0/0" }, /^r-table\d+$/],
    ["aws:ec2/volumeAttachment:VolumeAttachment", { volumeId: "disk" }, /^vai-\d+$/],
    ["aws:ec2/launchTemplate:LaunchTemplate", { name: "web" }, /^lt-[0-9a-f]{17}$/],
    ["aws:autoscaling/group:Group", { name: "web" }, /^web$/],
    ["aws:autoscaling/schedule:Schedule", { scheduledActionName: "night" }, /^night$/],
    ["aws:kms/key:Key", {}, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    [role, { name: "api" }, /^api$/],
    ["aws:secretsmanager/secret:Secret", { name: "db" }, /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-[0-9a-f]{6}$/],
    ["aws:cloudwatch/logGroup:LogGroup", { name: "/aws/x" }, /^\/aws\/x$/],
    [bucket, { bucket: "papers" }, /^papers$/],
    [instance, { identifier: "db" }, /^db-[0-9A-F]{26}$/],
    ["aws:elasticache/replicationGroup:ReplicationGroup", { replicationGroupId: "cache" }, /^cache$/],
  ])("of %s with %j is %s", (type, inputs, id) => {
    expect(make(type, inputs).id).toMatch(id);
  });

  it("of what belongs to another says to whom", () => {
    make(role, { name: "api" });
    make(instance, { identifier: "db" });
    const policyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    expect(make("aws:iam/rolePolicy:RolePolicy", { role: "api", name: "may" }).id).toBe("api:may");
    expect(make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "api", policyArn }).id).toBe(`api/${policyArn}`);
    const roleArn = `arn:aws:iam::${account}:role/api`;
    expect(make("aws:rds/roleAssociation:RoleAssociation", { dbInstanceIdentifier: "db", roleArn }).id).toBe(`db,${roleArn}`);
  });
});

describe("what the cloud fills in", () => {
  it.each<readonly [title: string, type: string, inputs: Inputs, filled: Inputs]>([
    ["a bucket's ARN is without region and account", bucket, { bucket: "papers" }, { arn: "arn:aws:s3:::papers" }],
    ["a role's is without region", role, { name: "api" }, { arn: `arn:aws:iam::${account}:role/api` }],
    [
      "others lie in the region of the resource",
      "aws:cloudwatch/logGroup:LogGroup",
      { name: "x", region: "us-west-2" },
      { arn: `arn:aws:logs:us-west-2:${account}:log-group:x` },
    ],
    [
      "a network gets a range of its own where asked",
      vpc,
      { assignGeneratedIpv6CidrBlock: true },
      { ipv6CidrBlock: expect.stringMatching(/^2600:1f18:[0-9a-f]{4}:[0-9a-f]{2}00::\/56$/) },
    ],
    [
      "a database that keeps its login says where",
      instance,
      { identifier: "db", manageMasterUserPassword: true },
      { masterUserSecrets: [expect.objectContaining({ secretArn: expect.stringContaining(":secret:rds!db-") })] },
    ],
    [
      "a cache of shards has one door",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { replicationGroupId: "c", clusterMode: "enabled" },
      { configurationEndpointAddress: expect.stringMatching(/^clustercfg\.c\./) },
    ],
  ])("%s", (_, type, inputs, filled) => {
    expect(make(type, inputs).filled).toMatchObject(filled);
  });

  it.each<readonly [title: string, type: string, inputs: Inputs, missing: string]>([
    ["a network without IPv6 has no such range", vpc, {}, "ipv6CidrBlock"],
    ["a database whose password is given keeps no login", instance, { identifier: "db" }, "masterUserSecrets"],
    [
      "a cache of shards has no primary",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { replicationGroupId: "c", clusterMode: "enabled" },
      "primaryEndpointAddress",
    ],
    [
      "a path by interface has no list of addresses",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      { vpcEndpointType: "Interface", serviceName: "s" },
      "prefixListId",
    ],
  ])("%s", (_, type, inputs, missing) => {
    expect(Object.keys(make(type, inputs).filled)).not.toContain(missing);
  });

  it("counts the versions of a template", () => {
    const type = "aws:ec2/launchTemplate:LaunchTemplate";
    const { id, urn, filled } = make(type, { name: "web" });
    expect(filled).toMatchObject({ latestVersion: 1 });
    expect(cloud.update(id, { type, urn, inputs: { name: "web", updateDefaultVersion: true } }).filled).toMatchObject({
      latestVersion: 2,
      defaultVersion: 2,
    });
  });
});

describe("a reference", () => {
  it.each<readonly [text: string, is: boolean]>([
    ["vpc-0123456789abcdef0", true],
    ["sg-0123456789abcdef0", true],
    ["vpc-0123456789abcdef0 and more", false],
    ["ami-0123456789abcdef0", false],
    ["pl-0123456789abcdef0", false],
    ["vpc-one", false],
    [`arn:aws:iam::${account}:role/api`, true],
    [`arn:aws:iam::${account}:root`, false],
    [`arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`, false],
    ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", false],
    ["arn:aws:iam::999999999999:role/api", false],
    [`arn:aws:kms:eu-west-1:${account}:key/1`, true],
    [`arn:aws:kms:eu-west-1:${account}:alias/aws/rds`, false],
    [`arn:aws:logs:eu-west-1:${account}:log-group:x`, true],
    [`arn:aws:logs:eu-west-1:${account}:log-group:x:*`, true],
    [`arn:aws:logs:eu-west-1:${account}:log-group:*`, false],
    ["arn:aws:s3:::papers", true],
    ["arn:aws:s3:::papers/*", true],
    ["arn:aws:s3:::*", false],
  ])("is %s: %s", (text, is) => {
    expect(isReference(text, landlord)).toBe(is);
  });
});

describe("a second one is refused", () => {
  it.each<readonly [title: string, type: string, shared: Inputs, own: Inputs]>([
    ["of a bucket's name, in another region too", bucket, { bucket: "papers" }, { bucket: "other" }],
    ["of a range within a network", subnet, { vpcId: "one", cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }],
    ["of a group's name within a network", group, { vpcId: "one", name: "api" }, { vpcId: "two" }],
    ["of a gateway to the internet in a network", "aws:ec2/internetGateway:InternetGateway", { vpcId: "one" }, { vpcId: "two" }],
    ["on an address that another holds", "aws:ec2/natGateway:NatGateway", { allocationId: "one" }, { allocationId: "two" }],
    ["of a table for a subnet", "aws:ec2/routeTableAssociation:RouteTableAssociation", { subnetId: "one" }, { subnetId: "two" }],
    [
      "of a way to the same place",
      "aws:ec2/route:Route",
      { routeTableId: "one", destinationCidrBlock: "0.0.0.0/0" },
      { destinationCidrBlock: "10.0.0.0/8" },
    ],
    [
      "of a number in a list",
      "aws:ec2/networkAclRule:NetworkAclRule",
      { networkAclId: "one", ruleNumber: 100, egress: true },
      { egress: false },
    ],
    [
      "of a path to the same service",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      { vpcId: "one", vpcEndpointType: "Gateway", serviceName: "s3" },
      { vpcEndpointType: "Interface" },
    ],
    [
      "that permits the same",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { securityGroupId: "one", ipProtocol: "tcp", fromPort: 1, toPort: 1, cidrIpv4: "10.0.0.0/8" },
      { toPort: 2 },
    ],
    [
      "on a disk that another holds",
      "aws:ec2/volumeAttachment:VolumeAttachment",
      { volumeId: "one", deviceName: "f" },
      { volumeId: "two", deviceName: "g" },
    ],
    ["on an address within a subnet", "aws:ec2/instance:Instance", { subnetId: "one", privateIp: "10.0.0.9" }, { subnetId: "two" }],
    ["of a template's name", "aws:ec2/launchTemplate:LaunchTemplate", { name: "web" }, { region: "us-west-2" }],
    ["of a server's identifier", instance, { identifier: "db" }, { identifier: "other" }],
    ["of a secret's name", "aws:secretsmanager/secret:Secret", { name: "db" }, { region: "us-west-2" }],
  ])("%s", (_, type, shared, own) => {
    make(type, shared, "first");
    expect(() => make(type, shared, "second")).toThrow("already exists");
    expect(() => make(type, { ...shared, ...own }, "second")).not.toThrow();
  });

  it("under a device name that another disk has on the same machine", () => {
    const type = "aws:ec2/volumeAttachment:VolumeAttachment";
    make(type, { instanceId: "one", deviceName: "f", volumeId: "old" }, "first");
    expect(() => make(type, { instanceId: "one", deviceName: "f", volumeId: "new" }, "second")).toThrow("already exists");
  });

  it("for the same role on the same server, whatever the feature", () => {
    const type = "aws:rds/roleAssociation:RoleAssociation";
    make(role, { name: "loader" });
    make(instance, { identifier: "db" });
    const base = { dbInstanceIdentifier: "db", roleArn: `arn:aws:iam::${account}:role/loader` };
    make(type, { ...base, featureName: "s3Import" }, "import");
    expect(() => make(type, { ...base, featureName: "s3Export" }, "export")).toThrow("already exists");
  });
});

/** `value` at a dotted path. */
const inputAt = (path: string, value: string): unknown =>
  path.split(".").reduceRight<unknown>((under, step) => (step === "*" ? [under] : { [step]: under }), value);
const byName = Object.entries(kinds).flatMap(([type, { names = {} }]) => Object.keys(names).map(path => [type, path] as const));

describe("a name that nobody has is refused", () => {
  it.each(byName)("in %s, %s", (type, path) => {
    expect(refusing(type, { ...Object(inputAt(path, "nobody")) })).toMatch(/names what does not exist: .*nobody/);
  });

  it.each<readonly [type: string, inputs: Inputs]>([
    [subnet, { vpcId: "vpc-0123456789abcdef0" }],
    ["aws:autoscaling/group:Group", { vpcZoneIdentifiers: ["subnet-0123456789abcdef0"] }],
    ["aws:ec2/launchTemplate:LaunchTemplate", { networkInterfaces: [{ securityGroups: ["sg-0123456789abcdef0"] }] }],
    ["aws:ec2/flowLog:FlowLog", { logDestination: `arn:aws:logs:eu-west-1:${account}:log-group:x` }],
    [instance, { replicateSourceDb: `arn:aws:rds:us-west-2:${account}:db:other` }],
    ["aws:secretsmanager/secretVersion:SecretVersion", { secretId: `arn:aws:secretsmanager:eu-west-1:${account}:secret:x-000000` }],
  ])("by %s with %j", (type, inputs) => {
    expect(refusing(type, inputs)).toContain("names what does not exist");
  });
});

describe("replication", () => {
  const type = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
  const to = (name: string): Inputs => ({ bucket: "papers", rules: [{ destination: { bucket: `arn:aws:s3:::${name}` } }] });
  const versioned = (name: string, status: string) => make(versioning, { bucket: name, versioningConfiguration: { status } }, name);
  beforeEach(() => {
    for (const name of ["papers", "copy"]) make(bucket, { bucket: name }, name);
  });

  it.each([
    ["the source", "copy", "papers"],
    ["the target", "papers", "copy"],
  ])("waits for the versions of %s", (_, first, second) => {
    versioned(first, "Enabled");
    expect(refusing(type, to("copy"))).toContain("names what does not exist");
    versioned(second, "Enabled");
    expect(refusing(type, to("copy"))).toBe("");
  });

  it("takes no target whose versions are off", () => {
    versioned("papers", "Enabled");
    versioned("copy", "Suspended");
    expect(refusing(type, to("copy"))).toContain("names what does not exist");
  });
});

describe("what another uses stays", () => {
  it.each<readonly [title: string, used: readonly [string, Inputs], user: string, by: (id: string) => Inputs]>([
    ["a network with subnets", [vpc, {}], subnet, id => ({ vpcId: id })],
    ["a disk that is attached", ["aws:ebs/volume:Volume", {}], "aws:ec2/volumeAttachment:VolumeAttachment", id => ({ volumeId: id })],
    ["a role with rights", [role, { name: "api" }], "aws:iam/rolePolicy:RolePolicy", id => ({ role: id, name: "may" })],
    ["a key by its alias", ["aws:kms/key:Key", {}], "aws:kms/alias:Alias", id => ({ name: "alias/x", targetKeyId: id })],
    ["a bucket with a policy", [bucket, { bucket: "papers" }], "aws:s3/bucketPolicy:BucketPolicy", id => ({ bucket: id })],
    [
      "a server behind a pooler",
      [instance, { identifier: "db", skipFinalSnapshot: true }],
      "aws:rds/roleAssociation:RoleAssociation",
      () => ({ dbInstanceIdentifier: "db" }),
    ],
    [
      "a log group by its ARN",
      ["aws:cloudwatch/logGroup:LogGroup", { name: "x" }],
      "aws:ec2/flowLog:FlowLog",
      () => ({ logDestination: `arn:aws:logs:eu-west-1:${account}:log-group:x` }),
    ],
  ])("%s", (_, [type, inputs], user, by) => {
    const used = make(type, inputs, "used");
    const other = make(user, by(used.id), "user");
    expect(() => cloud.remove(type, used.id)).toThrow("still uses it");
    cloud.remove(user, other.id);
    expect(() => cloud.remove(type, used.id)).not.toThrow();
  });

  it("a server whose own secret another reads", () => {
    const server = make(instance, { identifier: "db", skipFinalSnapshot: true, manageMasterUserPassword: true });
    const [login] = Object(server.filled).masterUserSecrets;
    make("aws:rds/proxy:Proxy", { name: "pool", auths: [{ secretArn: login.secretArn }] });
    expect(() => cloud.remove(instance, server.id)).toThrow("still uses it");
  });
});

describe("what the cloud does not delete", () => {
  it.each<readonly [title: string, type: string, inputs: Inputs, held: number, says: string | null]>([
    ["a protected server", instance, { deletionProtection: true, skipFinalSnapshot: true }, 0, "deletion protection"],
    ["a server whose last snapshot has no name", instance, { skipFinalSnapshot: false }, 0, "final snapshot"],
    ["and not a server whose last snapshot has one", instance, { finalSnapshotIdentifier: "last" }, 0, null],
    ["nor one that takes none", instance, { skipFinalSnapshot: true }, 0, null],
    ["a protected log group", "aws:cloudwatch/logGroup:LogGroup", { deletionProtectionEnabled: true }, 0, "deletion protection"],
    ["and not another log group", "aws:cloudwatch/logGroup:LogGroup", {}, 0, null],
    ["a guarded machine", "aws:ec2/instance:Instance", { disableApiTermination: true }, 0, "termination protection"],
    ["and not one that the program may end", "aws:ec2/instance:Instance", { disableApiTermination: true, forceDestroy: true }, 0, null],
    ["a protected balancer", "aws:lb/loadBalancer:LoadBalancer", { enableDeletionProtection: true }, 0, "deletion protection"],
    ["a full bucket", bucket, { forceDestroy: false }, 1, "not empty"],
    ["and not one that may be emptied", bucket, { forceDestroy: true }, 1, null],
    ["nor an empty one", bucket, {}, 0, null],
  ])("%s", (_, type, inputs, held, says) => {
    const { id } = make(type, inputs);
    cloud.fill(type, id, held);
    if (says === null) expect(() => cloud.remove(type, id)).not.toThrow();
    else expect(() => cloud.remove(type, id)).toThrow(says);
  });
});

describe("a balancer", () => {
  const balancer = "aws:lb/loadBalancer:LoadBalancer";
  const pool = "aws:lb/targetGroup:TargetGroup";
  const listener = "aws:lb/listener:Listener";
  const rule = "aws:lb/listenerRule:ListenerRule";
  const place = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";
  const logs = { accessLogs: { bucket: "papers", enabled: true } };
  const front = (inputs: Inputs = {}) => make(balancer, { name: "front", ...inputs });
  const heard = () => make(listener, { loadBalancerArn: front().id, port: 443 });

  it("is known by its address, and by the end of it where figures are kept", () => {
    const { id, filled } = front();
    expect(id).toMatch(new RegExp(`^${place}:loadbalancer/app/front/[0-9a-f]{16}$`));
    expect(filled).toMatchObject({
      arn: id,
      arnSuffix: id.split(":loadbalancer/")[1],
      dnsName: expect.stringMatching(/^front-.*\.elb\.amazonaws\.com$/),
    });
    expect(make(balancer, { name: "inner", internal: true, loadBalancerType: "network" }).filled).toMatchObject({
      arnSuffix: expect.stringMatching(/^net\/inner\//),
      dnsName: expect.stringMatching(/^internal-inner-/),
    });
    expect(make(pool, { name: "web" }).filled).toMatchObject({ arnSuffix: expect.stringMatching(/^targetgroup\/web\/[0-9a-f]{16}$/) });
  });

  it("has listeners below it, and those their rules", () => {
    const { id } = heard();
    expect(id).toMatch(new RegExp(`^${place}:listener/app/front(/[0-9a-f]{16}){2}$`));
    expect(make(rule, { listenerArn: id, priority: 1 }).id).toMatch(new RegExp(`^${place}:listener-rule/app/front(/[0-9a-f]{16}){3}$`));
  });

  it("has one listener on a port, and each listener one rule of a number", () => {
    const { id, inputs } = heard();
    make(rule, { listenerArn: id, priority: 7 });
    expect(refusing(rule, { listenerArn: id, priority: 7 })).toContain("already exists");
    expect(refusing(rule, { listenerArn: id, priority: 8 })).toBe("");
    expect(refusing(listener, { loadBalancerArn: inputs.loadBalancerArn, port: 443 })).toContain("already exists");
  });

  it("logs into no bucket that does not let it", () => {
    make(bucket, { bucket: "papers" });
    expect(refusing(balancer, { name: "front", ...logs })).toContain("may not write into papers");
    make("aws:s3/bucketPolicy:BucketPolicy", { bucket: "papers", policy: "logdelivery.elasticloadbalancing.amazonaws.com" });
    expect(refusing(balancer, { name: "front", ...logs })).toBe("");
  });

  it("keeps a pool that a rule or a group of machines still names", () => {
    const { id } = make(pool, { name: "web" });
    make("aws:autoscaling/group:Group", { name: "web", targetGroupArns: [id] });
    expect(() => cloud.remove(pool, id)).toThrow("still uses it");
  });

  it("stands behind one firewall", () => {
    const association = "aws:wafv2/webAclAssociation:WebAclAssociation";
    const { id } = front();
    const acls = ["one", "two"].map(name => Object(make("aws:wafv2/webAcl:WebAcl", { name, scope: "REGIONAL" }, name).filled).arn);
    expect(make(association, { resourceArn: id, webAclArn: acls[0] }).id).toBe(`${acls[0]},${id}`);
    expect(refusing(association, { resourceArn: id, webAclArn: acls[1] })).toContain("already exists");
  });
});
