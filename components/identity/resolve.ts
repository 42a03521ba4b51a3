/** Decides principals and what each may do: what was written, and what follows from it. */
import type { z } from "zod";
import type { Known } from "../kernel/known.ts";
import { nearest } from "../kernel/nearest.ts";
import type { BucketSpec } from "../storage/model.ts";
import type { GrantSpec, GrantsArgs, GrantsSpec, IdentitiesSpec, PrincipalSpec, Thing, Verb } from "./model.ts";

type Grants = z.output<typeof GrantsArgs>;

/** What grants may name. */
export interface Things {
  readonly roles: readonly string[];
  readonly databases: readonly string[];
  readonly buckets: readonly string[];
  readonly secrets: readonly string[];
  readonly keys: readonly string[];
}

const listOf = (names: readonly string[]): string => (names.length === 0 ? "there is none" : `use one of ${names.join(", ")}`);

/** Refuses grants that name nobody or nothing. */
export function judgeGrants(grants: Grants, things: Things, { findings }: Known): void {
  const actors = things.roles;
  const targets: Record<string, readonly string[]> = { bucket: things.buckets, secret: things.secrets, key: things.keys };
  for (const [name, grant] of Object.entries(grants)) {
    if (things.databases.includes(grant.to))
      findings.refuse(
        `grants.${name}.to`,
        `${grant.to} is a database: it acts on one bucket alone, as its principal`,
        `write databases.${grant.to}.exchange: <bucket>`,
      );
    else if (!actors.includes(grant.to)) {
      const near = nearest(grant.to, actors);
      findings.refuse(`grants.${name}.to`, `no role is called "${grant.to}"`, near === null ? listOf(actors) : `did you mean "${near}"?`);
    }
    const [kind = "", target] = grant.on.split(":");
    const members = targets[kind];
    if (target !== undefined && members !== undefined && !members.includes(target)) {
      const near = nearest(target, members);
      findings.refuse(`grants.${name}.on`, `no ${kind} is called "${target}"`, near === null ? listOf(members) : `did you mean "${near}"?`);
    }
  }
}

const reads = (verb: Verb): boolean => verb !== "write";
const writes = (verb: Verb): boolean => verb !== "read";

/** Compute roles that read and write one bucket: the bucket's own policy is made of them. */
export function accessTo(
  bucket: string,
  grants: Grants,
  roles: readonly string[],
): { readers: readonly string[]; writers: readonly string[] } {
  const here = Object.values(grants).filter(grant => grant.on === `bucket:${bucket}` && roles.includes(grant.to));
  const names = (which: (verb: Verb) => boolean): readonly string[] =>
    [...new Set(here.filter(grant => which(grant.can)).map(grant => grant.to))].toSorted();
  return { readers: names(reads), writers: names(writes) };
}

const keyOf = (thing: Thing): string =>
  "name" in thing ? `${thing.kind}-${thing.name}${thing.kind === "key" && thing.place !== "primary" ? `-${thing.place}` : ""}` : thing.kind;

function thingOf(on: string): Thing | null {
  const [kind, name = ""] = on.split(":");
  if (kind === "secret") return { kind, name };
  if (kind === "key") return { kind, name, place: "primary" };
  if (kind === "metrics" || kind === "logs" || kind === "inventory") return { kind };
  return null; // buckets of compute roles stand in the bucket's own policy
}

export interface Exchange {
  readonly database: string;
  readonly bucket: string;
}

export function resolveIdentities(roles: readonly string[], exchanges: readonly Exchange[]): IdentitiesSpec {
  const principals: [string, PrincipalSpec][] = [
    ...roles.map((role): [string, PrincipalSpec] => [role, { trust: "compute" }]),
    ...exchanges.map(({ database }): [string, PrincipalSpec] => [database, { trust: "database" }]),
  ];
  return { principals: Object.fromEntries(principals) };
}

/** Every principal's rights. Who may touch a bucket may use its key; every host may write logs and metrics and be administered without an open port. */
export function resolveGrants(
  grants: Grants,
  roles: readonly string[],
  exchanges: readonly Exchange[],
  buckets: Readonly<Record<string, BucketSpec>>,
  secretKey: string | null,
): GrantsSpec {
  const keyGrant = (bucket: string, verb: Verb): GrantSpec[] => {
    const key = buckets[bucket]?.encryptionKey ?? null;
    return key === null ? [] : [{ thing: { kind: "key", name: key.purpose, place: key.place }, verb }];
  };
  const ofRole = (role: string): GrantSpec[] => {
    const own = Object.values(grants).filter(grant => grant.to === role);
    const things = own.flatMap((grant): GrantSpec[] => {
      const thing = thingOf(grant.on);
      return thing === null ? keyGrant(grant.on.replace("bucket:", ""), grant.can) : [{ thing, verb: grant.can }];
    });
    const readsSecrets = things.some(({ thing }) => thing.kind === "secret");
    const forSecrets: GrantSpec[] =
      readsSecrets && secretKey !== null ? [{ thing: { kind: "key", name: secretKey, place: "primary" }, verb: "read" }] : [];
    return [
      { thing: { kind: "session" }, verb: "readWrite" },
      { thing: { kind: "logs" }, verb: "write" },
      { thing: { kind: "metrics" }, verb: "write" },
      ...forSecrets,
      ...things,
    ];
  };
  const ofDatabase = ({ bucket }: Exchange): GrantSpec[] => [
    { thing: { kind: "bucket", name: bucket }, verb: "readWrite" },
    ...keyGrant(bucket, "readWrite"),
  ];
  return {
    grants: Object.fromEntries([
      ...roles.map(role => [role, { trust: "compute" as const, things: merged(ofRole(role)) }]),
      ...exchanges.map(exchange => [exchange.database, { trust: "database" as const, things: merged(ofDatabase(exchange)) }]),
    ]),
  };
}

/** One grant a thing: read and write of the same thing become both. */
function merged(grants: readonly GrantSpec[]): Readonly<Record<string, GrantSpec>> {
  const result: Record<string, GrantSpec> = {};
  for (const grant of grants) {
    const key = keyOf(grant.thing);
    const earlier = result[key];
    result[key] = earlier === undefined || earlier.verb === grant.verb ? grant : { thing: grant.thing, verb: "readWrite" };
  }
  return result;
}
