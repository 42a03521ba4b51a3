/** What to write instead: one function for each way a value can be wrong. */
import type { z } from "zod";
import { proposal } from "./nearest.ts";
import { shown } from "./shown.ts";

const numeric = /^-?\d+(\.\d+)?$/;

/** A value of the wrong type: most often a matter of quotes. */
export function typeRemedy(expected: string, got: unknown): string {
  const text = typeof got === "string" ? got : null;
  switch (expected) {
    case "number":
    case "int":
      if (text !== null && numeric.test(text)) return `write ${text} without quotes`;
      return typeof got === "number" && Number.isFinite(got) ? `try ${Math.ceil(got)}` : "write a number, without quotes";
    case "boolean":
      if (text !== null && /^(true|yes|on)$/i.test(text)) return "write true without quotes";
      if (text !== null && /^(false|no|off)$/i.test(text)) return "write false without quotes";
      return "write true or false";
    case "string":
      return typeof got === "number" || typeof got === "boolean" ? `write "${got}" in quotes` : "write text";
    case "array":
      return typeof got === "object" ? "write a list: [one, two]" : `write a list: [${shown(got)}]`;
    default:
      return "write a map: key, colon, value";
  }
}

/** A value outside a fixed list. */
export function valueRemedy(got: unknown, values: readonly unknown[]): string {
  const twin = values.find(value => typeof value !== typeof got && String(value) === String(got));
  if (twin !== undefined) return typeof got === "string" ? `write ${String(twin)} without quotes` : `write "${String(twin)}" in quotes`;
  if (typeof got === "string") return proposal(got, values.map(String));
  return `known: ${values.map(String).join(", ")}`;
}

/** A value that fits no branch of a union. */
export function unionRemedy(got: unknown, issues: readonly z.core.$ZodIssue[], expected: string): string {
  const types = issues.flatMap(issue => (issue.code === "invalid_type" ? [issue.expected] : []));
  if (typeof got === "string" && numeric.test(got) && types.includes("number")) return typeRemedy("number", got);
  if ((typeof got === "number" || typeof got === "boolean") && types.includes("string")) return typeRemedy("string", got);
  const values = issues.flatMap(issue => (issue.code === "invalid_value" ? issue.values : []));
  return values.length > 0 ? valueRemedy(got, values) : `write ${expected}`;
}

/** A number, text or list beyond its bounds. */
export function boundRemedy(got: unknown, origin: string, way: "at most" | "at least", bound: number | bigint): string {
  if (origin === "string" && typeof got === "string")
    return way === "at most" ? `shorten it by ${got.length - Number(bound)}` : `lengthen it by ${Number(bound) - got.length}`;
  if (origin === "array") return way === "at least" ? "name at least one" : `name at most ${bound}`;
  return `try ${bound}`;
}

/** Text of the wrong form. */
export function formatRemedy(format: string, got: unknown, expected: string): string {
  const text = String(got);
  if (format === "cidrv4" && /^\d+\.\d+\.\d+\.\d+$/.test(text)) return `add a prefix length: try "${text}/32"`;
  if (format === "cidrv4") return 'try "10.0.0.0/16"';
  if (format === "ipv4") return 'try "10.0.0.10"';
  return format === "starts_with" ? `try "/${text}"` : `write ${expected}`;
}

const cut = (text: string): string => text.slice(0, 24).replace(/[-_]+$/, "");

/** A member's name against its rule: the same name in the rule's letters, when that passes. */
export function nameRemedy(name: string, issues: readonly z.core.$ZodIssue[]): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== "");
  const patterns = issues.flatMap(issue =>
    issue.code === "invalid_format" && issue.pattern !== undefined ? [new RegExp(issue.pattern.replace(/^\/|\/$/g, ""))] : [],
  );
  const tries = ["-", "_"].map(mark => cut(words.join(mark).replace(/^[^a-z]+/, "")));
  const fit = tries.find(text => text !== "" && text !== name && patterns.every(pattern => pattern.test(text)));
  return fit === undefined ? "rename it" : `try "${fit}"`;
}
