/** The stack's configuration in the namespace `strata`, decoded: the only place that asks Pulumi for it. */
import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "../components/kernel/findings.ts";
import { proposal } from "../components/kernel/nearest.ts";

const namespace = "strata:";

/** How Pulumi's text of each key is read; every key there is. */
const kinds = {
  system: "text",
  cloud: "text",
  environment: "text",
  region: "text",
  secondaryRegion: "text",
  variant: "text",
  overrides: "object",
  secrets: "object",
  unlock: "list",
  account: "object",
  offline: "flag",
  commit: "text",
} as const;
type Key = keyof typeof kinds;

const isKey = (key: string): key is Key => Object.hasOwn(kinds, key);

/** What the program was given: `values` by key without the namespace, an empty text counting as unset. */
export interface StackConfig {
  readonly values: Readonly<Partial<Record<Key, unknown>>>;
  readonly isSecret: (key: string) => boolean;
  readonly issues: readonly Issue[];
}

/** The SDK offers this function without declaring it; a release that drops it must not make secrets look plain. */
function isSecret(key: string): boolean {
  const { runtime } = pulumi;
  if (!("isConfigSecret" in runtime) || typeof runtime.isConfigSecret !== "function")
    throw new Error("this release of @pulumi/pulumi does not tell which configuration is secret");
  return runtime.isConfigSecret(namespace + key) === true;
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

function decoded(kind: (typeof kinds)[Key], text: string): unknown {
  switch (kind) {
    case "text":
      return text;
    case "flag":
      return text === "true" ? true : text === "false" ? false : text;
    case "object":
      return json(text);
    case "list":
      return /^\s*[[{]/.test(text) ? json(text) : text.split(",").map(part => part.trim());
  }
}

export function readStackConfig(): StackConfig {
  const given = Object.entries(pulumi.runtime.allConfig()).filter(
    ([key, text]) => key.startsWith(namespace) && text !== undefined && text !== "",
  );
  const values: Partial<Record<Key, unknown>> = {};
  const issues: Issue[] = [];
  for (const [full, text] of given) {
    const key = full.slice(namespace.length);
    if (isKey(key)) values[key] = decoded(kinds[key], text ?? "");
    else issues.push({ path: full, problem: `unknown key "${key}"`, remedy: proposal(key, Object.keys(kinds)) });
  }
  return { values, isSecret, issues };
}
