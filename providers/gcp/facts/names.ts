/**
 * What Google Cloud lets a name be, for the kinds this program creates. Dated 2026-11-21: compute, serviceAccount
 * and bucket agree with the doc comments of SDK 9; the others are recalled, their pages not read anew.
 */
import type { NameRule } from "../../../components/kernel/tables.ts";

/** RFC 1035 label: a lower-case letter, then letters, digits and hyphens, no hyphen at the end. */
const label = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const compute = { min: 1, max: 63, pattern: label, source: "https://cloud.google.com/compute/docs/naming-resources" };
const kms = {
  min: 1,
  max: 63,
  pattern: /^[\w-]+$/,
  source: "https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create",
};

export const names = {
  network: compute,
  subnetwork: compute,
  firewall: compute,
  address: compute,
  instance: compute,
  disk: compute,
  healthCheck: compute,
  instanceTemplate: compute,
  instanceGroupManager: compute,
  // Instances of a group add a dash and four characters.
  instanceBase: { ...compute, max: 58 },
  // Autoscalers, forwarding rules, resource policies, routers and their NAT.
  computePart: compute,
  managedZone: {
    min: 1,
    max: 63,
    pattern: label,
    source: "https://cloud.google.com/dns/docs/reference/rest/v1/managedZones (name)",
  },
  connectionPolicy: {
    min: 1,
    max: 63,
    pattern: label,
    source:
      "https://cloud.google.com/network-connectivity/docs/reference/networkconnectivity/rest/v1/projects.locations.serviceConnectionPolicies/create",
  },
  serviceAccount: {
    min: 6,
    max: 30,
    pattern: label,
    source: "https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create (accountId)",
  },
  // `<project>:<instance>` may have 98 characters and a project up to 30. A deleted name stays taken for a week.
  sqlInstance: { min: 1, max: 67, pattern: label, source: "https://cloud.google.com/sql/docs/postgres/create-instance" },
  database: {
    min: 1,
    max: 63,
    pattern: /^[a-z_][a-z0-9_]*$/,
    source: "https://www.postgresql.org/docs/current/sql-syntax-lexical.html (NAMEDATALEN; MySQL takes 64)",
  },
  // PostgreSQL's limit. A service account logs in as its address without `.gserviceaccount.com`; MySQL's server cuts it at the @, to at most 32.
  sqlUser: {
    min: 1,
    max: 63,
    pattern: /^[a-z][\w.@-]*$/,
    source: "https://cloud.google.com/sql/docs/postgres/iam-authentication",
  },
  redisInstance: {
    min: 1,
    max: 40,
    pattern: label,
    source: "https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create (instanceId)",
  },
  redisCluster: {
    min: 1,
    max: 63,
    pattern: label,
    source: "https://cloud.google.com/memorystore/docs/cluster/reference/rest/v1/projects.locations.clusters/create (clusterId)",
  },
  // House use: no dots (a dotted name needs a verified domain) and no underscores (not a DNS name).
  bucket: {
    min: 3,
    max: 63,
    pattern: /^(?!goog)(?!.*google)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    source: "https://cloud.google.com/storage/docs/buckets#naming",
  },
  logBucket: {
    min: 1,
    max: 100,
    pattern: /^[A-Za-z0-9][\w.-]*$/,
    source: "https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.locations.buckets/create (bucketId)",
  },
  logSink: {
    min: 1,
    max: 100,
    pattern: /^[A-Za-z0-9][\w.-]*$/,
    source: "https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.sinks (name)",
  },
  keyRing: kms,
  cryptoKey: kms,
  secret: {
    min: 1,
    max: 255,
    pattern: /^[\w-]+$/,
    source: "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create (secretId)",
  },
} satisfies Record<string, NameRule>;
