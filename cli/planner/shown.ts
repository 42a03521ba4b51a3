/** Values as they travel to the engine, turned into what the plan shows. */
import { runtime } from "@pulumi/pulumi";
import type { Shown } from "./model.ts";

const { unknownValue: unknown, specialSigKey: mark, specialSecretSig: secret, specialResourceSig: resource } = runtime;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Marks a value as secret, in the engine's own writing. */
export const asSecret = (value: unknown): unknown => (isObject(value) && value[mark] === secret ? value : { [mark]: secret, value });

/** A value that only a deploy will know. */
export const notYetKnown: unknown = unknown;

/** A secret that only a deploy will know. */
export const unknownSecret = asSecret(unknown);

/** `from`: the resources that the whole property hangs on; the wire does not say more about a part of it. */
export function shown(value: unknown, from: readonly string[]): Shown {
  if (value === unknown) return { unknown: true, from };
  if (Array.isArray(value)) return value.map(member => shown(member, from));
  if (!isObject(value)) return value;
  if (value[mark] === secret) return { secret: true };
  if (value[mark] === resource) return { resource: value.urn };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== mark)
      .map(([key, member]) => [key, shown(member, from)]),
  );
}
