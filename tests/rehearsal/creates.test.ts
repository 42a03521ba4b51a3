/**
 * Each create of a platform fails once, on an empty cloud every time, and the next deploy brings it to its end.
 * Proves that nothing is lost or doubled. Cannot prove how a real provider fails.
 */
import { expect, it } from "vitest";
import { failing, failingOnceEach } from "../../rehearsal/faults.ts";
import { breaksAndConverges, made, reference } from "./support/reference.ts";
import { largest, minimal, onStage, rehearsal, thorough, titled } from "./support/stages.ts";

/** The one whose creates all have their turn: the smallest. The others' are many more deploys for little more to learn. */
const whole = minimal.find(({ cloud }) => cloud === "gcp");

/** Tenths of the way through, and both ends. */
const spread = (count: number): readonly number[] => [
  ...new Set(Array.from({ length: 10 }, (_, index) => 1 + Math.round((index * (count - 1)) / 9))),
];

rehearsal.each(titled(thorough ? [...minimal, ...largest] : minimal))("%s, when a create fails", (_, fixture) => {
  it("converges on the next deploy, whichever create it was", { timeout: 7_200_000 }, async () => {
    const count = (await reference(fixture)).length;
    const every = Array.from({ length: count }, (_, index) => index + 1);
    await onStage(fixture, async stage => {
      const blank = stage.mark();
      for (const nth of thorough || fixture === whole ? every : spread(count)) {
        await breaksAndConverges(stage, fixture, failing({ method: "create", nth }));
        blank();
        stage.cloud.objects.clear();
      }
    });
  });
});

rehearsal.each(titled(thorough ? minimal : []))("%s, when each create fails the first time", (_, fixture) => {
  it("converges in as many deploys as it takes", async () => {
    await onStage(fixture, async stage => {
      const fault = failingOnceEach("create");
      stage.cloud.inject(fault);
      let broken = 0;
      while ((await stage.up()).problem !== null && broken < 80) broken += 1;
      expect(made(stage)).toEqual(await reference(fixture));
      expect([...fault.failed].toSorted()).toEqual(made(stage));
      expect(broken).toBeGreaterThan(2);
    });
  });
});
