/** Sizes against the real tables of the three clouds. What a class costs today, or whether it exists in a region, is not shown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { chooseSize, type Need, type SizeTable, shortfall } from "../../components/kernel/sizing.ts";
import { factsOf } from "../../providers/facts.ts";
import { at, decided, issuesOf, notesOf } from "../support/trial.ts";

const runs = { numRuns: 1000 };
const kinds = ["compute", "postgres", "mysql", "cache"] as const;
const tables = clouds.flatMap(cloud =>
  kinds.map((kind): [Cloud, (typeof kinds)[number], SizeTable] => [cloud, kind, factsOf(cloud).sizes[kind]]),
);

const need: fc.Arbitrary<Need> = fc.record({
  vcpu: fc.oneof(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 200 })),
  memoryGiB: fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 1500 }), fc.double({ min: 0.5, max: 64, noNaN: true })),
  minGhz: fc.oneof(fc.constant(0), fc.constantFrom(2, 2.5, 2.8, 3.1, 3.5, 5)),
  arch: fc.constantFrom("x86_64", "arm64"),
});
const more = fc.record({ vcpu: fc.integer({ min: 0, max: 32 }), memoryGiB: fc.integer({ min: 0, max: 128 }) });

const rowOf = (table: SizeTable, name: string) => {
  const row = table.rows.find(candidate => candidate.name === name);
  if (row === undefined) throw new Error(`${name} is not in the table`);
  return row;
};
/** No price ranks last. */
const price = (usd: number | null): number => usd ?? Number.POSITIVE_INFINITY;

describe.each(tables)("%s %s classes", (cloud, kind, table) => {
  const ladder: Readonly<Record<string, string>> = kind === "compute" ? factsOf(cloud).sizes.ladder : {};

  it("are never under the ask, never retired, and burstable only on the ladder", () => {
    fc.assert(
      fc.property(need, asked => {
        const { fits } = chooseSize(asked, table, ladder);
        if (fits === null) return;
        const row = rowOf(table, fits.class);
        expect(row.vcpu >= asked.vcpu && row.memoryGiB >= asked.memoryGiB && row.arch === asked.arch).toBe(true);
        expect(row.retired).toBeUndefined();
        if (asked.minGhz > 0) expect(row.ghz).toBeGreaterThanOrEqual(asked.minGhz);
        if (row.burstable) expect(fits.by).toBe("ladder");
      }),
      runs,
    );
  });

  it("are refused only where none fits: nothing smaller stands in", () => {
    fc.assert(
      fc.property(need, asked => {
        const fitting = table.rows.filter(
          row =>
            row.retired === undefined &&
            !row.burstable &&
            row.arch === asked.arch &&
            row.vcpu >= asked.vcpu &&
            row.memoryGiB >= asked.memoryGiB &&
            (asked.minGhz === 0 || (row.ghz ?? 0) >= asked.minGhz),
        );
        expect(chooseSize(asked, table).fits === null).toBe(fitting.length === 0);
      }),
      runs,
    );
  });

  it("never get cheaper when the ask grows", () => {
    fc.assert(
      fc.property(need, more, (asked, extra) => {
        const small = chooseSize(asked, table).fits;
        const large = chooseSize({ ...asked, vcpu: asked.vcpu + extra.vcpu, memoryGiB: asked.memoryGiB + extra.memoryGiB }, table).fits;
        if (small !== null && large !== null) expect(price(large.usdPerHour)).toBeGreaterThanOrEqual(price(small.usdPerHour));
      }),
      runs,
    );
  });

  it("come with a runner-up that fits and is not cheaper, and with reasons against what is cheaper", () => {
    fc.assert(
      fc.property(need, asked => {
        const { fits } = chooseSize(asked, table);
        if (fits === null) return;
        if (fits.runnerUp !== null) {
          const second = rowOf(table, fits.runnerUp);
          expect(shortfall(second, asked)).toBeNull();
          expect(price(second.usdPerHour)).toBeGreaterThanOrEqual(price(fits.usdPerHour));
        }
        for (const line of fits.rejected) {
          const [name = "", reason] = line.split(": ");
          expect(price(rowOf(table, name).usdPerHour)).toBeLessThan(price(fits.usdPerHour));
          expect(reason).not.toBe("not the house step");
        }
      }),
      runs,
    );
  });

  it("say how much more they give than was asked", () => {
    const row =
      table.rows.find(({ retired, burstable, arch }) => retired === undefined && !burstable && arch === "x86_64") ?? table.rows[0];
    const asked: Need = { vcpu: row?.vcpu ?? 0, memoryGiB: row?.memoryGiB ?? 0, minGhz: 0, arch: row?.arch ?? "x86_64" };
    expect(chooseSize(asked, table).fits?.overshoot).toMatch(/^\+0 vCPU, \+\d/);
  });
});

const role = (size: object) => ({ network: { tiers: { public: {}, app: {} } }, roles: { web: { size } } });
const classOf = (cloud: Cloud, size: object, environment = "prod") =>
  at(decided(cloud, role(size), { environment }).spec, "groups.web.class");

describe("the house ladder (defaults, row 15)", () => {
  it.each([
    // vCPU, GiB, AWS, Azure, Google
    [2, 4, "c6i.large", "Standard_F2als_v6", "n2-custom-2-4096"],
    [2, 8, "m6i.large", "Standard_D2s_v5", "n2-standard-2"],
    [2, 16, "r6i.large", "Standard_E2s_v5", "n2-highmem-2"],
    [4, 8, "c6i.xlarge", "Standard_F4als_v6", "n2-custom-4-8192"],
    [4, 16, "m6i.xlarge", "Standard_D4s_v5", "n2-standard-4"],
    [4, 32, "r6i.xlarge", "Standard_E4s_v5", "n2-highmem-4"],
    [8, 16, "c6i.2xlarge", "Standard_F8als_v6", "n2-custom-8-16384"],
    [8, 32, "m6i.2xlarge", "Standard_D8s_v5", "n2-standard-8"],
  ])("%i/%i is %s, %s, %s", (vcpu, memoryGiB, ...classes) => {
    expect(clouds.map(cloud => classOf(cloud, { vcpu, memoryGiB }))).toEqual(classes);
  });

  it("is burstable in dev alone, and says so", () => {
    const size = { vcpu: 2, memoryGiB: 4 };
    expect(clouds.map(cloud => classOf(cloud, size, "dev"))).toEqual(["t3.medium", "Standard_B2ls_v2", "e2-medium"]);
    expect(notesOf("aws", role(size), { environment: "dev" }).join("\n")).toContain("t3.medium is burstable");
    expect(clouds.map(cloud => classOf(cloud, size, "staging"))).toEqual(clouds.map(cloud => classOf(cloud, size)));
  });

  it.each(clouds)("%s: every step is in the table, exactly as large as its name says", cloud => {
    const { compute, ladder } = factsOf(cloud).sizes;
    for (const [step, name] of Object.entries(ladder)) {
      const row = rowOf(compute, name);
      expect(`${step}: ${row.vcpu}/${row.memoryGiB}`).toBe(`${step}: ${step.replace("dev:", "")}`);
      expect(row.retired).toBeUndefined();
    }
  });
});

describe("a size that is asked for by name", () => {
  it.each<[string, Cloud, object, string]>([
    ["counts against the ask beside it", "aws", { class: "m6i.large", vcpu: 4, memoryGiB: 16 }, "roles.web.size"],
    ["must be in the table", "aws", { class: "m6i.largest" }, "roles.web.size.class"],
    ["must be of this cloud", "azure", { class: "m6i.large" }, "roles.web.size.class"],
    ["is refused when no class is that large", "gcp", { vcpu: 400, memoryGiB: 20_000 }, "roles.web.size"],
    ["is refused when none is that fast", "aws", { vcpu: 2, memoryGiB: 4, minGhz: 6 }, "roles.web.size"],
  ])("%s", (_, cloud, size, path) => {
    expect(issuesOf(cloud, role(size)).map(issue => issue.path)).toEqual([path]);
  });

  it("may be one that nobody should start on, with a note", () => {
    const retired = clouds.flatMap(cloud =>
      factsOf(cloud)
        .sizes.compute.rows.filter(row => row.retired !== undefined && (row.ghz ?? 3) >= 2)
        .slice(0, 1)
        .map(row => [cloud, row.name] as const),
    );
    expect(retired.length).toBeGreaterThan(0);
    for (const [cloud, name] of retired) {
      expect(classOf(cloud, { class: name })).toBe(name);
      expect(notesOf(cloud, role({ class: name })).join("\n")).toContain(`${name} is retired`);
    }
  });

  it("[CT-HW-02] runs at 2 GHz or more", () => {
    const slow = clouds.flatMap(cloud =>
      factsOf(cloud)
        .sizes.compute.rows.filter(({ ghz }) => ghz !== null && ghz < 2)
        .map(({ name }) => [cloud, name] as const),
    );
    for (const [cloud, name] of slow) expect(issuesOf(cloud, role({ class: name })).map(({ path }) => path)).toEqual(["roles.web.size"]);
    for (const cloud of clouds)
      for (const name of Object.values(factsOf(cloud).sizes.ladder))
        expect(rowOf(factsOf(cloud).sizes.compute, name).ghz ?? 2).toBeGreaterThanOrEqual(2);
  });
});
