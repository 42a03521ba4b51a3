/** The one credential that exists only as a list call on a resource of our own: unknown in a preview, so never called there. */
import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";

/** The JSON text of a cache's access key, secret. */
export function accessKey(
  resourceGroupName: pulumi.Output<string>,
  cluster: azure.redisenterprise.RedisEnterprise,
  database: azure.redisenterprise.Database,
): pulumi.Output<string> {
  const keys = azure.redisenterprise.listDatabaseKeysOutput(
    { resourceGroupName, clusterName: cluster.name, databaseName: database.name },
    { parent: cluster, dependsOn: database },
  );
  return pulumi.secret(keys.apply(({ primaryKey }) => JSON.stringify({ value: primaryKey })));
}
