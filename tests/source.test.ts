/** A system's file: where it is found, and what is said of one that cannot be read. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { clouds } from "../components/kernel/cloud.ts";
import { issueLine } from "../components/kernel/errors.ts";
import { platformOf } from "../stacks/layers.ts";
import { readSystem, shippedSystems } from "../stacks/source.ts";
import { around, discard, written } from "./support/configured.ts";

afterAll(discard);

describe("the shipped systems", () => {
  it("are the four documented ones", () => expect(shippedSystems()).toEqual(["bettafish", "cctelegram", "freeagentics", "reference"]));

  const files = [...shippedSystems(), "stacks/examples/minimal.yaml"];
  it.each(files)("%s is read, and every cell of it is a platform", file => {
    const { value: source, issues } = readSystem(file);
    expect(issues.map(issueLine)).toEqual([]);
    if (source === null) return;
    const cells = Object.keys(source.environments).flatMap(environment =>
      [null, ...Object.keys(source.variants)].flatMap(variant => clouds.map(cloud => ({ environment, variant, cloud }))),
    );
    const refused = cells.flatMap(cell => platformOf({ ...cell, source, overrides: {} }).issues.map(issueLine));
    expect(refused).toEqual([]);
    expect(cells.length).toBeGreaterThanOrEqual(6);
  });

  it.each(files)("%s names its schema for editors", file => {
    const { value } = readSystem(file);
    const first = readFileSync(fileURLToPath(new URL(`../${value?.path}`, import.meta.url)), "utf8").split("\n")[0];
    expect(first).toBe("# yaml-language-server: $schema=../schema/system.schema.json");
  });
});

describe("a file of one's own", () => {
  it("is read by its path, and knows where each of its keys stands", () => {
    const { value } = readSystem(written(around("network:\n  zones: 2\naccess:\n  flows:\n    f: { from: [a], to: [b] }")));
    const at = (...keys: string[]) => value?.where(keys)?.replace(/^.*system/, "system");
    expect(value?.name).toBe("trial");
    expect(at("base", "network", "zones")).toBe("system.yaml:5:5");
    expect(at("base", "network", "nat")).toBe("system.yaml:4:3");
    expect(at("base", "access", "flows", "f", "to", "0")).toBe("system.yaml:8:28");
    expect(at()).toBe("system.yaml:1:1");
  });

  it("may leave a layer empty, and may use anchors in moderation", () => {
    const { value, issues } = readSystem(
      written("name: a\ndescription: a\nbase:\nenvironments: { prod: &same { network: { zones: 2 } }, staging: *same }\n"),
    );
    expect(issues).toEqual([]);
    expect(value?.environments.staging).toMatchObject({ network: { zones: 2 } });
    expect(value?.where(["environments", "staging", "network", "zones"])).toMatch(/:4:42$/);
    expect(value?.variants).toEqual({});
  });

  it("is the same with Windows line ends and a byte order mark", () => {
    expect(readSystem(written(`\uFEFF${around("network: { zones: 2 }").replaceAll("\n", "\r\n")}`)).value?.base).toMatchObject({
      network: { zones: 2 },
    });
  });

  it("cannot touch the prototypes of this program", () => {
    const { value } = readSystem(written(around("__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }")));
    if (value !== null) platformOf({ source: value, cloud: "aws", environment: "prod", variant: null, overrides: {} });
    expect("polluted" in {}).toBe(false);
  });

  it("of five megabytes is refused unread, of a million lines too", () => {
    const started = performance.now();
    const lines = [`a: ${"x".repeat(5_242_880)}`, "a: 1\n".repeat(1_100_000)].map(text =>
      readSystem(written(text)).issues.map(issueLine).join(),
    );
    for (const line of lines) expect(line).toMatch(/^strata:system: expected a file of at most 1 MiB, got ".*" of 5\.\d MiB; /);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
