import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { LogsSpec } from "../../components/logs/model.ts";
import { ownKey, physical } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/**
 * What the platform writes: hosts, flow and firewall logs, NAT, databases, caches, balancers.
 * Not "everything": entries are paid for in every bucket they land in, and audit logs have buckets of their own.
 */
const kinds = [
  "gce_instance",
  "gce_subnetwork",
  "nat_gateway",
  "gce_instance_group", // what health checks find: https://cloud.google.com/load-balancing/docs/health-check-logging
  "gce_instance_group_manager",
  "http_load_balancer",
  "cloudsql_database",
  "redis_instance",
  "redis.googleapis.com/Cluster",
  "dns_query",
];

/** The log bucket and the sink that fills it. */
export function logs({ name, parent, place, tags, protection }: Scope, spec: LogsSpec, on: On<"logs">): Out<"logs"> {
  const { project } = on.foundation.native;
  const key = ownKey(on.keys, spec.encryptionKey === null ? null : { purpose: spec.encryptionKey, place: "primary" });
  const bucket = new gcp.logging.ProjectBucketConfig(
    `${name}-bucket`,
    {
      project,
      location: place.region,
      bucketId: physical([pick(tags, "system"), "logs"], 100, on.foundation.suffix), // a deleted bucket keeps its name for a week
      retentionDays: spec.retentionDays,
      locked: false, // a lock could never be lifted again
      enableAnalytics: true,
      cmekSettings: key.id === undefined ? undefined : { kmsKeyName: key.id },
    },
    { parent, protect: protection, dependsOn: [...on.foundation.ready, ...key.ready] },
  );
  const sink = new gcp.logging.ProjectSink(
    `${name}-sink`,
    {
      project,
      destination: pulumi.interpolate`logging.googleapis.com/${bucket.id}`,
      filter: `resource.type=(${kinds.map(kind => `"${kind}"`).join(" OR ")})`,
      uniqueWriterIdentity: true, // writes into a bucket of the same project need no grant
    },
    { parent },
  );
  return { destination: bucket.id, native: { bucket }, ready: [bucket, sink] };
}
