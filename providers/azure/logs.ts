import * as azure from "@pulumi/azure-native";
import type { Scope } from "../../components/contract.ts";
import type { LogsSpec } from "../../components/logs/model.ts";
import { lock } from "./lock.ts";
import { homeOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** The stack's one workspace. Always the platform's key: an own one needs a dedicated cluster of 100 GB a day. */
export function logs(scope: Scope, spec: LogsSpec, on: On<"logs">): Out<"logs"> {
  const { name, parent, place, protection } = scope;
  const workspace = new azure.operationalinsights.Workspace(
    `${name}-workspace`,
    {
      ...homeOf(scope, on),
      sku: { name: "PerGB2018" },
      retentionInDays: spec.retentionDays,
      features: { enableLogAccessUsingOnlyResourcePermissions: true, disableLocalAuth: true }, // no shared key: agents come as their identity
      // Both ways stay on the public side, behind sign-in: the private one is one scope for all workspaces that a network ever asks.
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
    },
    { parent, protect: protection },
  );
  lock(scope, "workspace", workspace);
  return {
    destination: workspace.id,
    native: { workspace, region: place.region },
    ready: [workspace],
  };
}
