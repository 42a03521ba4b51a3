/** Decides which keys exist where: one per purpose in each place that encrypts with it. */

import type { z } from "zod";
import type { Known } from "../kernel/known.ts";
import { nearest } from "../kernel/nearest.ts";
import type { PerPlace, PlaceKey } from "../kernel/places.ts";
import type { KeySpec, KeysArgs, KeysSpec, KeyUser } from "./model.ts";

/** One use of a key, as a decided spec has it. */
export interface KeyUse {
  readonly path: string;
  readonly purpose: string;
  readonly place: PlaceKey | "wide";
  readonly user: KeyUser;
}

/** The primary ring always exists, empty or not, so that a key added later finds it. */
export type DecidedKeys = PerPlace<KeysSpec> & { readonly wide: KeysSpec | null };

const deletionDays = 30;

function ring(place: PlaceKey | "wide", location: string, args: z.output<typeof KeysArgs>, uses: readonly KeyUse[]): KeysSpec {
  const here = uses.filter(use => use.place === place);
  const purposes = Object.keys(args).filter(purpose => place === "primary" || here.some(use => use.purpose === purpose));
  const keys = purposes.map((purpose): [string, KeySpec] => [
    purpose,
    {
      rotationDays: args[purpose]?.rotationDays ?? 365,
      users: [...new Set(here.filter(use => use.purpose === purpose).map(use => use.user))].toSorted(),
    },
  ]);
  return { place, location, keys: Object.fromEntries(keys), deletionDays };
}

/** Refuses keys that nobody declared; `named` by path. */
export function judgeKeys(args: z.output<typeof KeysArgs>, named: Readonly<Record<string, string>>, { findings }: Known): void {
  for (const [path, purpose] of Object.entries(named))
    if (!Object.hasOwn(args, purpose)) {
      const near = nearest(purpose, Object.keys(args));
      findings.refuse(
        path,
        `no key is called "${purpose}"`,
        near === null ? `add it to keys: {${purpose}: {}}` : `did you mean "${near}"?`,
      );
    }
}

export function resolveKeys(args: z.output<typeof KeysArgs>, uses: readonly KeyUse[], { facts, findings, places }: Known): DecidedKeys {
  const { min, max } = facts.limits.keys.rotationDays;
  for (const [purpose, key] of Object.entries(args))
    if (key.rotationDays < min || key.rotationDays > max)
      findings.refuse(
        `keys.${purpose}.rotationDays`,
        `expected ${min} to ${max} on ${facts.cloud}, got ${key.rotationDays}`,
        `use ${Math.min(max, Math.max(min, key.rotationDays))}`,
      );
  const region = facts.regions.rows[places.primary.region];
  const wideLocation = region?.wide ?? region?.pair ?? null;
  const wide = uses.filter(use => use.place === "wide");
  const [first] = wide;
  if (first !== undefined && wideLocation === null)
    findings.refuse(
      first.path,
      `expected a region of a wider location that can hold a key for copies, got "${places.primary.region}"`,
      "choose another region, or use the platform's key",
    );
  const orNone = (spec: KeysSpec): KeysSpec | null => (Object.keys(spec.keys).length === 0 ? null : spec);
  return {
    primary: ring("primary", places.primary.region, args, uses),
    secondary: places.secondary === null ? null : orNone(ring("secondary", places.secondary.region, args, uses)),
    wide: wideLocation === null ? null : orNone(ring("wide", wideLocation, args, uses)),
  };
}
