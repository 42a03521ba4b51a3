/** The words of errors: paths, nearest words, what a schema takes, and every code that zod can emit. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueLine } from "../components/kernel/errors.ts";
import { expected } from "../components/kernel/expected.ts";
import { judge } from "../components/kernel/judge.ts";
import { nearest, proposal } from "../components/kernel/nearest.ts";
import { keysOf, pathText } from "../components/kernel/path.ts";
import { mapOf, orOff } from "../components/kernel/schema.ts";
import { shown } from "../components/kernel/shown.ts";

const lines = (schema: z.ZodType, input: unknown): readonly string[] => judge(schema, input).issues.map(issueLine);

describe("nearest", () => {
  it.each([
    ["databse", ["databases", "caches"], "databases"],
    ["gruop", ["group", "machine"], "group"],
    ["prd", ["prod", "staging"], "prod"],
    ["production", ["prod", "staging"], "prod"],
    ["AWS", ["aws", "azure", "gcp"], "aws"],
    ["az", ["gcp", "azure"], "azure"],
    ["hetzner", ["aws", "azure", "gcp"], null],
    ["z", ["a", "b"], null],
    ["", ["a"], null],
    ["a", [], null],
  ])("%s among %j is %s", (word, known, near) => expect(nearest(word, known)).toBe(near));

  it("lists every known word when none is near", () => expect(proposal("hetzner", ["aws", "gcp"])).toBe("known: aws, gcp"));

  it("finds every known word itself", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{2,9}$/), { minLength: 1 }), known =>
        known.every(word => nearest(word, known) === word),
      ),
    );
  });
});

describe("paths", () => {
  it.each([
    [["roles", "api", "count", "min"], "roles.api.count.min"],
    [["access", "flows", "f", "to", 1], "access.flows.f.to[1]"],
    [["access", "flows", "Bad Name"], 'access.flows["Bad Name"]'],
    [[], ""],
  ])("%j reads %s", (path, text) => expect(pathText(path)).toBe(text));

  it("come back as the keys they were made of", () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1, unit: "binary" })), keys => isDeepStrictEqual(keysOf(pathText(keys)), keys)));
  });
});

describe("a value in an error", () => {
  it.each([
    [undefined, "nothing"],
    [null, "null"],
    ["many", '"many"'],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [{ a: [1] }, '{"a":[1]}'],
    ["-----BEGIN OPENSSH PRIVATE KEY-----", "a value that is not shown"],
    ["v1:AAAA:BBBB", "a value that is not shown"],
  ])("%j is shown as %s", (value, text) => expect(shown(value)).toBe(text));

  it("takes at most 60 characters", () => {
    fc.assert(fc.property(fc.anything(), value => shown(value).length <= 60));
  });
});

describe("what a schema takes", () => {
  it.each([
    [z.int().min(1).max(1000), "1 to 1000"],
    [z.number().positive(), "a number over 0"],
    [z.int().min(3), "3 or more"],
    [z.number().max(3), "3 or less"],
    [z.number(), "a number"],
    [z.boolean(), "true or false"],
    [z.enum(["a", "b"]), 'one of "a", "b"'],
    [z.union([z.literal(1), z.literal(5)]), "one of 1, 5"],
    [z.literal("x"), '"x"'],
    [z.string(), "text"],
    [z.string().max(24), "text of at most 24 characters"],
    [z.string().min(1), "text of at least 1 character"],
    [z.string().min(2).max(4), "text of 2 to 4 characters"],
    [z.cidrv4(), 'a range such as "10.0.0.0/16"'],
    [z.ipv4(), 'an address such as "10.0.0.10"'],
    [z.array(z.string()), "a list"],
    [z.array(z.string()).min(1), "a list of at least 1"],
    [z.strictObject({}), "a map"],
    [z.union([z.string(), z.number(), z.boolean()]), "text or a number or true or false"],
    [orOff(z.int().min(1).max(100)), '"off" or 1 to 100'],
    [z.null(), "null"],
    [z.unknown(), "a value"],
  ])("%#: %s", (schema, words) => expect(expected(schema)).toBe(words));
});

describe("every code of zod", () => {
  const shape = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("one") }),
    z.strictObject({ kind: z.literal("two"), n: z.int().min(1).max(9) }),
  ]);
  it.each([
    [
      "invalid_type, a number in quotes",
      z.strictObject({ n: z.int().min(1).max(9) }),
      { n: "3" },
      'n: expected 1 to 9, got "3"; write 3 without quotes',
    ],
    [
      "invalid_type, a word for a number",
      z.strictObject({ n: z.int().min(1).max(1000) }),
      { n: "many" },
      'n: expected 1 to 1000, got "many"; write a number, without quotes',
    ],
    [
      "invalid_type, a fraction",
      z.strictObject({ n: z.int().min(1).max(9) }),
      { n: 1.5 },
      "n: expected a whole number, 1 to 9, got 1.5; try 2",
    ],
    [
      "invalid_type, a number for text",
      z.strictObject({ version: z.string() }),
      { version: 15 },
      'version: expected text, got 15; write "15" in quotes',
    ],
    [
      "invalid_type, a word for a boolean",
      z.strictObject({ on: z.boolean() }),
      { on: "yes" },
      'on: expected true or false, got "yes"; write true without quotes',
    ],
    [
      "invalid_type, text for a list",
      z.strictObject({ to: z.array(z.string()) }),
      { to: "db" },
      'to: expected a list, got "db"; write a list: ["db"]',
    ],
    [
      "invalid_type, a list for a map",
      z.strictObject({ m: z.strictObject({}) }),
      { m: [] },
      "m: expected a map, got []; write a map: key, colon, value",
    ],
    ["invalid_type, missing", z.strictObject({ n: z.int().min(1).max(9) }), {}, 'n: expected 1 to 9, got nothing; add "n"'],
    [
      "invalid_value, near",
      z.strictObject({ p: z.enum(["tcp", "udp"]) }),
      { p: "tcpp" },
      'p: expected one of "tcp", "udp", got "tcpp"; did you mean "tcp"?',
    ],
    [
      "invalid_value, far",
      z.strictObject({ p: z.enum(["tcp", "udp"]) }),
      { p: "icmp" },
      'p: expected one of "tcp", "udp", got "icmp"; known: tcp, udp',
    ],
    ["invalid_value, missing", z.strictObject({ p: z.enum(["tcp", "udp"]) }), {}, 'p: expected one of "tcp", "udp", got nothing; add "p"'],
    ["too_big", z.strictObject({ n: z.int().min(1).max(9) }), { n: 10 }, "n: expected 1 to 9, got 10; try 9"],
    ["too_small", z.strictObject({ n: z.int().min(1).max(9) }), { n: 0 }, "n: expected 1 to 9, got 0; try 1"],
    [
      "too_big, text",
      z.strictObject({ t: z.string().max(3) }),
      { t: "abcde" },
      't: expected text of at most 3 characters, got "abcde"; shorten it by 2',
    ],
    [
      "too_small, a list",
      z.strictObject({ l: z.array(z.string()).min(1) }),
      { l: [] },
      "l: expected a list of at least 1, got []; name at least one",
    ],
    [
      "not_multiple_of",
      z.strictObject({ n: z.int().multipleOf(4) }),
      { n: 6 },
      "n: expected a multiple of 4, got 6; write a multiple of 4",
    ],
    [
      "invalid_format, a range",
      z.strictObject({ r: z.cidrv4() }),
      { r: "10.0.0.0" },
      'r: expected a range such as "10.0.0.0/16", got "10.0.0.0"; add a prefix length: try "10.0.0.0/32"',
    ],
    [
      "invalid_format, a start",
      z.strictObject({ p: z.string().startsWith("/") }),
      { p: "x" },
      'p: expected text that starts with "/", got "x"; try "/x"',
    ],
    [
      "invalid_format, the author's words",
      z.strictObject({ p: z.string().regex(/^a+$/, "only the letter a") }),
      { p: "b" },
      'p: expected only the letter a, got "b"; write only the letter a',
    ],
    [
      "invalid_format, a bare pattern",
      z.strictObject({ p: z.string().regex(/^a+$/) }),
      { p: "b" },
      'p: expected text like /^a+$/, got "b"; write text like /^a+$/',
    ],
    [
      "unrecognized_keys",
      z.strictObject({ databases: z.string().optional() }),
      { databse: 1 },
      'databse: unknown key "databse"; did you mean "databases"?',
    ],
    [
      "unrecognized_keys of a record",
      z.partialRecord(z.enum(["public", "app"]), z.string()),
      { publik: "" },
      'publik: unknown key "publik"; did you mean "public"?',
    ],
    ["invalid_union, unknown kind", shape, { kind: "tow" }, 'kind: expected one of "one", "two", got "tow"; known: one, two'],
    ["invalid_union, no kind", shape, {}, 'kind: expected one of "one", "two", got nothing; add "kind"'],
    [
      "invalid_union, inside a branch",
      z.strictObject({ m: orOff(z.strictObject({ path: z.string() })) }),
      { m: { path: 3 } },
      'm.path: expected text, got 3; write "3" in quotes',
    ],
    [
      "invalid_union, a key inside a branch",
      z.strictObject({ m: orOff(z.strictObject({ path: z.string().optional() })) }),
      { m: { pth: 3 } },
      'm.pth: unknown key "pth"; did you mean "path"?',
    ],
    [
      "invalid_union, a number in quotes",
      z.strictObject({ n: orOff(z.int().min(1).max(9)) }),
      { n: "5" },
      'n: expected "off" or 1 to 9, got "5"; write 5 without quotes',
    ],
    [
      "invalid_union, a literal in quotes",
      z.strictObject({ n: z.union([z.literal(1), z.literal(5)]) }),
      { n: "5" },
      'n: expected one of 1, 5, got "5"; write 5 without quotes',
    ],
    [
      "invalid_union, nothing near",
      z.strictObject({ n: z.union([z.string(), z.number()]) }),
      { n: [] },
      "n: expected text or a number, got []; write text or a number",
    ],
    [
      "invalid_key",
      mapOf(z.string()),
      { "Bad Name": "" },
      '["Bad Name"]: expected a name: lower-case letters, digits and single dashes, starting with a letter, got "Bad Name"; try "bad-name"',
    ],
    [
      "invalid_key, camel case",
      mapOf(z.string()),
      { apiServer: "" },
      'apiServer: expected a name: lower-case letters, digits and single dashes, starting with a letter, got "apiServer"; try "api-server"',
    ],
    [
      "invalid_key, too long",
      mapOf(z.string()),
      { "a-name-that-is-far-too-long": "" },
      'a-name-that-is-far-too-long: expected a name: text of at most 24 characters, got "a-name-that-is-far-too-long"; try "a-name-that-is-far-too-l"',
    ],
    [
      "custom",
      z.strictObject({ a: z.int() }).refine(({ a }) => a > 1, { error: "more than one" }),
      { a: 1 },
      ': expected more than one, got {"a":1}; change what does not fit',
    ],
  ])("%s", (_, schema, input, line) => expect(lines(schema, input)).toEqual([line]));

  it("never shows a value that lies under secrets, in the problem or in the remedy", () => {
    const schema = z.strictObject({
      secrets: z.strictObject({ a: z.strictObject({}), b: z.string(), c: z.int(), d: z.enum(["x"]), e: orOff(z.int()) }),
    });
    const text = lines(schema, { secrets: { a: "hunter2", b: 1234567, c: "7654321", d: "hunter3", e: "7777777" } }).join("\n");
    expect(text).not.toMatch(/hunter|1234567|7654321|7777777/);
    expect(text.match(/a value that is not shown/g)).toHaveLength(5);
  });

  it("says everything at once", () => {
    expect(lines(z.strictObject({ a: z.int(), b: z.string(), c: z.boolean() }), { a: "x", b: 1, d: 1, e: 2 })).toHaveLength(5);
  });
});
