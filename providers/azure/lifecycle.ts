import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { BucketRuleSpec, BucketSpec, StorageClass } from "../../components/storage/model.ts";

const action = { infrequent: "tierToCool", cold: "tierToCold", archive: "tierToArchive" } satisfies Record<
  Exclude<StorageClass, "automatic">,
  string
>;

interface Target {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly accountName: pulumi.Input<string>;
  readonly container: string;
}

/** What becomes of objects with age: the rules as written, and old versions. Unfinished uploads Azure drops by itself after a week. */
export function lifecycle(
  { name, parent }: Scope,
  spec: BucketSpec,
  { container, ...account }: Target,
  service: pulumi.Resource,
): pulumi.Resource {
  const days = { daysAfterCreationGreaterThan: spec.oldVersionsDays };
  const house = rule("house", container, "", { version: { delete: days }, snapshot: { delete: days } });
  const written = Object.entries(spec.rules).map(([key, one]) => rule(key, container, one.prefix, { baseBlob: stepsOf(one) }));
  const kept = spec.receivesLogs ? Object.entries(spec.rules).flatMap(([key, one]) => logRule(key, one)) : [];
  return new azure.storage.ManagementPolicy(
    `${name}-lifecycle`,
    { ...account, managementPolicyName: "default", policy: { rules: [house, ...written, ...kept] } },
    { parent, dependsOn: service }, // rules on versions need versioning first
  );
}

const rule = (name: string, container: string, prefix: string, actions: azure.types.input.storage.ManagementPolicyActionArgs) => ({
  name,
  type: "Lifecycle",
  enabled: true,
  definition: { actions, filters: { blobTypes: ["blockBlob"], prefixMatch: [`${container}/${prefix}`] } }, // a prefix starts with the container's name
});

/** Access logs arrive as append blobs in containers of their own, which can be ended but not moved. */
const logRule = (key: string, { prefix, expireAfterDays }: BucketRuleSpec) =>
  prefix !== "" || expireAfterDays === null
    ? []
    : [
        {
          name: `${key}-accesslogs`,
          type: "Lifecycle",
          enabled: true,
          definition: {
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: expireAfterDays } } },
            filters: { blobTypes: ["appendBlob"], prefixMatch: ["insights-logs-"] },
          },
        },
      ];

function stepsOf({ transitions, expireAfterDays }: BucketRuleSpec): azure.types.input.storage.ManagementPolicyBaseBlobArgs {
  const moves = transitions.flatMap(({ to, afterDays }) =>
    to === "automatic" ? [] : [[action[to], { daysAfterModificationGreaterThan: afterDays }] as const],
  );
  return {
    ...Object.fromEntries(moves),
    ...(expireAfterDays === null ? {} : { delete: { daysAfterModificationGreaterThan: expireAfterDays } }),
  };
}
