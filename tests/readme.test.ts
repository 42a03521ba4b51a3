/** The README and the parity page say what the program does: examples run, tables are whole, generated parts are current. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { docsFiles, staleDocs } from "../cli/docs.ts";
import { parityRows, sourceOf } from "../cli/parity.ts";
import { planCommand } from "../cli/plan.ts";
import { planStack } from "../cli/planner/strata.ts";
import { gap } from "../cli/readme.ts";
import { type PlanFlags, runPlan } from "../cli/runPlan.ts";
import { clouds } from "../components/kernel/cloud.ts";

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const readme = text("README.md");

/** Runs `plan` with the words of a command line, and gives back what it wrote. */
async function plan(words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let flags: PlanFlags = {};
  const program = new Command().exitOverride();
  planCommand(program);
  program.commands[0]?.action((read: PlanFlags) => {
    flags = read;
  });
  await program.parseAsync(["plan", ...words], { from: "user" });
  const written = { out: "", err: "" };
  const stream = (key: "out" | "err") => ({
    isTTY: false,
    write: (part: string | Uint8Array) => {
      written[key] += String(part);
      return true;
    },
  });
  return { code: await runPlan(flags, planStack, { out: stream("out"), err: stream("err") }), ...written };
}

/** Words of every `npm run plan` in a code block, without the remark behind it. */
const examples = [...readme.matchAll(/^npm run plan -- ([^#\n]+)/gm)].map(([, words = ""]) => words.trim());

/** Names in backticks in the first column of the table under a heading. */
const firstColumn = (heading: string): readonly string[] => {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
};

describe("an example of the README", () => {
  it("is one of several", () => expect(examples.length).toBeGreaterThanOrEqual(5));

  it.each(examples)("plans: %s", async words => {
    const { code, out, err } = await plan(words.split(/\s+/));
    expect([code, err]).toEqual([0, ""]);
    if (words.includes("--json")) expect(JSON.parse(out)).toMatchObject({ format: 1, resources: expect.any(Array) });
    else expect(out).toMatch(/^\S+ · .+\n(.*\n)+Sizes\n/);
  });
});

describe("the plan in the README", () => {
  it("is made of lines of the real one, in their order", async () => {
    const { out } = await plan([]);
    const real = out.split("\n");
    const shown = readme.split("<!-- plan -->")[1]?.split("```")[1]?.trim().split("\n") ?? [];
    const lines = shown.filter(line => line !== "" && line.trim() !== gap);
    expect(lines.length).toBeGreaterThan(20);
    let from = 0;
    for (const line of lines) {
      const at = real.indexOf(line, from);
      expect(at, line).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
  });
});

describe("the generated parts", () => {
  let files: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    files = await docsFiles();
  });

  it("are current: npm run docs", () => {
    expect(Object.keys(files)).toEqual(["docs/parity.md", "README.md"]);
    expect(staleDocs(files)).toEqual([]);
  });
});

describe("a table of the README", () => {
  it("has every configuration key of Pulumi.yaml, and no other", () => {
    const { config } = parse(text("Pulumi.yaml"));
    expect(firstColumn("Stack configuration").toSorted()).toEqual(
      Object.keys(config)
        .map(key => `strata:${key}`)
        .toSorted(),
    );
  });

  it("has every output of a stack, and no other", async () => {
    const values = { "strata:system": "stacks/examples/minimal.yaml", "strata:cloud": "aws", "strata:environment": "staging" };
    const { outputs } = await planStack({ stack: "staging", values, secretKeys: [] });
    expect(firstColumn("Outputs").toSorted()).toEqual(Object.keys(outputs).toSorted());
  });
});

describe("parity", () => {
  const rows = parityRows();

  it("calls every argument as a person writes it", () => {
    expect(rows.filter(({ argument }) => !argument.startsWith("`")).map(({ argument }) => argument)).toEqual([]);
    expect(new Set(rows.map(({ argument }) => argument)).size).toBe(rows.length);
  });

  it("has every argument on every cloud", () => {
    for (const { argument, by } of rows) expect([argument, Object.keys(by)]).toEqual([argument, [...clouds]]);
  });

  it("shows the source of every row that is not native", () => {
    const page = text("docs/parity.md");
    for (const { argument, by } of rows)
      for (const cloud of clouds) {
        const support = by[cloud];
        if (support === undefined || support.is === "native") continue;
        expect(sourceOf(support), `${argument} on ${cloud}`).toMatch(/^https:\/\/\S+$/);
        expect(page).toMatch(
          new RegExp(`^- ${RegExp.escape(argument)} on ${cloud}: .+\\(\\[source\\]\\(${RegExp.escape(sourceOf(support))}\\)\\)$`, "m"),
        );
      }
  });
});
