/** The shape of the program: who may import whom, where an SDK may stand, and what no file may say. */
import { describe, expect, it } from "vitest";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { bracketed, type Import, linesWith, type Source, sources } from "./support/sources.ts";

const within = (folder: string): readonly Source[] => sources.filter(({ path }) => path.startsWith(`${folder}/`) || path === folder);
const components = within("components");
const stacks = within("stacks");
const providers = within("providers");
const program = [...within("index.ts"), ...stacks, ...components, ...providers];
const ofCloud = (cloud: Cloud): readonly Source[] => within(`providers/${cloud}`);
const facts = clouds.flatMap(cloud => within(`providers/${cloud}/facts`));
const adapters = clouds.flatMap(cloud => ofCloud(cloud).filter(source => !facts.includes(source)));

/** `path imports from`, for every import that a rule does not allow. */
const against = (files: readonly Source[], allowed: (to: Import, from: Source) => boolean): readonly string[] =>
  files.flatMap(source => source.imports.filter(to => !allowed(to, source)).map(to => `${source.path} imports ${to.from}`));

const isKernel = ({ file }: Import): boolean => file?.startsWith("components/kernel/") === true;
const isModel = ({ file }: Import): boolean => file !== null && /^components\/[a-z]+\/model\.ts$/.test(file);
const isComponent = ({ file }: Import): boolean => file?.startsWith("components/") === true;
const isPackage = ({ file, from }: Import, names: readonly string[]): boolean =>
  file === null && names.some(name => from === name || from.startsWith(`${name}/`));

const sdks = { aws: "@pulumi/aws", azure: "@pulumi/azure-native", gcp: "@pulumi/gcp" } satisfies Record<Cloud, string>;

describe("imports", () => {
  it("are found", () => {
    expect(sources.length).toBeGreaterThan(150);
    const contract = sources.find(({ path }) => path === "components/contract.ts");
    expect(contract?.imports.length).toBeGreaterThan(10);
    expect(contract?.imports.every(({ typeOnly }) => typeOnly)).toBe(true);
    expect(sources.find(({ path }) => path === "providers/index.ts")?.imports.filter(({ lazy }) => lazy)).toHaveLength(6);
  });

  it("name files that exist", () => {
    const known = new Set(sources.map(({ path }) => path));
    const missing = against(sources, ({ file }) => file === null || !file.endsWith(".ts") || known.has(file));
    expect(missing).toEqual([]);
  });

  it("of the kernel stay in the kernel, but for the type of the facts", () => {
    const packages = ["@pulumi/pulumi", "zod", "fastest-levenshtein"];
    const allowed = (to: Import) => isKernel(to) || (to.typeOnly && to.file === "components/contract.ts") || isPackage(to, packages);
    expect(against(within("components/kernel"), allowed)).toEqual([]);
  });

  it("of a model are the kernel and other models", () => {
    const models = components.filter(({ path }) => path.endsWith("/model.ts"));
    expect(models.length).toBeGreaterThanOrEqual(10);
    const allowed = (to: Import) => isKernel(to) || isModel(to) || (isPackage(to, ["zod"]) && to.from === "zod");
    expect(against(models, allowed)).toEqual([]);
  });

  it("of a component never leave components", () => {
    const packages = ["@pulumi/pulumi", "@pulumi/random", "zod", "fastest-levenshtein"];
    expect(against(components, to => isComponent(to) || isPackage(to, packages))).toEqual([]);
  });

  it("of a decision register nothing: no resolve knows Pulumi", () => {
    const pure = components.filter(
      ({ path }) => !path.startsWith("components/kernel/") && !/extends pulumi\.ComponentResource/.test(sourceOf(path).code),
    );
    const allowed = (to: Import, { path }: Source) => to.typeOnly || !to.from.startsWith("@pulumi/") || path === "components/random.ts";
    expect(against(pure, allowed)).toEqual([]);
  });

  it.each(clouds)("of %s are its own, its SDK, the kernel, and types of the contract", cloud => {
    const own = (to: Import) => to.file?.startsWith(`providers/${cloud}/`) === true;
    const allowed = (to: Import) =>
      own(to) || isKernel(to) || (to.typeOnly && isComponent(to)) || isPackage(to, ["@pulumi/pulumi", "node:crypto", sdks[cloud]]);
    expect(against(ofCloud(cloud), allowed)).toEqual([]);
  });

  it.each(clouds)("of the SDK of %s stand in its folder alone, by its one namespace", cloud => {
    const sdk = sdks[cloud];
    // The planner's tests judge real types; whoever tests is no program.
    expect(
      against(
        sources.filter(({ path }) => !path.startsWith(`providers/${cloud}/`) && !path.startsWith("tests/") && !path.startsWith("bench/")),
        to => !isPackage(to, [sdk]),
      ),
    ).toEqual([]);
    // A sub-path loads hundreds of modules that the namespace loads when they are used.
    expect(against(ofCloud(cloud), to => !to.from.startsWith(`${sdk}/`) || to.typeOnly)).toEqual([]);
  });

  it("of facts know no SDK", () => {
    expect(facts.length).toBeGreaterThanOrEqual(18);
    expect(against(facts, to => to.file !== null)).toEqual([]);
  });

  it("of @pulumi/random stand in one room", () => {
    expect(against(program, (to, from) => !isPackage(to, ["@pulumi/random"]) || from.path === "components/random.ts")).toEqual([]);
  });

  it("of the stacks are components and the door to the clouds", () => {
    const packages = ["@pulumi/pulumi", "zod", "yaml"];
    const allowed = (to: Import) =>
      isComponent(to) ||
      to.file?.startsWith("stacks/") === true ||
      to.file === "providers/index.ts" ||
      isPackage(to, packages) ||
      to.from.startsWith("node:");
    expect(against(stacks, allowed)).toEqual([]);
  });

  it("name all three clouds at two doors: one that opens late, one to all the facts, which no deploy goes through", () => {
    const doors = [...within("providers/index.ts"), ...within("providers/facts.ts")];
    expect(
      against(
        program.filter(source => !doors.includes(source) && !source.path.startsWith("providers/")),
        to => to.file === null || !/^providers\/(aws|azure|gcp)\//.test(to.file),
      ),
    ).toEqual([]);
    expect(against(within("providers/index.ts"), to => to.typeOnly || to.lazy || /\/facts\/regions\.ts$/.test(to.from))).toEqual([]);
    expect(against(within("providers/facts.ts"), to => to.typeOnly || /\/facts\/index\.ts$/.test(to.from))).toEqual([]);
  });

  it("lead to the program's start and to the commands from nowhere", () => {
    const outside = (path: string) => /^(cli|rehearsal|reach|bench|tests)\//.test(path);
    expect(
      against(
        sources,
        ({ file }, from) =>
          (file !== "index.ts" || from.path.startsWith("bench/")) && (file?.startsWith("cli/") !== true || outside(from.path)),
      ),
    ).toEqual([]);
    expect(against(within("index.ts"), to => to.file?.startsWith("stacks/") === true)).toEqual([]);
    expect(against(program, ({ file }) => file?.startsWith("rehearsal/") !== true)).toEqual([]);
    // A rehearsal plans before it deploys: of the command line it knows the planner alone.
    expect(against(within("rehearsal"), ({ file }) => file?.startsWith("cli/") !== true || file.startsWith("cli/planner/"))).toEqual([]);
    expect(against([...program, ...within("cli"), ...within("rehearsal")], ({ file }) => file?.startsWith("tests/") !== true)).toEqual([]);
  });

  it("run in no circle", () => {
    expect(circles(sources)).toEqual([]);
  });
});

describe("what no file says", () => {
  it("configuration is asked of Pulumi in one file", () => {
    expect(
      linesWith(
        program.filter(({ path }) => path !== "stacks/stack-config.ts"),
        /pulumi\.Config\b|new Config\(|allConfig|getConfig/,
      ),
    ).toEqual([]);
  });

  it("the program reads no environment", () => {
    expect(linesWith(program, /process\.env|process\.argv/)).toEqual([]);
  });

  it("nothing is cast away", () => {
    const others = sources.filter(({ path }) => !path.startsWith("tests/")); // a fake may say less than what it stands for
    expect(linesWith(others, /\bas any\b|\bas unknown as\b|<any>|: any\b/)).toEqual([]);
    const silenced = others.flatMap(({ path, text }) => (/@ts-(ignore|nocheck|expect-error)|biome-ignore/.test(text) ? [path] : []));
    expect(silenced).toEqual([]);
  });

  it("an adapter has no default", () => {
    expect(linesWith(adapters, /\?\?/)).toEqual([]);
  });

  it("nothing is made inside an apply", () => {
    const made = program.flatMap(({ path, code }) =>
      [...code.matchAll(/\.apply\(/g)]
        .filter(({ index }) => /\bnew\s+[A-Za-z_.]+\s*\(/.test(bracketed(code, index + ".apply".length)))
        .map(({ index }) => `${path}:${code.slice(0, index).split("\n").length}`),
    );
    expect(made).toEqual([]);
  });

  it("an adapter has no class, no `this` and no registry that changes", () => {
    expect(
      linesWith(adapters, /^\s*(export )?(abstract )?class\b|\bthis\.|^(export )?let\b|^(export )?const \w+ = new (Map|Set)\b/),
    ).toEqual([]);
  });

  it("a name says what is erased: no enum, no namespace, no parameter property", () => {
    expect(
      linesWith(
        sources,
        /^\s*(export )?(declare )?(const )?enum\b|^\s*(export )?(declare )?namespace\b|constructor\(([^)]*,)?\s*(private|public|protected|readonly)\b/,
      ),
    ).toEqual([]);
  });

  it("a schema takes no key it does not know", () => {
    expect(linesWith([...components, ...stacks], /\bz\.object\(/)).toEqual([]);
  });

  it("no cloud is asked anything, but for credentials that exist only as a list of our own resource", () => {
    const asked = linesWith(adapters, /\b(aws|azure|gcp)(\.\w+)*\.(get|list)[A-Z]\w*\(/);
    expect(asked.filter(line => !/^providers\/azure\/cache-key\.ts:.*listDatabaseKeysOutput/.test(line))).toEqual([]);
  });
});

describe("classes", () => {
  const classes = components.flatMap(({ path, code }) =>
    [...code.matchAll(/export class (\w+)<[^>]*> extends pulumi\.ComponentResource[\s\S]*?super\("([^"]+)"/g)].map(([, name, token]) => ({
      path,
      name,
      token,
    })),
  );

  it("have a token of their own name, each its own", () => {
    expect(classes.length).toBeGreaterThanOrEqual(15);
    expect(classes.map(({ token }) => token)).toEqual(classes.map(({ name }) => `strata:index:${name}`));
    expect(new Set(classes.map(({ token }) => token)).size).toBe(classes.length);
  });

  it("stand in components alone, and end with their outputs", () => {
    const elsewhere = sources.filter(({ path }) => !path.startsWith("components/") && !path.startsWith("tests/"));
    expect(linesWith(elsewhere, /class \w+.* extends pulumi\.(ComponentResource|CustomResource|Resource)\b/)).toEqual([]);
    for (const { path } of classes) expect(`${path} ${sourceOf(path).code.includes("this.registerOutputs(")}`).toBe(`${path} true`);
  });
});

describe("files", () => {
  /** Over 250 lines, and why. */
  const long: Readonly<Record<string, string>> = {
    "providers/aws/facts/sizes.ts": "a table: a line a class",
    "providers/azure/facts/sizes.ts": "a table: a line a class",
    "providers/gcp/facts/sizes.ts": "a table: a line a class",
    "components/contract.ts": "the whole port on one screen, types only",
  };

  it("are short: 250 lines unless a reason stands here", () => {
    const over = [...program, ...within("cli"), ...within("rehearsal")]
      .filter(({ lines }) => lines > 250)
      .map(({ path, lines }) => `${path} ${lines}`);
    expect(over.filter(line => long[line.split(" ")[0] ?? ""] === undefined)).toEqual([]);
    // A reason that is no longer needed goes.
    expect(Object.keys(long).filter(path => (sources.find(source => source.path === path)?.lines ?? 0) <= 250)).toEqual([]);
  });

  /** Over 60 lines, and why. */
  const longFunctions: Readonly<Record<string, string>> = {
    "rehearsal/objects.ts objectsOf": "the books of a cloud, and all that may be done with them",
    "providers/azure/cache.ts cache": "a server and all that belongs to it, read top-down",
    "stacks/compose.ts compose": "the story of making, read top-down",
    "stacks/decide.ts decideParsed": "the story of deciding, read top-down",
    "components/cache/resolve.ts memoryOf": "two ways to buy memory, by class and by the GiB",
    "components/cache/resolve.ts resolveCache": "a line a field of the spec",
    "components/database/resolve.ts resolveDatabase": "a primary and its replicas judge each other",
    "components/network/resolve.ts resolveNetwork": "a line a field of the spec",
    "components/storage/resolve.ts resolveBucket": "a line a field of the spec, for a bucket and its copy",
  };

  it("hold short functions: 60 lines unless a reason stands here", () => {
    const over = [...program, ...within("cli"), ...within("rehearsal")].flatMap(source =>
      functionsOf(source)
        .filter(({ lines }) => lines > 60)
        .map(({ name, lines }) => `${source.path} ${name} ${lines}`),
    );
    expect(over.filter(line => longFunctions[line.split(" ").slice(0, 2).join(" ")] === undefined)).toEqual([]);
  });

  /** What a newcomer finds by two words: concept and cloud. */
  const siblings = [
    ...["access", "cache", "compute", "database", "endpoints", "foundation", "grants", "identity", "index", "keys", "logs", "lookup"],
    ...["machine", "natives", "network", "secrets", "storage"],
    ...["facts/images", "facts/index", "facts/limits", "facts/names", "facts/regions", "facts/sizes", "facts/versions"],
  ].map(name => `${name}.ts`);

  it.each(clouds)("of %s have the same names as on the other clouds", cloud => {
    const names = ofCloud(cloud).map(({ path }) => path.slice(`providers/${cloud}/`.length));
    expect(siblings.filter(name => !names.includes(name))).toEqual([]);
  });

  it("begin by saying what they are, where they decide or make", () => {
    const silent = [...components, ...stacks].filter(({ text }) => !text.includes("/**")).map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  it("of a model open with what the concept becomes on each cloud", () => {
    const models = components.filter(({ path }) => path.endsWith("/model.ts"));
    expect(models.filter(({ text }) => !/^\/\*\*[\s\S]*?\| here +\| aws +\| azure +\| gcp/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

function sourceOf(path: string): Source {
  const found = sources.find(source => source.path === path);
  if (found === undefined) throw new Error(`no file ${path}`);
  return found;
}

/** Top-level functions, from their first line to the one that closes them. */
function functionsOf({ code }: Source): readonly { readonly name: string; readonly lines: number }[] {
  const lines = code.split("\n");
  return lines.flatMap((line, start) => {
    const name = /^(?:export )?(?:default )?(?:async )?function (\w+)|^(?:export )?const (\w+)[^=]*= (?:async )?(?:<[^>]*>)?\(/.exec(line);
    if (name === null) return [];
    const end = line.endsWith(";")
      ? start
      : lines.findIndex((other, at) => at > start && (/^[})\]]+;?$/.test(other) || (/^ {2}\S.*;$/.test(other) && !line.endsWith("{"))));
    return [{ name: name[1] ?? name[2] ?? "", lines: end - start + 1 }];
  });
}

/** Circles of imports that remain when the program runs: a file that, followed, leads back to itself. */
function circles(files: readonly Source[]): readonly string[] {
  const next = new Map(
    files.map(({ path, imports }) => [path, imports.flatMap(({ file, typeOnly }) => (file === null || typeOnly ? [] : [file]))]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const follow = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(" > "));
    else if (!done.has(path)) {
      for (const to of next.get(path) ?? []) follow(to, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of next.keys()) follow(path, []);
  return found;
}
