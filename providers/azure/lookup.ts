/** Small answers that every file of this adapter asks for. */
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { Place, PlaceKey } from "../../components/kernel/places.ts";
import type { By, OnFoundation, OnGround } from "./natives.ts";

/** One thing per member of a record, under the same key. */
export const each = <T, R>(record: By<T>, make: (key: string, member: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, member]) => [key, make(key, member)]));

/** The same, one after the other: for services that take one change at a time and refuse the next. */
export function inTurn<T, R extends pulumi.Resource>(record: By<T>, make: (key: string, member: T, after: R[]) => R): Record<string, R> {
  const made: Record<string, R> = {};
  for (const [key, member] of Object.entries(record)) made[key] = make(key, member, Object.values(made).slice(-1));
  return made;
}

/** An argument left out where the spec says null. */
export const orNothing = <T>(value: T | null): T | undefined => (value === null ? undefined : value);

/** Subnets span the region, so a tier has exactly one. */
export function only(keys: readonly string[]): string {
  const [first] = keys;
  if (first === undefined) throw new Error("no subnet was decided");
  return first;
}

/** Azure's numbers of zone letters; a region without zones has none, and what lives there is regional. */
export const zonesOf = (place: Place, letters: readonly string[]): string[] =>
  letters.flatMap(letter => (letter in place.zones ? [pick(place.zones, letter)] : []));

/** Where a resource of this scope lives. The location is always said: left out, the provider asks Azure for that of the group, and a preview needs an account. */
export const homeOf = ({ place, tags }: Scope, on: OnFoundation) => ({ ...groupOf({ place }, on), location: place.region, tags });

/** For resources within another, which have no location of their own. */
export const groupOf = ({ place }: Pick<Scope, "place">, on: OnFoundation) => ({
  resourceGroupName: pick(on.foundation.native.groups, place.key).name,
});

/** A name that must be unique beyond the stack. */
export const physical = (parts: readonly string[], max: number, separator: "" | "-", on: OnFoundation): pulumi.Output<string> =>
  pulumi.interpolate`${shortened(parts, { max, separator, suffixLength: 8 })}${separator}${on.foundation.suffix}`;

/** The ring that lies in a place, with its keys. */
export function ringOf(on: Pick<OnGround, "keys">, place: PlaceKey | "wide"): NonNullable<OnGround["keys"]["wide"]> {
  const ring = on.keys[place];
  if (ring === null) throw new Error(`no key ring in place ${place}`);
  return ring;
}

/** An own key with what it takes to use it: the identity that fetches it, and the right that identity needs first. */
export function ownKey(on: Pick<OnGround, "keys">, wanted: { readonly purpose: string; readonly place: PlaceKey | "wide" }) {
  const { native, ready } = ringOf(on, wanted.place);
  return { key: pick(native.keys, wanted.purpose), vault: native.vault, identityId: native.identity.id, ready };
}

/** Whom a resource waits for because of its key; nobody with the platform's. */
export const keyReady = (on: Pick<OnGround, "keys">, wanted: { readonly place: PlaceKey | "wide" } | null): readonly pulumi.Resource[] =>
  wanted === null ? [] : ringOf(on, wanted.place).ready;

/** `02:00-03:00` starts at two. */
export const hourOf = (window: string): number => Number(window.slice(0, 2));
export const minuteOf = (window: string): number => Number(window.slice(3, 5));
