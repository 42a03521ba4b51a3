/**
 * No secret is seen: each secret of a stack, given or generated, is looked for wherever a person or a log could read it.
 * Proves what the engine stores and prints. Cannot prove what a provider writes into its own logs.
 */

import { gzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { clouds } from "../../rehearsal/kinds/index.ts";
import type { CloudObject } from "../../rehearsal/objects.ts";
import type { Run } from "../../rehearsal/run.ts";
import type { Stage } from "../../rehearsal/stage.ts";
import { isMap } from "../../rehearsal/wire.ts";
import { program } from "../../stacks/program.ts";
import { readSettings } from "../../stacks/settings.ts";
import { leaksIn } from "./support/leaks.ts";
import { everything, largest, living, minimal, onStage, rehearsal, thorough, titled } from "./support/stages.ts";

const { specialSigKey: mark, specialSecretSig: secret } = pulumi.runtime;

/** A tree without what is marked secret, and what was marked. */
function parted(value: unknown): { readonly open: unknown; readonly closed: readonly unknown[] } {
  if (Array.isArray(value)) {
    const parts = value.map(parted);
    return { open: parts.map(({ open }) => open), closed: parts.flatMap(({ closed }) => closed) };
  }
  if (!isMap(value)) return { open: value, closed: [] };
  if (value[mark] === secret) return { open: null, closed: [value.value ?? value.plaintext] };
  const parts = Object.entries(value).map(([key, inner]) => [key, parted(inner)] as const);
  return { open: Object.fromEntries(parts.map(([key, { open }]) => [key, open])), closed: parts.flatMap(([, { closed }]) => closed) };
}

const secretOutputs = ({ type, filled }: CloudObject): readonly unknown[] =>
  clouds.flatMap(({ kinds }) => kinds[type]?.secrets ?? []).map(output => filled[output]);

/** Every secret text the cloud was given or made: whole, and the texts within when it is a document. */
function secretsOf({ cloud }: Stage): readonly string[] {
  const closed = cloud.objects.all().flatMap(object => [...parted(object.inputs).closed, ...secretOutputs(object)]);
  const texts = closed.filter(value => typeof value === "string");
  const inner = texts
    .flatMap(text => (text.startsWith("{") ? Object.values(JSON.parse(text)) : []))
    .filter(value => typeof value === "string");
  // What a document says besides, such as a user's name or a port, is no secret.
  return [...new Set([...texts, ...inner.filter(text => text.length >= 16 && !/[.:]/.test(text))])].filter(text => text.length >= 8);
}

/** All that can be read without a key. A stage leaves out the SDK's debug lines, which hold every answer of the engine, secrets and all. */
function readable(stage: Stage, runs: readonly Run[], state: unknown): Readonly<Record<string, string>> {
  return {
    state: JSON.stringify(parted(state).open),
    events: JSON.stringify(runs.map(({ events }) => events)),
    output: runs.map(({ stdout, stderr }) => stdout + stderr).join("\n"),
    cloud: JSON.stringify(
      stage.cloud.objects.all().map(({ id, urn, inputs, filled }) => ({ id, urn, inputs: parted(inputs).open, tags: filled.tags })),
    ),
  };
}

async function leaks(stage: Stage): Promise<{ readonly searched: number; readonly found: Readonly<Record<string, readonly string[]>> }> {
  const runs = [await stage.preview(), await stage.up(), await stage.up(), await stage.refresh()];
  expect(runs.map(({ problem }) => problem)).toEqual([null, null, null, null]);
  const secrets = secretsOf(stage);
  const places = readable(stage, runs, await stage.state());
  const found = Object.entries(places).map(([place, text]) => [place, leaksIn(text, secrets)] as const);
  return { searched: secrets.length, found: Object.fromEntries(found.filter(([, texts]) => texts.length > 0)) };
}

rehearsal.each(titled([...(thorough ? living : largest), ...everything]))("%s", (_, fixture) => {
  it("shows none of its secrets in state, events, output, names, tags or user data", async () => {
    const { searched, found } = await onStage(fixture, leaks);
    expect(searched).toBeGreaterThanOrEqual(2);
    expect(found).toEqual({});
  });
});

rehearsal("the search itself", () => {
  it("finds a password that a program puts into a tag", async () => {
    const [fixture] = minimal;
    if (fixture === undefined) throw new Error("a fixture is missing");
    const { found } = await onStage(fixture, leaks, {
      program: async () => {
        let password: pulumi.Output<unknown> | undefined;
        pulumi.runtime.registerStackTransformation(({ resource, type, props, opts }) => {
          if (type === "random:index/randomPassword:RandomPassword")
            password = pulumi.output(resource).apply(made => ("result" in made ? made.result : undefined));
          const leaking = type === "aws:secretsmanager/secret:Secret" && password !== undefined;
          return {
            props: leaking ? { ...props, tags: { ...props.tags, note: pulumi.unsecret(password ?? pulumi.output("")) } } : props,
            opts,
          };
        });
        return program(readSettings());
      },
    });
    expect(Object.keys(found).toSorted()).toEqual(["cloud", "events", "state"]);
  });
});

describe("a secret in a text", () => {
  const canary = 'pass"word/+with=all&kinds-of_marks';
  it.each([
    ["plain", `before ${canary} after`],
    ["in JSON within JSON", JSON.stringify({ text: JSON.stringify({ canary }) })],
    ["URL-encoded", `postgres://user:${encodeURIComponent(canary)}@host`],
    ["in base64", Buffer.from(`#!/bin/sh\nexport A=${canary}\n`).toString("base64")],
    ["in base64 within a longer word", `abc${Buffer.from(`xyz${canary}`).toString("base64")}`],
    ["gzipped in base64", gzipSync(`user data with ${canary}`).toString("base64")],
    ["URL-encoded, gzipped, in base64", gzipSync(encodeURIComponent(canary)).toString("base64")],
  ])("is found %s", (_, text) => {
    expect(leaksIn(text, ["another-secret", canary])).toEqual([canary]);
  });

  it("is not found where it is not", () => {
    expect(leaksIn(gzipSync("nothing to see").toString("base64"), [canary])).toEqual([]);
  });
});
