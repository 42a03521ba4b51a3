/** What the simulated random provider gives. Shows shapes and stability, not randomness. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomKinds } from "../rehearsal/kinds/random.ts";
import type { Landlord } from "../rehearsal/kinds.ts";
import { type CloudObject, objectsOf } from "../rehearsal/objects.ts";
import { hasRules, type Inputs } from "../rehearsal/rules.ts";

const landlord: Landlord = { awsAccountId: "", subscriptionId: "", project: "", projectNumber: "", region: "" };
const typeOf = (name: string): string => `random:index/random${name}:Random${name}`;
const wanted = (name: string, inputs: Inputs) => ({ type: typeOf(name), urn: `urn:pulumi:test::strata::${typeOf(name)}::x`, inputs });
const make = (name: string, inputs: Inputs): CloudObject => objectsOf([randomKinds], landlord).create(wanted(name, inputs));

const text = (object: CloudObject, key: string): string => String(object.filled[key]);
const count = (value: string, pattern: RegExp): number => [...value.matchAll(pattern)].length;

const passwords = fc.record({
  minLower: fc.nat(4),
  minUpper: fc.nat(4),
  minNumeric: fc.nat(4),
  minSpecial: fc.nat(4),
  length: fc.integer({ min: 16, max: 100 }),
});

describe("random values", () => {
  it.each(["Id", "Bytes", "Password"])("of kind %s have rules", name => {
    expect(hasRules(typeOf(name))).toBe(true);
  });

  it.each([1, 4, 16, 40])("of %i bytes are one number in every writing", byteLength => {
    const made = make("Id", { byteLength });
    const hex = text(made, "hex");
    expect(hex).toMatch(new RegExp(`^[0-9a-f]{${2 * byteLength}}$`));
    expect(Buffer.from(made.id, "base64url").toString("hex")).toBe(hex);
    expect(made.filled).toMatchObject({
      b64Url: made.id,
      b64Std: Buffer.from(hex, "hex").toString("base64"),
      dec: `${BigInt(`0x${hex}`)}`,
    });
  });

  it("carry their prefix in every writing but the id", () => {
    const made = make("Id", { byteLength: 4, prefix: "app-" });
    for (const key of ["hex", "b64Url", "b64Std", "dec"]) expect(text(made, key)).toMatch(/^app-./);
    expect(made.id).not.toMatch(/^app-/);
  });

  it("of secret bytes are the id too, as the provider has it", () => {
    const made = make("Bytes", { length: 48 });
    expect(text(made, "hex")).toMatch(/^[0-9a-f]{96}$/);
    expect(text(made, "base64")).toBe(Buffer.from(text(made, "hex"), "hex").toString("base64"));
    expect(made.id).toBe(text(made, "base64"));
    expect(randomKinds.kinds[typeOf("Bytes")]?.secrets).toEqual(["hex", "base64"]);
  });

  it("of a password have its length and at least so many of each kind", () => {
    fc.assert(
      fc.property(passwords, asked => {
        const result = text(make("Password", asked), "result");
        expect(result).toHaveLength(asked.length);
        expect(count(result, /[a-z]/g)).toBeGreaterThanOrEqual(asked.minLower);
        expect(count(result, /[A-Z]/g)).toBeGreaterThanOrEqual(asked.minUpper);
        expect(count(result, /\d/g)).toBeGreaterThanOrEqual(asked.minNumeric);
        expect(count(result, /[^A-Za-z\d]/g)).toBeGreaterThanOrEqual(asked.minSpecial);
      }),
      { numRuns: 50 },
    );
  });

  it.each<readonly [Inputs, RegExp]>([
    [{ length: 200, special: true, overrideSpecial: "-_" }, /^[A-Za-z\d_-]+$/],
    [{ length: 200, special: false }, /^[A-Za-z\d]+$/],
    [{ length: 200, upper: false, special: false, numeric: false }, /^[a-z]+$/],
    [{ length: 200, lower: false, upper: false, special: false }, /^\d+$/],
    [{ length: 200 }, /[!@#$%&*()=+[\]{}<>:?]/],
  ])("of a password with %o are of no other characters", (inputs, shape) => {
    expect(text(make("Password", inputs), "result")).toMatch(shape);
  });

  it("of a password are secret, with its hash", () => {
    const { filled } = make("Password", { length: 12 });
    expect(String(filled.bcryptHash)).toMatch(/^\$2a\$10\$[A-Za-z\d./]{53}$/);
    expect(randomKinds.kinds[typeOf("Password")]?.secrets).toEqual(["result", "bcryptHash"]);
  });

  it.each<readonly [string, Inputs]>([
    ["Id", { byteLength: 8 }],
    ["Bytes", { length: 32 }],
    ["Password", { length: 32 }],
  ])("of kind %s stay for life and are nobody else's", (name, inputs) => {
    const objects = objectsOf([randomKinds], landlord);
    const first = objects.create(wanted(name, inputs));
    expect(objects.update(first.id, wanted(name, { ...inputs, keepers: { rotation: "1" } }))).toMatchObject({
      id: first.id,
      filled: first.filled,
    });
    const second = objects.create(wanted(name, inputs));
    expect(second.id).not.toBe(first.id);
    for (const [key, value] of Object.entries(first.filled)) expect(second.filled[key]).not.toBe(value);
  });
});
