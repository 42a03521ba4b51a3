import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";

/**
 * The cloud's own deletion protection of one thing that holds data. Never on a resource group: there it would also keep
 * scale sets from removing their instances, and role assignments from being replaced.
 */
export function lock({ name, parent, protection }: Scope, key: string, target: { readonly id: pulumi.Input<string> }): void {
  if (!protection) return;
  new azure.authorization.ManagementLockByScope(
    `${name}-lock-${key}`,
    { scope: target.id, lockName: "strata", level: "CanNotDelete", notes: "Holds data. Lifted by strata:unlock." },
    { parent },
  );
}
