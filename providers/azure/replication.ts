import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

/** Objects made before replication was turned on are copied too. */
const fromTheStart = "1601-01-01T00:00:00Z";

/** Object replication, told to the copy's account first: that side gives the policy and its rule the numbers the source repeats. */
export function replication(
  { name, parent }: Scope,
  source: Out<"bucket">["native"],
  copy: Out<"bucket">,
  after: readonly pulumi.Resource[],
): readonly pulumi.Resource[] {
  const accounts = { sourceAccount: source.account.id, destinationAccount: copy.native.account.id };
  const containers = {
    sourceContainer: source.container.name,
    destinationContainer: copy.native.container.name,
    filters: { minCreationTime: fromTheStart },
  };
  const arriving = new azure.storage.ObjectReplicationPolicy(
    `${name}-arriving`,
    {
      ...accounts,
      resourceGroupName: copy.native.resourceGroupName,
      accountName: copy.native.account.name,
      objectReplicationPolicyId: "default",
      rules: [containers],
    },
    { parent, dependsOn: [...after, ...copy.ready] }, // both sides need versions, the source its change feed
  );
  const leaving = new azure.storage.ObjectReplicationPolicy(
    `${name}-leaving`,
    {
      ...accounts,
      resourceGroupName: source.resourceGroupName,
      accountName: source.account.name,
      objectReplicationPolicyId: arriving.policyId,
      rules: arriving.rules.apply(rules =>
        rules === undefined ? [] : rules.map(({ ruleId }) => ({ ...containers, ...(ruleId === undefined ? {} : { ruleId }) })),
      ),
    },
    { parent },
  );
  return [arriving, leaving];
}
