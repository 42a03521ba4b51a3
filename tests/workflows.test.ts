/** What GitHub runs for this project: who may do what, with whose code. The linter judges the syntax; here stand the house's own rules. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { root } from "./support/sources.ts";

const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
type Step = z.infer<typeof step>;
const job = z.object({
  permissions: permissions.optional(),
  "timeout-minutes": z.number().optional(),
  environment: z.string().optional(),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }).optional(),
  strategy: z.object({ matrix: z.object({ include: z.array(z.object({ stack: z.string(), cloud: z.string() })) }) }).optional(),
  steps: z.array(step),
});
const workflow = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions,
  defaults: z.object({ run: z.object({ shell: z.literal("bash") }) }),
  jobs: z.record(z.string(), job),
});

const folder = join(root, ".github/workflows");
const files = readdirSync(folder).toSorted();
const textOf = (file: string): string => readFileSync(join(folder, file), "utf8");
const read = (file: string) => workflow.parse(parse(textOf(file)));
const workflows = files.map(file => [file, read(file)] as const);
const actionText = readFileSync(join(root, ".github/actions/stack/action.yml"), "utf8");
const action = z.object({ runs: z.object({ steps: z.array(step) }) }).parse(parse(actionText));

/** Every job, as `file job`. */
const jobs = workflows.flatMap(([file, { jobs: inner }]) => Object.entries(inner).map(([name, one]) => [`${file} ${name}`, one] as const));
const steps: readonly (readonly [string, Step])[] = [
  ...jobs.flatMap(([name, one]) => one.steps.map(each => [name, each] as const)),
  ...action.runs.steps.map(each => ["action.yml", each] as const),
];
const texts = [...files.map(file => [file, textOf(file)] as const), ["action.yml", actionText] as const];

it("there are the flows that there should be", () => {
  expect(workflows.map(([file, { on }]) => `${file}: ${Object.keys(on).join(", ")}`)).toEqual([
    "deploy.yml: release",
    "drift.yml: schedule, workflow_dispatch",
    "preview.yml: pull_request",
    "pull-request-comment.yml: workflow_run",
    "pull-request.yml: pull_request",
  ]);
});

describe("every flow", () => {
  it("pins each action of others by its commit, and says the version", () => {
    const used = steps.flatMap(([, { uses }]) => (uses === undefined ? [] : [uses]));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter(uses => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses) && uses !== "./.github/actions/stack")).toEqual([]);
    const lines = texts.flatMap(([, text]) => text.split("\n").filter(line => /^\s*(- )?uses: [^.]/.test(line)));
    expect(lines).toHaveLength(used.filter(uses => !uses.startsWith("./")).length);
    expect(lines.filter(line => !/ # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("uses one version of an action", () => {
    const pins = new Set(texts.flatMap(([, text]) => text.match(/[\w.-]+\/[\w./-]+@[0-9a-f]{40} # \S+/g) ?? []));
    const names = [...pins].map(pin => pin.split("@")[0]);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it("says what its token may, at most to read the code; a job adds what it needs", () => {
    for (const [file, { permissions: top }] of workflows)
      expect([file, top]).toEqual([file, file === "pull-request.yml" ? { contents: "read" } : {}]);
    expect(
      Object.fromEntries(jobs.filter(([, one]) => one.permissions !== undefined).map(([name, one]) => [name, one.permissions])),
    ).toEqual({
      "deploy.yml deploy": { contents: "read", "id-token": "write" },
      "drift.yml drift": { contents: "read", "id-token": "write" },
      "preview.yml preview": { contents: "read", "id-token": "write", "pull-requests": "write" },
      "pull-request-comment.yml render": { actions: "read", contents: "read" },
      "pull-request-comment.yml post": { "pull-requests": "write" },
    });
  });

  it("ends by itself", () => {
    expect(jobs.filter(([, one]) => (one["timeout-minutes"] ?? 360) > 120).map(([name]) => name)).toEqual([]);
  });

  it("puts no expression into a script: a branch's name could be one", () => {
    expect(steps.filter(([, { run }]) => run?.includes("${{")).map(([name]) => name)).toEqual([]);
  });

  it("stops a script at its first failure", () => {
    // A workflow's default shell is checked by the schema above; a composite action has none.
    expect(action.runs.steps.filter(({ run, shell }) => run !== undefined && shell !== "bash")).toEqual([]);
    expect(jobs.flatMap(([, one]) => one.steps).filter(({ shell }) => shell !== undefined)).toEqual([]);
  });

  it("leaves no token in a checkout", () => {
    const checkouts = steps.filter(([, { uses }]) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThanOrEqual(7);
    expect(checkouts.filter(([, { with: inputs }]) => inputs?.["persist-credentials"] !== false).map(([name]) => name)).toEqual([]);
  });

  it("uses no trigger that gives a stranger's code the repository's rights", () => {
    expect(texts.filter(([, text]) => text.includes("pull_request_target")).map(([file]) => file)).toEqual([]);
  });
});

describe("the flow for strangers", () => {
  it("has no secret, no variable, no login and no right to write", () => {
    expect(textOf("pull-request.yml")).not.toMatch(/secrets\.|vars\.|github\.token|id-token|: write|environment:/);
    expect(jobs.filter(([name, one]) => name.startsWith("pull-request.yml") && one.permissions !== undefined)).toEqual([]);
  });

  it("compares the merge with what it merges into", () => {
    const lines = steps.filter(([name]) => name === "pull-request.yml difference").map(([, { run }]) => run ?? "");
    expect(lines.some(run => run.includes("worktree add") && run.includes("HEAD^1"))).toBe(true);
    expect(lines.some(run => run.includes("cli/main.ts compare --base plans/base --head plans/head"))).toBe(true);
  });
});

describe("the flow that comments", () => {
  const text = textOf("pull-request-comment.yml");

  it("waits for the flow for strangers by its name", () => {
    expect(read("pull-request-comment.yml").on).toEqual({
      workflow_run: { workflows: [read("pull-request.yml").name], types: ["completed"] },
    });
  });

  it("runs the default branch's code alone", () => {
    const own = steps.filter(([name]) => name.startsWith("pull-request-comment.yml"));
    const checkouts = own.filter(([, { uses }]) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map(([, { with: inputs }]) => inputs)).toEqual([{ path: "trusted", "persist-credentials": false }]);
    const commands = own.flatMap(([, { run }]) =>
      [...(run?.matchAll(/\b(?:node|npm|npx|bash|sh|source|eval)\b.*/g) ?? [])].map(([line]) => line),
    );
    expect(commands).toEqual(["npm ci)", "node trusted/cli/main.ts compare --base plans/base --head plans/head > comment.md"]);
  });

  it("writes where no code of the project runs, to the pull request whose commit was planned", () => {
    const post = read("pull-request-comment.yml").jobs.post;
    expect(post?.steps.map(({ uses }) => uses?.split("@")[0] ?? "a script")).toEqual(["actions/download-artifact", "a script"]);
    expect(text).toMatch(/HEAD_SHA: \$\{\{ github\.event\.workflow_run\.head_sha \}\}/);
    expect(post?.steps[1]?.run).toContain("select(.head.sha == env.HEAD_SHA)");
  });

  it("reads no more than a size, packed and unpacked", () => {
    expect(text.match(/\(\( bytes > \d+ \)\)/g)).toHaveLength(2);
  });
});

describe("the flows with a login", () => {
  const stack = `\${{ matrix.stack }}`;
  const stacks = readdirSync(root)
    .flatMap(file => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .map(name => ({ name, config: parse(readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")).config }));
  const flows = ["deploy.yml deploy", "drift.yml drift", "preview.yml preview"];
  const ofFlow = (name: string) => jobs.find(([each]) => each === name)?.[1];

  it.each(flows)("%s has every shipped stack, on its cloud", name => {
    const byStack = (ofFlow(name)?.strategy?.matrix.include ?? []).map(each => `${each.stack} ${each.cloud}`);
    expect(byStack.toSorted()).toEqual(stacks.map(each => `${each.name} ${each.config["strata:cloud"]}`).toSorted());
  });

  it("find no stack that needs no account", () => {
    expect(stacks.filter(({ config }) => config["strata:offline"] === true)).toEqual([]);
  });

  it("deploy what may be tried first, first; behind the stack's own gate, one after the other, to the end", () => {
    const deploy = ofFlow("deploy.yml deploy");
    expect(deploy?.strategy?.matrix.include.at(-1)?.stack).toBe("prod");
    expect(deploy?.environment).toBe(stack);
    expect(deploy?.concurrency).toEqual({ group: `deploy-${stack}`, "cancel-in-progress": false });
    expect(textOf("deploy.yml")).toMatch(/max-parallel: 1\n/);
  });

  it("read with a login of their own: an environment that may deploy is named by the deploy alone", () => {
    expect([ofFlow("drift.yml drift")?.environment, ofFlow("preview.yml preview")?.environment]).toEqual(Array(2).fill(`${stack}-read`));
    expect(texts.filter(([, text]) => /pulumi (up|destroy|refresh(?!.*--preview-only))\b/.test(text)).map(([file]) => file)).toEqual([
      "deploy.yml",
    ]);
  });

  it("preview no branch of a fork", () => {
    expect(textOf("preview.yml")).toMatch(/if: github\.event\.pull_request\.head\.repo\.full_name == github\.repository &&/);
  });

  it("tell drift by a failure", () => {
    const run = ofFlow("drift.yml drift")?.steps.at(-1)?.run;
    for (const flag of ["--preview-only", "--expect-no-changes", "--non-interactive"]) expect(run).toContain(flag);
  });

  it("log in at the stack's cloud, and at no other", () => {
    const conditions = [
      ...actionText.matchAll(/- if: inputs\.cloud == '(\w+)'\n\s+(?:uses: ([^@]+)@|shell: bash\n\s+run: echo "(ARM_USE_OIDC)=true)/g),
    ];
    expect(conditions.map(([, cloud, uses, variable]) => `${cloud} ${uses ?? variable}`)).toEqual([
      "aws aws-actions/configure-aws-credentials",
      "azure ARM_USE_OIDC",
      "gcp google-github-actions/auth",
    ]);
  });

  it("run the CLI of the SDK's version", () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
    const versions = texts.flatMap(([, text]) => [...text.matchAll(/pulumi-version: (\S+)/g)].map(([, version]) => version));
    expect(versions).toEqual(Array(2).fill(dependencies["@pulumi/pulumi"]));
  });
});
