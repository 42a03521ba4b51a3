/** Settings to decision to resources: what the Pulumi program, the plan and the tests all call. */
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../components/kernel/errors.ts";
import type { Issue } from "../components/kernel/findings.ts";
import { loadFacts, withCloud } from "../providers/index.ts";
import { compose } from "./compose.ts";
import { decide } from "./decide.ts";
import type { Settings } from "./settings.ts";
import type { Decision } from "./spec.ts";

export interface Running {
  /** A plan, not a deploy: placeholders may stand in for what only a deploy needs. */
  readonly planning?: boolean;
  /** Is shown the decision before anything is registered. */
  readonly seen?: (decision: Decision) => void;
}

/** Registers the platform and answers the stack's outputs. Throws `ConfigError` before the first resource if anything is wrong. */
export async function program(settings: Settings, { planning = false, seen = () => {} }: Running = {}): Promise<pulumi.Inputs> {
  const decision = decide(settings, await loadFacts(settings.cloud));
  const missing = deployIssues(settings, decision);
  if (!planning && missing.length > 0) throw new ConfigError(missing);
  seen(decision);
  for (const { path, text } of planning ? [] : decision.notes) pulumi.log.info(`${path}: ${text}`);
  return withCloud(settings.cloud, adapter => compose(adapter, decision.spec, settings.secrets));
}

/** What a plan may lack and a deploy may not. */
function deployIssues(settings: Settings, decision: Decision): readonly Issue[] {
  const offline: readonly Issue[] =
    settings.offline && !pulumi.runtime.isDryRun()
      ? [
          {
            path: "strata:offline",
            problem: "an offline provider cannot deploy, got true",
            remedy: "remove it: pulumi config rm strata:offline",
          },
        ]
      : [];
  const placeholders = settings.offline
    ? []
    : decision.placeholders.map(path => ({
        path,
        problem: "a deploy needs it, got nothing",
        remedy: path.startsWith("strata:secrets") ? `pulumi config set --secret --path ${path}` : `pulumi config set --path ${path}`,
      }));
  return [...offline, ...placeholders];
}
