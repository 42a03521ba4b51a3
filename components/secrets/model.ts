/**
 * Secrets: generated passwords and values a person supplies, in the cloud's own store, one JSON shape everywhere.
 *
 * | here   | aws                        | azure               | gcp                        |
 * |--------|----------------------------|---------------------|----------------------------|
 * | store  | (none)                     | key vault           | (none)                     |
 * | secret | Secrets Manager secret     | vault secret        | Secret Manager secret      |
 * | value  | version, write-only        | secret              | version, write-only        |
 *
 * Shapes: a login is `{"username": …, "password": …}`, anything else `{"value": …}`.
 */
import { z } from "zod";
import type { Support } from "../kernel/limits.ts";
import type { PlaceKey } from "../kernel/places.ts";
import { mapOf } from "../kernel/schema.ts";

export const SecretArgs = z.strictObject({
  from: z
    .enum(["generated", "config"])
    .default("generated")
    .meta({ description: "Made by the program, or supplied by a person as `strata:secrets`." }),
  length: z.int().min(16).max(128).default(32).meta({ description: "Characters of a generated value." }),
  encoding: z.enum(["password", "hex"]).default("password").meta({ description: "`hex`: two characters a byte, for keys." }),
  rotation: z.int().min(0).default(0).meta({ description: "Counter: raising it makes a new value and nothing else does." }),
});

export const SecretsArgs = z.strictObject({
  encryptionKey: z.string().optional().meta({ description: "Purpose of an own key; the platform's key otherwise." }),
  rotation: z.int().min(0).default(0).meta({ description: "Counter for the passwords of databases and caches." }),
  values: mapOf(SecretArgs).default({}),
});

export interface SecretSpec {
  readonly origin: "generated" | "config";
  /** Login name of a database administrator; null for a bare value. */
  readonly username: string | null;
  readonly length: number;
  readonly encoding: "password" | "hex";
  /** Raising it makes a new value. */
  readonly rotation: number;
}

export interface SecretsLimits {
  readonly encryptionKey: Support;
}

export interface SecretsSpec {
  readonly place: PlaceKey;
  readonly encryptionKey: string | null;
  /** Days a deleted secret can be brought back. */
  readonly recoveryDays: number;
  readonly secrets: Readonly<Record<string, SecretSpec>>;
  /** Subnet keys for the store's private endpoint, where the store has one; empty otherwise. */
  readonly subnets: readonly string[];
}
