import { createHash } from "node:crypto";
import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { OnFoundation } from "./natives.ts";

/** Built-in roles by GUID: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles (2026-11-21). */
const builtIn = {
  /** Key Vault Crypto Service Encryption User: wrap and unwrap, for services. */
  encryption: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  /** Key Vault Crypto User: encrypt, decrypt, sign, for programs. */
  crypto: "12338af0-0e69-4776-bea7-57ae8d297424",
  /** Key Vault Secrets User: read values. */
  secretsRead: "4633458b-17de-408a-b874-0445c86b69e6",
  /** Key Vault Secrets Officer: read and write values. */
  secretsWrite: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
  /** Storage Blob Data Reader. */
  blobRead: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  /** Storage Blob Data Contributor: reads too. */
  blobWrite: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  /** Monitoring Reader. */
  metricsRead: "43d0d8ad-25c7-4714-9337-8ba259a9fe05",
  /** Monitoring Metrics Publisher: metrics, and log entries by data collection rules. */
  publish: "3913510d-42f4-4e42-8a64-420c390055eb",
  /** Log Analytics Reader. */
  logsRead: "73c42c96-874c-492b-b04d-ab87d138a893",
  /** Reader: lists resources, sees no data. */
  inventory: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  /** Disk Backup Reader: for a backup vault, on a disk. */
  diskBackup: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
  /** Disk Snapshot Contributor: for a backup vault, where it keeps snapshots. */
  snapshotWrite: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
} as const;
export type Role = keyof typeof builtIn;

/** The same GUID for the same words: a random one would make another assignment whenever state is lost, and Azure refuses the twin. */
export function guid(...words: readonly string[]): string {
  const hex = createHash("sha256").update(words.join("/")).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}

/** Put and delete without reading, for which Azure has no built-in role: one of our own, for the resource group of what it is about. */
export function writeOnlyRole({ name, parent, place }: Scope, on: OnFoundation): { readonly id: string; readonly ready: pulumi.Resource } {
  const { account, stack, groups } = on.foundation.native;
  const group = pick(groups, place.key).id;
  const words = [account.azureSubscriptionId, stack.system, stack.environment, stack.region, place.key, name, "writeonly"];
  const ready = new azure.authorization.RoleDefinition(
    `${name}-writeonly`,
    {
      scope: group,
      roleDefinitionId: guid(...words),
      roleName: pulumi.interpolate`${stack.system} ${stack.environment} ${name} write only ${on.foundation.suffix}`, // one of a kind in the directory
      roleType: "CustomRole",
      description: "Puts and deletes objects, and reads none.",
      assignableScopes: [group],
      permissions: [{ actions: [], notActions: [], dataActions: ["write", "add/action", "delete"].map(blobs), notDataActions: [] }],
    },
    { parent },
  );
  return { id: guid(...words), ready };
}

const blobs = (verb: string): string => `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${verb}`;

export interface Assignment {
  /** A built-in role, or one of our own. */
  readonly role: Role | { readonly id: string; readonly ready: pulumi.Resource };
  readonly to: { readonly principalId: pulumi.Input<string> };
  /** Of people; an identity of a program unless said. */
  readonly kind?: "User" | "Group";
  /** The thing it is about. */
  readonly target: pulumi.Input<string>;
}

/** One right of one principal on one thing. */
export function assign(
  { name, parent, place }: Scope,
  key: string,
  { role, to, target, kind }: Assignment,
  on: OnFoundation,
): azure.authorization.RoleAssignment {
  const { account, stack } = on.foundation.native;
  const subscription = account.azureSubscriptionId;
  return new azure.authorization.RoleAssignment(
    `${name}-role-${key}`,
    {
      scope: target,
      roleAssignmentName: guid(subscription, stack.system, stack.environment, stack.region, place.key, name, key),
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${typeof role === "string" ? builtIn[role] : role.id}`,
      principalId: to.principalId,
      principalType: kind === undefined ? "ServicePrincipal" : kind, // unsaid, Azure looks the new principal up before the directory has heard of it: PrincipalNotFound
    },
    { parent, deleteBeforeReplace: true, dependsOn: typeof role === "string" ? [] : [role.ready] }, // the name is fixed, so the new one cannot stand beside the old
  );
}
