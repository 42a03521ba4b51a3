/** Login to a database by cloud identity: who may, on which server, and what is left to SQL. */
import { describe } from "vitest";
import { decides, notes, refuses } from "../support/rows.ts";

const size = { vcpu: 2, memoryGiB: 8 };
const base = {
  network: { tiers: { public: {}, app: {}, data: {} } },
  roles: { web: {}, worker: {} },
  databases: {
    db: { size, identityLogin: true, replicas: { read: {}, far: { place: "secondary" } } },
    passwords: { size },
  },
};
const remote = { secondaryRegion: "us-west-2" };
const granted = (grants: object, databases: object = { db: { size, identityLogin: true }, passwords: { size } }) => ({
  ...base,
  databases,
  grants,
});
const reads = { a: { to: "web", can: "read", on: "database:db" } };
const things = "grants.grants.web.things";

describe("login by identity", () => {
  decides([
    ["is granted on a database", "all", granted(reads), `${things}.database-db`, { thing: { kind: "database", name: "db" }, verb: "read" }],
    ["is granted to nobody else", "all", granted(reads), "grants.grants.worker.things.database-db", undefined],
    ["is granted to nobody unasked", "all", granted({}), `${things}.database-db`, undefined],
    ["opens no secret", "all", granted(reads), `${things}.secret-db`, undefined],
    [
      "joins reading and writing",
      "all",
      granted({ ...reads, b: { to: "web", can: "write", on: "database:db" } }),
      `${things}.database-db.verb`,
      "readWrite",
    ],
  ]);
  decides(
    [
      ["goes for the replica beside it", "aws", { ...base, grants: reads }, `${things}.database-db-read.thing.name`, "db-read"],
      ["goes for no replica that hosts cannot reach", "aws", { ...base, grants: reads }, `${things}.database-db-far-dr`, undefined],
    ],
    remote,
  );
  refuses([
    [
      "names a database that exists",
      "all",
      granted({ a: { to: "web", can: "read", on: "database:dv" } }),
      "grants.a.on",
      /no database is called "dv".*did you mean "db"/,
    ],
    [
      "names a database that takes it",
      "all",
      granted({ a: { to: "web", can: "read", on: "database:passwords" } }),
      "grants.a.on",
      /passwords alone; set databases\.passwords\.identityLogin: true/,
    ],
    [
      "is not offered for MySQL on Azure",
      "azure",
      granted(reads, { db: { size, engine: "mysql", identityLogin: true } }),
      "databases.db.identityLogin",
      /let the role read the login's secret/,
    ],
  ]);
  const on = "databases.db.identityLogin";
  notes([
    ["leaves to SQL what a role may do inside", "all", granted(reads), on, /grants in SQL/],
    ["makes no role an administrator", "azure", granted(reads), on, /no role is made its administrator.*pgaadauth_create_principal/],
    ["names MySQL's own way", "aws", granted(reads, { db: { size, engine: "mysql", identityLogin: true } }), on, /AWSAuthenticationPlugin/],
    ["says that nobody may yet", "all", granted({}), on, /add a grant on "database:db"/],
    ["says nothing where it is off", "all", granted(reads), "databases.passwords.identityLogin", null],
    [
      "goes past the pooler",
      "aws",
      granted(reads, { db: { size, identityLogin: true, pooler: true } }),
      "databases.db.pooler",
      /at the server's own address/,
    ],
    ["goes through the pooler", "azure", granted(reads, { db: { size, identityLogin: true, pooler: true } }), "databases.db.pooler", null],
  ]);
});
