import { readFileSync } from "node:fs";
import { it } from "vitest";
import { inspect, readInventory } from "./support/inventory.ts";
import { readable, nameOf } from "./support/shownPlan.ts";
it("dump", async () => {
  for (const f of (process.env.FILES ?? "").split(" ")) {
    const inv = readInventory(readFileSync(`tests/inventories/${f}.yaml`, "utf8"));
    const { plan } = await inspect(f.split(".")[1] as "aws", inv);
    const want = new RegExp(process.env.WANT ?? ".");
    console.log(`=== ${f}\n` + plan.resources.filter(r => r.custom && want.test(r.name)).map(r => `${r.name} [${r.type.split(":").at(-1)}] ${r.options.protect ? "PROTECT " : ""}${JSON.stringify(readable(r.inputs))} dep=${r.dependencies.map(nameOf)}`).join("\n"));
  }
});
