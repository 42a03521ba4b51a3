/** Recorded states: what an earlier program left behind, for the present one to take over. One for each system and cloud, in production. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { clouds } from "../../../components/kernel/cloud.ts";
import type { Deployment, StateResource } from "../../../rehearsal/state.ts";
import { shippedSystems } from "../../../stacks/source.ts";
import { root } from "../../support/shipped.ts";
import type { Fixture } from "./stages.ts";

const folder = new URL("tests/states/", root);
const fileOf = ({ system, cloud }: Fixture): URL => new URL(`${system}.${cloud}.json.gz`, folder);

export const recordable: readonly Fixture[] = shippedSystems().flatMap(system =>
  clouds.map(cloud => ({ system, cloud, environment: "prod" })),
);

export const recorded = (): readonly string[] => readdirSync(folder);

export const readRecorded = (fixture: Fixture): Deployment => JSON.parse(gunzipSync(readFileSync(fileOf(fixture))).toString("utf8"));

/** Where a resource was made in the source, and when, is nobody's business later. */
const passing: readonly string[] = ["stackTrace", "sourcePosition", "created", "modified"];

const lasting = (resource: StateResource): StateResource => ({
  urn: resource.urn,
  type: resource.type,
  custom: resource.custom,
  ...Object.fromEntries(Object.entries(resource).filter(([key]) => !passing.includes(key))),
});

/** What is marked secret in it was made up for the rehearsal: nobody's. */
export function record(fixture: Fixture, { version, deployment }: Deployment): void {
  const { metadata: _metadata, ...rest } = deployment;
  const state = { version, deployment: { ...rest, resources: (deployment.resources ?? []).map(lasting) } };
  writeFileSync(fileOf(fixture), gzipSync(JSON.stringify(state), { level: 9 }));
}
