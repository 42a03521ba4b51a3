/**
 * Deploys that break off, and what brings them to an end: failed calls, a killed engine, Ctrl-C, two people at once, changes by hand.
 * Proves that state and cloud agree again and that nothing exists twice. Cannot prove how a real provider fails.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { interrupted, partly, throttled } from "../../rehearsal/faults.ts";
import { pendingCreates } from "../../rehearsal/pending.ts";
import type { Stage } from "../../rehearsal/stage.ts";
import { breaksAndConverges, converges, made, reference } from "./support/reference.ts";
import { follow, runbook } from "./support/runbooks.ts";
import { type Fixture, minimal, onStage, rehearsal, thorough, titled } from "./support/stages.ts";

const [onAws, onAzure, onGcp] = minimal;
if (onAws === undefined || onAzure === undefined || onGcp === undefined) throw new Error("a fixture is missing");

rehearsal("a create that half succeeds", () => {
  it("is taken up again where the provider could say what it made", async () => {
    await onStage(onAws, stage => breaksAndConverges(stage, onAws, partly({ method: "create", nth: 20 }, { recorded: true })));
  });

  it("is throttled and still comes to the same end", async () => {
    await onStage(onAws, async stage => {
      const fault = throttled(12, 20);
      stage.cloud.inject(fault);
      await converges(stage, onAws);
      expect(fault.retries()).toBe(12);
    });
  });
});

/** docs/operations.md, from the stale lock to the next deploy. */
async function recover(stage: Stage): Promise<void> {
  const [cancel] = runbook("a stale lock");
  const [look, adopt, again] = runbook("a deploy that was cut off");
  const file = join(stage.home, "export.json");
  await follow(stage, cancel);
  await follow(stage, look, { file });
  // What the runbook has a person look up in the cloud.
  const found = pendingCreates(await stage.state()).flatMap(({ urn }) => {
    const object = stage.cloud.objects.all().find(({ urn: owner }) => owner === urn);
    return object === undefined ? [] : [{ urn, id: object.id }];
  });
  await follow(stage, adopt, { file }, found);
  await follow(stage, again, { file });
}

/** What was done must be on disk when the engine dies. */
const killable = { checkpoints: true };

async function killedAndRecovered(fixture: Fixture, nth: number, when: "before" | "after"): Promise<void> {
  await onStage(
    fixture,
    async stage => {
      const mend = stage.cloud.inject(interrupted({ method: "create", nth }, when, stage.kill));
      expect((await stage.up()).problem).not.toBeNull();
      mend();
      expect((await stage.state()).version).toBeGreaterThan(0);
      await recover(stage);
      expect(made(stage)).toEqual(await reference(fixture));
      expect(Object.keys((await stage.up()).operations)).toEqual(["same"]);
    },
    killable,
  );
}

/** Different in every run of a thorough trial, the same in every other: a change is not judged by luck. */
const draws = (count: number, below: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => 1 + ((index * 7919 + (thorough ? Date.now() : 4)) % below));

rehearsal("an engine that is killed", () => {
  it("leaves a state that the runbook brings to its end", { timeout: 7_200_000 }, async () => {
    const count = (await reference(onGcp)).length;
    for (const nth of draws(thorough ? 200 : 10, count)) await killedAndRecovered(onGcp, nth, nth % 2 === 0 ? "before" : "after");
  });

  it.each(titled(minimal))("between create and checkpoint leaves no orphan, on %s", async (_, fixture) => {
    await killedAndRecovered(fixture, 15, "after");
  });
});

rehearsal("Ctrl-C", () => {
  it("ends cleanly: no lock, nothing pending, and the next deploy goes on", async () => {
    await onStage(onAzure, async stage => {
      const stop = new AbortController();
      const mend = stage.cloud.inject({ before: ({ nth }) => (nth === 25 ? stop.abort() : undefined) });
      expect((await stage.up({ signal: stop.signal })).problem).not.toBeNull();
      mend();
      expect(locksOf(stage)).toEqual([]);
      expect((await stage.state()).deployment.pending_operations ?? []).toEqual([]);
      await converges(stage, onAzure);
    });
  });
});

const locksOf = ({ home }: Stage): readonly string[] =>
  readdirSync(join(home, ".pulumi"), { recursive: true, encoding: "utf8" }).filter(
    path => path.startsWith("locks") && path.endsWith(".json"),
  );

rehearsal("two deploys at once", () => {
  it("lets one through: the other is told of the lock and calls no cloud; a stale lock goes by the runbook", async () => {
    await onStage(onGcp, async first => {
      let holds = (): void => {};
      const held = new Promise<void>(resolve => {
        holds = resolve;
      });
      let release = (): void => {};
      const released = new Promise<void>(resolve => {
        release = resolve;
      });
      const mend = first.cloud.inject({
        before: async ({ nth }) => {
          if (nth !== 10) return;
          holds();
          await released;
        },
      });
      const winner = first.up();
      await held;
      await onStage(
        onGcp,
        async second => {
          const loser = await second.up();
          expect(loser.problem).toContain("lock");
          expect(second.cloud.calls).toEqual([]);
        },
        { home: first.home },
      );
      release();
      mend();
      expect((await winner).problem).toBeNull();
      expect(made(first)).toEqual(await reference(onGcp));
    });
  });
});

rehearsal("changes by hand", () => {
  it("are seen by a refresh and undone by the next deploy", async () => {
    await onStage(onAws, async stage => {
      expect((await stage.up()).problem).toBeNull();
      const group = stage.cloud.objects.all().find(({ type }) => type === "aws:autoscaling/group:Group");
      const rule = stage.cloud.objects.all().find(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      if (group === undefined || rule === undefined) throw new Error("the platform has no such resource");
      stage.cloud.objects.edit(group.type, group.id, { maxSize: 99 });
      stage.cloud.objects.lose(rule.type, rule.id);
      const [both] = runbook("something was changed or deleted by hand");
      const [refresh, again] = [both?.slice(0, 1), both?.slice(1)];
      const seen = await stage.refresh();
      expect(seen.operations).toMatchObject({ update: 1, delete: 1 });
      await follow(stage, refresh);
      await follow(stage, again);
      expect(stage.cloud.objects.find(group.type, group.id)?.inputs.maxSize).toBe(group.inputs.maxSize);
      expect(made(stage)).toEqual(await reference(onAws));
    });
  });

  it("to the state are undone by an older copy of it", async () => {
    await onStage(onAzure, async stage => {
      expect((await stage.up()).problem).toBeNull();
      const file = join(stage.home, "copy.json");
      await follow(stage, [`pulumi stack export --stack <stack> --file ${file}`]);
      const state = await stage.state();
      await stage.restore({ ...state, deployment: { ...state.deployment, resources: (state.deployment.resources ?? []).slice(0, 30) } });
      const [back] = runbook("bring back an older state");
      await follow(stage, back, { file });
      expect(made(stage)).toEqual(await reference(onAzure));
    });
  });
});
