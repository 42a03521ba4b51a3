/**
 * Engine versions that flexible servers and Managed Redis create now; minors are the platform's.
 * Left out: PostgreSQL 14 (standard support ends 2026-12-11) and MySQL 8.0 (ends 2026-12-31, then paid).
 */
import type { VersionTable } from "../../../components/kernel/tables.ts";

/** Dates: endoflife-date/endoflife.date azure-database-for-postgresql.md (2026-04), read from that page. */
const postgres = "https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-version-policy";
/** 8.4 is generally available there (MicrosoftDocs/azure-databases-docs@009da34); the policy follows the community's date. */
const mysql = "https://learn.microsoft.com/azure/mysql/concepts-version-policy";
/** The platform's one version, never chosen by the caller; no end is announced, the date is the one by which to look again. */
const redis = "https://learn.microsoft.com/azure/redis/overview";

export const versions = {
  asOf: "2026-11-21",
  postgres: [
    { version: "15", literal: "15", family: null, endOfLife: "2027-11-11", source: postgres },
    { version: "16", literal: "16", family: null, endOfLife: "2028-11-09", source: postgres },
    { version: "17", literal: "17", family: null, endOfLife: "2029-11-08", source: postgres },
    { version: "18", literal: "18", family: null, endOfLife: "2030-11-14", source: postgres },
  ],
  // Not in the enum of the SDK (it ends at 8.0.21): a plain string.
  mysql: [{ version: "8.4", literal: "8.4", family: null, endOfLife: "2032-04-30", source: mysql }],
  redis: [{ version: "7.4", literal: "7.4", family: null, endOfLife: "2028-11-21", source: redis }],
} satisfies VersionTable;
