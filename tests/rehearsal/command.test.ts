/** `npm run rehearse` as a person runs it: what it prints, its exit codes, and that it leaves nothing behind, whatever happens. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { simulateCloud } from "../../rehearsal/cloud.ts";
import { clouds } from "../../rehearsal/kinds/index.ts";
import { root } from "../support/shipped.ts";
import { configOf, minimal, onStage, rehearsal } from "./support/stages.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly left: readonly string[];
}

const main = fileURLToPath(new URL("cli/main.ts", root));
const small = ["--system", "stacks/examples/minimal.yaml", "--cloud", "gcp", "--environment", "staging"];

function begin(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const temporary = mkdtempSync(join(folder, "tmp-"));
  const child = spawn(process.execPath, [main, "rehearse", ...args], {
    cwd: fileURLToPath(root),
    env: { ...process.env, NO_COLOR: "1", TMPDIR: temporary, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.err += text;
  });
  const ended = new Promise<Ended>(resolve =>
    child.on("close", code => resolve({ code, ...written, left: readdirSync(temporary).filter(name => name.startsWith("strata-")) })),
  );
  return { child, ended };
}

const command = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> => begin(args, env).ended;

rehearsal("npm run rehearse", () => {
  it("prints the phases as data", async () => {
    const { code, out, err, left } = await command([...small, "--set", "roles.web.count.max=4", "--json"]);
    expect(err).not.toContain("expected");
    const { format, phases } = JSON.parse(out);
    expect(format).toBe(1);
    expect(phases.map(({ name }: { name: string }) => name)).toEqual(["up", "no-op", "refresh", "change", "destroy"]);
    expect(phases.map(({ operations }: { operations: object }) => Object.keys(operations))).toEqual([
      ["create"],
      ["same"],
      ["same"],
      ["same", "update"],
      ["delete"],
    ]);
    expect(phases.every(({ seconds }: { seconds: number }) => seconds > 0)).toBe(true);
    expect([code, left]).toEqual([0, []]);
  });

  it("shows a table, and which property replaces what", async () => {
    const { code, out, left } = await command([...small, "--set", "roles.web.size.vcpu=4"]);
    expect(out).toMatch(/phase +resources +replaced +seconds/);
    expect(out).toMatch(
      /change: web-\S+ \(gcp:compute\/regionInstanceTemplate:RegionInstanceTemplate\) is replaced because of machineType/,
    );
    expect([code, left]).toEqual([0, []]);
  });

  it("rehearses the upgrade of an exported stack", async () => {
    const file = join(folder, "prod.json");
    const [onAws] = minimal;
    if (onAws === undefined) throw new Error("a fixture is missing");
    await onStage(onAws, async stage => {
      expect((await stage.up()).problem).toBeNull();
      writeFileSync(file, JSON.stringify(await stage.state()));
    });
    const flags = ["--system", "stacks/examples/minimal.yaml", "--cloud", "aws", "--environment", "prod", "--from-state", file];
    const good = await command([...flags, "--json"], { PULUMI_CONFIG_PASSPHRASE: "rehearsal" });
    expect(good.err).not.toContain("expected");
    expect(JSON.parse(good.out).phases.map(({ operations }: { operations: object }) => Object.keys(operations))).toEqual([
      ["same"],
      ["same"],
      ["same"],
      ["delete"],
    ]);
    const wrong = await command(flags, { PULUMI_CONFIG_PASSPHRASE: "not it" });
    expect(wrong.err).toMatch(/passphrase/);
    expect([wrong.code, wrong.left]).toEqual([1, []]);
  });

  it("ends at Ctrl-C: its own exit code, no process and no folder left", async () => {
    const { child, ended } = begin(small);
    await new Promise<void>(resolve => {
      child.stderr?.on("data", (text: string) => {
        if (text.includes("up")) resolve();
      });
    });
    child.kill("SIGINT");
    const { code, left } = await ended;
    expect([code, left]).toEqual([130, []]);
    expect(processesIn(folder)).toEqual([]);
  });
});

/** Processes that were started in a folder, as Linux tells. */
function processesIn(folder: string): readonly string[] {
  const commandOf = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") + readFileSync(`/proc/${pid}/environ`, "utf8");
    } catch {
      return "";
    }
  };
  return readdirSync("/proc").filter(name => /^\d+$/.test(name) && Number(name) !== process.pid && commandOf(name).includes(folder));
}

const states: readonly (readonly [string, string, RegExp])[] = [
  ["is truncated", '{"version":3,"deployment":{"resources":[{"urn":"urn:pul', /breaks off/],
  ["is something else", '{"name":"x"}', /expected an exported stack/],
  [
    "is of another project",
    JSON.stringify({
      version: 3,
      deployment: { resources: [{ urn: "urn:pulumi:prod::other::pulumi:pulumi:Stack::other-prod", type: "pulumi:pulumi:Stack" }] },
    }),
    /project strata, got one of other/,
  ],
  [
    "is newer than the CLI",
    JSON.stringify({
      version: 99,
      deployment: { resources: [{ urn: "urn:pulumi:prod::strata::pulumi:pulumi:Stack::strata-prod", type: "pulumi:pulumi:Stack" }] },
    }),
    /newer than the CLI/,
  ],
];

rehearsal("a state file", () => {
  it.each(states)("that %s is refused, with nothing begun", async (_, text, complaint) => {
    const file = join(folder, "state.json");
    writeFileSync(file, text);
    const { code, err, left } = await command([...small, "--from-state", file]);
    expect(err).toMatch(complaint);
    expect(err).not.toMatch(/\n {4}at /);
    expect([code, left]).toEqual([1, []]);
  });

  it("that is not there is refused", async () => {
    const { code, err } = await command([...small, "--from-state", join(folder, "none.json")]);
    expect(err).toContain("pulumi stack export");
    expect(code).toBe(1);
  });
});

rehearsal("a machine", () => {
  it("whose disk is full is told so, in one line", async () => {
    const bin = mkdtempSync(join(folder, "bin-"));
    const pulumi = join(bin, "pulumi");
    writeFileSync(
      pulumi,
      '#!/bin/sh\n[ "$1" = version ] && { echo v3.258.0; exit 0; }\necho "error: write checkpoint: no space left on device" >&2\nexit 255\n',
    );
    chmodSync(pulumi, 0o755);
    const { code, err, left } = await command(small, { PATH: `${bin}:${process.env.PATH}` });
    expect(err).toContain("no room left on the disk");
    expect([code, left]).toEqual([1, []]);
  });

  it("whose port is taken is told which", async () => {
    const [fixture] = minimal;
    if (fixture === undefined) throw new Error("a fixture is missing");
    const { landlord } = await configOf(fixture);
    const first = await simulateCloud(clouds, landlord);
    const port = Number(/aws:(\d+)/.exec(first.attach)?.[1]);
    await expect(simulateCloud(clouds, landlord, port)).rejects.toThrow(`port ${port} is in use`);
    first.close();
  });
});
