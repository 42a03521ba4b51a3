/** Sets a stack's configuration, as Pulumi would, and writes the file it names where it needs one. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../../components/kernel/errors.ts";
import type { Issue } from "../../components/kernel/findings.ts";

let folder: string | null = null;

/** A folder for the files of one test file, which ends with `afterAll(discard)`. */
export function scratch(): string {
  folder ??= mkdtempSync(join(tmpdir(), "strata-"));
  return folder;
}

export function discard(): void {
  if (folder !== null) rmSync(folder, { recursive: true });
  folder = null;
}

export function written(text: string | Uint8Array, name = "system.yaml"): string {
  const file = join(scratch(), name);
  writeFileSync(file, text);
  return file;
}

/** A system's file around the YAML of its base: environments `prod` and `staging`, variant `table`. */
export const around = (base: string): string =>
  [
    "name: trial",
    "description: A platform for tests",
    "base:",
    ...(base === "" ? ["  {}"] : base.split("\n").map(line => `  ${line}`)),
    "environments: { prod: {}, staging: {} }",
    "variants: { table: {} }",
    "",
  ].join("\n");

/** Values by key without the namespace; what is not text is given as the JSON that Pulumi makes of it. */
export function configure(values: Readonly<Record<string, unknown>>, secretKeys: readonly string[] = []): void {
  const texts = Object.entries(values).map(
    ([key, value]) => [`strata:${key}`, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  pulumi.runtime.setAllConfig(
    Object.fromEntries(texts),
    secretKeys.map(key => `strata:${key}`),
  );
}

/** What a run is refused for; empty when it is not. Any other error is a fault. */
export function refusals(run: () => unknown): readonly Issue[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
}
