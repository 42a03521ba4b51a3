/**
 * What holds data is not lost by accident: removing or replacing it is refused before anything is done, until it is unlocked by name.
 * Proves Pulumi's protection. The clouds' own flags are inventories' and the simulated clouds' business.
 */
import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { program } from "../../stacks/program.ts";
import { readSettings } from "../../stacks/settings.ts";
import { follow, runbook } from "./support/runbooks.ts";
import { configOf, doneIn, minimal, onStage, rehearsal, titled } from "./support/stages.ts";

/** The platform without its database, and without who talks to it. */
const without = [
  { path: ["databases", "db"], value: null },
  { path: ["access", "flows", "web-db"], value: null },
  { path: ["grants", "web-db"], value: null },
];

rehearsal.each(titled(minimal))("%s in production", (_, fixture) => {
  it("keeps its database until it is unlocked by name, in a deploy of its own", async () => {
    await onStage(fixture, async stage => {
      expect((await stage.up()).problem).toBeNull();
      const done = doneIn(stage).length;

      await stage.configure(await configOf(fixture, { set: without }));
      expect((await stage.deploy()).problem).toContain("protected");
      expect(doneIn(stage).slice(done)).toEqual([]);

      const [unlock, lock] = runbook("replace or remove something protected");
      await stage.configure(await configOf(fixture));
      await follow(stage, unlock, { "role-or-part": "db" });
      await stage.configure(await configOf(fixture, { set: without }));
      // Its login is another part's, and on one cloud its zone too.
      expect((await stage.deploy()).problem).toMatch(/secrets-secret-db" cannot be deleted/);
      const others = ["secrets", "endpoints"]; // they stay unlocked while the change is made; the database has no name any more
      await stage.configure(await configOf(fixture, { unlock: ["db", ...others] }));
      expect((await stage.deploy()).problem).toBeNull();
      await stage.configure(await configOf(fixture, { set: without, unlock: others }));
      const removed = await stage.deploy();
      if (fixture.cloud === "azure") {
        // A closed vault lets nobody delete one secret from outside: by hand, and a refresh forgets it (docs/surprises.md).
        expect(removed.problem).toContain("public side, which is closed");
        const secret = stage.cloud.objects.all().find(({ type }) => type === "azure-native:keyvault:Secret");
        if (secret === undefined) throw new Error("no secret is left");
        stage.cloud.objects.lose(secret.type, secret.id);
        expect((await stage.refresh()).problem).toBeNull();
      }
      expect((await stage.deploy()).problem).toBeNull();
      expect(stage.cloud.objects.all().some(({ urn }) => urn.includes("Database$"))).toBe(false);
      await stage.configure(await configOf(fixture, { set: without }));
      await follow(stage, lock?.slice(1));
    });
  });

  it("cannot move to another cloud's name, system or region", async () => {
    await onStage(fixture, async stage => {
      expect((await stage.up()).problem).toBeNull();
      const done = doneIn(stage).length;
      const region = { aws: "eu-west-1", azure: "northeurope", gcp: "europe-west1" }[fixture.cloud];
      const others = [
        await configOf(fixture, { region }),
        await configOf({ ...fixture, system: "reference" }),
        await configOf({ ...fixture, cloud: fixture.cloud === "aws" ? "gcp" : "aws" }),
      ];
      for (const other of others) {
        await stage.configure(other);
        const { problem } = await stage.deploy();
        expect(problem, JSON.stringify(other.values)).toMatch(
          /unable to replace resource "[^"]*::foundation-anchor"\nas it is currently marked for protection/,
        );
      }
      expect(doneIn(stage).slice(done)).toEqual([]);
    });
  });

  it("loses it when one protection is forgotten: the check would see it", async () => {
    await onStage(
      fixture,
      async stage => {
        expect((await stage.up()).problem).toBeNull();
        const { problem } = await stage.destroy();
        expect(problem).not.toBeNull();
        const { deployment } = await stage.state();
        const open = (deployment.resources ?? []).filter(
          ({ type, protect }) => /:(Server|Instance|DatabaseInstance)$/.test(type) && /rds|sql/.test(type) && protect !== true,
        );
        expect(open).toHaveLength(1);
      },
      {
        program: async () => {
          pulumi.runtime.registerStackTransformation(({ type, props, opts }) => ({
            props,
            opts: /rds\/instance|postgresql:Server|databaseInstance/.test(type) ? { ...opts, protect: false } : opts,
          }));
          return program(readSettings());
        },
      },
    );
  });
});
