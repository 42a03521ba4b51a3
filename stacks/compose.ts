/** The story of making: one paragraph per concept, in the one order that has no circle. Principals and peers come first, rules last. */
import type * as pulumi from "@pulumi/pulumi";
import { Flows } from "../components/access/flows.ts";
import { Peers } from "../components/access/peers.ts";
import { Balancer } from "../components/balancer/balancer.ts";
import { Routes } from "../components/balancer/routes.ts";
import { Cache } from "../components/cache/cache.ts";
import { Cdn } from "../components/cdn/cdn.ts";
import { Pass } from "../components/cdn/pass.ts";
import { Certificates } from "../components/certificates/certificates.ts";
import { Group } from "../components/compute/group.ts";
import { Machine } from "../components/compute/machine.ts";
import type { CloudAdapter, Front, Ground, Natives, Part, Site } from "../components/contract.ts";
import { Database } from "../components/database/database.ts";
import { Replica } from "../components/database/replica.ts";
import { Records } from "../components/dns/records.ts";
import { Zones } from "../components/dns/zones.ts";
import { Entry } from "../components/entry/entry.ts";
import { Foundation } from "../components/foundation/foundation.ts";
import { Grants } from "../components/identity/grants.ts";
import { Identities } from "../components/identity/identities.ts";
import { pick } from "../components/kernel/pick.ts";
import type { PlaceKey } from "../components/kernel/places.ts";
import { Keys } from "../components/keys/keys.ts";
import type { KeysSpec } from "../components/keys/model.ts";
import { Logs } from "../components/logs/logs.ts";
import { Endpoints } from "../components/network/endpoints.ts";
import { Network } from "../components/network/network.ts";
import { Secrets } from "../components/secrets/secrets.ts";
import type { Shared } from "../components/shared.ts";
import { Bucket } from "../components/storage/bucket.ts";
import { Waf } from "../components/waf/waf.ts";
import { outputsOf } from "./outputs.ts";
import type { PlatformSpec, SiteSpec } from "./spec.ts";

/** Makes a decided platform on one cloud. `supplied` are the secret values a person gave, by name. */
export function compose<N extends Natives>(
  cloud: CloudAdapter<N>,
  spec: PlatformSpec,
  supplied: Readonly<Record<string, pulumi.Output<string>>>,
): pulumi.Inputs {
  const { places, protection } = spec;
  const unlocked = (part: string): boolean => protection.unlocked.includes(part) || protection.unlocked.includes("all");
  /** What a component is handed: where it lives, whom it serves, whether it is guarded. */
  const shared = (role: string, place: PlaceKey = "primary", part: string = role): Shared => ({
    place: place === "secondary" && places.secondary !== null ? places.secondary : places.primary,
    tags: { ...spec.foundation.tags, role },
    protection: protection.on && !unlocked(part),
  });

  const foundation = new Foundation("foundation", cloud, spec.foundation, { ...shared("foundation"), unlocked: unlocked("foundation") });
  const opts: pulumi.ComponentResourceOptions = { providers: [...foundation.providers], transformations: [...cloud.transformations] };

  const ring = (name: string, keys: KeysSpec, place: PlaceKey): Keys<N> =>
    new Keys(name, cloud, keys, shared("keys", place), { foundation }, opts);
  const keys = {
    primary: ring("keys", spec.keys.primary, "primary"),
    secondary: spec.keys.secondary === null ? null : ring("keys-dr", spec.keys.secondary, "secondary"),
    wide: spec.keys.wide === null ? null : ring("keys-wide", spec.keys.wide, "primary"),
  };

  const identities = new Identities("identities", cloud, spec.identities, shared("identities"), { foundation }, opts);
  const logs = new Logs("logs", cloud, spec.logs, shared("logs"), { foundation, keys }, opts);
  const ground: Ground<N> = { foundation, keys, identities, logs };

  const site = (of: SiteSpec, place: PlaceKey, first: Part<N, "network"> | null): Site<N> => {
    const suffix = place === "secondary" ? "-dr" : "";
    const network = new Network(`network${suffix}`, cloud, of.network, shared("network", place), { ...ground, first }, opts);
    const peers = new Peers(`peers${suffix}`, cloud, of.peers, shared("peers", place), { ...ground, network }, opts);
    const endpoints = new Endpoints(
      `endpoints${suffix}`,
      cloud,
      of.endpoints,
      shared("endpoints", place),
      { ...ground, network, peers },
      opts,
    );
    return { network, peers, endpoints };
  };
  const primary = site(spec.sites.primary, "primary", null);
  const secondary = spec.sites.secondary === null ? null : site(spec.sites.secondary, "secondary", primary.network);
  const at = (place: PlaceKey): Site<N> => (place === "secondary" && secondary !== null ? secondary : primary);

  const secrets = new Secrets("secrets", cloud, spec.secrets, shared("secrets"), { ...ground, ...primary, supplied }, opts);

  const buckets: Record<string, Part<N, "bucket">> = {};
  for (const [name, bucket] of Object.entries(spec.buckets)) {
    const copy = bucket.copy?.kind === "bucket" ? pick(buckets, bucket.copy.name) : null;
    const accessLog = bucket.accessLog === null ? null : pick(buckets, bucket.accessLog.bucket);
    const near = bucket.place === "primary" ? primary : secondary;
    buckets[name] = new Bucket(
      name,
      cloud,
      bucket,
      shared(name, bucket.place, bucket.copyOf ?? name),
      { ...ground, site: near, copy, accessLog },
      opts,
    );
  }

  const { edge } = spec;
  const zones = edge.zones === null ? null : new Zones("zones", cloud, edge.zones, shared("zones"), { ...ground, ...primary }, opts);
  const certificates =
    edge.certificates === null
      ? null
      : new Certificates("certificates", cloud, edge.certificates, shared("certificates"), { ...ground, zones }, opts);
  const pass = edge.pass ? new Pass("pass", opts) : null;
  const waf = edge.waf === null ? null : new Waf("waf", cloud, edge.waf, shared("waf"), { ...ground, pass }, opts);
  const front: Front<N> = { certificates, pass, waf, buckets };

  // Front ends and pools before compute, which joins them; what joins them to listeners comes after it.
  const balancers: Record<string, Part<N, "balancer">> = {};
  for (const [name, balancer] of Object.entries(edge.balancers))
    balancers[name] = new Balancer(name, cloud, balancer, shared(name), { ...ground, ...primary, ...front }, opts);

  const entry =
    spec.entry === null
      ? null
      : new Entry(
          "entry",
          cloud,
          spec.entry,
          shared("entry"),
          {
            ...ground,
            ...primary,
            keysOf: Object.fromEntries(Object.entries(spec.entry.sites).map(([name, { secret }]) => [name, pick(secrets.values, secret)])),
          },
          opts,
        );

  const databases: Record<string, Part<N, "database">> = {};
  for (const [name, database] of Object.entries(spec.databases)) {
    const password = database.admin.secret === null ? null : pick(secrets.values, database.admin.secret);
    databases[name] = new Database(name, cloud, database, shared(name), { ...ground, ...primary, secrets, buckets, password }, opts);
  }
  const replicas: Record<string, Part<N, "database">> = {};
  for (const [name, replica] of Object.entries(spec.replicas)) {
    const earlier = Object.entries(replicas).flatMap(([other, made]) =>
      pick(spec.replicas, other).source === replica.source ? [made] : [],
    );
    replicas[name] = new Replica(
      name,
      cloud,
      replica,
      shared(replica.source, replica.place),
      { ...ground, ...at(replica.place), source: pick(databases, replica.source), earlier },
      opts,
    );
  }

  const caches: Record<string, Part<N, "cache">> = {};
  for (const [name, cache] of Object.entries(spec.caches)) {
    const token = cache.generated && cache.secret !== null ? pick(secrets.values, cache.secret) : null;
    caches[name] = new Cache(name, cloud, cache, shared(name), { ...ground, ...primary, secrets, token }, opts);
  }

  // Before compute: a host must be able to read its secrets when it boots.
  const servers = { ...databases, ...replicasIn(spec, replicas, "primary") };
  const grants = new Grants(
    "grants",
    cloud,
    spec.grants,
    shared("grants"),
    { ...ground, secrets, buckets, databases: servers, caches },
    opts,
  );

  const groups: Record<string, Part<N, "group">> = {};
  for (const [name, group] of Object.entries(spec.groups))
    groups[name] = new Group(name, cloud, group, shared(name), { ...ground, ...primary, grants, balancers }, opts);
  const machines: Record<string, Part<N, "machine">> = {};
  for (const [name, machine] of Object.entries(spec.machines))
    machines[name] = new Machine(name, cloud, machine, shared(name), { ...ground, ...primary, grants }, opts);

  const routes: Record<string, Part<N, "routes">> = {};
  for (const [name, route] of Object.entries(edge.routes))
    routes[name] = new Routes(
      `${name}-routes`,
      cloud,
      route,
      shared(name),
      { ...ground, ...primary, ...front, balancer: pick(balancers, name), groups },
      opts,
    );
  const cdn =
    edge.cdn === null
      ? null
      : new Cdn("cdn", cloud, edge.cdn, shared("cdn"), { ...ground, ...primary, ...front, balancers, routes, groups, zones }, opts);
  if (edge.records !== null && zones !== null)
    new Records(
      "records",
      cloud,
      edge.records,
      shared("records"),
      { ...ground, ...primary, zones, balancers, cdn, databases: servers, caches, machines },
      opts,
    );

  // Last: rules may name anything, and nothing names a rule.
  new Flows(
    "flows",
    cloud,
    spec.sites.primary.flows,
    shared("flows"),
    { ...ground, ...primary, databases: servers, caches, balancers },
    opts,
  );
  if (spec.sites.secondary !== null && secondary !== null)
    new Flows(
      "flows-dr",
      cloud,
      spec.sites.secondary.flows,
      shared("flows", "secondary"),
      { ...ground, ...secondary, databases: replicasIn(spec, replicas, "secondary"), caches: {}, balancers: {} },
      opts,
    );

  // A login is handed on with its database or cache; who makes it differs by cloud.
  const logins = [...Object.keys(spec.databases), ...Object.keys(spec.caches)];
  const declared = Object.fromEntries(Object.entries(secrets.references).filter(([name]) => !logins.includes(name)));
  // Where one bucket lies in both regions, it is its own copy.
  const copies = Object.entries(spec.buckets).flatMap(([name, { copy }]) =>
    copy?.kind === "region" ? [[`${name}-dr`, pick(buckets, name)] as const] : [],
  );
  return outputsOf({
    network: primary.network,
    secrets: { references: declared },
    buckets: { ...buckets, ...Object.fromEntries(copies) },
    databases,
    replicas,
    caches,
    groups,
    machines,
    zones,
    certificates,
    balancers,
    cdn,
    entry,
  });
}

/** Replicas of one place, by component name. */
const replicasIn = <T>(spec: PlatformSpec, replicas: Readonly<Record<string, T>>, place: PlaceKey): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(replicas).filter(([name]) => pick(spec.replicas, name).place === place));
