/** Decides principals and what each may do: what was written, and what follows from it. */
import type { z } from "zod";
import type { ReplicaSpec } from "../database/model.ts";
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { BucketSpec } from "../storage/model.ts";
import type { GrantSpec, GrantsArgs, GrantsSpec, IdentitiesSpec, PrincipalSpec, Thing, Verb } from "./model.ts";

type Grants = z.output<typeof GrantsArgs>;

/** What grants may name. */
export interface Things {
  readonly roles: readonly string[];
  readonly databases: readonly string[];
  /** Databases that take the login of an identity. */
  readonly logins: readonly string[];
  readonly buckets: readonly string[];
  readonly secrets: readonly string[];
  readonly keys: readonly string[];
}

/** A name that is near, else every name, else where to add one. */
const meant = (name: string, names: readonly string[], concept: string): string =>
  names.length === 0 ? `add it to ${concept}, or drop the grant` : proposal(name, names);

const concepts: Readonly<Record<string, string>> = { bucket: "buckets", secret: "secrets.values", key: "keys", database: "databases" };

/** Refuses grants that name nobody or nothing. */
export function judgeGrants(grants: Grants, things: Things, { findings }: Known): void {
  const targets: Record<string, readonly string[]> = {
    bucket: things.buckets,
    secret: things.secrets,
    key: things.keys,
    database: things.databases,
  };
  for (const [name, grant] of Object.entries(grants)) {
    if (things.databases.includes(grant.to))
      findings.refuse(
        `grants.${name}.to`,
        `expected a role, got "${grant.to}", a database: it acts on one bucket alone, as its principal`,
        `write databases.${grant.to}.exchange: <bucket>`,
      );
    else if (!things.roles.includes(grant.to))
      findings.refuse(`grants.${name}.to`, `no role is called "${grant.to}"`, meant(grant.to, things.roles, "roles"));
    const [kind = "", target] = grant.on.split(":");
    const members = targets[kind];
    if (target !== undefined && members !== undefined && !members.includes(target))
      findings.refuse(`grants.${name}.on`, `no ${kind} is called "${target}"`, meant(target, members, concepts[kind] ?? kind));
    if (kind === "database" && target !== undefined && things.databases.includes(target) && !things.logins.includes(target))
      findings.refuse(
        `grants.${name}.on`,
        `expected a database that takes identities, got "${target}", which takes passwords alone`,
        `set databases.${target}.identityLogin: true, or let the role read secret:${target}`,
      );
  }
  for (const database of things.logins)
    if (!Object.values(grants).some(grant => grant.on === `database:${database}`))
      findings.note(`databases.${database}.identityLogin`, `no role may log in yet: add a grant on "database:${database}"`);
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
  if (kind === "database") return { kind, name };
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

/** Every principal's rights. Who may touch a bucket may use its key, where the cloud asks for that; every host may write logs and metrics and be administered without an open port. */
export function resolveGrants(
  grants: Grants,
  roles: readonly string[],
  exchanges: readonly Exchange[],
  buckets: Readonly<Record<string, BucketSpec>>,
  secretKey: string | null,
  replicas: Readonly<Record<string, Pick<ReplicaSpec, "source" | "place">>>,
  { facts }: Known,
): GrantsSpec {
  /** Whoever may log in to a database may log in to its replicas that hosts can reach. */
  const besides = (thing: Thing): Thing[] =>
    thing.kind !== "database"
      ? []
      : Object.entries(replicas)
          .filter(([, { source, place }]) => source === thing.name && place === "primary")
          .map(([name]) => ({ kind: "database", name }));
  const keyGrant = (bucket: string, verb: Verb): GrantSpec[] => {
    const key = buckets[bucket]?.encryptionKey ?? null;
    return key === null || !facts.callersUseKeys ? [] : [{ thing: { kind: "key", name: key.purpose, place: key.place }, verb }];
  };
  const ofRole = (role: string): GrantSpec[] => {
    const own = Object.values(grants).filter(grant => grant.to === role);
    const things = own.flatMap((grant): GrantSpec[] => {
      const thing = thingOf(grant.on);
      if (thing === null) return keyGrant(grant.on.replace("bucket:", ""), grant.can);
      return [thing, ...besides(thing)].map(each => ({ thing: each, verb: grant.can }));
    });
    const readsSecrets = things.some(({ thing }) => thing.kind === "secret");
    const forSecrets: GrantSpec[] =
      readsSecrets && secretKey !== null && facts.callersUseKeys
        ? [{ thing: { kind: "key", name: secretKey, place: "primary" }, verb: "read" }]
        : [];
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
