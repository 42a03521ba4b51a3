/** A stack that `pulumi stack export` wrote: judged, and what it says exists put into a simulated cloud. */
import { readFileSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";
import { z } from "zod";
import { ConfigError } from "../components/kernel/errors.ts";
import type { Objects } from "./objects.ts";
import type { Deployment, StateResource } from "./state.ts";
import { asSecret, isMap, type Values } from "./wire.ts";

const { specialSigKey, specialSecretSig } = runtime;

/** Newest layout of an exported stack that the engine in use reads: `DeploymentSchemaVersionLatest` in pulumi/pulumi, 2026-11. */
const newestLayout = 4;

const project = "strata";

const Exported = z.looseObject({
  version: z.int(),
  deployment: z.looseObject({
    resources: z.array(z.looseObject({ urn: z.string(), type: z.string(), custom: z.boolean().default(false) })).min(1),
  }),
});

function refuse(file: string, problem: string, remedy: string): never {
  throw new ConfigError([{ path: file, problem, remedy }]);
}

function content(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    refuse(file, "no such file", "write it with `pulumi stack export --file <name>`");
  }
  try {
    return JSON.parse(text);
  } catch {
    refuse(
      file,
      `expected an exported stack, got JSON that breaks off or is none (${text.length} characters)`,
      "export the stack once more",
    );
  }
}

const projectOf = (urn: string): string => urn.split("::")[1] ?? "";
const stackOf = (urn: string): string => urn.split("::")[0]?.replace("urn:pulumi:", "") ?? "";

/** Throws `ConfigError` for what is no exported stack of this project. */
export function readExported(file: string): { readonly stack: string; readonly state: Deployment } {
  const found = content(file);
  const { success, data } = Exported.safeParse(found);
  if (!success) refuse(file, "expected an exported stack with resources, got something else", "write it with `pulumi stack export`");
  if (data.version > newestLayout)
    refuse(file, `expected a layout up to ${newestLayout}, got ${data.version}: it is newer than the CLI`, "update the Pulumi CLI");
  const urns = data.deployment.resources.map(({ urn }) => urn);
  const stranger = urns.find(urn => projectOf(urn) !== project);
  if (stranger !== undefined)
    refuse(file, `expected a stack of the project ${project}, got one of ${projectOf(stranger)}`, "export a stack of this project");
  return { stack: stackOf(urns[0] ?? ""), state: data };
}

/** What lies in the cloud besides: providers live in the engine, and what waits for deletion is as good as gone. */
const exists = ({ custom, type, delete: doomed, external }: StateResource): boolean =>
  custom && !type.startsWith("pulumi:") && doomed !== true && external !== true;

/** A secret as an export shows it, marked as a provider would. */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (!isMap(value)) return value;
  if (value[specialSigKey] === specialSecretSig) return asSecret(typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : "");
  return markedAll(value);
}

const markedAll = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, marked(value)]));

/** The state has to show its secrets, or they would seem to have changed. */
export function adoptAll(objects: Objects, { deployment }: Deployment): void {
  for (const { type, urn, id = "", inputs = {}, outputs = {} } of (deployment.resources ?? []).filter(exists))
    objects.adopt({ type, urn, id, inputs: markedAll(inputs), outputs: markedAll(outputs) });
}
