/**
 * Access logs of balancers on AWS: the bucket that a balancer names lets it write there, below its own name, and changes in nothing else.
 * What it cannot prove: that the service then delivers, which it tries by itself when logs are turned on.
 */
import { describe, expect, it } from "vitest";
import { isMap, type Plain } from "../components/kernel/merge.ts";
import { refuses } from "./support/rows.ts";
import { valueAt } from "./support/shownPlan.ts";
import { planned } from "./support/trial.ts";

const balancer = (more: Plain = {}): Plain => ({ certificates: ["web"], pools: { web: {} }, ...more });
const flows = (...names: readonly string[]): Plain =>
  Object.fromEntries(names.map(name => [`${name}-web`, { from: [name], to: ["web"], ports: [8080] }]));

const platform = (balancers: Plain, buckets: Plain = { logs: {} }): Plain => ({
  network: { tiers: { public: {}, app: {}, data: {} }, zones: 2 },
  keys: { own: {} },
  buckets,
  edge: {
    dns: { zones: { main: { domain: "example.com" } } },
    certificates: { web: { domain: "app.example.com" } },
    balancers,
  },
  roles: { web: { ports: { app: 8080 } } },
  access: { flows: flows(...Object.keys(balancers)) },
});

/** Inputs by type and name, but for the document's statements, which are compared by themselves. */
async function plannedOn(balancers: Plain) {
  const { resources } = await planned("aws", platform(balancers), {}, { known: true });
  return new Map(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
}
const policy = "aws:s3/bucketPolicy:BucketPolicy logs-policy";
const statementsOf = (inputs: unknown): readonly unknown[] => {
  const found = isMap(inputs) ? valueAt(inputs, "policy.Statement") : undefined;
  return Array.isArray(found) ? found : [];
};

describe("a bucket that balancers log into", () => {
  it("lets the service write below the name of each of them, in its own account's folder, and no more", async () => {
    const resources = await plannedOn({ lb: balancer({ logs: "logs" }), other: balancer({ logs: "logs" }) });
    const delivery = statementsOf(resources.get(policy)).filter(one => isMap(one) && one.Effect === "Allow");
    expect(delivery).toEqual([
      {
        Sid: "BalancerLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: ["lb", "other"].map(name => expect.stringMatching(new RegExp(`/${name}/AWSLogs/123456789012/\\*$`))),
      },
    ]);
  });

  it("changes in its policy alone when it is named", async () => {
    const [before, after] = await Promise.all([plannedOn({ lb: balancer() }), plannedOn({ lb: balancer({ logs: "logs" }) })]);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = [...after].filter(([key, inputs]) => JSON.stringify(inputs) !== JSON.stringify(before.get(key))).map(([key]) => key);
    expect(changed.filter(key => !key.startsWith("strata:"))).toEqual([policy, "aws:lb/loadBalancer:LoadBalancer lb-balancer"]);
    expect(statementsOf(after.get(policy)).length).toBe(statementsOf(before.get(policy)).length + 1);
  });

  refuses([
    [
      "is under no own key",
      "aws",
      platform({ lb: balancer({ logs: "logs" }) }, { logs: { encryptionKey: "own" } }),
      "buckets.logs.encryptionKey",
      /leave the key out/,
    ],
    [
      "is not locked",
      "aws",
      platform({ lb: balancer({ logs: "logs" }) }, { logs: { retentionLock: { days: 7, mode: "governance" } } }),
      "buckets.logs.retentionLock",
      /leave the lock out/,
    ],
  ]);
});
