/** A fault: what a slip in the code would change, of one resource, one field of the decided platform, or one output. Plain data, to travel to a test run. */
import { z } from "zod";
import { isMap } from "../../components/kernel/merge.ts";

const Path = z.array(z.union([z.string(), z.int()])).min(1);
export type Path = z.output<typeof Path>;

const ways = ["flip", "halve", "bump", "more"] as const;
export type Way = (typeof ways)[number];
const Alter = z.strictObject({ do: z.literal("alter"), path: Path, way: z.enum(ways) });
const Remove = z.strictObject({ do: z.literal("remove"), path: Path });

const Change = z.discriminatedUnion("do", [
  Alter,
  Remove,
  z.strictObject({ do: z.literal("refer"), path: Path, type: z.string(), name: z.string(), property: z.string() }),
  z.strictObject({ do: z.literal("forget"), option: z.enum(["protect", "ignoreChanges", "customTimeouts", "dependsOn"]) }),
  z.strictObject({ do: z.literal("move"), to: z.string() }),
  z.strictObject({ do: z.enum(["rename", "drop", "widen"]) }),
]);
export type Change = z.output<typeof Change>;

export const Fault = z.discriminatedUnion("at", [
  z.strictObject({ at: z.literal("resource"), type: z.string(), name: z.string(), change: Change }),
  z.strictObject({ at: z.literal("spec"), change: z.discriminatedUnion("do", [Alter, Remove]) }),
  z.strictObject({ at: z.literal("output"), type: z.string(), path: Path }),
]);
export type Fault = z.output<typeof Fault>;

/** The fault that a test run was started with; null where it was started with none. */
export const faultIn = (text: string | undefined): Fault | null =>
  text === undefined || text === "" ? null : Fault.parse(JSON.parse(text));

/** `a.b[0]`. */
export const written = (path: Path): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${key}`)).join("");

const words: Readonly<Record<Way, string>> = { flip: "is turned over", halve: "is halved", bump: "is one version on", more: "is another" };

function changeText(change: Change): string {
  if (change.do === "alter") return `${written(change.path)} ${words[change.way]}`;
  if (change.do === "remove") return `${written(change.path)} is lost`;
  if (change.do === "refer") return `${written(change.path)} names ${change.name}`;
  if (change.do === "forget") return `no ${change.option}`;
  if (change.do === "move") return `is a child of ${change.to}`;
  return { rename: "has another name", drop: "is not made", widen: "is open to everybody" }[change.do];
}

export function faultText(fault: Fault): string {
  if (fault.at === "resource") return `${fault.type} ${fault.name}: ${changeText(fault.change)}`;
  return fault.at === "spec" ? `spec: ${changeText(fault.change)}` : `${fault.type}: output ${written(fault.path)} has another name`;
}

const firstNumber = /\d+/;
const lastNumber = /\d+(?=\D*$)/;

/** The value a slip would put there; the same where that way does not go with the value. */
export function altered(value: unknown, way: Way): unknown {
  if (typeof value === "boolean") return way === "flip" || way === "more" ? !value : value;
  if (typeof value === "number") return way === "halve" ? Math.floor(value / 2) : way === "flip" ? value : value + 1;
  if (typeof value !== "string" || way === "flip") return value;
  if (way === "more") return `${value}x`;
  const [pattern, other] = way === "halve" ? [firstNumber, (n: number) => Math.floor(n / 2)] : [lastNumber, (n: number) => n + 1];
  return value.replace(pattern, digits => String(other(Number(digits))));
}

/** A copy with another value at a path; the very same where the path leads nowhere. `undefined` takes away. */
export function changedAt(value: unknown, [key, ...rest]: readonly (string | number)[], change: (inner: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value) && typeof key === "number" && key < value.length) {
    const inner = changedAt(value[key], rest, change);
    return inner === undefined ? value.toSpliced(key, 1) : value.with(key, inner);
  }
  if (!isMap(value) || Object.getPrototypeOf(value) !== Object.prototype || !Object.hasOwn(value, key)) return value;
  const inner = changedAt(value[String(key)], rest, change);
  if (inner !== undefined) return { ...value, [key]: inner };
  const { [String(key)]: _, ...others } = value;
  return others;
}

/** What both plain data and a resource's inputs can suffer. */
export const suffered = (value: unknown, change: z.output<typeof Alter> | z.output<typeof Remove>): unknown =>
  changedAt(value, change.path, inner => (change.do === "remove" ? undefined : altered(inner, change.way)));
