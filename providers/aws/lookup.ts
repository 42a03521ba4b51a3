/** Small answers that every file of this adapter asks for. */
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { Place, PlaceKey } from "../../components/kernel/places.ts";
import type { AwsGround } from "./natives.ts";

/** One thing per member of a record, under the same key. */
export const each = <T, R>(record: Readonly<Record<string, T>>, make: (key: string, member: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, member]) => [key, make(key, member)]));

/** An argument left out where the spec says null. */
export const orNothing = <T>(value: T | null): T | undefined => (value === null ? undefined : value);

/** A value that a decided spec has on AWS, though other clouds leave it null. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`no ${what} in a spec for aws`);
  return value;
}

/** The cloud's name of a zone letter. */
export const zoneOf = (place: Place, letter: string | null): string => pick(place.zones, present(letter, "zone letter"));

/** What the provider's default tags do not say already. */
export const tagged = (scope: Scope, name: string): Record<string, string> => ({ Name: name, role: pick(scope.tags, "role") });

/** ARN of the own key a spec names; null leaves the platform's key. */
export function keyArn(
  on: Pick<AwsGround, "keys">,
  wanted: { readonly purpose: string; readonly place: PlaceKey | "wide" } | null,
): pulumi.Output<string> | null {
  if (wanted === null) return null;
  return pick(present(on.keys[wanted.place], `key ring of place ${wanted.place}`).keyIds, wanted.purpose);
}

/** First half of a physical name, for services whose names must be known before they exist; the stack's suffix follows after a dash. */
export const physicalName = (scope: Scope, max: number): string =>
  shortened([pick(scope.tags, "system"), scope.name], { max, separator: "-", suffixLength: 8 });

/** `sun:04:00-sun:05:00`; a window over midnight ends on the next day. */
export function weekly(day: string, window: string): string {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const [from = "", to = ""] = window.split("-");
  const last = to > from ? day : present(days[(days.indexOf(day) + 1) % 7], "day");
  return `${day}:${from}-${last}:${to}`;
}
