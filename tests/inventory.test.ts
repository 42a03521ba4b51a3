/** What exists for each concept on each cloud, as `tests/inventories` has it. That a cloud accepts it is not shown. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clouds } from "../components/kernel/cloud.ts";
import { type Concept, classesOf, compare, inspect, readInventory } from "./support/inventory.ts";

const folder = new URL("inventories/", import.meta.url);
const concepts = Object.keys(classesOf) as Concept[];
const variants = ["defaults", "max", "hardened"] as const;

const cells = concepts.flatMap(concept =>
  variants.flatMap(variant =>
    clouds.map(cloud => {
      const file = new URL(`${concept}/${variant}.${cloud}.yaml`, folder);
      const text = existsSync(file) ? readFileSync(file, "utf8") : null;
      const title = text === null ? "is missing" : /^title: *"?(.*?)"?$/m.exec(text)?.[1];
      return { concept, cloud, path: `${concept}/${variant}.${cloud}.yaml`, text, title };
    }),
  ),
);

describe("inventories", () => {
  // No `it.each`: it would cut the titles, and with them the register's ids.
  for (const { concept, cloud, path, text, title } of cells)
    it(`${title} (${path})`, async () => {
      if (text === null) throw new Error(`tests/inventories/${path} is missing: the README beside it tells how to write one`);
      const inventory = readInventory(text);
      const { faults, yaml } = compare(concept, inventory, await inspect(cloud, inventory));
      if (faults.length > 0)
        throw new Error(`${path}\n${faults.map(fault => `- ${fault}`).join("\n")}\n\nAs it is, to paste after a look:\n\n${yaml}`);
    });

  it("are all read", () => {
    const known = new Set(cells.map(({ path }) => path));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".yaml"));
    expect(files.map(name => name.replaceAll("\\", "/")).filter(name => !known.has(name))).toEqual([]);
  });
});
