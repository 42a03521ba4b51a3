/** The classes and their order, on the smallest cloud there can be: what each is called, what it keeps, what it hands on. */
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../cli/planner/model.ts";
import { planWith } from "../cli/planner/planner.ts";
import { compose } from "../stacks/compose.ts";
import type { PlatformSpec } from "../stacks/spec.ts";
import { fakeCloud } from "./support/fakeCloud.ts";
import { listenToOutputs } from "./support/inventory.ts";
import { nameOf } from "./support/shownPlan.ts";
import { decided } from "./support/trial.ts";

const secret = "a-value-that-no-component-may-keep";
const platform = {
  network: { tiers: { public: {}, app: {}, data: {} } },
  keys: { data: {} },
  secrets: { values: { token: { from: "config" } } },
  roles: { web: {}, node: { kind: "machine" } },
  databases: { db: { size: { vcpu: 2, memoryGiB: 8 }, encryptionKey: "data", replicas: { west: { place: "secondary" } } } },
  caches: { cache: { usableGiB: 1 } },
  buckets: { uploads: {} },
  access: { flows: { data: { from: ["web"], to: ["db"] } } },
};

/** Each class once, and the parts of the second region. */
const expected: readonly (readonly [string, string, readonly string[]])[] = [
  ["Foundation", "foundation", ["suffix"]],
  ["Keys", "keys", ["keyIds"]],
  ["Keys", "keys-dr", ["keyIds"]],
  ["Identities", "identities", ["principals"]],
  ["Logs", "logs", ["destination"]],
  ["Network", "network", ["networkId", "subnetIds"]],
  ["Peers", "peers", []],
  ["Endpoints", "endpoints", []],
  ["Network", "network-dr", ["networkId", "subnetIds"]],
  ["Peers", "peers-dr", []],
  ["Endpoints", "endpoints-dr", []],
  ["Secrets", "secrets", ["references"]],
  ["Bucket", "uploads", ["bucketName"]],
  ["Entry", "entry", ["session", "tunnels"]],
  ["Database", "db", ["host", "port", "secret"]],
  ["Replica", "db-west-dr", ["host", "port", "secret"]],
  ["Cache", "cache", ["host", "port", "tls", "clustered", "secret"]],
  ["Grants", "grants", []],
  ["Group", "web", ["groupName"]],
  ["Machine", "node", ["addresses"]],
  ["Flows", "flows", []],
  ["Flows", "flows-dr", []],
];

describe("every class, on a cloud that makes one thing of each", () => {
  let plan: Plan;
  let spec: PlatformSpec;
  const outputs = new Map<string, readonly string[]>();
  const components = () => plan.resources.filter(({ custom }) => !custom);

  beforeAll(async () => {
    plan = await planWith(
      async seen => {
        listenToOutputs((urn, names) => outputs.set(urn, names));
        const decision = decided("aws", platform);
        spec = decision.spec;
        seen(decision);
        return compose(fakeCloud, decision.spec, { token: pulumi.secret(secret) });
      },
      { stack: "prod", values: {}, secretKeys: [] },
    );
  });

  it("has a frozen token, stands directly under the stack, and is made in one order", () => {
    expect(components().map(({ type, name, parent }) => [type, name, parent])).toEqual(
      expected.map(([type, name]) => [`strata:index:${type}`, name, null]),
    );
  });

  it("registers its outputs, and no others", () => {
    const handed = components().map(({ urn, name }) => [name, (outputs.get(urn) ?? []).toSorted()]);
    expect(handed).toEqual(expected.map(([, name, of]) => [name, [...of].toSorted()]));
  });

  it("is the parent of all it makes, whose names begin with its own", () => {
    const children = plan.resources.filter(({ custom }) => custom);
    expect(children.filter(({ parent, name }) => parent === null || !name.startsWith(`${nameOf(parent)}-`))).toEqual([]);
    expect(children.filter(({ type }) => type === "fake:index:Thing").map(({ name }) => name)).toEqual(
      expect.arrayContaining(expected.map(([, name]) => `${name}-thing`)),
    );
  });

  it("keeps the plain spec, so that a preview shows what was meant", () => {
    const kept = Object.fromEntries(components().map(({ name, inputs }) => [name, inputs]));
    const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));
    expect(kept.network).toEqual(plain(spec.sites.primary.network));
    expect(kept.db).toEqual(plain(spec.databases.db ?? {}));
    expect(kept["flows-dr"]).toEqual(plain(spec.sites.secondary?.flows ?? {}));
    expect(kept.web).toEqual(plain(spec.groups.web ?? {}));
  });

  it("keeps no secret: values travel as secrets to the thing that needs them", () => {
    expect(JSON.stringify(components())).not.toMatch(/"secret":true/);
    expect(JSON.stringify(plan)).not.toContain(secret);
    const thing = (name: string) => plan.resources.find(resource => resource.name === `${name}-thing`)?.inputs;
    expect(thing("secrets")?.values).toEqual({ db: { secret: true }, cache: { secret: true }, token: { secret: true } });
    expect(thing("db")?.password).toEqual({ secret: true });
  });

  it("is guarded by the word of its role, and waits for what it was handed", () => {
    const thing = (name: string) => plan.resources.find(resource => resource.name === `${name}-thing`);
    expect([thing("db")?.options.protect, thing("db-west-dr")?.inputs.region]).toEqual([true, "us-west-2"]);
    const waits = (name: string) => thing(name)?.dependencies.map(nameOf);
    expect(waits("web")).toContain("grants-thing");
    expect(waits("db")).toEqual(expect.arrayContaining(["secrets-thing", "endpoints-thing"]));
    expect(waits("db-west-dr")).toEqual(expect.arrayContaining(["db-thing", "network-dr-thing"]));
    expect(waits("flows")).toContain("cache-thing");
  });
});
