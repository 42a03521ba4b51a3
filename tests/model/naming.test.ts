/** Physical names against every rule of the three clouds, and the tags that all three take. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { memberName } from "../../components/kernel/schema.ts";
import type { NameRule } from "../../components/kernel/tables.ts";
import { tagText } from "../../components/kernel/tags.ts";
import { factsOf } from "../../providers/facts.ts";

// Marks have 32 bits behind four characters: a fixed seed keeps a chance collision from failing a build one day.
const runs = { numRuns: 1000, seed: 20_261_121 };
const suffix = "0f1e2d3c";

const letters = "abcdefghijklmnopqrstuvwxyz";
const word = fc
  .tuple(fc.constantFrom(...letters), fc.string({ unit: fc.constantFrom(...letters, ..."0123456789"), maxLength: 11 }))
  .map(([first, rest]) => first + rest);
const member = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map(words => words.join("-").slice(0, 24).replace(/-$/, ""))
  .filter(name => memberName.safeParse(name).success && !/^(goog|xn|sthree|amzn)|google/.test(name));
const parts = fc.array(member, { minLength: 2, maxLength: 4 });

// What only begins a name (`…Prefix`) is no name: the cloud ends it.
const rules = clouds.flatMap(cloud =>
  Object.entries(factsOf(cloud).names)
    .filter(([kind]) => !kind.endsWith("Prefix"))
    .map(([kind, rule]): [Cloud, string, NameRule] => [cloud, kind, rule]),
);
/** Where a rule takes no dash, names are run together. */
const separatorOf = ({ pattern }: NameRule): "" | "-" => (pattern.test("aaa-bbb-ccc-ddd") || pattern.test("alias/aaa-bbb") ? "-" : "");
const prefixOf = (kind: string): string => (kind === "keyAlias" ? "alias/" : "");

describe.each(rules)("%s %s", (_, kind, rule) => {
  const separator = separatorOf(rule);
  const prefix = prefixOf(kind);
  const name = (of: readonly string[]): string =>
    `${prefix}${shortened(of, { max: rule.max - prefix.length, separator, suffixLength: suffix.length })}${separator}${suffix}`;

  it("takes every name that is made, however long its parts", () => {
    fc.assert(
      fc.property(parts, of => {
        const made = name(of);
        expect(made.length).toBeLessThanOrEqual(rule.max);
        expect(made.length).toBeGreaterThanOrEqual(rule.min);
        expect(made).toMatch(rule.pattern);
        expect(name(of)).toBe(made);
      }),
      runs,
    );
  });

  it("keeps names apart whose parts differ", () => {
    fc.assert(
      fc.property(parts, member, (of, other) => {
        const changed = [...of.slice(0, -1), other];
        if (changed.join("-") !== of.join("-")) expect(name(changed)).not.toBe(name(of));
      }),
      { ...runs, numRuns: 250 },
    );
  });
});

describe("a name", () => {
  const options = { max: 24, separator: "", suffixLength: 8 } as const;
  it.each([
    ["stays as it is where there is room", ["trial", "uploads"], { max: 63, separator: "-", suffixLength: 8 }, /^trial-uploads$/],
    ["runs together where no dash is taken", ["trial", "uploads"], options, /^trialuploads$/],
    ["is marked where a dash was lost", ["trial", "up-loads"], options, /^trialuploads[0-9a-z]{4}$/],
    ["is cut from its end and marked", ["cctelegram", "telegram-uploads"], options, /^cctelegramte[0-9a-z]{4}$/],
    ["ends in no dash before its mark", ["abcdefghij", "k"], { max: 16, separator: "-", suffixLength: 0 }, /^abcdefghij-k$/],
    ["leaves out empty parts", ["trial", "", "web"], { max: 63, separator: "-", suffixLength: 0 }, /^trial-web$/],
  ] as const)("%s", (_, of, given, expected) => {
    expect(shortened(of, given)).toMatch(expected);
  });

  it("tells apart what differs in dashes or in its cut-off end", () => {
    const made = [
      ["trial", "a-b"],
      ["trial", "ab"],
      ["trial", "abcdefghijklmnopq-1"],
      ["trial", "abcdefghijklmnopq-2"],
    ].map(of => shortened(of, options));
    expect(new Set(made).size).toBe(4);
  });
});

describe("a tag", () => {
  it("is text that Google takes as a label, which AWS and Azure take too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), text => {
        expect(tagText(text)).toMatch(/^[a-z0-9_-]{0,63}$/);
        expect(tagText(tagText(text))).toBe(tagText(text));
      }),
      runs,
    );
  });

  it.each([
    ["Cost Centre", "cost-centre"],
    ["team@house.example", "team-house-example"],
    ["ok_1", "ok_1"],
    ["x".repeat(70), "x".repeat(63)],
  ])("%s becomes %s", (text, tag) => {
    expect(tagText(text)).toBe(tag);
  });
});
