/**
 * Engine versions that RDS and ElastiCache create now. PostgreSQL and MySQL take the major only: minors follow by `autoMinorVersionUpgrade`.
 * Left out: PostgreSQL 14 (community end 2026-11-12) and MySQL 8.0 (standard support ended 2026-07-31, then paid).
 */
import type { VersionTable } from "../../../components/kernel/tables.ts";

/** RDS supports a major at least until the community ends it (the dates below); its own calendar was not readable and may end later. */
const postgres = "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html";
const mysql = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html";
/** No end is announced for Redis OSS 7 (6 ends 2027-01-31); the date is the one by which to look again. */
const redis = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html";

export const versions = {
  asOf: "2026-11-21",
  postgres: [
    { version: "15", literal: "15", family: "postgres15", endOfLife: "2027-11-11", source: postgres },
    { version: "16", literal: "16", family: "postgres16", endOfLife: "2028-11-09", source: postgres },
    { version: "17", literal: "17", family: "postgres17", endOfLife: "2029-11-08", source: postgres },
    { version: "18", literal: "18", family: "postgres18", endOfLife: "2030-11-14", source: postgres },
  ],
  mysql: [{ version: "8.4", literal: "8.4", family: "mysql8.4", endOfLife: "2029-07-31", source: mysql }],
  redis: [
    { version: "7.0", literal: "7.0", family: "redis7", endOfLife: "2028-11-21", source: redis },
    { version: "7.1", literal: "7.1", family: "redis7", endOfLife: "2028-11-21", source: redis },
  ],
} satisfies VersionTable;
