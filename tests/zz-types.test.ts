import { it } from "vitest";
import { cells, planOf } from "./support/shipped.ts";
it("types", async () => {
  for (const cloud of ["aws", "azure", "gcp"] as const) {
    const seen = new Map<string, Set<string>>(); const prot = new Map<string, Set<string>>();
    for (const cell of cells) {
      let plan; try { plan = await planOf(cell, cloud); } catch (e) { console.log(cell, cloud, String(e).slice(0,300)); continue; }
      const byUrn = new Map(plan.resources.map(r => [r.urn, r]));
      for (const r of plan.resources) if (r.custom) {
        const k = ["region","location","zone"].filter(k => k in r.inputs).join("+") || "none";
        (seen.get(r.type) ?? seen.set(r.type, new Set()).get(r.type)!).add(k);
        if (cell.environment==="prod" && r.options.protect) { const c = byUrn.get(r.parent ?? "")?.type ?? ""; (prot.get(c) ?? prot.set(c, new Set()).get(c)!).add(r.type); }
      }
    }
    console.log(cloud, [...seen].map(([t, s]) => `${t} ${[...s].join("|")}`).sort().join("\n"));
    console.log("PROTECTED", cloud, [...prot].map(([t, s]) => `${t}: ${[...s].join(" ")}`).sort().join("\n"));
  }
});
