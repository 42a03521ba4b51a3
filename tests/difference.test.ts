/** What a deploy of one plan does to a stack that stands as another says: worked out from the two, by the replace rules. */
import { describe, expect, it } from "vitest";
import { type Change, difference } from "../cli/planner/difference.ts";
import type { Plan, PlannedOptions, PlannedResource } from "../cli/planner/model.ts";
import { isStateful, statefulComponents } from "../cli/planner/stateful.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { plainOptions } from "./support/plainOptions.ts";
import { planOf } from "./support/shipped.ts";
import { planned } from "./support/trial.ts";

interface Made {
  readonly type?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly parent?: string;
  readonly provider?: string;
  readonly custom?: boolean;
  readonly options?: Partial<PlannedOptions>;
}

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const route = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const instance = "aws:rds/instance:Instance";
const password = "random:index/randomPassword:RandomPassword";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const group = "aws:autoscaling/group:Group";
const policy = "aws:iam/rolePolicy:RolePolicy";

const urn = (name: string, type: string, above = ""): string => `urn:pulumi:prod::strata::${above}${type}::${name}`;

function resource(
  name: string,
  { type = vpc, inputs = {}, dependencies = [], parent, provider, custom = true, options }: Made,
): PlannedResource {
  const above = parent === undefined ? "" : `${parent.split("::")[2]}$`;
  return {
    urn: urn(name, type, above),
    type,
    name,
    parent: parent ?? null,
    provider: provider ?? null,
    custom,
    inputs,
    dependencies,
    options: { ...plainOptions, ...options },
  };
}

/** Only what a difference reads. */
const plan = (...resources: readonly PlannedResource[]): Plan => ({ resources }) as unknown as Plan;
const hangsOn = (...from: readonly string[]) => ({ unknown: true, from });
const told = (changes: readonly Change[]): readonly string[] =>
  changes.map(({ op, name, changed, because }) => [op, name, changed.join(","), because.join(",")].join(" ").trim());

const net = (cidrBlock: string) => resource("net", { inputs: { cidrBlock } });
const sub = (made: Made = {}) =>
  resource("sub", { type: subnet, inputs: { vpcId: hangsOn(urn("net", vpc)), cidrBlock: "a" }, dependencies: [urn("net", vpc)], ...made });
const link = resource("link", { type: route, inputs: { subnetId: hangsOn(urn("sub", subnet)) }, dependencies: [urn("sub", subnet)] });

describe("the difference of two plans", () => {
  it("of the same plan is nothing", () => {
    expect(difference(plan(net("a"), sub(), link), plan(net("a"), sub(), link))).toEqual([]);
  });

  it("names what comes and what goes, in the order of making", () => {
    expect(told(difference(plan(net("a"), sub()), plan(net("a"), link)))).toEqual(["create link", "delete sub"]);
  });

  it("tells an update from a replacement by the rules", () => {
    const db = (engine: string, allocatedStorage: number) => resource("db", { type: instance, inputs: { engine, allocatedStorage } });
    expect(told(difference(plan(db("a", 1)), plan(db("a", 2))))).toEqual(["update db allocatedStorage"]);
    expect(told(difference(plan(db("a", 1)), plan(db("b", 2))))).toEqual(["replace db engine,allocatedStorage engine"]);
  });

  it("follows a replacement along what hangs on it, as far as it goes", () => {
    expect(told(difference(plan(link, sub(), net("a")), plan(link, sub(), net("b"))))).toEqual([
      "replace link subnetId subnetId",
      "replace sub vpcId vpcId",
      "replace net cidrBlock cidrBlock",
    ]);
  });

  it("keeps the id of what is only updated", () => {
    const tagged = (tag: string) => resource("net", { inputs: { cidrBlock: "a", tags: { tag } } });
    expect(told(difference(plan(tagged("a"), sub()), plan(tagged("b"), sub())))).toEqual(["update net tags.tag"]);
  });

  it("moves a launch template's version with an update of it, and not its id", () => {
    const made = (instanceType: string) => resource("t", { type: template, inputs: { instanceType } });
    const on = hangsOn(urn("t", template));
    const scaled = resource("g", { type: group, inputs: { launchTemplate: { id: on, version: on } }, dependencies: [urn("t", template)] });
    expect(told(difference(plan(made("a"), scaled), plan(made("b"), scaled)))).toEqual([
      "update t instanceType",
      "update g launchTemplate.version",
    ]);
  });

  it("counts a value that hangs on something else now, and is not sure of it", () => {
    const one = sub();
    const other = sub({ inputs: { vpcId: hangsOn(urn("net", vpc), urn("more", vpc)), cidrBlock: "a" } });
    const more = resource("more", {});
    const [change] = difference(plan(net("a"), more, one), plan(net("a"), more, other));
    expect(change).toMatchObject({ op: "replace", because: ["vpcId"], uncertain: ["vpcId"] });
  });

  it("renews a secret where the resource it hangs on is made anew", () => {
    const secret = (rotation: string) => resource("p", { type: password, inputs: { keepers: { rotation } } });
    const db = resource("db", { type: instance, inputs: { passwordWo: { secret: true } }, dependencies: [urn("p", password)] });
    expect(difference(plan(secret("1"), db), plan(secret("1"), db))).toEqual([]);
    expect(told(difference(plan(secret("1"), db), plan(secret("2"), db)))).toEqual([
      "replace p keepers.rotation keepers.rotation",
      "update db passwordWo",
    ]);
  });

  it("replaces everything under a provider that is replaced", () => {
    const provider = (region: string) => resource("aws", { type: "pulumi:providers:aws", inputs: { region } });
    const under = resource("net", { provider: urn("aws", "pulumi:providers:aws") });
    expect(told(difference(plan(under, provider("a")), plan(under, provider("b"))))).toEqual([
      "replace net provider provider",
      "replace aws region region",
    ]);
  });

  it("leaves out components and what a resource ignores", () => {
    const component = (size: string) => resource("c", { type: "strata:index:Database", custom: false, inputs: { size } });
    const ignoring = (size: number) => resource("net", { inputs: { size }, options: { ignoreChanges: ["size"] } });
    expect(difference(plan(component("a"), ignoring(1)), plan(component("b"), ignoring(2)))).toEqual([]);
  });

  it("replaces where the program wishes it, and nowhere else", () => {
    const wishing = (size: number, other: number) => resource("net", { inputs: { size, other }, options: { replaceOnChanges: ["size"] } });
    expect(difference(plan(wishing(1, 1)), plan(wishing(2, 1)))).toMatchObject([{ op: "replace", because: ["size"] }]);
    expect(difference(plan(wishing(1, 1)), plan(wishing(1, 2)))).toMatchObject([{ op: "update", because: [] }]);
  });

  it("takes a change of a type without rules for a replacement, and is not sure of it", () => {
    const queue = (delay: number) => resource("q", { type: "aws:sqs/queue:Queue9", inputs: { delay } });
    expect(difference(plan(queue(1)), plan(queue(2)))[0]).toMatchObject({ op: "replace", uncertain: ["delay"] });
    expect(difference(plan(queue(1)), plan(queue(1)))).toEqual([]);
  });

  it("tells protection that goes and comes, even where the cloud sees nothing", () => {
    const guarded = (protect: boolean) => resource("net", { options: { protect } });
    expect(difference(plan(guarded(true)), plan(guarded(false)))).toMatchObject([
      { op: "update", changed: ["protect"], protectionLost: true, protectionGained: false, stateful: true },
    ]);
    expect(difference(plan(guarded(false)), plan(guarded(true)))).toMatchObject([{ protectionLost: false, protectionGained: true }]);
  });
});

describe("a resource under another name", () => {
  it.each<readonly [string, PlannedOptions["aliases"]]>([
    ["is itself by its former URN", [urn("sub", subnet)]],
    ["is itself by its former name", [{ name: "sub" }]],
  ])("%s", (_, aliases) => {
    const renamed = resource("other", { type: subnet, inputs: sub().inputs, dependencies: sub().dependencies, options: { aliases } });
    const moved = resource("link", {
      type: route,
      inputs: { subnetId: hangsOn(urn("other", subnet)) },
      dependencies: [urn("other", subnet)],
    });
    expect(difference(plan(net("a"), sub(), link), plan(net("a"), renamed, moved))).toEqual([]);
  });

  it("is another one without an alias", () => {
    const renamed = resource("other", { type: subnet, inputs: sub().inputs });
    expect(told(difference(plan(sub()), plan(renamed)))).toEqual(["create other", "delete sub"]);
  });

  it("follows its parent's former name and place", () => {
    const type = "strata:index:Network";
    const home = (name: string, aliases: PlannedOptions["aliases"] = []) => resource(name, { type, custom: false, options: { aliases } });
    const child = (name: string, options: Partial<PlannedOptions> = {}) => resource(`${name}-vpc`, { parent: urn(name, type), options });
    expect(difference(plan(home("net"), child("net")), plan(home("core", [{ name: "net" }]), child("core")))).toEqual([]);
    const orphan = resource("net-vpc", {});
    const adopted = child("net", { aliases: [{ noParent: true }] });
    expect(difference(plan(orphan), plan(home("net"), adopted))).toEqual([]);
  });

  it("is not mistaken for one that still stands under its own name", () => {
    const twin = resource("other", { type: subnet, inputs: { cidrBlock: "b" }, options: { aliases: [{ name: "sub" }] } });
    expect(told(difference(plan(net("a"), sub()), plan(net("a"), sub(), twin)))).toEqual(["create other"]);
  });
});

describe("plans with made-up answers", () => {
  const role = resource("web-role", { type: "aws:iam/role:Role" });
  const document = (text: string) => resource("p", { type: policy, inputs: { policy: text }, dependencies: [role.urn] });
  const anew = (text: string) => resource("web-role", { type: "aws:iam/role:Role", inputs: { name: text } });

  it("show a change within a document that hangs on others", () => {
    const changes = difference(
      plan(role, document('{"arn:made-up:::web-role": 1}')),
      plan(role, document('{"arn:made-up:::web-role": 2}')),
      { known: true },
    );
    expect(told(changes)).toEqual(["update p policy"]);
  });

  it.each([
    ["a document that names what is made anew changes with it", '{"arn:made-up:::web-role": 1}', true],
    ["so does one with another of its answers", "web-role-uniqueId", true],
    ["one that names another of a longer name does not", "web-role-extra-id", false],
    ["nor one that names none", "plain", false],
  ])("%s", (_, text, changes) => {
    const extra = resource("web-role-extra", { type: "aws:iam/role:Role" });
    const found = difference(plan(anew("a"), extra, document(text)), plan(anew("b"), extra, document(text)), { known: true });
    expect(told(found)).toEqual(["replace web-role name name", ...(changes ? ["update p policy"] : [])]);
  });
});

describe("over real plans", () => {
  it.each(clouds)("%s: two plans of one platform differ in nothing, and a larger role only in itself", async cloud => {
    const cell = { system: "minimal", environment: "prod" };
    const before = await planOf(cell, cloud);
    expect(difference(before, await planOf(cell, cloud))).toEqual([]);
    const known = await planOf(cell, cloud, { known: true });
    expect(difference(known, known, { known: true })).toEqual([]);
  });

  it("tells a wider disk from another engine", async () => {
    const size = { vcpu: 2, memoryGiB: 8 };
    const platform = (engine: string, gib: number) => ({
      network: { tiers: { data: {} } },
      databases: { db: { engine, size, storage: { gib } } },
    });
    const before = await planned("aws", platform("postgres", 50));
    const wider = difference(before, await planned("aws", platform("postgres", 60)));
    expect(wider.map(({ op, name }) => `${op} ${name}`)).toEqual(["update db-instance"]);
    const other = difference(before, await planned("aws", platform("mysql", 50)));
    expect(other.find(({ name }) => name === "db-instance")).toMatchObject({ op: "replace", stateful: true });
  });

  // Components that hold something on one cloud and nothing on another: a log group, a fixed address.
  const sometimes = ["Endpoints", "Waf", "Cdn", "Entry"].map(name => `strata:index:${name}`);
  it.each(clouds)("%s: protected in prod is what is stateful, and the identity that opens the keys", async cloud => {
    const { resources } = await planOf({ system: "freeagentics", environment: "prod" }, cloud);
    const wrong = resources.filter(one => one.custom && one.options.protect !== isStateful(one)).map(({ type }) => type);
    expect([...new Set(wrong)]).toEqual(cloud === "azure" ? ["azure-native:managedidentity:UserAssignedIdentity"] : []);
    const parents = new Map(resources.map(one => [one.urn, one.type]));
    const homes = new Set(resources.filter(isStateful).map(({ parent }) => parents.get(parent ?? "") ?? ""));
    expect([...homes].filter(type => !statefulComponents.includes(type) && !sometimes.includes(type))).toEqual([]);
  });
});
