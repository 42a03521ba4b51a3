/** `plan --flows`: the matrix on a page, as a flowchart and as data, and what it answers. Whether it is right is shown in flows.test.ts. */
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { type FlowReport, flowReport, isAsDecided } from "../cli/flowReport.ts";
import type { Plan } from "../cli/planner/model.ts";
import { portsText } from "../cli/planner/ways.ts";
import { flowsMermaid, flowsText } from "../cli/render/flows.ts";
import { paintFor } from "../cli/render/paper.ts";
import { runFlows } from "../cli/runFlows.ts";
import { ConfigError } from "../components/kernel/errors.ts";
import type { Ports, Protocol, Reach } from "../reach/model.ts";
import { planOf } from "./support/shipped.ts";

const way = (from: string, to: string, ports: Ports, more: Partial<Reach> = {}): Reach => ({
  ...{ from, to, ports, protocol: "tcp", place: "primary", through: ["rule"] },
  ...more,
});
const none: FlowReport = {
  ...{ format: 1, system: "shop", environment: "prod", cloud: "aws" },
  ...{ reaches: [], exposures: [], missing: [], extra: [] },
};
const reaches = [
  way("web", "db", [5432, 5432]),
  way("web", "internet", [80, 80]),
  way("web", "internet", [443, 443]),
  way("192.168.1.0/24", "web", [9090, 9092]),
];
const plain = paintFor({ isTTY: false });
const page = (report: Partial<FlowReport>): readonly string[] => flowsText({ ...none, ...report }, plain).split("\n");
const chart = (report: Partial<FlowReport>): readonly string[] => flowsMermaid({ ...none, ...report }).split("\n");

function written() {
  const texts = { out: "", err: "" };
  const stream = (key: "out" | "err") => ({
    isTTY: false,
    write: (text: string | Uint8Array) => {
      texts[key] += String(text);
      return true;
    },
  });
  return { texts, streams: { out: stream("out"), err: stream("err") } };
}

describe("ports", () => {
  it.each<[Protocol, Ports, string]>([
    ["tcp", [443, 443], "443"],
    ["tcp", [9090, 9092], "9090-9092"],
    ["tcp", [0, 65_535], "tcp"],
    ["udp", [500, 500], "500/udp"],
    ["vrrp", [0, 65_535], "vrrp"],
    ["all", [0, 65_535], "all"],
  ])("of %s %j read %s", (protocol, ports, text) => {
    expect(portsText({ protocol, ports })).toBe(text);
  });
});

describe("the page", () => {
  it("has who asks in rows, who answers in columns, and what lies outside at the end", () => {
    expect(page({ reaches })).toEqual([
      "shop · prod · aws",
      "Who opens connections (rows) to whom (columns), read from the planned rules, routes and addresses.",
      "",
      "                  db    web        internet",
      "  ──────────────────────────────────────────",
      "  web             5432             80",
      "                                   443",
      "  ──────────────────────────────────────────",
      "  192.168.1.0/24        9090-9092",
      "",
    ]);
  });

  it("names each difference with what lets it through, or does not", () => {
    const extra = [way("web", "db", [22, 22], { through: ["in-web-db-22", "out-web-db-22"] })];
    const missing = [way("web", "cache", [6379, 6379], { through: ["out-web-cache-6379"] })];
    const exposures = [{ resource: "db-server", what: "a public address" }];
    const lines = page({ reaches: [...reaches, ...extra], extra, missing, exposures });
    expect(lines.some(line => /^ {2}web +-6379 +5432 +80$/.test(line))).toBe(true);
    expect(lines.some(line => /^ +\+22 +443$/.test(line))).toBe(true);
    expect(lines).toContain("  - web to db 22: let through by in-web-db-22, out-web-db-22");
    expect(lines).toContain("  - web to cache 6379: despite out-web-cache-6379");
    expect(lines).toContain("  - db-server: a public address");
  });

  it("tells the second region apart, and says so when nobody reaches anybody", () => {
    expect(page({})).toContain("  Nobody reaches anybody.");
    const lines = page({ reaches: [...reaches, way("web", "db", [5432, 5432], { place: "secondary" })] });
    expect(lines.filter(line => line === "In the second region")).toHaveLength(1);
  });

  it("keeps within 100 columns however many ends there are and whatever their names", () => {
    const ends = Array.from({ length: 20 }, (_, index) => `a-role-with-a-long-name-${index}`);
    const crowd = ends.flatMap(from => ends.map(to => way(from, to, [10_000, 20_000], { through: ["a-rule-".repeat(40)] })));
    const lines = page({ reaches: crowd, extra: crowd.slice(0, 3), missing: crowd.slice(0, 3) });
    expect(lines.filter(line => line.length > 100)).toEqual([]);
    for (const end of ends) expect(lines.some(line => line.includes(end))).toBe(true);
  });
});

describe("the flowchart", () => {
  it("has an arrow a pair, thick for what is too much, dotted for what is closed", () => {
    const extra = [way("web", "db", [22, 22])];
    expect(chart({ reaches: [...reaches, ...extra], extra, missing: [way("db", "web", [1, 1])] })).toEqual([
      "flowchart LR",
      '  n0["db"]',
      '  n1["web"]',
      '  n2["192.168.1.0/24"]',
      '  n3["internet"]',
      '  n1 -->|"5432"| n0',
      '  n1 -->|"80, 443"| n3',
      '  n2 -->|"9090-9092"| n1',
      '  n1 ==>|"22"| n0',
      '  n0 -.->|"1"| n1',
      "",
    ]);
  });
});

describe("the report of a plan", () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await planOf({ system: "freeagentics", environment: "staging" }, "gcp");
  });
  const without = (part: string): Plan => ({ ...plan, resources: plan.resources.filter(({ name }) => !name.includes(part)) });

  it("is as decided for a shipped system", () => {
    expect(isAsDecided(flowReport(plan))).toBe(true);
  });

  it("names the rules that were to open what is closed", () => {
    const { missing, extra } = flowReport(without("flows-in-prometheus-1-web-"));
    expect(extra).toEqual([]);
    expect(missing).toMatchObject([
      { from: "prometheus-1", to: "web", ports: [9100, 9100], through: ["flows-out-prometheus-1-web-tcp-9100"] },
    ]);
  });

  it("names the rules that open what nobody decided", () => {
    const flows = plan.flows.filter(({ from, to }) => from !== "prometheus-1" || to !== "web");
    const { missing, extra } = flowReport({ ...plan, flows });
    expect(missing).toEqual([]);
    expect(extra).toMatchObject([{ from: "prometheus-1", to: "web", protocol: "tcp", ports: [9100, 9100], place: "primary" }]);
    expect(extra[0]?.through).toEqual(
      expect.arrayContaining(["flows-in-prometheus-1-web-tcp-9100", "flows-out-prometheus-1-web-tcp-9100"]),
    );
  });

  it.each<[string, () => Plan, 0 | 1]>([
    ["0 to what is as decided", () => plan, 0],
    ["1 to what is closed although decided", () => without("flows-in-prometheus-1-web-"), 1],
    ["1 to what is open although not decided", () => ({ ...plan, flows: plan.flows.slice(1) }), 1],
  ])("answers %s, whatever the form", async (_, made, status) => {
    for (const flows of [true, "mermaid", "json"] as const) {
      const { texts, streams } = written();
      expect(await runFlows({ flows }, async () => made(), streams)).toBe(status);
      expect(texts.out.length).toBeGreaterThan(100);
      expect(texts.err).toBe("");
    }
  });

  it("answers 1 to an exposure", async () => {
    const open = plan.resources.map(resource =>
      resource.type === "gcp:storage/bucket:Bucket"
        ? { ...resource, inputs: { ...resource.inputs, publicAccessPrevention: "inherited" } }
        : resource,
    );
    const { texts, streams } = written();
    expect(await runFlows({ flows: true }, async () => ({ ...plan, resources: open }), streams)).toBe(1);
    expect(texts.out).toMatch(/\nExposed \(\d+\)\n {2}- \S+-bucket: /);
  });

  it("prints data of format 1, for one cloud or for all", async () => {
    const [one, all] = [written(), written()];
    await runFlows({ flows: "json" }, async () => plan, one.streams);
    const report = JSON.parse(one.texts.out);
    expect(report).toMatchObject({ format: 1, cloud: "gcp", exposures: [], missing: [], extra: [] });
    expect(report).toEqual(flowReport(plan));
    await runFlows({ flows: "json", cloud: "all" }, async () => plan, all.streams);
    expect(Object.keys(JSON.parse(all.texts.out).clouds)).toEqual(["aws", "azure", "gcp"]);
  });

  it("answers 1 to what is refused, with the issues", async () => {
    const issue = { path: "strata:cloud", problem: "none", remedy: "say one" };
    const refusing = () => Promise.reject(new ConfigError([issue]));
    const [text, data] = [written(), written()];
    expect(await runFlows({ flows: true }, refusing, text.streams)).toBe(1);
    expect(text.texts).toEqual({ out: "", err: `${new ConfigError([issue]).message}\n` });
    expect(await runFlows({ flows: "json" }, refusing, data.streams)).toBe(1);
    expect(JSON.parse(data.texts.out)).toEqual({ format: 1, issues: [issue] });
  });
});

describe("the command", () => {
  const strata = (...words: string[]) =>
    spawnSync(process.execPath, ["cli/main.ts", ...words], { encoding: "utf8", cwd: new URL("..", import.meta.url) });

  it("answers 2 to a form that it does not know", () => {
    const { status, stdout, stderr } = strata("plan", "--flows", "svg");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Allowed choices are mermaid, json");
  });

  it("prints the page of a shipped system", () => {
    const { status, stdout } = strata("plan", "--system", "freeagentics", "--cloud", "gcp", "--environment", "staging", "--flows");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^freeagentics · staging · gcp\nWho opens connections/);
  });
});
