import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { GrantSpec, GrantsSpec, Thing } from "../../components/identity/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { member } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { serverLogin } from "./sql-login.ts";

/** What reading and writing means for each kind of thing; null where Google has no such right, or needs none. */
const roles: Readonly<Record<Thing["kind"], { readonly read: string | null; readonly write: string | null }>> = {
  secret: { read: "roles/secretmanager.secretAccessor", write: "roles/secretmanager.secretVersionAdder" },
  key: { read: "roles/cloudkms.cryptoKeyDecrypter", write: "roles/cloudkms.cryptoKeyEncrypter" },
  bucket: { read: "roles/storage.objectViewer", write: "roles/storage.legacyBucketWriter" }, // writes without reading
  database: { read: null, write: null }, // the engine says who reads and writes; the login is a right of its own
  metrics: { read: "roles/monitoring.viewer", write: "roles/monitoring.metricWriter" },
  logs: { read: "roles/logging.viewer", write: "roles/logging.logWriter" },
  inventory: { read: "roles/compute.viewer", write: null },
  session: { read: null, write: null }, // people come through IAP and OS Login; the host itself needs nothing
};

const verbs = { read: ["read"], write: ["write"], readWrite: ["read", "write"] } as const;

/** One additive member per principal, thing and verb: whatever others granted stays. */
export function grants(scope: Scope, spec: GrantsSpec, on: On<"grants">): Out<"grants"> {
  const of = Object.fromEntries(
    Object.entries(spec.grants).map(([principal, { trust, things }]) => {
      const account = trust === "compute" ? pick(on.identities.principals, principal) : databaseAccount(principal, on);
      return [principal, Object.entries(things).flatMap(([key, grant]) => grantOf(scope, `${principal}-${key}`, grant, account, on))];
    }),
  );
  return { native: { of }, ready: Object.values(of).flat() };
}

/** The account that Cloud SQL made for this server; its principal carries the server's name. */
const databaseAccount = (principal: string, on: On<"grants">): pulumi.Output<string> =>
  pick(on.databases, principal).native.instance.serviceAccountEmailAddress;

function grantOf(
  scope: Scope,
  key: string,
  { thing, verb }: GrantSpec,
  account: pulumi.Output<string>,
  on: On<"grants">,
): readonly pulumi.Resource[] {
  if (thing.kind === "database") return serverLogin(scope, `${scope.name}-grant-${key}`, thing.name, account, on);
  const who = member(account);
  const cluster = thing.kind === "secret" ? clusterOf(thing.name, on) : null;
  if (cluster !== null) return [loginOf(scope, `${scope.name}-grant-${key}-login`, cluster, who, on)];
  return verbs[verb].flatMap(word => {
    const role = roles[thing.kind][word];
    return role === null ? [] : [memberOf(scope, `${scope.name}-grant-${key}-${word}`, role, thing, who, on)];
  });
}

function memberOf(
  { parent }: Scope,
  name: string,
  role: string,
  thing: Thing,
  who: pulumi.Output<string>,
  on: On<"grants">,
): pulumi.Resource {
  switch (thing.kind) {
    case "secret":
      return new gcp.secretmanager.SecretIamMember(name, { secretId: secretOf(thing.name, on).id, role, member: who }, { parent });
    case "key":
      return new gcp.kms.CryptoKeyIAMMember(name, { cryptoKeyId: keyIdOf(thing, on), role, member: who }, { parent });
    case "bucket":
      return new gcp.storage.BucketIAMMember(name, { bucket: pick(on.buckets, thing.name).bucketName, role, member: who }, { parent });
    default:
      return new gcp.projects.IAMMember(name, { project: on.foundation.native.project, role, member: who }, { parent });
  }
}

/** Strings that caches make lie with them, all others with the store. */
function secretOf(name: string, on: On<"grants">): gcp.secretmanager.Secret {
  const stored = on.secrets === null ? {} : on.secrets.native.secrets;
  const cached = Object.values(on.caches).map(({ native }) => native.secrets);
  return pick<gcp.secretmanager.Secret>(Object.assign({}, stored, ...cached), name);
}

function keyIdOf({ name, place }: Extract<Thing, { kind: "key" }>, on: On<"grants">): pulumi.Output<string> {
  const ring = on.keys[place];
  if (ring === null) throw new Error(`no key ring in ${place}`);
  return pick(ring.keyIds, name);
}

function clusterOf(name: string, { caches }: On<"grants">): gcp.redis.Cluster | null {
  return Object.hasOwn(caches, name) ? pick(caches, name).native.cluster : null;
}

/** A cluster has no secret: whoever may read it elsewhere may log in here. The right exists for a whole project; a condition narrows it to the cluster. */
function loginOf(
  { parent }: Scope,
  name: string,
  cluster: gcp.redis.Cluster,
  who: pulumi.Output<string>,
  on: On<"grants">,
): pulumi.Resource {
  const condition = { title: "one cluster", expression: pulumi.interpolate`resource.name == "${cluster.id}"` };
  return new gcp.projects.IAMMember(
    name,
    { project: on.foundation.native.project, role: "roles/redis.dbConnectionUser", member: who, condition },
    { parent },
  );
}
