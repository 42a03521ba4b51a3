/** What a provider answers about an object: its inputs, with what the cloud filled in laid over them. */
import type { Kind } from "./kinds.ts";
import type { CloudObject } from "./objects.ts";
import { asSecret, isMap, notYetKnown, type Values } from "./wire.ts";

/** Marks that a provider keeps among the inputs for itself. */
const ownMarks: readonly string[] = ["__defaults", "__createBeforeDelete"];
export const withoutMarks = (inputs: Values): Values =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !ownMarks.includes(key)));
export const isAutonamed = (inputs: Values): boolean => ownMarks.some(mark => Object.hasOwn(inputs, mark));

/** An object meets an object member by member; anything else takes the place of what was there. */
const laid = (under: unknown, over: unknown): unknown =>
  isMap(under) && isMap(over)
    ? { ...under, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, laid(under[key], value)])) }
    : over;

/** In a preview nobody knows yet what the cloud will say. */
const unknownIn = (filled: unknown): unknown =>
  isMap(filled) ? Object.fromEntries(Object.entries(filled).map(([key, value]) => [key, unknownIn(value)])) : notYetKnown;

function answered(inputs: Values, filled: Values, secrets: readonly string[]): Values {
  const entries = Object.entries(filled).map(([key, value]) => [key, laid(inputs[key], value)] as const);
  const marked = entries.map(([key, value]) => [key, secrets.includes(key) ? asSecret(value) : value]);
  return { ...withoutMarks(inputs), ...Object.fromEntries(marked) };
}

export const outputsOf = ({ inputs, filled }: CloudObject, kind: Kind): Values => answered(inputs, filled, kind.secrets ?? []);

export const previewOf = ({ inputs, filled }: CloudObject, kind: Kind): Values =>
  answered(inputs, Object.fromEntries(Object.entries(filled).map(([key, value]) => [key, unknownIn(value)])), kind.secrets ?? []);
