/** The project as a person runs it: stock `pulumi preview` and `pulumi up` in its folder, its own language host, the shipped stack files. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { simulateCloud } from "../../rehearsal/cloud.ts";
import { run } from "../../rehearsal/command.ts";
import { findEngine } from "../../rehearsal/engine.ts";
import { clouds } from "../../rehearsal/kinds/index.ts";
import { rehearsed } from "../../rehearsal/rehearsed.ts";
import { readYaml } from "../../stacks/yaml.ts";
import { root } from "../support/shipped.ts";

const engine = await findEngine();
const stock = !("missing" in engine) && engine.host;
if (!stock) console.warn("stock pulumi is not tried: no Pulumi CLI with its Node language host is on PATH");

const stacks = readdirSync(root).flatMap(name => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);

/** A copy of the project, since a stack's file takes its encryption salt. */
function projectFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-stock-"));
  for (const name of [
    "index.ts",
    "package.json",
    "Pulumi.yaml",
    "stacks",
    "components",
    "providers",
    ...stacks.map(stack => `Pulumi.${stack}.yaml`),
  ])
    cpSync(fileURLToPath(new URL(name, root)), join(folder, name), { recursive: true });
  symlinkSync(fileURLToPath(new URL("node_modules", root)), join(folder, "node_modules"));
  return folder;
}

describe.skipIf(!stock)("stock pulumi", () => {
  it.each(stacks)("previews and deploys the stack %s", async stack => {
    if ("missing" in engine) throw new Error(engine.missing);
    const config = await rehearsed({ stack }, root);
    const cloud = await simulateCloud(clouds, config.landlord);
    const folder = projectFolder();
    const file = join(folder, `Pulumi.${stack}.yaml`);
    const { content } = readYaml(file, readFileSync(file, "utf8"));
    writeFileSync(
      file,
      stringify({
        ...Object(content),
        config: { ...Object(content).config, "strata:account": JSON.parse(config.values["strata:account"] ?? "{}") },
      }),
    );
    const env = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${folder}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
      PULUMI_DEBUG_PROVIDERS: cloud.attach,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const pulumi = (...words: readonly string[]) =>
      run(engine.command, [...words, "--stack", stack, "--non-interactive"], { cwd: folder, env, seconds: 240 });
    try {
      expect(await run(engine.command, ["stack", "init", stack], { cwd: folder, env })).toMatchObject({ ok: true });
      const secrets = JSON.parse(config.values["strata:secrets"] ?? "{}");
      for (const [name, value] of Object.entries(secrets))
        expect(await pulumi("config", "set", "--secret", "--path", `strata:secrets["${name}"]`, String(value))).toMatchObject({ ok: true });
      expect(await pulumi("preview")).toMatchObject({ ok: true });
      expect(cloud.objects.all()).toEqual([]);
      expect(await pulumi("up", "--yes")).toMatchObject({ ok: true });
      expect(cloud.objects.all().length).toBeGreaterThan(100);
      expect(await pulumi("up", "--yes", "--expect-no-changes")).toMatchObject({ ok: true });
    } finally {
      cloud.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
