/** The dated tables of every cloud: sourced, current, complete. Whether a source still says so is for whoever reads it anew. */
import { describe, expect, it } from "vitest";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { isMap } from "../../components/kernel/merge.ts";
import type { VersionRow } from "../../components/kernel/tables.ts";
import { factsOf } from "../../providers/facts.ts";
import { at, decided } from "../support/trial.ts";

const today = new Date().toISOString().slice(0, 10);
const isDate = /^\d{4}-\d{2}-\d{2}$/;
const url = /https:\/\/[a-z0-9.-]+\.[a-z]+(\/|$)/;
const day = (text: string): number => new Date(text).getTime() / 86_400_000;

const engines = ["postgres", "mysql", "redis"] as const;
const versions = clouds.flatMap(cloud =>
  engines.flatMap(engine =>
    factsOf(cloud).versions[engine].map((row): [Cloud, string, string, VersionRow] => [cloud, engine, row.version, row]),
  ),
);

describe("engine versions", () => {
  it.each(versions)("%s %s %s can still be created", (_, __, ___, row) => {
    expect(row.endOfLife).toMatch(isDate);
    expect(row.endOfLife > today).toBe(true);
    expect(row.source).toMatch(url);
    expect(row.literal).not.toBe("");
  });

  it.each(clouds.flatMap(cloud => engines.map(engine => [cloud, engine] as const)))(
    "%s %s: the newest has half a year to go, and they ascend",
    (cloud, engine) => {
      const rows = factsOf(cloud).versions[engine];
      expect(Math.max(...rows.map(row => day(row.endOfLife))) - day(today)).toBeGreaterThan(182);
      expect(rows.map(row => Number(row.version))).toEqual(rows.map(row => Number(row.version)).toSorted((one, other) => one - other));
    },
  );

  it.each(clouds)("%s: what is taken when nothing is said exists", cloud => {
    const base = {
      network: { tiers: { data: {} } },
      databases: { db: { size: { vcpu: 2, memoryGiB: 8 } }, shop: { engine: "mysql", size: { vcpu: 2, memoryGiB: 8 } } },
      caches: { cache: { usableGiB: 1 } },
    };
    const { spec } = decided(cloud, base);
    expect([at(spec, "databases.db.version"), at(spec, "databases.shop.version")]).toEqual(["15", "8.4"]);
    expect(factsOf(cloud).versions.redis.map(row => row.version)).toContain(at(spec, "caches.cache.version"));
  });
});

describe.each(clouds)("%s", cloud => {
  const facts = factsOf(cloud);

  it("says where and when every size was read", () => {
    for (const table of [facts.sizes.compute, facts.sizes.postgres, facts.sizes.mysql, facts.sizes.cache]) {
      expect(table.source).not.toBe("");
      expect(table.asOf).toMatch(isDate);
      expect(table.asOf <= today).toBe(true);
      expect(new Set(table.rows.map(row => row.name)).size).toBe(table.rows.length);
      for (const row of table.rows)
        expect(row.memoryGiB > 0 && row.vcpu >= 0 && (row.usdPerHour ?? 1) > 0 && (row.ghz ?? 1) > 0).toBe(true);
    }
    expect(facts.sizes.compute.rows.length).toBeGreaterThanOrEqual(50);
  });

  it("says where every name rule and image was read, and offers images for both architectures", () => {
    for (const rule of Object.values(facts.names))
      expect([rule.source, rule.min >= 1 && rule.min <= rule.max]).toEqual([expect.stringMatching(url), true]);
    for (const [name, image] of Object.entries(facts.images)) {
      expect(image.source).toMatch(url);
      expect(`${name} ${image.endOfLife > today}`).toBe(`${name} true`);
      expect(image.login).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(image.x86_64).not.toBe(image.arm64);
    }
    expect(facts.images["ubuntu-22.04"]?.arm64).toBeTypeOf("string");
  });

  it("has a source for every limit that is not native", () => {
    const rows = supports(facts.limits, "limits");
    expect(rows.length).toBeGreaterThan(30);
    for (const [path, row] of rows)
      if (row.is !== "native") {
        expect([path, row.source]).toEqual([path, expect.stringMatching(url)]);
        expect([path, String(row.is === "absent" ? row.instead : row.how)]).toEqual([path, expect.stringMatching(/\w+ \w+/)]);
      }
    expect(facts.limits.logs.source).toMatch(url);
    for (const disk of Object.values(facts.limits.compute.disks)) expect(disk.source).toMatch(url);
  });

  it("names zones that belong to their region, in an order without doubles", () => {
    expect(facts.regions.source).toMatch(url);
    expect(facts.regions.asOf).toMatch(isDate);
    for (const [region, row] of Object.entries(facts.regions.rows)) {
      expect(new Set(row.zones).size).toBe(row.zones.length);
      for (const zone of row.zones)
        expect(`${region} ${zone}`).toMatch(cloud === "azure" ? /^\S+ [123]$/ : new RegExp(`^${region} ${region}-?[a-z]$`));
      if (row.pair !== null) expect([region, facts.regions.rows[row.pair]]).toEqual([region, expect.anything()]);
    }
  });

  it("gives each neutral name to one region", () => {
    const neutral = Object.values(facts.regions.rows).flatMap(row => (row.neutral === null ? [] : [row.neutral]));
    expect(new Set(neutral).size).toBe(neutral.length);
    expect(neutral).toContain("us-east");
    expect(neutral.filter(name => Object.hasOwn(facts.regions.rows, name))).toEqual([]);
  });

  it("needs a value of the account for every placeholder, in the form an account takes", () => {
    const forms: Readonly<Record<string, RegExp>> = {
      awsAccountId: /^\d{12}$/,
      azureSubscriptionId: /^[0-9a-f-]{36}$/,
      azureTenantId: /^[0-9a-f-]{36}$/,
      azureSshPublicKey: /^ssh-(rsa|ed25519) /,
      gcpProject: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      gcpProjectNumber: /^\d+$/,
    };
    for (const [key, value] of Object.entries(facts.placeholders)) expect(value).toMatch(forms[key] ?? /^$/);
    expect(facts.preflight.length).toBeGreaterThan(0);
  });
});

describe("neutral region names", () => {
  const names = [
    ...new Set(
      clouds.flatMap(cloud => Object.values(factsOf(cloud).regions.rows).flatMap(row => (row.neutral === null ? [] : [row.neutral]))),
    ),
  ];

  it.each(names.toSorted())("%s crosses no border when the cloud changes", name => {
    const borders = clouds.flatMap(cloud =>
      Object.values(factsOf(cloud).regions.rows)
        .filter(row => row.neutral === name)
        .map(row => row.border),
    );
    expect(new Set(borders).size).toBe(1);
  });
});

/** Every row that says what becomes of an argument, with its path. */
function supports(value: unknown, path: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (!isMap(value)) return [];
  if (typeof value.is === "string") return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => supports(inner, `${path}.${key}`));
}
