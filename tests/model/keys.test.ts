/** Which keys exist where, and who may use them. */
import { describe } from "vitest";
import { decides, refuses } from "../support/rows.ts";

const tiers = { public: {}, app: {}, data: {} };
const size = { vcpu: 2, memoryGiB: 8 };
const keys = { data: {}, backups: { rotationDays: 180 } };
const own = { encryptionKey: "data" };
const used = {
  network: { tiers },
  keys,
  roles: { web: own },
  databases: { db: { size, ...own } },
  caches: { cache: { usableGiB: 1, ...own } },
  buckets: { uploads: own, dumps: { encryptionKey: "backups" } },
  secrets: own,
  logs: own,
};
const bucket = (more: object) => ({ network: { tiers }, keys, buckets: { uploads: { ...own, ...more } } });
const replica = (more: object) => ({
  network: { tiers },
  keys,
  databases: { db: { size, ...own, replicas: { west: { place: "secondary" } }, ...more } },
});

const plain = { network: { tiers }, keys, databases: { db: { size, replicas: { west: { place: "secondary" } } } } };

describe("a key", () => {
  decides([
    ["rotates once a year unless said", "all", { keys }, "keys.primary.keys.data.rotationDays", 365],
    ["rotates as said", "all", { keys }, "keys.primary.keys.backups.rotationDays", 180],
    ["exists although nothing uses it yet", "all", { keys }, "keys.primary.keys.data.users", []],
    [
      "may be used by exactly those that encrypt with it",
      "aws",
      used,
      "keys.primary.keys.data.users",
      ["cache", "compute", "database", "logs", "secrets", "storage"],
    ],
    ["opens neither logs nor secrets on Azure", "azure", used, "keys.primary.keys.data.users", ["cache", "compute", "database", "storage"]],
    ["may be used by no other", "all", used, "keys.primary.keys.backups.users", ["storage"]],
    ["lies in the stack's region", "aws", { keys }, "keys.primary.location", "us-east-1"],
    ["waits a month before it is gone", "all", { keys }, "keys.primary.deletionDays", 30],
  ]);
  refuses([
    [
      "is one that exists",
      "all",
      { network: { tiers }, keys, roles: { web: { encryptionKey: "dat" } } },
      "roles.web.encryptionKey",
      /did you mean "data"/,
    ],
    [
      "is added where there is none",
      "all",
      { network: { tiers }, buckets: { uploads: { encryptionKey: "x" } } },
      "buckets.uploads.encryptionKey",
      /add it to keys: \{x: \{\}\}/,
    ],
  ]);
});

describe("the ring of the second region", () => {
  decides([
    ["holds what a replica there is encrypted with", "all", replica({}), "keys.secondary.keys.data.users", ["database"]],
    ["holds the key of a bucket's copy", "aws", bucket({ replicate: true }), "keys.secondary.keys.data.users", ["storage"]],
    ["holds no key that nothing there uses", "aws", bucket({ replicate: true }), "keys.secondary.keys.backups", undefined],
    ["is none where nothing there encrypts", "all", plain, "keys.secondary", null],
    ["is none without a second region", "all", used, "keys.secondary", null],
  ]);
});

describe("the wide ring", () => {
  decides([
    ["holds the key of a bucket that lies in two regions", "gcp", bucket({ replicate: true }), "keys.wide.keys.data.users", ["storage"]],
    ["lies in the multi-region", "gcp", bucket({ replicate: true }), "keys.wide.location", "us"],
    ["belongs to neither place", "gcp", bucket({ replicate: true }), "keys.wide.place", "wide"],
    ["takes the bucket's key from the primary ring", "gcp", bucket({ replicate: true }), "keys.primary.keys.data.users", []],
    [
      "holds the key of copies that Azure makes in the paired region",
      "azure",
      replica({ backups: { geo: true } }),
      "keys.wide.keys.data.users",
      ["database"],
    ],
    ["lies in the paired region", "azure", replica({ backups: { geo: true } }), "keys.wide.location", "westus"],
    ["is none on AWS", "aws", bucket({ replicate: true }), "keys.wide", null],
  ]);
});
