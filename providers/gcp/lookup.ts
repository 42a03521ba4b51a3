/** Small look-ups that several concepts share. */
import * as pulumi from "@pulumi/pulumi";
import type { Ground, Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { PlaceKey } from "../../components/kernel/places.ts";
import type { GcpNatives } from "./natives.ts";

/** Google's name of a zone letter. */
export const zoneOf = ({ place }: Scope, letter: string): string => pick(place.zones, letter);

/** Subnets span the region, so a tier has exactly one. */
export function only(keys: readonly string[]): string {
  const [first] = keys;
  if (first === undefined) throw new Error("no subnet was decided");
  return first;
}

interface OwnKey {
  /** Undefined leaves the encryption to Google's own keys. */
  readonly id: pulumi.Output<string> | undefined;
  /** The service agent's right to use the key, without which creating the consumer fails. */
  readonly ready: readonly pulumi.Resource[];
}

/** The own key of a purpose, in the place its data lies in. */
export function ownKey(
  keys: Ground<GcpNatives>["keys"],
  key: { readonly purpose: string; readonly place: PlaceKey | "wide" } | null,
): OwnKey {
  if (key === null) return { id: undefined, ready: [] };
  const ring = keys[key.place];
  if (ring === null) throw new Error(`no key ring in ${key.place}`);
  return { id: pick(ring.keyIds, key.purpose), ready: ring.ready };
}

/** A physical name where a logical one may be longer than the service allows. */
export const physical = (parts: readonly string[], max: number, suffix: pulumi.Output<string>): pulumi.Output<string> =>
  pulumi.interpolate`${shortened(parts, { max, separator: "-", suffixLength: 8 })}-${suffix}`;

export const member = (account: pulumi.Input<string>): pulumi.Output<string> => pulumi.interpolate`serviceAccount:${account}`;

/** `02:00-03:00` starts at two. */
export const hourOf = (window: string): number => Number(window.slice(0, 2));
export const timeOf = (window: string): string => window.slice(0, 5);

export const secondsOf = (days: number): string => `${days * 86_400}s`;
