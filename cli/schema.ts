/** `schema`: writes the JSON Schemas that editors complete and check by, from the one definition in zod. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { clouds } from "../components/kernel/cloud.ts";
import { PlatformArgs } from "../stacks/platform.ts";

type Schema = z.core.JSONSchema.JSONSchema;
type Part = z.core.JSONSchema._JSONSchema;

const folder = new URL("../stacks/schema/", import.meta.url);

const mapped = (parts: Readonly<Record<string, Part>> | undefined, change: (part: Part) => Part): Record<string, Part> =>
  Object.fromEntries(Object.entries(parts ?? {}).map(([key, part]) => [key, change(part)]));

/** A value, or null to un-say it. The description moves out, where editors look for it. */
function orNull({ description, ...rest }: Schema): Schema {
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, { type: "null" }] };
}

/** What a layer may say: nothing is required, defaults are not its own, and every member may be null. */
function patchOf({ required: _required, default: _default, properties, additionalProperties, anyOf, oneOf, ...rest }: Schema): Schema {
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: mapped(properties, memberOf) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: memberOf(additionalProperties) }),
    // Without its discriminator a patch fits several branches.
    ...(anyOf === undefined && oneOf === undefined ? {} : { anyOf: [...(anyOf ?? []), ...(oneOf ?? [])].map(patchOf) }),
  };
}

const memberOf = (part: Part): Part => (typeof part === "boolean" ? part : orNull(patchOf(part)));

/** The schema of a whole platform, after its layers are merged. */
export const platformSchema = (): Schema => ({ title: "A platform", ...z.toJSONSchema(PlatformArgs, { io: "input" }) });

const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const named = (description: string, of: string): Schema => ({
  description,
  type: "object",
  additionalProperties: { anyOf: [reference(of), { type: "null" }] },
});

/** The schema of a system's file: layers of patches on a platform. */
export function systemSchema(): Schema {
  const concepts = mapped(platformSchema().properties, memberOf);
  const references = mapped(concepts, part => part);
  for (const name of Object.keys(references)) references[name] = reference(name);
  const perCloud = Object.fromEntries(clouds.map(cloud => [cloud, { anyOf: [reference("patch"), { type: "null" as const }] }]));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A system",
    type: "object",
    properties: {
      name: {
        description: "Lower-case name: starts every tag, bucket and resource group.",
        type: "string",
        pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        maxLength: 24,
      },
      description: { description: "One sentence: what this is.", type: "string", minLength: 1 },
      base: { description: "What every environment shares.", ...reference("layer") },
      environments: { ...named("Patches by environment: prod, staging, …", "layer"), minProperties: 1 },
      variants: named("Documented other forms, by name: laid over the environment.", "layer"),
    },
    required: ["name", "description", "base", "environments"],
    additionalProperties: false,
    $defs: {
      ...concepts,
      patch: {
        description: "Part of a platform; null un-says what an earlier layer said.",
        type: "object",
        properties: references,
        additionalProperties: false,
      },
      layer: {
        description: "Part of a platform, and what differs by cloud; null un-says what an earlier layer said.",
        type: "object",
        properties: {
          ...references,
          clouds: {
            description: "Patches that count on one cloud only.",
            type: "object",
            properties: perCloud,
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    },
  };
}

/** File name to text, as they should stand in `stacks/schema`. */
export const schemaFiles = (): Readonly<Record<string, string>> => ({
  "platform.schema.json": `${JSON.stringify(platformSchema(), null, 2)}\n`,
  "system.schema.json": `${JSON.stringify(systemSchema(), null, 2)}\n`,
});

const current = (name: string): string | null => {
  try {
    return readFileSync(new URL(name, folder), "utf8");
  } catch {
    return null;
  }
};

/** Names of the schema files that are not what the program would write. */
export const staleSchemas = (): readonly string[] =>
  Object.entries(schemaFiles())
    .filter(([name, text]) => current(name) !== text)
    .map(([name]) => name);

export function schemaCommand(program: Command): void {
  program
    .command("schema")
    .description("write the JSON Schemas that editors use into stacks/schema")
    .option("--check", "write nothing; fail when a file is not current")
    .action(({ check }: { readonly check?: true }) => {
      const stale = staleSchemas();
      if (check === true) {
        for (const name of stale) console.error(`stacks/schema/${name} is not current; run npm run schema`);
        process.exitCode = stale.length === 0 ? 0 : 1;
        return;
      }
      const files = schemaFiles();
      for (const name of stale) writeFileSync(new URL(name, folder), files[name] ?? "");
      console.log(stale.length === 0 ? "stacks/schema is current" : `wrote ${stale.map(name => `stacks/schema/${name}`).join(", ")}`);
    });
}
