/**
 * Identity: one principal per role, and what each may do.
 *
 * | here      | aws                          | azure                          | gcp                         |
 * |-----------|------------------------------|--------------------------------|-----------------------------|
 * | principal | IAM role (+ profile)         | user-assigned identity         | service account             |
 * | grant     | one role policy; bucket policy | role assignments             | IAM members                 |
 * | login     | `rds-db:connect`             | Entra, mapped in SQL           | IAM members and a SQL user  |
 */
import { z } from "zod";
import type { PlaceKey } from "../kernel/places.ts";
import { mapOf, memberName } from "../kernel/schema.ts";

export const verbs = ["read", "write", "readWrite"] as const;
export type Verb = (typeof verbs)[number];

export const GrantArgs = z.strictObject({
  to: memberName.meta({ description: "The compute role that may. A database reaches its `exchange` bucket alone." }),
  can: z.enum(verbs).meta({ description: "read, write (put and delete), or both." }),
  on: z
    .string()
    .regex(
      /^(bucket|secret|key|database):[a-z][a-z0-9-]*$|^(metrics|logs|inventory)$/,
      "bucket:<name>, secret:<name>, key:<purpose>, database:<name>, metrics, logs or inventory",
    )
    .meta({
      description:
        "The thing: `bucket:uploads`, `secret:db`, `key:reports`, `database:db` (log in by identity), `metrics`, `logs`, `inventory` (list machines, for service discovery).",
    }),
});
export const GrantsArgs = mapOf(GrantArgs).default({});

export interface PrincipalSpec {
  /** Who may act as this principal: machines of a compute role, or the managed database service. */
  readonly trust: "compute" | "database";
}

/** Every principal of the stack, by role name. Principals are global or made once, in the primary place. */
export interface IdentitiesSpec {
  readonly principals: Readonly<Record<string, PrincipalSpec>>;
}

/** One thing a principal may touch. Buckets of compute principals stand in the bucket's own policy instead. */
export type Thing =
  | { readonly kind: "secret"; readonly name: string }
  | { readonly kind: "key"; readonly name: string; readonly place: PlaceKey | "wide" }
  | { readonly kind: "bucket"; readonly name: string }
  /** A server that takes the login of an identity, by component name: a primary, or its replica beside it. What the verb means is granted inside the engine. */
  | { readonly kind: "database"; readonly name: string }
  | { readonly kind: "metrics" }
  | { readonly kind: "logs" }
  | { readonly kind: "inventory" }
  /** Administration without an open port: Session Manager and its kin. */
  | { readonly kind: "session" };

export interface GrantSpec {
  readonly thing: Thing;
  readonly verb: Verb;
}

/** What every principal may do, by principal then by grant key: `<kind>-<name>`, stable when other grants come or go. */
export interface GrantsSpec {
  readonly grants: Readonly<
    Record<string, { readonly trust: PrincipalSpec["trust"]; readonly things: Readonly<Record<string, GrantSpec>> }>
  >;
}
