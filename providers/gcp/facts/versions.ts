/**
 * Engine versions that Cloud SQL and Memorystore create now; minors are the platform's.
 * Left out: PostgreSQL 14 (community end 2026-11-12, paid from 2027-02-01) and MySQL 8.0 (paid since 2026-07-01).
 */
import type { VersionTable } from "../../../components/kernel/tables.ts";

/** End = start of paid extended support; 18 is not in the copy that was read: the community's date. */
const postgres = "https://cloud.google.com/sql/docs/postgres/db-versions";
/** No end is stated for 8.4: the community's date. */
const mysql = "https://cloud.google.com/sql/docs/mysql/db-versions";
/** redis.Instance; redis.Cluster takes no version (the platform runs 7.2). No end is announced: the date is the one by which to look again. */
const redis = "https://cloud.google.com/memorystore/docs/redis/supported-versions";

export const versions = {
  asOf: "2026-11-21",
  postgres: [
    { version: "15", literal: "POSTGRES_15", family: null, endOfLife: "2028-02-01", source: postgres },
    { version: "16", literal: "POSTGRES_16", family: null, endOfLife: "2029-02-01", source: postgres },
    { version: "17", literal: "POSTGRES_17", family: null, endOfLife: "2030-02-01", source: postgres },
    { version: "18", literal: "POSTGRES_18", family: null, endOfLife: "2030-11-14", source: postgres },
  ],
  mysql: [{ version: "8.4", literal: "MYSQL_8_4", family: null, endOfLife: "2032-04-30", source: mysql }],
  redis: [
    { version: "7.0", literal: "REDIS_7_0", family: null, endOfLife: "2028-11-21", source: redis },
    { version: "7.2", literal: "REDIS_7_2", family: null, endOfLife: "2028-11-21", source: redis },
  ],
} satisfies VersionTable;
