/** Engine parameters: what the person wrote, TLS forced over it, and connections that the smallest member can hold. */
import type { Known } from "../kernel/known.ts";
import type { DatabaseArgs, DatabaseSpec } from "./model.ts";

type Parameters = Readonly<Record<string, { readonly value: string; readonly restart: boolean }>>;

/** Parameters that the engine reads only at start: https://www.postgresql.org/docs/15/view-pg-settings.html, context `postmaster`. */
const readAtStart = new Set([
  "max_connections",
  "shared_buffers",
  "max_wal_senders",
  "max_replication_slots",
  "max_worker_processes",
  "max_prepared_transactions",
  "max_locks_per_transaction",
  "wal_level",
  "wal_buffers",
  "huge_pages",
  "shared_preload_libraries",
  "track_activity_query_size",
  "autovacuum_max_workers",
  "rds.logical_replication",
  "innodb_buffer_pool_instances",
  "performance_schema",
]);

/** RDS' own formula, bytes of memory over 9,531,392 and at most 5000, so that three clouds agree: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html (2026-11-21). */
export const connectionsFor = (memoryGiB: number): number => Math.min(5000, Math.floor((memoryGiB * 2 ** 30) / 9_531_392));

/** `smallestGiB` is the memory of the smallest member when there are replicas: a PostgreSQL replica must take at least as many connections as its primary. */
export function parametersOf(
  path: string,
  args: DatabaseArgs,
  smallestGiB: number | null,
  { facts, findings }: Known,
): DatabaseSpec["parameters"] {
  const written: Parameters = Object.fromEntries(
    Object.entries(args.parameters).map(([name, value]) => [
      name,
      { value: typeof value === "boolean" ? (value ? "on" : "off") : String(value), restart: readAtStart.has(name) },
    ]),
  );
  const tls = facts.forceTls[args.engine];
  const other = tls === null ? undefined : written[tls.name];
  if (tls !== null && other !== undefined && other.value.toLowerCase() !== tls.value.toLowerCase())
    findings.refuse(`${path}.${tls.name}`, `expected "${tls.value}", since TLS is forced, got "${other.value}"`, "leave it out");
  const connections: Parameters =
    smallestGiB !== null && args.engine === "postgres" && written.max_connections === undefined
      ? { max_connections: { value: String(connectionsFor(smallestGiB)), restart: true } }
      : {};
  return { ...connections, ...written, ...(tls === null ? {} : { [tls.name]: { value: tls.value, restart: tls.restart } }) };
}
