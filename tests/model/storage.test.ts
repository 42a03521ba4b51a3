/** What is decided and refused of a bucket. */
import { describe, expect, it } from "vitest";
import { decides, notes, refuses } from "../support/rows.ts";
import { decided } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {} };
const bucket = (uploads: object) => ({ network: { tiers }, keys: { data: {} }, buckets: { uploads } });
const rule = (old: object) => bucket({ rules: { old } });
const up = "buckets.uploads";

describe("a bucket", () => {
  decides([
    ["keeps old versions unless told", "all", bucket({}), `${up}.versioning`, true],
    ["keeps them a month", "all", bucket({}), `${up}.oldVersionsDays`, 30],
    ["drops unfinished uploads after a week", "all", bucket({}), `${up}.abortUploadsDays`, 7],
    ["is named after system and role", "all", bucket({}), `${up}.title`, { text: "trial-uploads", literal: false }],
    [
      "[CT-AWS-S3-01] may have an exact name",
      "all",
      bucket({ literalName: "cctelegramuploads" }),
      `${up}.title`,
      { text: "cctelegramuploads", literal: true },
    ],
    ["uses the platform's key unless told", "all", bucket({}), `${up}.encryptionKey`, null],
    ["uses its place's key", "all", bucket({ encryptionKey: "data" }), `${up}.encryptionKey`, { purpose: "data", place: "primary" }],
    ["has a private endpoint on Azure", "azure", bucket({}), `${up}.subnets`, ["data"]],
    ["has none elsewhere", "aws", bucket({}), `${up}.subnets`, []],
  ]);
});

describe("a lifecycle rule", () => {
  const all = { infrequentAfterDays: 30, coldAfterDays: 60, archiveAfterDays: 90, expireAfterDays: 365 };
  decides([
    [
      "moves colder step by step",
      "all",
      rule(all),
      `${up}.rules.old.transitions`,
      [
        { afterDays: 30, to: "infrequent" },
        { afterDays: 60, to: "cold" },
        { afterDays: 90, to: "archive" },
      ],
    ],
    ["deletes last", "all", rule(all), `${up}.rules.old.expireAfterDays`, 365],
    ["means every object unless a prefix is said", "all", rule({ expireAfterDays: 1 }), `${up}.rules.old.prefix`, ""],
    ["means a prefix", "all", rule({ prefix: "dumps/", expireAfterDays: 1 }), `${up}.rules.old.prefix`, "dumps/"],
  ]);
  refuses([
    [
      "never archives after it deletes",
      "all",
      rule({ archiveAfterDays: 90, expireAfterDays: 30 }),
      `${up}.rules.old`,
      /90, 30 days; order them/,
    ],
    ["never deletes on the day it archives", "all", rule({ archiveAfterDays: 30, expireAfterDays: 30 }), `${up}.rules.old`, /order them/],
    ["never warms up", "all", rule({ infrequentAfterDays: 90, archiveAfterDays: 60 }), `${up}.rules.old`, /order them/],
    ["does something", "all", rule({ prefix: "x/" }), `${up}.rules.old`, /such as expireAfterDays/],
    [
      "waits as long as S3 wants",
      "aws",
      rule({ infrequentAfterDays: 7 }),
      `${up}.rules.old.infrequentAfterDays`,
      /at least 30 days on aws, got 7/,
    ],
  ]);
});

describe("automatic tiering", () => {
  const automatic = bucket({ tiering: "automatic" });
  decides([
    ["is a rule from the first day on AWS", "aws", automatic, `${up}.rules.tiering.transitions`, [{ afterDays: 0, to: "automatic" }]],
    ["is a setting of the bucket on Google Cloud", "gcp", automatic, `${up}.autoclass`, true],
    ["is no rule on Google Cloud", "gcp", automatic, `${up}.rules`, {}],
    ["is nothing on Azure", "azure", automatic, `${up}.rules`, {}],
  ]);
  notes([["says what happens on Azure", "azure", automatic, `${up}.tiering`, /stay Hot/]]);
  refuses([
    [
      "excludes rules that move",
      "aws",
      bucket({ tiering: "automatic", rules: { old: { archiveAfterDays: 90 } } }),
      `${up}.tiering`,
      /keep one of the two|drop|automatic/,
    ],
  ]);
});

describe("a copy in the second region", () => {
  const copied = bucket({ replicate: true, encryptionKey: "data", accessLog: undefined });
  decides([
    ["is a bucket of its own", "aws", copied, `${up}.copy`, { kind: "bucket", name: "uploads-dr" }],
    ["is the same bucket on Google Cloud", "gcp", copied, `${up}.copy`, { kind: "region", region: "us-west1" }],
    ["lies there", "azure", copied, "buckets.uploads-dr.place", "secondary"],
    ["has the key of its place", "aws", copied, "buckets.uploads-dr.encryptionKey", { purpose: "data", place: "secondary" }],
    ["knows whose it is", "azure", copied, "buckets.uploads-dr.copyOf", "uploads"],
    ["does not exist on Google Cloud", "gcp", copied, "buckets.uploads-dr", undefined],
    [
      "has nobody that reads or writes it",
      "aws",
      { ...copied, roles: { web: {} }, grants: { a: { to: "web", can: "readWrite", on: "bucket:uploads" } } },
      "buckets.uploads-dr.writers",
      [],
    ],
  ]);
  refuses([["needs versions", "all", bucket({ replicate: true, versioning: false }), `${up}.versioning`, /turn versioning on/]]);
  it("is made before its source", () => {
    expect(Object.keys(decided("aws", copied).spec.buckets)).toEqual(["uploads-dr", "uploads"]);
  });
});

describe("copies by the cloud itself", () => {
  decides([
    ["lie in the paired region on Azure", "azure", bucket({ redundancy: "geo" }), `${up}.redundancy`, "geo"],
    ["stand in for zones where the archive needs it", "azure", rule({ archiveAfterDays: 90 }), `${up}.redundancy`, "geo"],
    ["do not where it does not", "aws", rule({ archiveAfterDays: 90 }), `${up}.redundancy`, "zone"],
  ]);
  notes([["say so", "azure", rule({ archiveAfterDays: 90 }), `${up}.redundancy`, /archive tier does without zones/]]);
  refuses([
    ["are not to be had on AWS", "aws", bucket({ redundancy: "geo" }), `${up}.redundancy`, /replicate: true/],
    ["are not to be had on Google Cloud", "gcp", bucket({ redundancy: "geo" }), `${up}.redundancy`, /set replicate/],
  ]);
});

describe("a retention lock", () => {
  const locked = (more: object) => bucket({ retentionLock: { days: 30 }, ...more });
  decides([
    ["is governance unless said", "aws", locked({}), `${up}.retentionLock`, { days: 30, mode: "governance" }],
    ["is none unless asked for", "all", bucket({}), `${up}.retentionLock`, null],
  ]);
  notes([
    ["is loud", "aws", locked({}), `${up}.retentionLock`, /cannot be deleted for 30 days/],
    [
      "is louder when nobody can lift it",
      "aws",
      locked({ retentionLock: { days: 30, mode: "compliance" } }),
      `${up}.retentionLock`,
      /not even the owner/,
    ],
    [
      "says that Azure leaves it unlocked",
      "azure",
      locked({ retentionLock: { days: 30, mode: "compliance" } }),
      `${up}.retentionLock.mode`,
      /unlocked/,
    ],
  ]);
  refuses([
    ["excludes versions on Google Cloud", "gcp", locked({}), `${up}.retentionLock`, /turn versioning off/],
    ["needs versions on AWS", "aws", locked({ versioning: false }), `${up}.retentionLock`, /versioning/],
    ["needs versions on Azure", "azure", locked({ versioning: false }), `${up}.retentionLock`, /versioning on/],
  ]);
});

describe("an access log", () => {
  const logged = (buckets: object) => ({ network: { tiers }, buckets });
  const chain = logged({ a: { accessLog: "b" }, b: { accessLog: "c" }, c: {} });
  decides([
    ["goes to another bucket under the name of its own", "all", chain, "buckets.a.accessLog", { bucket: "b", prefix: "a/" }],
    ["makes its target one that receives", "all", chain, "buckets.b.receivesLogs", true],
    ["makes nobody else one", "all", chain, "buckets.a.receivesLogs", false],
  ]);
  refuses([
    ["goes to a bucket that exists", "all", logged({ a: { accessLog: "x" }, b: {} }), "buckets.a.accessLog", /"x"/],
    ["never goes to itself", "all", logged({ a: { accessLog: "a" } }), "buckets.a.accessLog", /another bucket/],
    [
      "never goes under an own key on AWS",
      "aws",
      { keys: { data: {} }, ...logged({ a: { accessLog: "b" }, b: { encryptionKey: "data" } }) },
      "buckets.b.encryptionKey",
      /leave the key out/,
    ],
    [
      "never goes under a lock on AWS",
      "aws",
      logged({ a: { accessLog: "b" }, b: { retentionLock: { days: 30 } } }),
      "buckets.b.retentionLock",
      /leave the lock out/,
    ],
  ]);
  it("makes every target before who names it, however they are written", () => {
    expect(Object.keys(decided("aws", chain).spec.buckets)).toEqual(["c", "b", "a"]);
  });
});
