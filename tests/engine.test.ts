/**
 * Where the Pulumi CLI of a rehearsal comes from: PATH, the cache, or a build. Every command here is a script that answers as the real
 * one does, so this shows what is asked and what becomes of the answers; that the real Go builds it, `npm run engine` shows.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runEngine } from "../cli/engine.ts";
import { run } from "../rehearsal/command.ts";
import { buildEngine, commandOptions, type Engine, findEngine, type Machine, type NoEngine } from "../rehearsal/engine.ts";

const scratch = mkdtempSync(join(tmpdir(), "strata-engine-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const goMod = `module trial

go 1.26

tool github.com/pulumi/pulumi/pkg/v3/cmd/pulumi

require github.com/pulumi/pulumi/pkg/v3 v3.258.0 // indirect
`;

function script(file: string, ...lines: readonly string[]): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
  return file;
}

interface Trial {
  readonly folder: string;
  readonly machine: Machine;
  /** What was said on the way. */
  readonly said: string[];
  readonly say: (line: string) => void;
  readonly find: () => Promise<Engine | NoEngine>;
  readonly build: (signal?: AbortSignal) => Promise<Engine | NoEngine>;
}

/** A machine of its own, whose PATH holds what a test puts into `bin`. */
function trial(sum = "sum"): Trial {
  const folder = mkdtempSync(join(scratch, "m-"));
  const module = join(folder, "module");
  mkdirSync(module);
  writeFileSync(join(module, "go.mod"), goMod);
  writeFileSync(join(module, "go.sum"), sum);
  const machine = { env: { PATH: join(folder, "bin"), HOME: folder, XDG_CACHE_HOME: join(folder, "cache") }, module };
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
  };
  return {
    folder,
    machine,
    said,
    say,
    find: () => findEngine(machine, say),
    build: signal => buildEngine({ ...machine, ...(signal && { signal }) }, say),
  };
}

const onPath = ({ folder }: Trial, ...lines: readonly string[]): string => script(join(folder, "bin", "pulumi"), ...lines);

/** A Go that answers `env GOVERSION` and, told to build, writes down what it was asked and does what the lines say; `$out` is `-o`. */
function fakeGo({ folder }: Trial, version: string, ...lines: readonly string[]): void {
  script(
    join(folder, "bin", "go"),
    "PATH=/usr/bin:/bin",
    `if [ "$1" = env ]; then echo ${version}; exit 0; fi`,
    `printf '%s\\n' "$@" "GOWORK=$GOWORK" "PWD=$PWD" "$GOTMPDIR" >> '${folder}/asked'`,
    'while [ "$1" != -o ]; do shift; done; out=$2',
    ...lines,
  );
}
const writesPulumi = (answer = "v3.258.0") => [`printf '#!/bin/sh\\necho ${answer}\\n' > "$out"`, 'chmod +x "$out"'];

/** Everything below the cache, as paths. */
const cached = ({ folder }: Trial): readonly string[] =>
  existsSync(join(folder, "cache")) ? readdirSync(join(folder, "cache"), { recursive: true, encoding: "utf8" }).toSorted() : [];
const kept = /^strata\/engine\/3\.258\.0-[0-9a-f]{8}\/bin\/pulumi$/;
const commandOf = (found: Engine | NoEngine): string => ("command" in found ? found.command : `none: ${found.missing}`);
const missing = (found: Engine | NoEngine): string => ("missing" in found ? found.missing : `found ${found.command}`);

describe("the CLI on PATH", () => {
  it.each([
    ["v3.258.0", "3.258.0"],
    ["3.300.1", "3.300.1"],
    ["v3.206.0", "3.206.0"],
    ["v3.259.0-alpha.1+dirty", "3.259.0-alpha.1+dirty"],
  ])("that answers %s is taken", async (answer, version) => {
    const at = trial();
    const command = onPath(at, `echo ${answer}`);
    expect(await at.find()).toEqual({ command, version, from: "path", host: false });
    expect(at.said).toEqual([]);
  });

  it.each([
    ["is too old", "echo v3.205.9", "its version is 3.205.9"],
    ["is far too old", "echo v2.300.0", "its version is 2.300.0"],
    ["is of the next major version", "echo v4.206.0", "its version is 4.206.0"],
    ["answers nonsense", "echo 3.258 or so", '`pulumi version` answered "3.258 or so"'],
    ["answers more than a version", "echo v3.258.0; echo and more", '`pulumi version` answered "3.258.0\\nand more"'],
    ["answers nothing", ":", '`pulumi version` answered ""'],
    ["fails", "echo v3.258.0; echo no such library >&2; exit 3", '`pulumi version` answered "failed: no such library"'],
    ["fails without a word", "exit 3", '`pulumi version` answered "failed: ended with 3"'],
  ])("that %s is passed over, and that is said", async (_what, line, reason) => {
    const at = trial();
    const command = onPath(at, line);
    const passed = `${command} is passed over: ${reason}, supported is >=3.206.0 <4.0.0`;
    expect(missing(await at.find())).toBe(
      `${passed}, and none built yet: run npm run engine (needs Go 1.26 or later), or install Pulumi >=3.206.0 <4.0.0`,
    );
    expect(at.said).toEqual([passed]);
  });

  it("is asked without looking for updates, and is given the environment", async () => {
    const at = trial();
    onPath(at, '[ "$PULUMI_SKIP_UPDATE_CHECK" = true ] && [ -n "$HOME" ] && echo v3.258.0');
    expect(await at.find()).toMatchObject({ version: "3.258.0" });
  });

  it("is the first of that name that can be run", async () => {
    const at = trial();
    const file = (folder: string) => join(at.folder, folder, "pulumi");
    mkdirSync(file("folder"), { recursive: true });
    mkdirSync(dirname(file("plain")));
    writeFileSync(file("plain"), "", { mode: 0o644 });
    script(file("first"), "echo v3.258.0");
    script(file("second"), "echo v3.259.0");
    script(file("relative"), "echo v3.260.0");
    const PATH = [
      "",
      relative(process.cwd(), dirname(file("relative"))),
      ...["folder", "plain", "first", "second"].map(name => join(at.folder, name)),
    ].join(":");
    expect(await findEngine({ ...at.machine, env: { PATH } })).toMatchObject({ command: file("first") });
  });

  it("wins over a built one, and nothing is built", async () => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    await at.build();
    const command = onPath(at, "echo v3.260.0");
    expect(await at.build()).toEqual({ command, version: "3.260.0", from: "path", host: false });
  });

  it.each([
    ["beside it", "bin"],
    ["elsewhere on PATH", "more"],
    ["beside what its link leads to", "real"],
  ])("has the Node language host %s", async (_where, folder) => {
    const at = trial();
    const command = join(at.folder, "bin", "pulumi");
    mkdirSync(dirname(command));
    symlinkSync(script(join(at.folder, "real", "pulumi"), "echo v3.258.0"), command);
    script(join(at.folder, folder, "pulumi-language-nodejs"), "exit 1");
    const PATH = `${join(at.folder, "bin")}:${join(at.folder, "more")}`;
    expect(await findEngine({ ...at.machine, env: { PATH } })).toEqual({ command, version: "3.258.0", from: "path", host: true });
  });
});

describe("a built CLI", () => {
  it("is built by the pinned go.mod, and found again", async () => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    const built = await at.build();
    const command = commandOf(built);
    expect(built).toEqual({ command, version: "3.258.0", from: "cache", host: false });
    expect(at.said).toEqual(["building Pulumi 3.258.0 with go1.26.8: a few minutes the first time"]);
    // What Go leaves behind stands where what it builds does, and goes with it.
    const asked = readFileSync(join(at.folder, "asked"), "utf8").trim().split("\n");
    const places = asked.filter(word => word.includes("/cache/"));
    expect(places).toEqual([`${places[1]}/pulumi`, expect.stringMatching(/\/3\.258\.0-[0-9a-f]{8}\/build-\w{6}$/)]);
    expect(asked.filter(word => !places.includes(word))).toEqual([
      ...["build", "-mod=readonly", "-trimpath", "-ldflags"],
      "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.258.0",
      ...["-o", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", "GOWORK=off", `PWD=${at.machine.module}`],
    ]);
    expect(cached(at).at(-1)).toMatch(kept);
    expect(command).toBe(join(at.folder, "cache", `${cached(at).at(-1)}`));
    rmSync(join(at.folder, "bin"), { recursive: true });
    expect(await at.find()).toEqual(built);
    expect(await at.build()).toEqual(built);
  });

  it("stands in for an unsupported one on PATH", async () => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    onPath(at, "echo v3.100.0");
    expect(await at.build()).toMatchObject({ version: "3.258.0", from: "cache" });
    expect(await at.find()).toMatchObject({ version: "3.258.0", from: "cache" });
    expect(at.said.filter(line => line.includes("passed over"))).toHaveLength(2);
  });

  it.each([
    ["another pin", ["go.sum", "another"], 2],
    ["another replacement", ["go.mod", `${goMod}replace a => b v1.0.0\n`], 2],
    ["the same pin", ["go.sum", "sum"], 1],
  ] as const)("of %s is one of its own or not", async (_what, [file, text], count) => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    await at.build();
    writeFileSync(join(at.machine.module, file), text);
    await at.build();
    expect(cached(at).filter(path => kept.test(path))).toHaveLength(count);
  });

  it("that no longer runs is built again", async () => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    const built = await at.build();
    script(commandOf(built), "exit 1");
    expect(missing(await at.find())).toContain("none built yet");
    expect(await at.build()).toEqual(built);
  });

  it("goes to the folder that the platform names", async () => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    const { XDG_CACHE_HOME: _, ...env } = at.machine.env;
    const inHome = expect.stringMatching(`^${at.folder}/\\.cache/strata/engine/`);
    expect(await buildEngine({ ...at.machine, env })).toMatchObject({ command: inHome });
    expect(await buildEngine({ ...at.machine, env: { ...env, XDG_CACHE_HOME: "relative" } })).toMatchObject({ command: inHome });
  });

  it("is one, whole, when two are built at once", async () => {
    const at = trial();
    // Each waits until both are at it.
    const wait = `n=0; while [ $n -lt 200 ] && [ "$(grep -c '^build$' '${at.folder}/asked')" -lt 2 ]; do sleep 0.01; n=$((n+1)); done`;
    fakeGo(at, "go1.26.8", wait, ...writesPulumi());
    const [one, other] = await Promise.all([at.build(), at.build()]);
    expect(one).toEqual(other);
    expect(await at.find()).toEqual(one);
    expect(readFileSync(join(at.folder, "asked"), "utf8").match(/^build$/gm)).toHaveLength(2);
    expect(cached(at).filter(path => /build-/.test(path))).toEqual([]);
    expect(cached(at).filter(path => kept.test(path))).toHaveLength(1);
  });
});

describe("no CLI", () => {
  const remedy = "install Pulumi >=3.206.0 <4.0.0 or Go 1.26 or later";

  it("and no Go is one line that says what to install", async () => {
    expect(missing(await trial().build())).toBe(`no supported Pulumi CLI and no Go on PATH: ${remedy}`);
    expect(missing(await trial().find())).toBe(
      "no pulumi on PATH, and none built yet: run npm run engine (needs Go 1.26 or later), or install Pulumi >=3.206.0 <4.0.0",
    );
  });

  it.each(["go1.25.9", "go1.9", "go1.25rc1"])("and %s, which is too old, says so and builds nothing", async version => {
    const at = trial();
    fakeGo(at, version, ...writesPulumi());
    expect(missing(await at.build())).toBe(`${join(at.folder, "bin", "go")} is ${version}, too old to build Pulumi 3.258.0: ${remedy}`);
    expect(cached(at)).toEqual([]);
  });

  it.each(["go1.26", "go1.26rc1", "go1.27.0", "go2.0.0"])("and %s builds one", async version => {
    const at = trial();
    fakeGo(at, version, ...writesPulumi());
    expect(await at.build()).toMatchObject({ from: "cache" });
  });

  it("and a Go that does not run shows its words", async () => {
    const at = trial();
    script(join(at.folder, "bin", "go"), "echo toolchain not available >&2; exit 1");
    expect(missing(await at.build())).toBe(`${join(at.folder, "bin", "go")} does not run: ${remedy}\ntoolchain not available`);
  });

  it.each([
    [
      "fails",
      ['i=1; while [ $i -le 20 ]; do echo line $i >&2; i=$((i+1)); done; : > "$out"; exit 1'],
      /^go build of Pulumi 3\.258\.0 failed:\n(line (13|14|15|16|17|18|19|20)\n?){8}$/,
    ],
    [
      "leaves one that does not run",
      [': > "$out"'],
      /^the Pulumi that Go built is of no use: `pulumi version` answered "failed: .+", expected 3\.258\.0$/,
    ],
    [
      "leaves one of another version",
      writesPulumi("v3.0.0-dev"),
      /^the Pulumi that Go built is of no use: its version is 3\.0\.0-dev, expected 3\.258\.0$/,
    ],
  ] as const)("and a build that %s leaves nothing behind", async (_what, lines, words) => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...lines);
    expect(missing(await at.build())).toMatch(words);
    expect(cached(at).filter(path => /build-|pulumi$/.test(path))).toEqual([]);
  });

  it("and a build that is stopped ends with its children and leaves nothing behind", async () => {
    const at = trial();
    const stop = new AbortController();
    // The child outlives a Go that is ended alone, and says so.
    fakeGo(at, "go1.26.8", `(sleep 0.5; : > '${at.folder}/orphan') & : > '${at.folder}/started'`, "wait", ...writesPulumi());
    const build = at.build(stop.signal);
    for (let tries = 0; tries < 200 && !existsSync(join(at.folder, "started")); tries += 1) await new Promise(next => setTimeout(next, 10));
    stop.abort();
    expect(missing(await build)).toBe("the build was stopped");
    expect(cached(at).filter(path => /build-|pulumi$/.test(path))).toEqual([]);
    await new Promise(next => setTimeout(next, 700));
    expect(existsSync(join(at.folder, "orphan"))).toBe(false);
  });

  it("and a cache that cannot be written says where else", async () => {
    const at = trial();
    fakeGo(at, "go1.26.8", ...writesPulumi());
    writeFileSync(join(at.folder, "cache"), "a file, where a folder should be");
    expect(missing(await at.build())).toMatch(/^cannot write to the cache \(E.*\): free it, or name another folder by XDG_CACHE_HOME$/);
  });
});

describe("a command", () => {
  const slow = ["-c", "/bin/sleep 20; echo done"];

  it("that takes too long is ended with its children", async () => {
    const start = performance.now();
    expect(await run("/bin/sh", slow, { env: {}, seconds: 0.2 })).toEqual({ ok: false, out: "", err: "no answer within 0.2 s" });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("that was stopped before it began is ended at once", async () => {
    const start = performance.now();
    expect(await run("/bin/sh", slow, { env: {}, signal: AbortSignal.abort() })).toMatchObject({ ok: false, err: "ended with SIGKILL" });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("that is not there says so", async () => {
    expect(await run(join(scratch, "absent"), [], { env: {} })).toMatchObject({ ok: false, err: expect.stringContaining("ENOENT") });
  });
});

describe("what drives an engine", () => {
  const engine = (command: string): Engine => ({ command, version: "3.258.0", from: "path", host: false });

  it.each([
    ["/opt/pulumi/bin/pulumi", { root: "/opt/pulumi" }],
    ["/opt/pulumi/pulumi", {}],
  ])("is given %s as %j", (command, options) => expect(commandOptions(engine(command))).toEqual(options));
});

describe("the project's own go.mod", () => {
  it("is one that an engine can be built from", async () => {
    const at = trial();
    const module = join(import.meta.dirname, "../rehearsal/engine");
    const [, version] = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(module, "go.mod"), "utf8")) ?? [];
    fakeGo(at, "go1.26.8", ...writesPulumi(`v${version}`));
    expect(await buildEngine({ ...at.machine, module })).toMatchObject({ version, from: "cache" });
  });
});

describe("the command", () => {
  async function told(engine: Engine | NoEngine): Promise<readonly [number, string, string]> {
    const written = { out: "", err: "" };
    const stream = (key: "out" | "err") => ({
      isTTY: false,
      write: (part: string | Uint8Array) => {
        written[key] += String(part);
        return true;
      },
    });
    const build = async (say: (line: string) => void) => {
      say("on the way");
      return engine;
    };
    return [await runEngine(build, { out: stream("out"), err: stream("err") }), written.out, written.err];
  }

  it("prints where the engine is and how long it took", async () => {
    const engine: Engine = { command: "/opt/bin/pulumi", version: "3.258.0", from: "path", host: true };
    expect(await told(engine)).toEqual([
      0,
      expect.stringMatching(/^Pulumi 3\.258\.0 at \/opt\/bin\/pulumi \(path, with the Node language host\), \d+\.\d s\n$/),
      "on the way\n",
    ]);
    expect((await told({ ...engine, from: "cache", host: false }))[1]).toMatch(/ \(cache\), /);
  });

  it("ends with 1 and the reason where there is none", async () => {
    expect(await told({ missing: "no Go" })).toEqual([1, "", "on the way\nno Go\n"]);
  });
});
