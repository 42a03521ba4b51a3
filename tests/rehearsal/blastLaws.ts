/** The laws of the blast radius over one cloud, and its column of the page; each cloud is a file of its own, to run beside the others. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../components/kernel/cloud.ts";
import { disturbed, refusedByCloud, unguarded, unlisted, unneeded } from "../../rehearsal/blast/laws.ts";
import { cellsOf, columnIn } from "../../rehearsal/blast/page.ts";
import { type Outcome, outcomesOn } from "../../rehearsal/blast.ts";

export function blastLaws(cloud: Cloud): void {
  describe(`every key changed once on ${cloud}`, () => {
    let outcomes: readonly Outcome[] = [];
    beforeAll(async () => {
      outcomes = await outcomesOn(cloud);
    }, 900_000);

    it("tries nearly every key, and nearly every one is taken", () => {
      const keys = new Set(outcomes.map(({ key }) => key));
      const taken = new Set(outcomes.filter(({ outcome }) => outcome !== "refused").map(({ key }) => key));
      expect(keys.size).toBeGreaterThan(200);
      expect(taken.size / keys.size).toBeGreaterThan(0.85);
    });

    it("replaces and deletes what is stateful by the keys on the list alone", () => {
      expect(unlisted(outcomes)).toEqual([]);
    });

    it("needs every key that the list has for this cloud", () => {
      expect(unneeded(outcomes)).toEqual([]);
    });

    it("protects in prod whatever a change would take away", () => {
      expect(unguarded(outcomes)).toEqual([]);
    });

    it("touches nothing else that is stateful when a zone, tier, role, bucket or replica is added", () => {
      expect(disturbed(outcomes)).toEqual([]);
    });

    it("lets no change through that the cloud is known to refuse", () => {
      expect(refusedByCloud(outcomes)).toEqual([]);
    });

    it("does what docs/blast-radius.md says: `npm run docs -- --all` writes it anew", () => {
      const page = readFileSync(new URL("../../docs/blast-radius.md", import.meta.url), "utf8");
      expect(columnIn(page, cloud)).toEqual(cellsOf(outcomes));
    });
  });
}
