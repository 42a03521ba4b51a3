/** What is decided and refused of a compute role. Sizes are shown in `sizing.test.ts`. */
import { describe, expect, it } from "vitest";
import { decides, notes, refuses } from "../support/rows.ts";
import { at, decided } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {}, management: {} };
const role = (web: object) => ({ network: { tiers }, keys: { data: {} }, roles: { web } });
const machine = (web: object) => role({ kind: "machine", tier: "management", ...web });
const g = "groups.web";
const m = "machines.web";

describe("a group", () => {
  decides([
    ["[CT-HA-04] spreads over every zone of the network", "all", role({}), `${g}.zones`, ["a", "b", "c"]],
    ["lives in the app tier unless told", "aws", role({}), `${g}.subnets`, ["app-a", "app-b", "app-c"]],
    ["lives in another tier when told", "gcp", role({ tier: "public" }), `${g}.subnets`, ["public"]],
    ["is one instance, two at most", "all", role({}), `${g}.count`, { min: 1, desired: 1, max: 2 }],
    ["is twice its least at most", "all", role({ count: { min: 3 } }), `${g}.count`, { min: 3, desired: 3, max: 6 }],
    ["is never less than what is desired", "all", role({ count: { min: 1, desired: 5 } }), `${g}.count`, { min: 1, desired: 5, max: 5 }],
    ["holds 70 per cent of its processors", "all", role({}), `${g}.scaling.cpu`, 70],
    ["holds no target when told", "all", role({ scaling: { cpu: "off" } }), `${g}.scaling.cpu`, null],
    ["is asked for its health on port app", "all", role({ ports: { app: 8080 } }), `${g}.health.port`, 8080],
    ["is asked nothing where it has none", "all", role({ ports: { metrics: 9090 } }), `${g}.health`, null],
    ["is asked nothing when told", "all", role({ ports: { app: 80 }, health: "off" }), `${g}.health`, null],
    ["waits five minutes for a new instance", "aws", role({ ports: { app: 80 } }), `${g}.health.graceSeconds`, 300],
    ["waits ten where repair starts no sooner", "azure", role({ ports: { app: 80 } }), `${g}.health.graceSeconds`, 600],
    ["waits five minutes for a new instance", "gcp", role({ ports: { app: 80 } }), `${g}.health.graceSeconds`, 300],
    ["pays for all of it unless told", "all", role({}), `${g}.spot`, null],
    ["keeps its least on demand", "aws", role({ count: { min: 2 }, spotPercent: 50 }), `${g}.spot`, { onDemandBase: 2, percent: 50 }],
    [
      "is held to the mark of its step where steps are not offered",
      "gcp",
      role({ scaling: { cpu: "off", steps: { busy: { above: 75, add: 2 } } } }),
      `${g}.scaling.cpu`,
      75,
    ],
    ["is on demand where spot cannot be mixed", "gcp", role({ spotPercent: 50 }), `${g}.spot`, null],
    [
      "may be spot as a whole",
      "gcp",
      role({ count: { min: 0, desired: 0, max: 2 }, spotPercent: 100 }),
      `${g}.spot`,
      { onDemandBase: 0, percent: 100 },
    ],
    ["goes back by itself from a literal image", "aws", role({ rollback: true, image: "ami-0123456789abcdef0" }), `${g}.rollback`, true],
  ]);
  notes([
    ["says that spot cannot be mixed", "gcp", role({ spotPercent: 50 }), "roles.web.spotPercent", /on demand/],
    ["says who must measure memory", "aws", role({ scaling: { memory: 80 } }), "roles.web.scaling.memory", /CloudWatch agent/],
    ["says nothing where the cloud sees memory", "azure", role({ scaling: { memory: 80 } }), "roles.web.scaling.memory", null],
    [
      "[CT-REC-03] says when the interface speed is unknown or less",
      "all",
      role({ networkGbps: 400 }),
      "roles.web.networkGbps",
      /400 Gbps asked/,
    ],
  ]);
  refuses([
    ["is at least its least", "all", role({ count: { min: 3, desired: 2 } }), "roles.web.count", /min <= desired <= max, got 3\/2\/6/],
    ["is at most its most", "all", role({ count: { min: 1, desired: 3, max: 2 } }), "roles.web.count", /got 1\/3\/2/],
    ["lives in a tier that exists", "all", { network: { tiers: { public: {} } }, roles: { web: {} } }, "roles.web.tier", /public/],
    [
      "answers before it is asked again",
      "all",
      role({ ports: { app: 80 }, health: { intervalSeconds: 5, timeoutSeconds: 5 } }),
      "roles.web.health.timeoutSeconds",
      /less than the interval of 5 s/,
    ],
    ["cannot go back to an image that is looked up", "aws", role({ rollback: true }), "roles.web.rollback", /ami-/],
    ["has an image that is known", "all", role({ image: "ubuntu-18.04" }), "roles.web.image", /use one of ubuntu-22\.04/],
    ["has user data that fits", "aws", role({ userData: "é".repeat(9000) }), "roles.web.userData", /at most 16384 bytes on aws, got 18000/],
    [
      "fits into its tier",
      "all",
      { network: { tiers: { public: {}, app: { prefix: 28 } }, zones: 1 }, roles: { web: { count: { min: 10, max: 20 } } } },
      "network.tiers.app",
      /20 hosts/,
    ],
  ]);
});

describe("scaling by steps", () => {
  const stepped = role({ scaling: { memory: 80, steps: { out: { above: 60, add: 2 }, in: { below: 20, forSeconds: 300, add: -1 } } } });
  decides([
    ["takes the place of the target on the same figure", "aws", stepped, `${g}.scaling.cpu`, null],
    ["leaves the target on another", "aws", stepped, `${g}.scaling.memory`, 80],
    ["leaves the target where steps are not offered", "gcp", stepped, `${g}.scaling.cpu`, 70],
    [
      "takes away with a negative number",
      "all",
      stepped,
      `${g}.scaling.steps.in`,
      { metric: "cpu", comparison: "below", percent: 20, forSeconds: 300, add: -1 },
    ],
    ["looks back as long as Azure does at least", "azure", stepped, `${g}.scaling.steps.out.forSeconds`, 300],
  ]);
});

describe("an image", () => {
  decides([
    ["follows the architecture", "gcp", role({ size: { vcpu: 2, memoryGiB: 8, arch: "arm64" } }), `${g}.arch`, "arm64"],
    ["follows the architecture of a literal class", "aws", role({ size: { class: "m6g.large" } }), `${g}.arch`, "arm64"],
    ["may be the cloud's own reference", "aws", role({ image: "ami-0123456789abcdef0" }), `${g}.image.reference`, "ami-0123456789abcdef0"],
  ]);
  it("[CT-AWS-EC2-02] is Ubuntu 22.04 unless told, without a look-up", () => {
    const reference = (cloud: "aws" | "azure" | "gcp") => String(at(decided(cloud, role({})).spec, `${g}.image.reference`));
    expect(reference("aws")).toMatch(/^resolve:ssm:.*22\.04.*amd64/);
    expect(reference("azure")).toMatch(/^Canonical:.*jammy/);
    expect(reference("gcp")).toMatch(/family\/ubuntu-2204/);
  });
});

describe("a disk", () => {
  const disk = (size: object) => role({ disk: size });
  decides([
    ["is 50 GiB of SSD on AWS", "aws", role({}), `${g}.disk`, { gib: 50, type: "gp3", iops: null, throughputMiBps: null }],
    ["is the next step on Azure", "azure", role({}), `${g}.disk`, { gib: 64, type: "Premium_LRS", iops: null, throughputMiBps: null }],
    ["is balanced on Google Cloud", "gcp", role({}), `${g}.disk.type`, "pd-balanced"],
    ["[CT-REC-02] is faster where NVMe is asked for", "gcp", disk({ kind: "nvme" }), `${g}.disk.type`, "pd-ssd"],
    ["takes operations a second on AWS", "aws", disk({ iops: 6000 }), `${g}.disk.iops`, 6000],
    ["takes none where the size decides", "azure", disk({ iops: 6000 }), `${g}.disk.iops`, null],
  ]);
  notes([
    ["says when it grows to a step", "azure", role({}), "roles.web.disk.gib", /50 GiB becomes 64 GiB/],
    ["says when operations follow from its size", "gcp", disk({ iops: 6000 }), "roles.web.disk.iops", /operations a second/],
  ]);
  refuses([
    ["takes what its kind can", "aws", disk({ iops: 100_000 }), "roles.web.disk.iops", /expected at most 80000 on gp3/],
    ["gives at least what its kind does", "aws", disk({ iops: 1000 }), "roles.web.disk.iops", /at least 3000 on gp3/],
    ["is no larger than the largest", "azure", disk({ gib: 40_000 }), "roles.web.disk.gib", /at most 32767 GiB/],
  ]);
});

describe("a machine", () => {
  const three = machine({ instances: 3, volumes: { data: { gib: 100 } } });
  decides([
    ["is one unless told", "aws", machine({}), `${m}.instances`, { 1: { subnet: "management-a", zone: "a", address: null } }],
    ["spreads its instances over the zones", "aws", three, `${m}.instances["3"].zone`, "c"],
    ["lives in its zone's subnet", "aws", three, `${m}.instances["2"].subnet`, "management-b"],
    ["lives in the tier's one subnet elsewhere", "gcp", three, `${m}.instances["2"].subnet`, "management"],
    ["begins anew when zones run out", "aws", { ...three, network: { tiers, zones: 2 } }, `${m}.instances["3"].zone`, "a"],
    ["[CT-HA-10] has data volumes of its own", "aws", three, `${m}.volumes.data.gib`, 100],
    ["is snapshotted every day for a week", "all", three, `${m}.snapshots`, { everyHours: 24, keepDays: 7 }],
    ["may have a fixed address", "all", machine({ address: "10.0.0.10" }), `${m}.instances["1"].address`, "10.0.0.10"],
  ]);
  refuses([
    [
      "has an address inside its subnet",
      "all",
      machine({ address: "10.0.9.10" }),
      "roles.web.address",
      /a free address of 10\.0\.0\.0\/26/,
    ],
    [
      "keeps no more snapshots than the cloud does",
      "azure",
      machine({ volumes: { data: { gib: 100 } }, snapshots: { everyHours: 1, keepDays: 30 } }),
      "roles.web.snapshots",
      /at most 450 snapshots of a volume on azure, got 720/,
    ],
    ["has no address that the cloud keeps", "all", machine({ address: "10.0.0.3" }), "roles.web.address", /fifth to the third last/],
    ["has no address at the end either", "all", machine({ address: "10.0.0.62" }), "roles.web.address", /third last/],
    ["has one address for one instance", "all", machine({ instances: 2, address: "10.0.0.10" }), "roles.web.address", /several instances/],
    ["has a zone of the network", "all", machine({ zone: "f" }), "roles.web.zone", /expected one of a, b, c/],
  ]);
});
