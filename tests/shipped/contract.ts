/**
 * What every cloud must agree on, over every shipped system and environment: outputs, protection, places, order, flows.
 * That a cloud accepts what is planned is not shown, nor that two clouds behave alike.
 */
import { describe, expect, it } from "vitest";
import type { Plan, PlannedResource } from "../../cli/planner/model.ts";
import { statefulComponents } from "../../cli/planner/stateful.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { isMap } from "../../components/kernel/merge.ts";
import { referred, textsOf } from "../../reach/values.ts";
import { cells, everyCell, planOf, plansOf } from "../support/shipped.ts";
import { componentOf, nameOf } from "../support/shownPlan.ts";
import { planned } from "../support/trial.ts";

const names = cells.map(({ system, environment }): [string, string] => [system, environment]);

/** Every path to a value, without the value; what only a deploy knows is a value. */
function shape(value: unknown, path = ""): readonly string[] {
  if (!isMap(value) || value.unknown === true || value.secret === true) return [path];
  return Object.entries(value)
    .flatMap(([key, inner]) => shape(inner, `${path}.${key}`))
    .toSorted();
}

const custom = ({ resources }: Plan): readonly PlannedResource[] => resources.filter(resource => resource.custom);
const childrenOf = (plan: Plan, component: PlannedResource): readonly PlannedResource[] =>
  plan.resources.filter(({ parent }) => parent === component.urn);

describe.each(names)("%s %s", (system, environment) => {
  const cell = { system, environment };

  it("hands on the same outputs on every cloud", async () => {
    const { aws, azure, gcp } = await plansOf(cell);
    expect(shape(azure.outputs)).toEqual(shape(aws.outputs));
    expect(shape(gcp.outputs)).toEqual(shape(aws.outputs));
    expect(Object.keys(aws.outputs).filter(key => key !== "cdn")).toEqual(
      expect.arrayContaining(["balancers", "certificates", "nameServers", "session", "signers", "tunnels"]),
    );
    expect(Object.keys(aws.outputs).toSorted()).toEqual(
      [
        ...["balancers", "buckets", "caches", "certificates", "databases", "groups", "machines", "nameServers", "networkId"],
        ...["replicas", "secrets", "session", "signers", "tunnels"],
        ...(aws.resources.some(({ type }) => type === "strata:index:Cdn") ? ["cdn"] : []),
      ].toSorted(),
    );
  });

  it("has the same components on every cloud, but for copies that lie in the bucket itself", async () => {
    const plans = await plansOf(cell);
    const own = (plan: Plan): readonly string[] =>
      plan.resources
        .filter(
          ({ custom, name, type }) =>
            !custom && !(type === "strata:index:Bucket" && name.endsWith("-dr")) && !/^keys-(dr|wide)$/.test(name),
        )
        .map(({ type, name }) => `${type} ${name}`)
        .toSorted();
    expect(own(plans.azure)).toEqual(own(plans.aws));
    expect(own(plans.gcp)).toEqual(own(plans.aws));
  });

  it("lets the same members talk on the same ports", async () => {
    const plans = await plansOf(cell);
    const table = (plan: Plan): readonly string[] => {
      const caches = Object.keys(isMap(plan.outputs.caches) ? plan.outputs.caches : {});
      const databases = Object.keys(isMap(plan.outputs.databases) ? plan.outputs.databases : {});
      // A service's own port is the cloud's; probes, sessions, private endpoints and a database's own pooler are the cloud's way.
      const portOf = (to: string, ports: string): string => (caches.includes(to) || databases.includes(to) ? "own" : ports);
      return [
        ...new Set(
          plan.flows
            .filter(
              ({ from, to }) =>
                from !== "health" &&
                from !== "session" &&
                to !== "session" &&
                to !== "endpoints" &&
                to !== "store" &&
                !(databases.includes(from) && from === to),
            )
            .map(({ from, to, protocol, ports }) => `${from} ${to} ${protocol} ${portOf(to, ports)}`),
        ),
      ].toSorted();
    };
    // Google has no client VPN, and its CDN asks the groups behind the balancer that the others' ask.
    // Where HAProxy stands behind its application balancer, that one sends port 80 to https itself.
    const onGoogle = (rows: readonly string[]): readonly string[] =>
      rows.filter(row => !/\bvpn\b/.test(row) && !row.startsWith("cdn ") && row !== "lb haproxy tcp 80");
    expect(table(plans.azure)).toEqual(table(plans.aws));
    expect(onGoogle(table(plans.gcp))).toEqual(onGoogle(table(plans.aws)));
    const waits = (plan: Plan): readonly string[] => plan.waiting.map(({ from, to, waitsFor }) => `${from} ${to} ${waitsFor}`);
    expect(waits(plans.azure)).toEqual(waits(plans.aws));
    expect(onGoogle(waits(plans.gcp))).toEqual(onGoogle(waits(plans.aws)));
  });

  it("guards the same components on every cloud: all that hold something in prod, the anchor alone elsewhere", async () => {
    const plans = await plansOf(cell);
    const guarded = (plan: Plan): readonly string[] =>
      plan.resources
        .filter(component => !component.custom && statefulComponents.includes(component.type) && !/-(dr|wide)$/.test(component.name))
        .filter(component => childrenOf(plan, component).some(({ options }) => options.protect))
        .map(({ type, name }) => `${type} ${name}`)
        .toSorted();
    for (const cloud of clouds) {
      const plan = plans[cloud];
      if (environment !== "prod") {
        expect(
          custom(plan)
            .filter(({ options }) => options.protect)
            .map(({ name }) => name),
        ).toEqual(["foundation-anchor"]);
        continue;
      }
      const bare = plan.resources
        .filter(({ custom, type }) => !custom && statefulComponents.includes(type))
        .filter(component => childrenOf(plan, component).length > 0 && !childrenOf(plan, component).some(({ options }) => options.protect))
        .filter(
          ({ type, inputs }) => type !== "strata:index:Machine" || Object.keys(isMap(inputs.volumes) ? inputs.volumes : {}).length > 0,
        );
      expect([cloud, bare.map(({ name }) => name)]).toEqual([cloud, []]);
    }
    const fixed = (plan: Plan) => guarded(plan).filter(line => !line.startsWith("strata:index:Machine"));
    expect(fixed(plans.azure)).toEqual(fixed(plans.aws));
    expect(fixed(plans.gcp)).toEqual(fixed(plans.aws));
  });
});

describe.each(everyCell)("%s %s %s", (system, environment, cloud) => {
  const cell = { system, environment };

  it("makes the same resources whether outputs are known or not", async () => {
    const urns = ({ resources }: Plan): readonly string[] => resources.map(({ urn }) => urn);
    expect(urns(await planOf(cell, cloud, { known: true }))).toEqual(urns(await planOf(cell, cloud)));
  });

  it("gives every resource a type and name of its own, one component and one provider", async () => {
    const plan = await planOf(cell, cloud);
    const all = plan.resources.map(({ type, name }) => `${type} ${name}`);
    expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
    const components = plan.resources.filter(resource => !resource.custom);
    expect(components.filter(({ parent }) => parent !== null).map(({ name }) => name)).toEqual([]);
    const strays = custom(plan).filter(({ name, parent }) => parent === null || !name.startsWith(`${nameOf(parent)}-`));
    expect(strays.map(({ name }) => name)).toEqual([]);
    const unprovided = custom(plan).filter(({ provider, type }) => provider === null && !type.startsWith("pulumi:providers:"));
    expect(unprovided.map(({ name }) => name)).toEqual([]);
  });

  it("says where every regional resource lives", async () => {
    const plan = await planOf(cell, cloud);
    expect(custom(plan).flatMap(resource => misplaced(plan, resource, cloud))).toEqual([]);
  });

  it("lets everything wait for what it needs", async () => {
    const plan = await planOf(cell, cloud);
    expect(needs[cloud].flatMap(need => impatient(plan, need))).toEqual([]);
  });

  it("shows each name of a certificate to be ours by that name, and each host by a certificate for it", async () => {
    const plan = await planOf(cell, cloud);
    expect(custom(plan).flatMap(resource => misnamed(plan, resource))).toEqual([]);
  });

  it("turns every flow into rules, and makes no other", async () => {
    const plan = await planOf(cell, cloud);
    // What no packet filter of ours stands before has no rule: the fronts of the cloud's own balancers, CDN and VPN.
    const fronts = plan.flows.filter(({ rule }) => rule === null);
    expect(fronts.filter(({ from, to }) => ![from, to].some(peer => /^(lb|lb-int|cdn|vpn|session)$/.test(peer)))).toEqual([]);
    expect(plan.flows.filter(({ rule, rules }) => rule !== null && rules.length === 0).map(({ rule }) => rule)).toEqual([]);
  });

  it("shows no secret in a component", async () => {
    const plan = await planOf(cell, cloud);
    const components = plan.resources.filter(resource => !resource.custom);
    expect(
      components
        .filter(({ inputs }) => /"secret":true|"unknown":true/.test(JSON.stringify(inputs).replaceAll(/"from":"config"/g, "")))
        .map(({ name }) => name),
    ).toEqual([]);
  });
});

/** Types that belong to no region, or to the region of what they are part of. */
const unplaced: Readonly<Record<Cloud, RegExp>> = {
  aws: /^aws:(iam|cloudfront|route53)\//,
  azure:
    /^azure-native:(authorization|cdn:|dns:|frontdoor:Policy|privatedns:PrivateRecordSet|trafficmanager:|dataprotection:Backup(Instance|Policy)|dbfor\w+:(Configuration|Database|FirewallRule|Administrator)|keyvault:(Key|Secret)|monitor:DiagnosticSetting|network:(PrivateDnsZoneGroup|SecurityRule|Subnet)|redisenterprise:(Database|AccessPolicyAssignment)|storage:(BlobContainer|BlobServiceProperties|BlobContainerImmutabilityPolicy|ManagementPolicy|ObjectReplicationPolicy|BlobInventoryPolicy))/,
  gcp: /^gcp:(projects|serviceaccount|servicenetworking|secretmanager|dns|logging\/projectSink|kms\/cryptoKey|sql\/(database|user):|storage\/bucketIAM|certificatemanager|compute\/(network|firewall|global\w+|healthCheck|route|backend(Service|Bucket)|sSLPolicy|securityPolicy|target\w+Proxy|uRLMap|externalVpnGateway):)/,
};

/** A place that is missing, or that is not the component's. Azure's private zones are everywhere at once. */
function misplaced(plan: Plan, resource: PlannedResource, cloud: Cloud): readonly string[] {
  const { type, name, inputs, parent } = resource;
  if (type.startsWith("random:") || type.startsWith("pulumi:") || unplaced[cloud].test(type)) return [];
  const place = inputs.region ?? inputs.location ?? inputs.zone;
  if (typeof place !== "string") return [`${name} (${type}) says no place`];
  if (type.startsWith("azure-native:privatedns:")) return place === "global" ? [] : [`${name} lies in ${place}`];
  if (nameOf(parent ?? "").endsWith("-wide") || type === "gcp:storage/bucket:Bucket") return [];
  const home = nameOf(parent ?? "").endsWith("-dr") ? [plan.secondaryRegion] : [plan.region, plan.secondaryRegion];
  return home.some(region => region !== null && place.toLowerCase().startsWith(region)) ? [] : [`${name} (${type}) lies in ${place}`];
}

const isCovered = (host: string, names: readonly string[]): boolean => names.includes(host) || names.includes(host.replace(/^[^.]+/, "*"));

/** Names that a certificate cannot hold, by who is to vouch for them. Other clouds write both in one place. */
function misnamed({ resources }: Plan, { type, name, inputs }: PlannedResource): readonly string[] {
  const inputsOf = (value: unknown) => resources.filter(({ urn }) => referred(value).includes(urn)).map(one => one.inputs);
  const domainsOf = ({ managed }: PlannedResource["inputs"]) => (isMap(managed) ? textsOf(managed.domains) : []);
  if (type === "gcp:certificatemanager/certificate:Certificate") {
    const vouched = inputsOf(isMap(inputs.managed) ? inputs.managed.dnsAuthorizations : []).filter(one => one.location === inputs.location);
    const shown = vouched.flatMap(({ domain }) => textsOf(domain)).toSorted();
    const wanted = [...new Set(domainsOf(inputs).map(domain => domain.replace(/^\*\./, "")))].toSorted();
    return JSON.stringify(shown) === JSON.stringify(wanted) ? [] : [`${name} is for ${wanted.join(", ")}, shown by ${shown.join(", ")}`];
  }
  if (type !== "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry") return [];
  const held = inputsOf(inputs.certificates).flatMap(domainsOf);
  return textsOf(inputs.hostname).flatMap(host => (isCovered(host, held) ? [] : [`${name} shows ${held.join(", ")} for ${host}`]));
}

/** Every `type` waits for at least one resource of type `on`, where there is any; directly or by way of others. */
interface Need {
  readonly type: RegExp;
  readonly on: RegExp;
  /** Only where a resource of these types is in the same plan. */
  readonly why: string;
  readonly except?: RegExp;
}

const needs: Readonly<Record<Cloud, readonly Need[]>> = {
  aws: [
    { type: /s3\/bucketReplicationConfig:/, on: /s3\/bucketVersioning:/, why: "a copy is made of versions" },
    { type: /autoscaling\/group:|ec2\/instance:/, on: /iam\/rolePolicy:/, why: "a host reads its secrets when it boots" },
    { type: /ec2\/natGateway:/, on: /ec2\/internetGateway:/, why: "a NAT has no way out without it" },
    { type: /ec2\/flowLog:/, on: /iam\/rolePolicy:/, why: "a flow log writes as a role" },
    { type: /secretsmanager\/secretVersion:/, on: /secretsmanager\/secret:/, why: "a value belongs to a secret" },
  ],
  azure: [
    { type: /network:PrivateDnsZoneGroup$/, on: /privatedns:VirtualNetworkLink$/, why: "a private server is found by a linked zone" },
    { type: /compute:VirtualMachine(ScaleSet)?$/, on: /authorization:RoleAssignment$/, why: "a host reads its secrets when it boots" },
    { type: /keyvault:(Key|Secret)$/, on: /keyvault:Vault$/, why: "a key lies in a vault" },
    { type: /storage:ObjectReplicationPolicy$/, on: /storage:BlobServiceProperties$/, why: "a copy is made of versions" },
  ],
  gcp: [
    {
      type: /^gcp:(?!projects\/service:)/,
      on: /projects\/service:/,
      why: "nothing answers before its API is on",
      except: /gcp:organizations\//,
    },
    {
      type: /compute\/(regionInstanceGroupManager|instance):/,
      on: /projects\/iAMMember:|secretIamMember:/,
      why: "a host reads its secrets when it boots",
    },
    { type: /redis\/cluster:/, on: /serviceConnectionPolicy:/, why: "a cluster is reached by a policy" },
    { type: /redis\/instance:/, on: /servicenetworking\/connection:/, why: "an instance peers with the network" },
  ],
};

function impatient(plan: Plan, { type, on, why, except }: Need): readonly string[] {
  const byUrn = new Map(plan.resources.map(resource => [resource.urn, resource]));
  if (!plan.resources.some(resource => on.test(resource.type))) return [];
  const waits = (from: PlannedResource): boolean => {
    const seen = new Set<string>();
    const queue = [...from.dependencies];
    for (let urn = queue.pop(); urn !== undefined; urn = queue.pop()) {
      const resource = byUrn.get(urn);
      if (resource === undefined || seen.has(urn)) continue;
      if (on.test(resource.type)) return true;
      seen.add(urn);
      queue.push(...resource.dependencies);
    }
    return false;
  };
  return plan.resources
    .filter(resource => type.test(resource.type) && except?.test(resource.type) !== true && !waits(resource))
    .map(({ name, type: is }) => `${name} (${is}) waits for no ${on.source}: ${why}`);
}

describe("order where an own key or a replica is in play", () => {
  const size = { vcpu: 2, memoryGiB: 8 };
  const own = { encryptionKey: "data" };
  const platform = {
    network: { tiers: { public: {}, app: {}, data: {} } },
    keys: { data: {} },
    roles: { web: own, node: { kind: "machine", volumes: { data: { gib: 64 } }, ...own } },
    databases: { db: { size, ...own, replicas: { reader: {}, west: { place: "secondary" } } }, shop: { engine: "mysql", size, ...own } },
    caches: { cache: { usableGiB: 1, ...own }, wide: { usableGiB: 1, shape: { kind: "sharded", shards: 3 }, ...own } },
    buckets: { uploads: { replicate: true, ...own }, logs: {}, files: { accessLog: "logs" } },
  };
  const rights: Readonly<Record<Cloud, RegExp | null>> = {
    aws: null,
    azure: /authorization:RoleAssignment$/,
    gcp: /kms\/cryptoKeyIAMMember:/,
  };
  const encrypted: Readonly<Record<Cloud, RegExp>> = {
    aws: /^$/,
    azure: /dbfor\w+:Server$|storage:StorageAccount$|redisenterprise:RedisEnterprise$/,
    gcp: /sql\/databaseInstance:|storage\/bucket:|redis\/(instance|cluster):|compute\/(disk|instance|regionInstanceTemplate):/,
  };

  it.each(clouds)("%s: what encrypts with an own key waits for the right to use it", async cloud => {
    const plan = await planned(cloud, platform);
    const right = rights[cloud];
    if (right === null) return; // AWS writes the right into the key itself
    const faults = impatient(plan, { type: encrypted[cloud], on: right, why: "the key cannot be used yet" });
    const exempt = (line: string): boolean => /^(files|logs|network)-/.test(line); // under the platform's key
    expect(faults.filter(line => !exempt(line))).toEqual([]);
  });

  it.each(clouds)("%s: a replica waits for its source and lies in its place", async cloud => {
    const plan = await planned(cloud, platform);
    const server = (name: string): PlannedResource | undefined =>
      plan.resources.find(resource => resource.name === name && /rds\/instance:|:Server$|sql\/databaseInstance:/.test(resource.type));
    const part = cloud === "aws" ? "instance" : "server";
    const [source, reader, west] = [server(`db-${part}`), server(`db-reader-${part}`), server(`db-west-dr-${part}`)];
    expect(source).toBeDefined();
    for (const replica of [reader, west]) expect(replica?.dependencies).toContain(source?.urn);
    expect([reader, west].map(replica => replica?.inputs.region ?? replica?.inputs.location)).toEqual([plan.region, plan.secondaryRegion]);
  });

  it.each(clouds)("%s: the rest waits as it does in the shipped systems, and says where it lives", async cloud => {
    const plan = await planned(cloud, platform);
    expect(needs[cloud].flatMap(need => impatient(plan, need))).toEqual([]);
    expect(custom(plan).flatMap(resource => misplaced(plan, resource, cloud))).toEqual([]);
  });
});

describe("the way in", () => {
  it.each(clouds)("%s: [house rule 32] nobody is open to everybody but by a flow from internet", async cloud => {
    const open = (plan: Plan): readonly string[] =>
      custom(plan)
        .filter(resource => componentOf(plan, resource) === "strata:index:Flows")
        .filter(({ type, inputs }) => /ingress/i.test(type) || /inbound|ingress/i.test(JSON.stringify(inputs.direction ?? "")))
        .filter(({ inputs }) => JSON.stringify(inputs).includes("0.0.0.0/0") && !/den(y|ies)/i.test(JSON.stringify(inputs)))
        .map(({ name }) => name);
    const base = { network: { tiers: { public: {}, app: {} } }, roles: { web: { tier: "public" }, api: {} } };
    const closed = { ...base, access: { flows: { call: { from: ["web"], to: ["api"], ports: [80] } } } };
    const opened = { ...base, access: { flows: { enter: { from: ["internet"], to: ["web"], ports: [443] } } } };
    expect(open(await planned(cloud, closed))).toEqual([]);
    expect(
      (await planned(cloud, opened)).flows.filter(({ from }) => from === "internet").flatMap(({ rules }) => rules).length,
    ).toBeGreaterThan(0);
  });

  it.each(clouds)("%s: two outside peers may share a range", async cloud => {
    const shared = { ranges: ["192.168.1.0/24"] };
    const plan = await planned(cloud, {
      network: { tiers: { public: {}, app: {} } },
      roles: { web: {} },
      access: { outside: { site: shared, office: shared }, flows: { enter: { from: ["site", "office"], to: ["web"], ports: [443] } } },
    });
    expect(plan.flows.filter(({ from }) => from === "site" || from === "office").map(({ rules }) => rules.length > 0)).toEqual([
      true,
      true,
    ]);
  });
});
