/** A program of a few resources in the shape of the real one, to judge the planner without a cloud's SDK. */
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Program } from "../../cli/planner/planner.ts";
import type { FlowLine } from "../../components/access/model.ts";
import type { Decision } from "../../stacks/spec.ts";

const place = { key: "primary", suffix: "", region: "us-east-1", zones: { a: "us-east-1a" } } as const;
const flows: readonly FlowLine[] = [
  { from: "internet", to: "web", protocol: "tcp", ports: "443", place: "primary", rule: "internet-web-tcp-443" },
  { from: "web", to: "db", protocol: "tcp", ports: "5432", place: "primary", rule: "web-db-tcp-5432" },
];

const rule = (from: string, to: string, port: number) => ({
  from: { kind: "compute", name: from, tier: "app" },
  to: { kind: "compute", name: to, tier: "app" },
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  priority: 200,
});

/** Only what the plan reads; the rest of a decision is of no use to it. */
export const fakeDecision = {
  spec: {
    places: { primary: place, secondary: null },
    foundation: { system: "fake", environment: "prod", cloud: "aws" },
    sites: {
      primary: { flows: { rules: { "internet-web-tcp-443": rule("internet", "web", 443), "web-db-tcp-5432": rule("web", "db", 5432) } } },
      secondary: null,
    },
  },
  sizes: [
    {
      path: "roles.web",
      asked: "2 vCPU, 4 GiB",
      choice: {
        class: "t3.medium",
        vcpu: 2,
        memoryGiB: 4,
        usdPerHour: 0.0416,
        by: "table",
        overshoot: "+0 vCPU, +0 GiB",
        runnerUp: "t3a.medium",
        rejected: ["t3.small: 2 GiB"],
      },
    },
  ],
  flows,
  waiting: [{ flow: "web", from: "lb", to: "web", ports: "8080", waitsFor: "lb" }],
  notes: [{ path: "databases.db.iops", text: `on aws: ${"rounded up to what the disk takes, ".repeat(5)}said once` }],
  ties: ["clouds.aws.roles.web.size"],
  placeholders: ["account.awsAccountId", "secrets.token"],
  preflight: ["Quota for 5 elastic addresses"],
  suppliedSecrets: ["token"],
} as unknown as Decision;

export class Part extends pulumi.ComponentResource {
  constructor(kind: string, name: string, spec: object, providers: readonly pulumi.ProviderResource[]) {
    super(`strata:index:${kind}`, name, { ...spec }, { providers: [...providers] });
    this.registerOutputs({});
  }
}

export const fakeProgram: Program = async seen => {
  seen(fakeDecision);
  const secretText = new pulumi.Config("strata").getSecret("token") ?? pulumi.secret("none");
  const foundation = new Part("Foundation", "foundation", {}, []);
  const provider = new random.Provider("foundation-random", {}, { parent: foundation });
  const anchor = new random.RandomId(
    "foundation-anchor",
    { byteLength: 4, keepers: { cloud: "aws" } },
    { parent: foundation, provider, protect: true },
  );
  const network = new Part("Network", "network", { cidr: "10.0.0.0/16", zones: ["a", "b"] }, [provider]);
  const subnets = ["b", "a"].map(
    zone => new random.RandomPet(`network-subnet-${zone}`, { prefix: anchor.hex, keepers: { zone } }, { parent: network }),
  );
  const secrets = new Part("Secrets", "secrets", {}, [provider]);
  const password = new random.RandomPassword(
    "secrets-db",
    { length: 32, keepers: { rotation: "0", token: secretText } },
    { parent: secrets },
  );
  const database = new Part("Database", "db", { size: "t3.medium" }, [provider]);
  const server = new random.RandomPet(
    "db-server",
    { prefix: pulumi.interpolate`${subnets[0]?.id}/${anchor.hex}`, keepers: { password: password.result, zone: subnets[1]?.id ?? "" } },
    {
      parent: database,
      dependsOn: [network],
      protect: true,
      ignoreChanges: ["keepers"],
      deletedWith: subnets[0] as pulumi.Resource,
      aliases: [{ name: "db-old" }],
      customTimeouts: { create: "1h" },
    },
  );
  const rules = new Part("Flows", "flows", {}, [provider]);
  for (const { rule } of flows) new random.RandomPet(`flows-in-${rule}`, {}, { parent: rules });
  return { host: server.id, name: "fake", password: password.result };
};
