/**
 * What the simulated clouds know of the random provider's types. Lengths, alphabets and secret outputs: doc comments of SDK 4.21.2.
 * Every value hangs on the object's own digits alone, so it stays for life. Values are of the right shape and prove nothing of the real provider.
 */
import type { Birth, CloudKinds, Kind } from "../kinds.ts";
import type { Inputs } from "../rules.ts";

const wholeNumber = (inputs: Inputs, key: string): number => (typeof inputs[key] === "number" ? Math.max(0, Math.trunc(inputs[key])) : 0);

/** One hash has 32 bytes; the further ones are salted. */
function bytesOf({ hex }: Birth, length: number, salt = ""): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) => hex(64, `${salt}${index}`));
  return Buffer.from(blocks.join(""), "hex").subarray(0, length);
}

const randomId: Kind = {
  nameInput: null,
  // Without the prefix, as the provider keeps it.
  id: birth => bytesOf(birth, wholeNumber(birth.inputs, "byteLength")).toString("base64url"),
  outputs: birth => {
    const bytes = bytesOf(birth, wholeNumber(birth.inputs, "byteLength"));
    const prefix = typeof birth.inputs.prefix === "string" ? birth.inputs.prefix : "";
    return {
      hex: `${prefix}${bytes.toString("hex")}`,
      b64Url: `${prefix}${bytes.toString("base64url")}`,
      b64Std: `${prefix}${bytes.toString("base64")}`,
      dec: `${prefix}${BigInt(`0x0${bytes.toString("hex")}`)}`,
    };
  },
};

const randomBytes: Kind = {
  nameInput: null,
  // The value itself, in clear: `computeRandomBytesID`, provider/resources.go of pulumi-random, read 2026-11-21.
  id: birth => bytesOf(birth, wholeNumber(birth.inputs, "length")).toString("base64"),
  outputs: birth => {
    const bytes = bytesOf(birth, wholeNumber(birth.inputs, "length"));
    return { hex: bytes.toString("hex"), base64: bytes.toString("base64") };
  },
  secrets: ["hex", "base64"],
};

interface CharacterClass {
  readonly characters: string;
  readonly atLeast: number;
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const standardSpecials = "!@#$%&*()-_=+[]{}<>:?";

/** The kinds of character that a password is made of, all on unless switched off. */
function classesOf(inputs: Inputs): readonly CharacterClass[] {
  const { overrideSpecial } = inputs;
  const specials = typeof overrideSpecial === "string" && overrideSpecial !== "" ? overrideSpecial : standardSpecials;
  const numeric = inputs.numeric !== false && inputs.number !== false;
  return [
    { on: inputs.lower !== false, characters: lower, atLeast: wholeNumber(inputs, "minLower") },
    { on: inputs.upper !== false, characters: lower.toUpperCase(), atLeast: wholeNumber(inputs, "minUpper") },
    { on: numeric, characters: "0123456789", atLeast: wholeNumber(inputs, "minNumeric") },
    { on: inputs.special !== false, characters: specials, atLeast: wholeNumber(inputs, "minSpecial") },
  ].filter(({ on }) => on);
}

/** As many of each kind as asked for, the rest of any kind, in an order of the object's own. */
function passwordOf(birth: Birth): string {
  const length = wholeNumber(birth.inputs, "length");
  const classes = classesOf(birth.inputs);
  const any = classes.map(({ characters }) => characters).join("");
  const asked = classes.flatMap(({ characters, atLeast }) => Array.from({ length: atLeast }, () => characters));
  const places = [...asked, ...Array.from({ length: Math.max(0, length - asked.length) }, () => any)];
  const [picks, order] = [bytesOf(birth, 2 * places.length, "pick"), bytesOf(birth, 2 * places.length, "order")];
  return places
    .map((characters, index) => ({
      character: characters.charAt(picks.readUInt16BE(2 * index) % characters.length),
      rank: order.readUInt16BE(2 * index),
    }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ character }) => character)
    .join("");
}

const randomPassword: Kind = {
  nameInput: null,
  id: ({ hex }) => `none-${hex(12, "id")}`, // the real one is `none` for all; here an id is one object's own
  outputs: birth => ({
    result: passwordOf(birth),
    bcryptHash: `$2a$10$${bytesOf(birth, 40, "bcrypt").toString("base64").replaceAll("+", ".").slice(0, 53)}`,
  }),
  secrets: ["result", "bcryptHash"],
};

export const randomKinds: CloudKinds = {
  kinds: {
    "random:index/randomBytes:RandomBytes": randomBytes,
    "random:index/randomId:RandomId": randomId,
    "random:index/randomPassword:RandomPassword": randomPassword,
  },
  parents: () => [],
  isReference: () => false,
  lookups: {},
};
