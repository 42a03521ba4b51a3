/** Principals, and what each may do: what was written and what follows from it. */
import { describe } from "vitest";
import { decides, refuses } from "../support/rows.ts";

const base = {
  network: { tiers: { public: {}, app: {}, data: {} } },
  keys: { data: {}, reports: {} },
  secrets: { encryptionKey: "data", values: { token: { from: "config" } } },
  roles: { web: {}, worker: {} },
  databases: { db: { size: { vcpu: 2, memoryGiB: 8 }, exchange: "dumps" } },
  buckets: { uploads: { encryptionKey: "data" }, dumps: {}, plain: {} },
};
const granted = (grants: object) => ({ ...base, grants });
const things = "grants.grants.web.things";

describe("a principal", () => {
  decides([
    ["is made for every role", "all", base, "identities.principals.web.trust", "compute"],
    ["[BF-IAM-04] is made for a database that exchanges with a bucket", "all", base, "identities.principals.db.trust", "database"],
    [
      "is made for no other database",
      "all",
      { ...base, databases: { db: { size: { vcpu: 2, memoryGiB: 8 } } } },
      "identities.principals.db",
      undefined,
    ],
  ]);
});

describe("a grant", () => {
  decides([
    ["lets every host write logs", "all", base, `${things}.logs.verb`, "write"],
    ["lets every host write figures", "all", base, `${things}.metrics.verb`, "write"],
    ["lets every host be administered without an open port", "all", base, `${things}.session.verb`, "readWrite"],
    ["lets nobody read a secret unasked", "all", base, `${things}.secret-db`, undefined],
    ["lets a role read a login", "all", granted({ a: { to: "web", can: "read", on: "secret:db" } }), `${things}.secret-db.verb`, "read"],
    [
      "brings the key that opens the secret",
      "aws",
      granted({ a: { to: "web", can: "read", on: "secret:db" } }),
      `${things}.key-data.verb`,
      "read",
    ],
    [
      "joins reading and writing of one thing",
      "all",
      granted({ a: { to: "web", can: "read", on: "logs" } }),
      `${things}.logs.verb`,
      "readWrite",
    ],
    ["lets a role list machines", "all", granted({ a: { to: "web", can: "read", on: "inventory" } }), `${things}.inventory.verb`, "read"],
    [
      "lets a role use a key",
      "all",
      granted({ a: { to: "web", can: "readWrite", on: "key:reports" } }),
      `${things}.key-reports.verb`,
      "readWrite",
    ],
    [
      "stands in the bucket's own policy",
      "all",
      granted({ a: { to: "web", can: "read", on: "bucket:uploads" } }),
      "buckets.uploads.readers",
      ["web"],
    ],
    ["lets readers write nothing", "all", granted({ a: { to: "web", can: "read", on: "bucket:uploads" } }), "buckets.uploads.writers", []],
    [
      "names writers in one order",
      "all",
      granted({ b: { to: "worker", can: "write", on: "bucket:plain" }, a: { to: "web", can: "readWrite", on: "bucket:plain" } }),
      "buckets.plain.writers",
      ["web", "worker"],
    ],
    [
      "brings the key of the bucket",
      "aws",
      granted({ a: { to: "web", can: "write", on: "bucket:uploads" } }),
      `${things}.key-data.verb`,
      "write",
    ],
    [
      "brings no key where the service opens the bucket",
      "azure",
      granted({ a: { to: "web", can: "write", on: "bucket:uploads" } }),
      `${things}.key-data`,
      undefined,
    ],
    [
      "brings no key where the service opens the bucket",
      "gcp",
      granted({ a: { to: "web", can: "write", on: "bucket:uploads" } }),
      `${things}.key-data`,
      undefined,
    ],
    [
      "brings no key where the service opens the secret",
      "gcp",
      granted({ a: { to: "web", can: "read", on: "secret:db" } }),
      `${things}.key-data`,
      undefined,
    ],
    [
      "brings no key where the bucket has none",
      "all",
      granted({ a: { to: "web", can: "write", on: "bucket:plain" } }),
      `${things}.key-data`,
      undefined,
    ],
    [
      "lets a database use its exchange bucket alone",
      "all",
      base,
      "grants.grants.db.things",
      { "bucket-dumps": { thing: { kind: "bucket", name: "dumps" }, verb: "readWrite" } },
    ],
  ]);
  refuses([
    ["names a role that exists", "all", granted({ a: { to: "workr", can: "read", on: "logs" } }), "grants.a.to", /did you mean "worker"/],
    [
      "names no database: that has its exchange",
      "all",
      granted({ a: { to: "db", can: "read", on: "bucket:uploads" } }),
      "grants.a.to",
      /databases\.db\.exchange/,
    ],
    [
      "names a bucket that exists",
      "all",
      granted({ a: { to: "web", can: "read", on: "bucket:uplaods" } }),
      "grants.a.on",
      /did you mean "uploads"/,
    ],
    [
      "names a secret that exists",
      "all",
      granted({ a: { to: "web", can: "read", on: "secret:tokn" } }),
      "grants.a.on",
      /did you mean "token"/,
    ],
    [
      "names a key that exists",
      "all",
      granted({ a: { to: "web", can: "read", on: "key:raports" } }),
      "grants.a.on",
      /did you mean "reports"/,
    ],
  ]);
});

describe("a secret", () => {
  decides([
    ["holds the login of a database", "all", base, "secrets.secrets.db.username", "trial"],
    ["is long enough for every service", "all", base, "secrets.secrets.db.length", 32],
    ["may be a person's", "all", base, "secrets.secrets.token.origin", "config"],
    ["is encrypted by the key that was named", "gcp", base, "secrets.encryptionKey", "data"],
    ["has the platform's key on Azure", "azure", base, "secrets.encryptionKey", null],
    ["stays recoverable for a month", "all", base, "secrets.recoveryDays", 30],
    ["has the store's endpoint in the data tier on Azure", "azure", base, "secrets.subnets", ["data"]],
    ["changes with its counter alone", "all", { ...base, secrets: { rotation: 3 } }, "secrets.secrets.db.rotation", 3],
  ]);
  refuses([
    ["takes no name that keeps a login", "all", { ...base, secrets: { values: { db: {} } } }, "secrets.values.db", /keeps its login there/],
  ]);
});
