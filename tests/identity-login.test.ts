/** The rights and users that let a role log in to a database by its identity. Shows the plan; the SQL inside the engine is a person's. */
import { describe, expect, it } from "vitest";
import type { Plan, PlannedResource } from "../cli/planner/model.ts";
import { userName } from "../providers/gcp/sql-login.ts";
import { planned } from "./support/trial.ts";

const base = {
  network: { tiers: { public: {}, app: {}, data: {} } },
  roles: { web: { size: { vcpu: 2, memoryGiB: 4 } } },
  databases: { db: { size: { vcpu: 2, memoryGiB: 8 }, identityLogin: true, replicas: { read: {} } } },
  grants: { "web-db": { to: "web", can: "readWrite", on: "database:db" } },
};
const known = { known: true };

function named(plan: Plan, name: string): PlannedResource {
  const found = plan.resources.find(resource => resource.name === name);
  if (found === undefined) throw new Error(`no ${name} in ${plan.resources.map(resource => resource.name).join(", ")}`);
  return found;
}
const ofType = (plan: Plan, type: string): readonly string[] =>
  plan.resources
    .filter(resource => resource.type === type)
    .map(resource => resource.name)
    .toSorted();

describe("login by identity on aws", () => {
  it("is a right on the primary and its replica, as a user of the role's name", async () => {
    const plan = await planned("aws", base, {}, known);
    const { Statement } = JSON.parse(String(named(plan, "grants-policy-web").inputs.policy));
    const login = Statement.filter(({ Action }: { Action: readonly string[] }) => Action.includes("rds-db:connect"));
    expect(login).toEqual(
      ["db", "db-read"].map(server => ({
        Effect: "Allow",
        Action: ["rds-db:connect"],
        Resource: expect.stringMatching(new RegExp(`^arn:aws:rds-db:us-east-1:\\d{12}:dbuser:${server}-instance-resourceId/web$`)),
      })),
    );
    expect(named(plan, "db-instance").inputs.iamDatabaseAuthenticationEnabled).toBe(true);
    expect(named(plan, "db-read-instance").inputs.iamDatabaseAuthenticationEnabled).toBe(true);
  });
});

describe("login by identity on azure", () => {
  it("is open beside passwords, and makes no role an administrator", async () => {
    const plan = await planned("azure", base);
    expect(named(plan, "db-server").inputs.authConfig).toMatchObject({ passwordAuth: "Enabled", activeDirectoryAuth: "Enabled" });
    expect(plan.resources.filter(({ type }) => /Administrator/.test(type))).toEqual([]);
    expect(ofType(plan, "azure-native:authorization:RoleAssignment").filter(name => name.includes("-web-database"))).toEqual([]);
  });
});

describe("login by identity on gcp", () => {
  it("is two rights on each server, and one user on the primary", async () => {
    const plan = await planned("gcp", base, {}, known);
    const members = ofType(plan, "gcp:projects/iAMMember:IAMMember").filter(name => name.includes("-database-"));
    expect(members).toEqual([
      "grants-grant-web-database-db-connect",
      "grants-grant-web-database-db-login",
      "grants-grant-web-database-db-read-connect",
      "grants-grant-web-database-db-read-login",
    ]);
    expect(named(plan, "grants-grant-web-database-db-connect").inputs.role).toBe("roles/cloudsql.client");
    const login = named(plan, "grants-grant-web-database-db-read-login").inputs;
    expect(login).toMatchObject({
      role: "roles/cloudsql.instanceUser",
      member: "serviceAccount:identities-account-web-email",
      condition: { expression: expect.stringMatching(/^resource\.name == "projects\/[^/]+\/instances\/db-read-server-name" && /) },
    });
    expect(ofType(plan, "gcp:sql/user:User")).toEqual(["db-admin", "grants-grant-web-database-db-user"]);
    expect(named(plan, "grants-grant-web-database-db-user").inputs).toMatchObject({
      instance: "db-server-name",
      name: "identities-account-web-email",
      type: "CLOUD_IAM_SERVICE_ACCOUNT",
    });
  });

  it.each([
    ["postgres", "web@trial.iam"],
    ["mysql", "web@trial.iam.gserviceaccount.com"],
  ] as const)("has a user of %s named %s, without a password of its own", async (engine, name) => {
    const plan = await planned("gcp", { ...base, databases: { db: { ...base.databases.db, engine } } });
    const { inputs } = named(plan, "grants-grant-web-database-db-user");
    expect(Object.keys(inputs).toSorted()).toEqual(["deletionPolicy", "instance", "name", "type"]);
    expect(userName(engine, "web@trial.iam.gserviceaccount.com")).toBe(name);
  });
});

describe("without a grant", () => {
  it.each(["aws", "azure", "gcp"] as const)("a database gives nobody a login by identity on %s", async cloud => {
    const plan = await planned(cloud, { ...base, grants: {} }, {}, known);
    expect(plan.resources.filter(({ name }) => name.includes("web-database"))).toEqual([]);
    expect(JSON.stringify(plan.resources.map(({ inputs }) => inputs))).not.toContain("rds-db:connect");
  });
});
