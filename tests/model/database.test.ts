/** What is decided and refused of a database and its replicas. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionsFor } from "../../components/database/parameters.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { at, decided } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {} };
const size = { vcpu: 4, memoryGiB: 16 };
const base = (db: object, more: object = {}) => ({ network: { tiers }, keys: { data: {} }, databases: { db: { size, ...db } }, ...more });
const mysql = (db: object) => base({ engine: "mysql", ...db });
const d = "databases.db";

describe("a database", () => {
  decides([
    ["is PostgreSQL 15 unless told", "all", base({}), `${d}.version`, "15"],
    ["is MySQL 8.4 when it is MySQL", "all", mysql({}), `${d}.version`, "8.4"],
    ["is written as Google takes it", "gcp", base({ version: "16" }), `${d}.versionLiteral`, "POSTGRES_16"],
    ["has a family of parameters on AWS", "aws", base({ version: "17" }), `${d}.family`, "postgres17"],
    ["answers on its own port", "all", mysql({}), `${d}.port`, 3306],
    ["[FA-DB-02] stands by in another zone unless told", "all", base({}), `${d}.ha`, true],
    ["lives in the data tier", "aws", base({}), `${d}.subnets`, ["data-a", "data-b", "data-c"]],
    ["is named after the system", "all", base({}), `${d}.databases`, ["trial"]],
    [
      "is administered in the system's name",
      "all",
      base({}),
      `${d}.admin`,
      { username: "trial", managed: false, secret: "db", rotation: 0 },
    ],
    ["has its hours", "all", base({}), `${d}.maintenance`, { day: "sun", window: "04:00-05:00" }],
    ["[CT-AZ-DB-01] has a tier beside its class on Azure", "azure", base({}), `${d}.edition`, "GeneralPurpose"],
    ["has an edition beside its class on Google Cloud", "gcp", base({}), `${d}.edition`, "ENTERPRISE"],
    ["needs none on AWS", "aws", base({}), `${d}.edition`, null],
  ]);
  refuses([
    ["is of a version that can be created", "all", base({ version: "13" }), "databases.db.version", /use one of 15/],
    ["needs a data tier", "all", { network: { tiers: { public: {} } }, databases: { db: { size } } }, "databases.db", /add `data: \{\}`/],
    ["fits a class", "all", base({ size: { vcpu: 448, memoryGiB: 24_000 } }), "databases.db.size", /no class fits 448/],
    ["is administered by no reserved name", "all", base({ adminUser: "postgres" }), "databases.db.adminUser", /trial_ops/],
  ]);
});

describe("its zone", () => {
  const pinned = base({ zone: "b" });
  decides([
    ["is dropped where a standby excludes it", "aws", pinned, `${d}.zone`, null],
    ["stays where it does not", "azure", pinned, `${d}.zone`, "b"],
    ["has the standby elsewhere", "gcp", pinned, `${d}.standbyZone`, "a"],
    ["stays without a standby", "aws", base({ zone: "b", ha: false }), `${d}.zone`, "b"],
  ]);
  notes([["says why it is dropped", "aws", pinned, "databases.db.zone", /RDS chooses both/]]);
  refuses([["is one of the network", "all", base({ zone: "f" }), "databases.db.zone", /expected one of a, b, c/]]);
});

describe("its storage", () => {
  const storage = (of: object) => base({ storage: of });
  decides([
    [
      "is as asked on AWS",
      "aws",
      storage({ gib: 100 }),
      `${d}.storage`,
      { gib: 100, type: "gp3", iops: null, throughputMiBps: null, performanceTier: null, growToGiB: 200 },
    ],
    ["is the next step on Azure", "azure", storage({ gib: 100 }), `${d}.storage.gib`, 128],
    ["grows to twice what it became", "azure", storage({ gib: 100 }), `${d}.storage.growToGiB`, 256],
    ["does not grow when told", "all", storage({ gib: 100, growToGiB: "off" }), `${d}.storage.growToGiB`, null],
    ["gives gp3's own from 400 GiB on", "aws", storage({ gib: 500, iops: 6000 }), `${d}.storage.iops`, 12_000],
    ["gives more than that when asked", "aws", storage({ gib: 500, iops: 20_000 }), `${d}.storage.iops`, 20_000],
    ["gives no number under 400 GiB", "aws", storage({ gib: 100, iops: 3000 }), `${d}.storage.iops`, null],
    ["is reached by a disk tier on Azure", "azure", storage({ gib: 500, iops: 5000 }), `${d}.storage.performanceTier`, "P30"],
    [
      "takes a number with PremiumV2",
      "azure",
      storage({ kind: "ssd-v2", gib: 512, iops: 10_000, growToGiB: "off" }),
      `${d}.storage.iops`,
      10_000,
    ],
    ["is decided by its size on Google Cloud", "gcp", storage({ gib: 500, iops: 10_000 }), `${d}.storage.iops`, null],
    ["is gp3 whatever kind is asked on AWS", "aws", storage({ kind: "ssd-v2" }), `${d}.storage.type`, "gp3"],
  ]);
  notes([
    ["says when it is rounded", "azure", storage({ gib: 100 }), "databases.db.storage.gib", /100 GiB becomes 128 GiB/],
    [
      "says which tier stands for operations",
      "azure",
      storage({ gib: 500, iops: 5000 }),
      "databases.db.storage.iops",
      /disk tier P30 \(5000\)/,
    ],
    ["says what gp3 gives anyway", "aws", storage({ gib: 500, iops: 6000 }), "databases.db.storage.iops", /12000 at no extra cost/],
    [
      "says what the class sustains",
      "aws",
      base({ size: { class: "db.m6g.large" }, storage: { gib: 500, iops: 20_000 } }),
      "databases.db.storage.iops",
      /db\.m6g\.large sustains about/,
    ],
  ]);
  refuses([
    ["gives what its kind can", "aws", storage({ gib: 500, iops: 100_000 }), "databases.db.storage.iops", /expected at most 64000 on gp3/],
    ["gives 3000 under 400 GiB", "aws", storage({ gib: 100, iops: 6000 }), "databases.db.storage.iops", /grow the storage to 400 GiB/],
    [
      "grows, never shrinks",
      "all",
      storage({ gib: 128, growToGiB: 64 }),
      "databases.db.storage.growToGiB",
      /at least the first size of 128/,
    ],
    ["is no larger than the largest", "azure", storage({ gib: 40_000 }), "databases.db.storage.gib", /at most 32767/],
    [
      "has no own key with PremiumV2",
      "azure",
      base({ encryptionKey: "data", storage: { kind: "ssd-v2", growToGiB: "off" } }),
      "databases.db.storage.kind",
      /platform's key/,
    ],
  ]);
});

describe("its backups", () => {
  const backups = (of: object, db: object = {}) => base({ backups: of, ...db });
  const plus = { version: "16", size: { class: "db-perf-optimized-N-4" } };
  decides([
    ["are kept a week", "all", base({}), `${d}.backups.days`, 7],
    ["reach back as far as they are kept", "aws", backups({ days: 30, pitrDays: 7 }), `${d}.backups.pitrDays`, 30],
    [
      "reach back as far as asked where that is a setting of its own",
      "gcp",
      backups({ days: 30, pitrDays: 5 }),
      `${d}.backups.pitrDays`,
      5,
    ],
    ["reach back as far as the edition can", "gcp", backups({ days: 30 }), `${d}.backups.pitrDays`, 7],
    ["reach back further with the larger edition", "gcp", backups({ days: 30 }, plus), `${d}.backups.pitrDays`, 30],
    ["lie in the paired region on Azure", "azure", backups({ geo: true }), `${d}.backups.geo`, { region: "westus", encryptionKey: null }],
    ["lie in the second region elsewhere", "gcp", backups({ geo: true }), `${d}.backups.geo.region`, "us-west1"],
    ["stay at home unless told", "all", base({}), `${d}.backups.geo`, null],
  ]);
  notes([
    ["say that one setting serves both", "aws", backups({ days: 30, pitrDays: 7 }), "databases.db.backups.pitrDays", /30 days back/],
    ["say that Azure chooses the hour", "azure", base({}), "databases.db.backups.window", /chooses the hour/],
    ["say where the paired copies go", "azure", backups({ geo: true }), "databases.db.backups.geo", /copies go to westus/],
  ]);
  refuses([
    [
      "keep apart from the maintenance window where the cloud insists",
      "aws",
      backups({ window: "04:30-05:30" }),
      "databases.db.backups.window",
      /hours apart from the maintenance window 04:00-05:00 on aws/,
    ],
    ["are kept as long as the cloud can", "aws", backups({ days: 60 }), "databases.db.backups.days", /at most 35 on aws, got 60/],
    [
      "reach back as far as the cloud can",
      "gcp",
      backups({ days: 30, pitrDays: 14 }),
      "databases.db.backups.pitrDays",
      /at most 7 on gcp \(ENTERPRISE\)/,
    ],
    ["reach no further back than they are kept", "aws", backups({ days: 10, pitrDays: 20 }), "databases.db.backups.pitrDays", /20 days/],
  ]);
});

describe("its login", () => {
  decides([
    [
      "may be kept by RDS",
      "aws",
      base({ password: "managed" }),
      `${d}.admin`,
      { username: "trial", managed: true, secret: null, rotation: 0 },
    ],
    ["is ours where the cloud keeps none", "gcp", base({ password: "managed" }), `${d}.admin.secret`, "db"],
    ["changes with the counter", "all", base({}, { secrets: { rotation: 2 } }), `${d}.admin.rotation`, 2],
  ]);
  notes([["says who makes it instead", "gcp", base({ password: "managed" }), "databases.db.password", /program makes the password/]]);
  refuses([
    ["is not kept by Azure", "azure", base({ password: "managed" }), "databases.db.password", /use `generated`/],
    [
      "cannot be RDS' own with PostgreSQL replicas",
      "aws",
      base({ password: "managed", replicas: { reader: {} } }),
      "databases.db.password",
      /managed/,
    ],
    [
      "cannot be RDS' own with MySQL replicas",
      "aws",
      mysql({ password: "managed", replicas: { reader: {} } }),
      "databases.db.password",
      /managed/,
    ],
  ]);
});

describe("its parameters", () => {
  const p = `${d}.parameters`;
  const replicas = { reader: { size: { vcpu: 2, memoryGiB: 8 } } };
  decides([
    ["force TLS on AWS", "aws", base({}), `${p}["rds.force_ssl"]`, { value: "1", restart: false }],
    ["force TLS on Azure", "azure", base({}), `${p}.require_secure_transport`, { value: "on", restart: false }],
    ["force TLS for MySQL", "aws", mysql({}), `${p}.require_secure_transport.value`, "1"],
    ["say on and off", "gcp", base({ parameters: { log_connections: true } }), `${p}.log_connections`, { value: "on", restart: false }],
    [
      "know what is read at start alone",
      "all",
      base({ parameters: { shared_buffers: 1024 } }),
      `${p}.shared_buffers`,
      { value: "1024", restart: true },
    ],
    ["leave connections to the engine without replicas", "all", base({}), `${p}.max_connections`, undefined],
    [
      "allow what the smallest member holds",
      "all",
      base({ replicas }),
      `${p}.max_connections`,
      { value: String(connectionsFor(8)), restart: true },
    ],
    ["allow what was written", "all", base({ replicas, parameters: { max_connections: 100 } }), `${p}.max_connections.value`, "100"],
    [
      "allow a replica as many as its primary",
      "all",
      base({ replicas }),
      "replicas.db-reader.parameters.max_connections.value",
      String(connectionsFor(8)),
    ],
  ]);
  refuses([
    [
      "never turn TLS off on AWS",
      "aws",
      base({ parameters: { "rds.force_ssl": 0 } }),
      "databases.db.parameters.rds.force_ssl",
      /expected "?1"?.*TLS is forced.*0/,
    ],
    [
      "never turn TLS off on Azure",
      "azure",
      base({ parameters: { require_secure_transport: false } }),
      "databases.db.parameters.require_secure_transport",
      /expected "?on"?.*off/,
    ],
  ]);
  it("allow no more connections than memory holds, and never fewer when it grows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), fc.integer({ min: 0, max: 64 }), (gib, more) => {
        expect(connectionsFor(gib) * 9_531_392).toBeLessThanOrEqual(gib * 2 ** 30);
        expect(connectionsFor(gib + more)).toBeGreaterThanOrEqual(connectionsFor(gib));
        expect(connectionsFor(gib)).toBeLessThanOrEqual(5000);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a replica", () => {
  const replicas = { reader: {}, west: { place: "secondary" }, dr: { place: "secondary" } };
  it("is named after its database, itself and its place", () => {
    expect(Object.keys(decided("aws", base({ replicas })).spec.replicas)).toEqual(["db-reader", "db-west-dr", "db-dr"]);
  });
  decides([
    [
      "has its primary's class unless told",
      "aws",
      base({ size: { class: "db.m6g.large" }, replicas }),
      "replicas.db-reader.class",
      "db.m6g.large",
    ],
    [
      "has a class of its own when told",
      "aws",
      base({ replicas: { reader: { size: { class: "db.m6g.large" } } } }),
      "replicas.db-reader.class",
      "db.m6g.large",
    ],
    ["lives in its place", "all", base({ replicas }), "replicas.db-west-dr.place", "secondary"],
    [
      "has the key of its place",
      "all",
      base({ encryptionKey: "data", replicas }),
      "replicas.db-dr.encryptionKey",
      { purpose: "data", place: "secondary" },
    ],
    ["knows its source", "all", base({ replicas }), "replicas.db-dr.source", "db"],
    [
      "holds as much as its primary",
      "azure",
      base({ storage: { gib: 100 }, replicas: { reader: { storageGiB: 100 } } }),
      "replicas.db-reader.storage.gib",
      128,
    ],
    [
      "holds more in the cloud's steps",
      "azure",
      base({ storage: { gib: 100 }, replicas: { reader: { storageGiB: 300 } } }),
      "replicas.db-reader.storage.gib",
      512,
    ],
    ["may have a zone of its own", "aws", base({ replicas: { reader: { zone: "c" } } }), "replicas.db-reader.zone", "c"],
  ]);
  refuses([
    [
      "holds no less than its primary",
      "all",
      base({ storage: { gib: 256 }, replicas: { reader: { storageGiB: 32 } } }),
      "databases.db.replicas.reader.storageGiB",
      /at least the primary's 256, got 32/,
    ],
    [
      "is one of as many as the cloud allows",
      "azure",
      base({ replicas: Object.fromEntries([..."abcdef"].map(key => [key, {}])) }),
      "databases.db.replicas",
      /at most 5 on azure, got 6/,
    ],
    [
      "fits a class",
      "all",
      base({ replicas: { reader: { size: { vcpu: 448, memoryGiB: 24_000 } } } }),
      "databases.db.replicas.reader.size",
      /no class fits/,
    ],
    [
      "takes no name of the second region at home",
      "all",
      base({ replicas: { dr: {} } }),
      "databases.db.replicas.dr",
      /say `place: secondary`/,
    ],
    [
      "takes no member's name",
      "all",
      base({ replicas: { reader: {} } }, { caches: { "db-reader": { usableGiB: 1 } } }),
      "databases.db.replicas.reader",
      /already one of caches/,
    ],
  ]);
  it("needs a second region, and is refused where none can be chosen", () => {
    const { spec } = decided("aws", base({ replicas }));
    expect(at(spec, "places.secondary.region")).toBe("us-west-2");
    const far = { region: "eu-central-1" };
    expect(() => decided("aws", base({ replicas }), far)).toThrow(/databases\.db\.replicas\.west\.place: .*strata:secondaryRegion/);
  });
});

describe("a pooler", () => {
  decides([
    ["has PgBouncer's port on Azure", "azure", base({ pooler: true }), `${d}.pooler`, { port: 6432 }],
    ["has the engine's port on AWS", "aws", mysql({ pooler: true }), `${d}.pooler`, { port: 3306 }],
    ["is none unless asked for", "all", base({}), `${d}.pooler`, null],
  ]);
  refuses([
    ["is a role's on Google Cloud", "gcp", base({ pooler: true }), "databases.db.pooler", /let a role run PgBouncer/],
    ["speaks PostgreSQL alone on Azure", "azure", mysql({ pooler: true }), "databases.db.pooler", /PgBouncer speaks PostgreSQL alone/],
  ]);
});

describe("an exchange bucket", () => {
  const exchanging = base({ exchange: "dumps" }, { buckets: { dumps: {} } });
  decides([["is reached by a principal of the database", "all", exchanging, `${d}.exchange`, { bucket: "dumps", principal: "db" }]]);
  refuses([["is one that exists", "all", base({ exchange: "dump" }, { buckets: { dumps: {} } }), "databases.db.exchange", /dumps/]]);
});
