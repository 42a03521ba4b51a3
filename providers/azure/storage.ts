import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { BucketSpec } from "../../components/storage/model.ts";
import { closedAccount, readAccount, servedAccount } from "./account.ts";
import { lifecycle } from "./lifecycle.ts";
import { lock } from "./lock.ts";
import { groupOf, homeOf, keyReady, ownKey, physical } from "./lookup.ts";
import type { On, OnGround, Out } from "./natives.ts";
import { privateEndpoint } from "./private-endpoint.ts";
import { replication } from "./replication.ts";
import { type Assignment, assign, writeOnlyRole } from "./roles.ts";
import { vaultUri } from "./vault.ts";

/** The one container of every account: clients are told the account. */
export const objects = "objects";
/** A deleted version or container can be called back for a week; lifecycle rules count their days on top. */
const softDeleteDays = 7;

/** An account of its own for each bucket: encryption, copies and network are the account's. What only some buckets have comes last. */
export function bucket(scope: Scope, spec: BucketSpec, on: On<"bucket">): Out<"bucket"> {
  const { name, parent, protection } = scope;
  const group = groupOf(scope, on);
  const account = new azure.storage.StorageAccount(
    `${name}-account`,
    {
      ...homeOf(scope, on),
      ...(spec.cdn.reads ? readAccount : spec.receivesLogs ? servedAccount : closedAccount),
      ...encryptionOf(spec, on),
      accountName: spec.title.literal ? spec.title.text : physical([spec.title.text], 24, "", on),
      sku: { name: skuOf(scope, spec) },
      ...(spec.retentionLock === null ? {} : { immutableStorageWithVersioning: lockOf(spec.retentionLock.days, spec.receivesLogs) }),
    },
    { parent, protect: protection, dependsOn: [...keyReady(on, spec.encryptionKey)] },
  );
  const base = { ...group, accountName: account.name };
  const service = new azure.storage.BlobServiceProperties(
    `${name}-service`,
    { ...base, blobServicesName: "default", ...serviceOf(spec) },
    { parent },
  );
  const container = new azure.storage.BlobContainer(
    `${name}-container`,
    { ...base, containerName: objects, publicAccess: "None" },
    { parent, protect: protection, dependsOn: service }, // versions of the first object count too
  );
  const settled = [container, lifecycle(scope, spec, { ...base, container: objects }, service)];
  lock(scope, "account", account);
  const native = { account, container, resourceGroupName: group.resourceGroupName };
  const extras = [
    ...rights(scope, spec, account, on),
    ...(on.site === null || spec.subnets.length === 0
      ? []
      : [
          privateEndpoint(scope, { service: "bucket", target: account, peer: on.site.peers.native.store, subnets: spec.subnets }, [], {
            ...on,
            ...on.site,
          }),
        ]),
    ...(on.accessLog === null ? [] : [accessLog(scope, account, on.accessLog)]),
    ...(on.copy === null ? [] : replication(scope, native, on.copy, [service, container])),
  ];
  return { bucketName: account.name, native, ready: [...settled, ...extras] };
}

/** Copies: over zones where the region has them. The archive tier does without zones. */
function skuOf({ place }: Scope, spec: BucketSpec): string {
  const archives = Object.values(spec.rules).some(rule => rule.transitions.some(step => step.to === "archive"));
  const zonal = Object.keys(place.zones).length > 1 && !archives;
  if (spec.redundancy === "geo") return zonal ? "Standard_GZRS" : "Standard_GRS";
  return zonal ? "Standard_ZRS" : "Standard_LRS";
}

/** The platform's key stands in `closedAccount`; an own one is fetched in its newest version, as the ring's identity. */
function encryptionOf(spec: BucketSpec, on: OnGround): Pick<azure.storage.StorageAccountArgs, "encryption" | "identity"> {
  if (spec.encryptionKey === null) return {};
  const { key, vault, identityId } = ownKey(on, spec.encryptionKey);
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    encryption: {
      ...closedAccount.encryption,
      keySource: "Microsoft.Keyvault",
      keyVaultProperties: { keyName: key.name, keyVaultUri: vaultUri(vault) },
      encryptionIdentity: { encryptionUserAssignedIdentity: identityId },
    },
  };
}

/** Always made unlocked: Azure locks a policy that stands, never one at birth. */
const lockOf = (days: number, receivesLogs: boolean) => ({
  enabled: true,
  // Logs are appended to what already stands.
  immutabilityPolicy: { state: "Unlocked", immutabilityPeriodSinceCreationInDays: days, allowProtectedAppendWrites: receivesLogs },
});

function serviceOf(spec: BucketSpec) {
  return {
    isVersioningEnabled: spec.versioning,
    changeFeed: { enabled: spec.copy !== null, ...(spec.copy === null ? {} : { retentionInDays: spec.oldVersionsDays }) }, // what replication reads
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays, allowPermanentDelete: false },
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays },
    cors: {
      corsRules: Object.values(spec.cors).map(rule => ({
        allowedOrigins: [...rule.origins],
        allowedMethods: [...rule.methods],
        allowedHeaders: [...rule.headers],
        exposedHeaders: [],
        maxAgeInSeconds: rule.maxAgeSeconds,
      })),
    },
  };
}

/** Azure has no policy on a bucket: every reader and writer has a role on the account. */
function rights(scope: Scope, spec: BucketSpec, account: azure.storage.StorageAccount, on: OnGround): readonly pulumi.Resource[] {
  const may = (verb: "reader" | "writer", role: Assignment["role"]) => (principal: string) =>
    assign(scope, `${verb}-${principal}`, { role, to: pick(on.identities.native.identities, principal), target: account.id }, on);
  const { readers, writers } = spec;
  const both = writers.filter(principal => readers.includes(principal));
  const writeOnly = writers.filter(principal => !readers.includes(principal));
  return [
    ...readers.filter(principal => !writers.includes(principal)).map(may("reader", "blobRead")),
    ...both.map(may("writer", "blobWrite")),
    ...(writeOnly.length === 0 ? [] : writeOnly.map(may("writer", writeOnlyRole(scope, on)))),
  ];
}

/** Every read, write and delete, into the other bucket's account; Azure names the containers and folders. */
function accessLog({ name, parent }: Scope, account: azure.storage.StorageAccount, target: Out<"bucket">): pulumi.Resource {
  return new azure.monitor.DiagnosticSetting(
    `${name}-accesslog`,
    {
      name: "access",
      resourceUri: account.id.apply(id => `${id}/blobServices/default`),
      storageAccountId: target.native.account.id,
      logs: ["StorageRead", "StorageWrite", "StorageDelete"].map(category => ({ category, enabled: true })),
    },
    { parent, dependsOn: [...target.ready] },
  );
}
