/** The difference of plans as people read it: what is said first, what is left out, and that nothing a stranger named is obeyed. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Change } from "../cli/planner/difference.ts";
import { planWith } from "../cli/planner/planner.ts";
import { readPlans } from "../cli/readPlans.ts";
import { type Compared, differenceText, most } from "../cli/render/difference.ts";
import { code } from "../cli/render/markdown.ts";
import { type CompareFlags, type Differ, runCompare } from "../cli/runCompare.ts";
import { fakeProgram } from "./support/fakeProgram.ts";

const change = (name: string, op: Change["op"], rest: Partial<Change> = {}): Change => ({
  urn: `urn:pulumi:prod::strata::strata:index:Database$aws:rds/instance:Instance::${name}`,
  type: "aws:rds/instance:Instance",
  name,
  op,
  changed: [],
  because: [],
  uncertain: [],
  refused: [],
  stateful: false,
  protectionLost: false,
  protectionGained: false,
  ...rest,
});
const compared = (name: string, ...changes: readonly Change[]): Compared => ({ name, state: "compared", changes });
const many = (count: number, op: Change["op"], rest: Partial<Change> = {}): readonly Change[] =>
  Array.from({ length: count }, (_, index) => change(`part-${index}`, op, rest));

const folder = mkdtempSync(join(tmpdir(), "strata-compare-"));
const put = (name: string, data: unknown): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof data === "string" ? data : JSON.stringify(data));
  return path;
};
const about = { format: 1, system: "fake", environment: "prod", cloud: "aws", resources: [] };

beforeAll(async () => {
  put("real.json", await planWith(fakeProgram, { stack: "prod", values: {}, secretKeys: [] }, {}));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the page", () => {
  it("is one line where nothing changed", () => {
    expect(differenceText([compared("a"), compared("b")])).toBe("No difference: 2 plans compared.\n");
  });

  it("says the data in danger first, in its plan and among the plans", () => {
    const page = differenceText([
      compared("staging", change("web", "update", { changed: ["ami"] })),
      compared(
        "prod",
        change("web", "create"),
        change("db", "replace", { stateful: true, because: ["engine"], changed: ["engine", "tags"] }),
        change("keys", "update", { stateful: true, protectionLost: true, changed: ["protect"] }),
        change("cache", "delete", { stateful: true }),
      ),
      compared("quiet"),
    ]);
    const order = ["3 plans compared, 1 without a change", "`prod`", "[!WARNING]", "`cache`", "`db`", "`keys`", "`web`", "`staging`"];
    expect(order.map(text => page.indexOf(text))).toEqual(order.map(text => page.indexOf(text)).toSorted((one, other) => one - other));
    expect(order.filter(text => !page.includes(text))).toEqual([]);
    expect(page).toContain("1 added, 1 changed, 1 replaced, 1 deleted, 1 protection lost.");
    expect(page).toContain("**Data is deleted or replaced, or protection is lost: 3 resources.**");
    expect(page).toContain("| `db` | `rds.Instance` | **replaced** | `engine` |");
    expect(page).toContain("| `keys` | `rds.Instance` | changed, **protection lost** | `protect` |");
    expect(page).not.toContain("`quiet`");
    expect(page).not.toContain("<details>");
  });

  it.each<[string, Partial<Change>, string]>([
    ["a sure replacement", { because: ["name", "zone"], uncertain: ["zone"] }, "replaced | `name`; perhaps `zone` |"],
    ["a doubtful one", { because: ["zone"], uncertain: ["zone"], changed: ["tags", "zone"] }, "perhaps replaced | perhaps `zone` |"],
    ["one that no rule explains", { changed: ["type"] }, "replaced | `type` |"],
    ["what the cloud refuses", { changed: ["size", "tags"], refused: ["size"] }, "replaced, **refused by the cloud** | `size` |"],
    ["protection gained", { because: ["name"], protectionGained: true }, "replaced, protection gained | `name` |"],
    ["many properties", { because: [..."abcdefghij"] }, "| `a`, `b`, `c`, `d`, `e`, 5 more |"],
  ])("says the reason of %s", (_, rest, said) => {
    expect(differenceText([compared("prod", change("web", "replace", rest))])).toContain(said);
  });

  it("warns of no replacement of what holds no data", () => {
    expect(differenceText([compared("prod", change("web", "replace"))])).not.toContain("WARNING");
  });

  it("folds a long list, but never what is in danger", () => {
    const page = differenceText([compared("prod", ...many(11, "create"), ...many(12, "delete", { stateful: true }))]);
    expect(page.indexOf("<details><summary>11 other changes</summary>")).toBeGreaterThan(page.lastIndexOf("**deleted**"));
    expect(page.match(/\*\*deleted\*\*/g)).toHaveLength(12);
  });

  it("says which side has no plan, and why", () => {
    const page = differenceText([
      { name: "new", state: "added", resources: 3 },
      { name: "old", state: "removed", resources: 1 },
      { name: "bad", state: "refused", side: "head", issues: ["roles.web: unknown size"] },
    ]);
    expect(page).toContain("### `new`\n\nNew: no plan at the base. 3 resources.");
    expect(page).toContain("### `old`\n\nGone: no plan at the head. 1 resource.");
    expect(page).toContain("### `bad`\n\nNo plan at the head: it is refused.\n\n- `roles.web: unknown size`");
  });
});

describe("a page too long", () => {
  const name = "long-".repeat(20);
  const wide = (op: Change["op"], rest: Partial<Change>): readonly Change[] =>
    many(60, op, { because: Array.from({ length: 8 }, (_, index) => `${name}${index}`), ...rest });

  it("drops lists before warnings, and says so", () => {
    const plans = ["a", "b", "c"].map(each => compared(each, change("db", "delete", { stateful: true }), ...wide("replace", {})));
    const page = differenceText(plans);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(most);
    expect(page.match(/WARNING/g)).toHaveLength(3);
    expect(page.trimEnd().split("\n").at(-1)).toBe(`Cut to ${most} bytes; left out: 1 list of other changes.`);
  });

  it.each([
    [30_000, 2, 1, "left out: 1 list of losses."],
    [800, 2, 0, "left out: 2 lists of losses."],
    [600, 1, 0, "left out: 1 plan, 2 lists of losses."],
  ])("of warnings alone, in %i bytes, names what it left out", (limit, plans, lists, said) => {
    const page = differenceText(
      ["a", "b"].map(each => compared(each, ...wide("delete", { stateful: true, changed: [name] }))),
      limit,
    );
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
    expect(page.match(/60 deleted/g)).toHaveLength(plans);
    expect(page.match(/\| resource \|/g) ?? []).toHaveLength(lists);
    expect(page).toContain(said);
  });

  it("counts bytes, not letters", () => {
    const letters = "數".repeat(100);
    expect(
      Buffer.byteLength(differenceText(many(200, "update").map((_, index) => compared(`${index}${letters}`, change(letters, "create"))))),
    ).toBeLessThanOrEqual(most);
  });

  it("lists no more rows than a person reads", () => {
    const page = differenceText([compared("prod", ...many(250, "create"))]);
    expect(page.match(/\| added \|/g)).toHaveLength(200);
    expect(page).toContain("50 more are not listed.");
  });
});

describe("what a stranger named", () => {
  it.each([
    ["a mention", "@everyone", "`@everyone`"],
    ["a tag", "<img src=x>", "`<img src=x>`"],
    ["a link", "[a](https://b)", "`[a](https://b)`"],
    ["a code span", "a`b @c `", "`a%60b @c %60`"],
    ["a cell", "a|b", "`a%7Cb`"],
    ["a cell behind a backslash", "a\\|b", "`a%5C%7Cb`"],
    ["a formula", "a$", "`a%24`"],
    ["a line", "a\n# b", "`a%0A# b`"],
    ["a turn of direction", "a\u202eb", "`a%E2%80%AEb`"],
    ["half a letter", "a\ud800b", "`a\ufffdb`"],
    ["nothing", " ", "–"],
  ])("is shown and not obeyed: %s", (_, text, shown) => {
    expect(code(text)).toBe(shown);
  });

  it("stands in code spans wherever the page says it", () => {
    const evil = "x</summary>@you [a](b) |\n## c";
    const everywhere = change(evil, "replace", { type: evil, changed: [evil], because: [evil], uncertain: [evil] });
    const page = differenceText([
      compared(evil, everywhere),
      { name: evil, state: "refused", side: "base", issues: [evil] },
      { name: evil, state: "added", resources: 1 },
    ]);
    const bare = page.replace(/`[^`\n]*`/g, "");
    expect(bare).not.toMatch(/[@[\]<]|## c/);
    expect(page.match(/@you/g)?.length).toBeGreaterThanOrEqual(7);
  });
});

const ran = (flags: Omit<CompareFlags, "base" | "head"> & Partial<CompareFlags>, differ: Differ = () => []) => {
  const said = { out: "", err: "" };
  const stream = (key: "out" | "err") => ({
    isTTY: false,
    write: (text: string) => {
      said[key] += text;
      return true;
    },
  });
  const exit = runCompare({ base: join(folder, "base"), head: join(folder, "head"), ...flags }, differ, {
    out: stream("out"),
    err: stream("err"),
  });
  return { exit, ...said };
};

describe("the command", () => {
  beforeAll(() => {
    for (const side of ["base", "head"]) {
      put(`${side}/same.json`, about);
      put(`${side}/all.json`, {
        format: 1,
        clouds: { aws: about, gcp: { format: 1, issues: [{ path: "a", problem: "b", remedy: "c" }] } },
      });
      put(`${side}/notes.txt`, "no plan");
    }
    put("base/gone.json", about);
    put("head/new.json", about);
    put("head/broken.json", { format: 1, faults: ["no name"] });
  });

  it("compares what has the same name, each cloud for itself, and says what stands on one side", () => {
    const calls: string[] = [];
    const { exit, out } = ran({ json: true }, (before, after) => {
      calls.push(`${before.system} ${after.cloud}`);
      return [change("db", "delete", { stateful: true })];
    });
    const plans: { name: string; state: string; side?: string; issues?: string[]; counts?: object }[] = JSON.parse(out).plans;
    expect(plans.map(({ name, state, side, issues }) => [name, state, side, issues].filter(part => part !== undefined).flat())).toEqual([
      ["all aws", "compared"],
      ["all gcp", "refused", "head", "a: b"],
      ["broken", "refused", "head", "no name"],
      ["gone", "removed"],
      ["new", "added"],
      ["same", "compared"],
    ]);
    expect(plans[0]?.counts).toEqual({ added: 0, changed: 0, replaced: 0, deleted: 1, protectionsLost: 0 });
    expect([exit, calls]).toEqual([0, ["fake aws", "fake aws"]]);
  });

  it("compares two files whatever they are called", () => {
    const { exit, out } = ran({ base: put("before.json", about), head: put("after.json", about) });
    expect([exit, out]).toEqual([0, "No difference: 1 plan compared.\n"]);
  });

  it.each([
    ["a replaced database", change("db", "replace", { stateful: true }), 1],
    ["a deleted one", change("db", "delete", { stateful: true }), 1],
    ["lost protection", change("web", "update", { protectionLost: true }), 1],
    ["a changed database", change("db", "update", { stateful: true }), 0],
    ["a deleted machine", change("web", "delete"), 0],
  ] as const)("with --fail-on-loss answers for %s", (_, one, exit) => {
    expect(ran({ failOnLoss: true }, () => [one]).exit).toBe(exit);
    expect(ran({}, () => [one]).exit).toBe(0);
  });

  it.each([
    ["nothing there", "missing.json", undefined, /missing\.json: expected a plan or a folder of plans, got nothing; give what/],
    ["no JSON", "text.json", "plain", /text\.json: expected a plan as JSON, got .+; give what `npm run plan -- --json` prints/],
    ["an order to the runner", "order.json", "\n::error::x\n", /order\.json: expected a plan as JSON, got .*\?::error::x\?/],
    ["a list", "list.json", [], /list\.json: expected a plan of format 1, got a list; /],
    ["another format", "two.json", { ...about, format: 2 }, /two\.json: expected a plan of format 1, got a map with format 2; /],
    ["half a plan", "half.json", { ...about, resources: [{ urn: 1 }] }, /got a map whose resources\.0\.urn is not right: .*number; give/],
    [
      "clouds within clouds",
      "deep.json",
      { format: 1, clouds: { aws: { format: 1, clouds: {} } } },
      /deep\.json: expected a plan of format 1/,
    ],
  ])("refuses %s", (_, name, data, said) => {
    const path = data === undefined ? join(folder, name) : put(name, data);
    const { exit, out, err } = ran({ base: path, head: path });
    expect([exit, out]).toEqual([1, ""]);
    const [first, second, ...rest] = err.split("\n");
    expect(first).toMatch(said);
    expect([second, rest]).toEqual([first, [""]]);
  });

  it("refuses a folder of no plans, and follows no link out of one", () => {
    mkdirSync(join(folder, "links"));
    symlinkSync(put("outside.json", about), join(folder, "links/inside.json"));
    expect(ran({ base: join(folder, "links") }).err).toContain("links: expected plans, got a folder without a .json file; give what");
  });

  it("reads what the planner prints", () => {
    const read = readPlans(join(folder, "real.json"));
    expect("records" in read && [...read.records].map(([name, recorded]) => [name, "plan" in recorded])).toEqual([["real", true]]);
  });
});
