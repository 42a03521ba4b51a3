/** The whole port on one screen: what a cloud is (facts) and how it makes every concept (adapter). Types only. */
import type * as pulumi from "@pulumi/pulumi";
import type { AccessLimits, FlowsSpec, PeersSpec } from "./access/model.ts";
import type { BalancerLimits, BalancerSpec, RoutesSpec } from "./balancer/model.ts";
import type { CacheLimits, CacheSpec } from "./cache/model.ts";
import type { CdnLimits, CdnSpec } from "./cdn/model.ts";
import type { CertificatesLimits, CertificatesSpec } from "./certificates/model.ts";
import type { ComputeLimits, GroupSpec, MachineSpec } from "./compute/model.ts";
import type { DatabaseLimits, DatabaseSpec, ReplicaSpec } from "./database/model.ts";
import type { DnsLimits, RecordsSpec, ZonesSpec } from "./dns/model.ts";
import type { EntryLimits, EntrySpec } from "./entry/model.ts";
import type { Account, FoundationSpec, Tags } from "./foundation/model.ts";
import type { GrantsSpec, IdentitiesSpec } from "./identity/model.ts";
import type { Cloud } from "./kernel/cloud.ts";
import type { PerPlace, Place } from "./kernel/places.ts";
import type { ImageRow, NameRule, RegionTable, SizeTables, VersionTable } from "./kernel/tables.ts";
import type { KeysLimits, KeysSpec } from "./keys/model.ts";
import type { LogsLimits, LogsSpec } from "./logs/model.ts";
import type { EndpointsSpec, NetworkLimits, NetworkSpec } from "./network/model.ts";
import type { ScalingLimits } from "./scaling/model.ts";
import type { SecretsLimits, SecretsSpec } from "./secrets/model.ts";
import type { BucketSpec, StorageLimits } from "./storage/model.ts";
import type { WafLimits, WafSpec } from "./waf/model.ts";

/** What a cloud is: tables and predicates, read when deciding; no SDK behind them. */
export interface CloudFacts {
  readonly cloud: Cloud;
  readonly regions: RegionTable;
  readonly sizes: SizeTables;
  readonly versions: VersionTable;
  readonly images: Readonly<Record<string, ImageRow>>;
  readonly names: Readonly<Record<string, NameRule>>;
  readonly limits: {
    readonly keys: KeysLimits;
    readonly logs: LogsLimits;
    readonly network: NetworkLimits;
    readonly access: AccessLimits;
    readonly secrets: SecretsLimits;
    readonly compute: ComputeLimits;
    readonly scaling: ScalingLimits;
    readonly database: DatabaseLimits;
    readonly cache: CacheLimits;
    readonly storage: StorageLimits;
    readonly dns: DnsLimits;
    readonly certificates: CertificatesLimits;
    readonly waf: WafLimits;
    readonly balancer: BalancerLimits;
    readonly cdn: CdnLimits;
    readonly entry: EntryLimits;
  };
  /** Edition or pricing tier that belongs to a database class; null where the class says it all. */
  readonly databaseEdition: (className: string, engine: "postgres" | "mysql") => string | null;
  /** Most operations a second a database class sustains; null where unknown. */
  readonly databaseClassIops: (className: string) => number | null;
  /** Whether a class of the cache table can take this shape. */
  readonly cacheClass: (className: string, shape: "replicated" | "sharded") => boolean;
  /** Per cent of memory the cloud keeps whatever is asked; null where it is settable. */
  readonly cacheFixedReserve: (shape: "replicated" | "sharded") => number | null;
  /** What stands for the class where a cache is bought by the GiB; empty elsewhere. */
  readonly cacheCapacityClass: string;
  /** Engine parameter that refuses connections without TLS; null where the server setting does it. */
  readonly forceTls: Readonly<
    Record<"postgres" | "mysql", { readonly name: string; readonly value: string; readonly restart: boolean } | null>
  >;
  /** APIs to enable before anything else; empty where there are none. */
  readonly services: readonly string[];
  /** What the account must have and no preview sees. */
  readonly preflight: readonly string[];
  /** Values that stand in when a plan has no account, and what is needed for a deploy. */
  readonly placeholders: Partial<Account>;
  /** Whether each place's parts live in a named container of their own. */
  readonly groups: boolean;
  /** Whether buckets, secret stores and databases are reached by private endpoints inside the data tier. */
  readonly privateEndpoints: boolean;
  /** Whether the private ways to the cloud's own services have addresses in the data tier (else one virtual address for all). */
  readonly endpointAddresses: boolean;
  /** Whether managed databases and caches carry a network identity of their own (else rules go by address). */
  readonly managedPeers: boolean;
  /** Whether whoever reads or writes under an own key needs a right on the key too (else the service alone opens it). */
  readonly callersUseKeys: boolean;
  /** Whether what a database does by itself passes the network's rules: to its pooler beside it, and to its exchange bucket. */
  readonly databasesAct: boolean;
  /** Where the cloud's own health probes come from, when they must be let in by a rule; empty where they are not filtered. */
  readonly healthSources: readonly string[];
}

/** Where an adapter puts its resources: the component that owns them, and what they all share. */
export interface Scope {
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  readonly place: Place;
  readonly tags: Tags;
  /** Deletion protection for whatever holds data, in every layer that exists. */
  readonly protection: boolean;
}

/**
 * What others may rely on, the cloud's own resources for that cloud's adapter, and what must exist before it can be used.
 * `ready` names the ends of chains only: the engine walks every path through the dependencies when a destroy is refused.
 */
export type Made<Outputs, Native> = Outputs & { readonly native: Native; readonly ready: readonly pulumi.Resource[] };

export interface FoundationOutputs {
  /** Explicit providers; every component is given all of them. */
  readonly providers: readonly pulumi.ProviderResource[];
  /** Eight hex digits, made once with the stack's anchor: ends every physical name that must be unique beyond the stack. */
  readonly suffix: pulumi.Output<string>;
}
export interface KeysOutputs {
  /** Key identifier by purpose. */
  readonly keyIds: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface IdentitiesOutputs {
  /** By role: role ARN, client id, or service account address. */
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface LogsOutputs {
  readonly destination: pulumi.Output<string>;
}
export interface NetworkOutputs {
  readonly networkId: pulumi.Output<string>;
  /** By subnet key. */
  readonly subnetIds: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface SecretsOutputs {
  /** What a program passes to the cloud's API to read a secret, by name. Never the value. */
  readonly references: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface BucketOutputs {
  /** Name to hand to clients. */
  readonly bucketName: pulumi.Output<string>;
}
export interface DatabaseOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  /** Reference to the login in the secret store; null on a replica, which shares its source's. */
  readonly secret: pulumi.Output<string> | null;
}
export interface CacheOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly tls: true;
  /** Whether clients must speak the cluster protocol. */
  readonly clustered: boolean;
  /** Reference to the token in the secret store; null with IAM. */
  readonly secret: pulumi.Output<string> | null;
}
export interface ZonesOutputs {
  /** Name servers that the parent must name, by zone. */
  readonly nameServers: Readonly<Record<string, pulumi.Output<readonly string[]>>>;
  /** What the parent needs of a signed zone, by zone; none of unsigned and adopted ones. */
  readonly signers: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface CertificatesOutputs {
  /** Identifier by name, and when it ends: for alarms; an empty text where the cloud does not tell. */
  readonly certificates: Readonly<Record<string, { readonly id: pulumi.Output<string>; readonly expires: pulumi.Output<string> }>>;
}
export interface BalancerOutputs {
  /** Host name or address that clients are sent to. */
  readonly host: pulumi.Output<string>;
}
export interface CdnOutputs {
  /** Host name by site: what its names point to. */
  readonly hosts: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface EntryOutputs {
  /** How a person opens a session, in one line; null without one. */
  readonly session: pulumi.Output<string> | null;
  /** Public addresses of the gateway, by site and tunnel: `office-1`. */
  readonly tunnels: Readonly<Record<string, pulumi.Output<string>>>;
}
export interface GroupOutputs {
  /** Auto Scaling group, scale set or instance group: what a balancer joins. */
  readonly groupName: pulumi.Output<string>;
}
export interface MachineOutputs {
  /** Private address by instance key. */
  readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;
}
export type NoOutputs = Readonly<Record<never, never>>;

/** Each cloud's own types; opaque to everything but that cloud. */
export interface Natives {
  foundation: object;
  keys: object;
  identities: object;
  logs: object;
  network: object;
  peers: object;
  endpoints: object;
  secrets: object;
  bucket: object;
  database: object;
  cache: object;
  grants: object;
  group: object;
  machine: object;
  flows: object;
  zones: object;
  certificates: object;
  waf: object;
  balancer: object;
  routes: object;
  cdn: object;
  records: object;
  entry: object;
}

interface OutputsOf {
  foundation: FoundationOutputs;
  keys: KeysOutputs;
  identities: IdentitiesOutputs;
  logs: LogsOutputs;
  network: NetworkOutputs;
  peers: NoOutputs;
  endpoints: NoOutputs;
  secrets: SecretsOutputs;
  bucket: BucketOutputs;
  database: DatabaseOutputs;
  cache: CacheOutputs;
  grants: NoOutputs;
  group: GroupOutputs;
  machine: MachineOutputs;
  flows: NoOutputs;
  zones: ZonesOutputs;
  certificates: CertificatesOutputs;
  waf: NoOutputs;
  balancer: BalancerOutputs;
  routes: NoOutputs;
  cdn: CdnOutputs;
  records: NoOutputs;
  entry: EntryOutputs;
}

/** One concept as made by one cloud. */
export type Part<N extends Natives, K extends keyof Natives> = Made<OutputsOf[K], N[K]>;
export type Parts<N extends Natives, K extends keyof Natives> = Readonly<Record<string, Part<N, K>>>;

/** What stands under everything: handed to every later step. */
export interface Ground<N extends Natives> {
  readonly foundation: Part<N, "foundation">;
  /** Own keys by place; an empty place has none. */
  readonly keys: PerPlace<Part<N, "keys">> & { readonly wide: Part<N, "keys"> | null };
  readonly identities: Part<N, "identities">;
  readonly logs: Part<N, "logs">;
}

/** The network of one place with all that makes it usable. */
export interface Site<N extends Natives> {
  readonly network: Part<N, "network">;
  readonly peers: Part<N, "peers">;
  readonly endpoints: Part<N, "endpoints">;
}

/** A header that only the platform's CDN says, for balancers that answer nobody else. */
export interface CdnPass {
  readonly header: string;
  /** Secret. */
  readonly value: pulumi.Output<string>;
}

/** What a public balancer and a CDN stand on. */
export interface Front<N extends Natives> {
  /** Null where no balancer asks for it. */
  readonly pass: CdnPass | null;
  readonly certificates: Part<N, "certificates"> | null;
  readonly waf: Part<N, "waf"> | null;
  readonly buckets: Parts<N, "bucket">;
}

/** One cloud's way to make every concept. */
export interface CloudAdapter<N extends Natives> {
  readonly cloud: Cloud;
  /** Applied to every resource of the stack as it is made. */
  readonly transformations: readonly pulumi.ResourceTransformation[];
  /** The explicit provider, the containers, the enabled services. */
  foundation(
    scope: Scope,
    spec: FoundationSpec,
    on: Pick<FoundationOutputs, "suffix"> & { /** Comes first, to refuse a move in its own words. */ readonly anchor: pulumi.Resource },
  ): Part<N, "foundation">;
  /** The key ring of one place and a key per purpose, usable by the services that need it. */
  keys(scope: Scope, spec: KeysSpec, on: { readonly foundation: Part<N, "foundation"> }): Part<N, "keys">;
  /** One principal per role, with no rights yet. */
  identities(scope: Scope, spec: IdentitiesSpec, on: { readonly foundation: Part<N, "foundation"> }): Part<N, "identities">;
  /** The one log destination. */
  logs(scope: Scope, spec: LogsSpec, on: Omit<Ground<N>, "logs" | "identities">): Part<N, "logs">;
  /** The private network: subnets, ways out, flow logs; everything closed. */
  network(
    scope: Scope,
    spec: NetworkSpec,
    on: Ground<N> & { /** Networks that are global exist once: the first place's. */ readonly first: Part<N, "network"> | null },
  ): Part<N, "network">;
  /** A network identity for every member. */
  peers(scope: Scope, spec: PeersSpec, on: Ground<N> & Pick<Site<N>, "network">): Part<N, "peers">;
  /** Private ways to the cloud's own services. */
  endpoints(scope: Scope, spec: EndpointsSpec, on: Ground<N> & Omit<Site<N>, "endpoints">): Part<N, "endpoints">;
  /** The secret store and its secrets. `values` are the JSON texts, secret. */
  secrets(
    scope: Scope,
    spec: SecretsSpec,
    on: Ground<N> & Site<N> & { readonly values: Readonly<Record<string, pulumi.Output<string>>> },
  ): Part<N, "secrets">;
  /** A private bucket: encrypted, TLS only, closed to the public on every layer the cloud has. */
  bucket(
    scope: Scope,
    spec: BucketSpec,
    on: Ground<N> & {
      readonly site: Site<N> | null;
      readonly copy: Part<N, "bucket"> | null;
      readonly accessLog: Part<N, "bucket"> | null;
    },
  ): Part<N, "bucket">;
  /** Public zones, made or adopted, and the private one of the network. */
  zones(scope: Scope, spec: ZonesSpec, on: Ground<N> & Site<N>): Part<N, "zones">;
  /** A certificate for each name, validated in our own zones where the cloud makes them. */
  certificates(scope: Scope, spec: CertificatesSpec, on: Ground<N> & { readonly zones: Part<N, "zones"> | null }): Part<N, "certificates">;
  /** One policy in front of public balancers and the CDN; they join it. */
  waf(scope: Scope, spec: WafSpec, on: Ground<N> & Pick<Front<N>, "pass">): Part<N, "waf">;
  /** Front ends and pools; compute joins the pools. */
  balancer(scope: Scope, spec: BalancerSpec, on: Ground<N> & Site<N> & Front<N>): Part<N, "balancer">;
  /** How people who run the platform get in. `keys` are the pre-shared keys of site VPNs, secret, by site. */
  entry(
    scope: Scope,
    spec: EntrySpec,
    on: Ground<N> & Site<N> & { readonly keysOf: Readonly<Record<string, pulumi.Output<string>>> },
  ): Part<N, "entry">;
  /** A private database server. `password` is null when the cloud manages it. */
  database(
    scope: Scope,
    spec: DatabaseSpec,
    on: Ground<N> &
      Site<N> & {
        readonly secrets: Part<N, "secrets">;
        readonly buckets: Parts<N, "bucket">;
        readonly password: pulumi.Output<string> | null;
      },
  ): Part<N, "database">;
  /** A read replica of `source`, here or in the other region. */
  replica(
    scope: Scope,
    spec: ReplicaSpec,
    on: Ground<N> &
      Site<N> & {
        readonly source: Part<N, "database">;
        /** Replicas of the same source made before: a source may be busy with one at a time. */
        readonly earlier: readonly Part<N, "database">[];
      },
  ): Part<N, "database">;
  /** A private cache. `token` is null where the cloud makes it; the adapter then writes it to the store. */
  cache(
    scope: Scope,
    spec: CacheSpec,
    on: Ground<N> & Site<N> & { readonly secrets: Part<N, "secrets">; readonly token: pulumi.Output<string> | null },
  ): Part<N, "cache">;
  /** What every principal may do; before any host that acts as one. A host waits for its own principal's rights alone (`native.of`), or 200 roles would wait for 400 rights each. */
  grants(
    scope: Scope,
    spec: GrantsSpec,
    on: Ground<N> & {
      readonly secrets: Part<N, "secrets"> | null;
      readonly buckets: Parts<N, "bucket">;
      /** Primaries, and their replicas in the same place. */
      readonly databases: Parts<N, "database">;
      readonly caches: Parts<N, "cache">;
    },
  ): Part<N, "grants">;
  /** Replaceable instances behind one template. */
  group(
    scope: Scope,
    spec: GroupSpec,
    on: Ground<N> & Site<N> & { readonly grants: Part<N, "grants">; readonly balancers: Parts<N, "balancer"> },
  ): Part<N, "group">;
  /** Named instances with data volumes that outlive them. */
  machine(scope: Scope, spec: MachineSpec, on: Ground<N> & Site<N> & { readonly grants: Part<N, "grants"> }): Part<N, "machine">;
  /** Every rule, default deny around them. */
  flows(
    scope: Scope,
    spec: FlowsSpec,
    on: Ground<N> &
      Site<N> & {
        readonly databases: Parts<N, "database">;
        readonly caches: Parts<N, "cache">;
        /** Those of this place: where connections are handed on as they come, packets still bear the balancer's address. */
        readonly balancers: Parts<N, "balancer">;
      },
  ): Part<N, "flows">;
  /** Joins a balancer's listeners to the groups behind its pools, by host and path; scaling that asks the balancer comes with it. */
  routes(
    scope: Scope,
    spec: RoutesSpec,
    on: Ground<N> & Site<N> & Front<N> & { readonly balancer: Part<N, "balancer">; readonly groups: Parts<N, "group"> },
  ): Part<N, "routes">;
  /** What stands before balancers and buckets, near the visitors. */
  cdn(
    scope: Scope,
    spec: CdnSpec,
    on: Ground<N> &
      Site<N> &
      Front<N> & {
        readonly balancers: Parts<N, "balancer">;
        readonly routes: Parts<N, "routes">;
        /** Behind the balancers' pools: where the CDN is a front of its own, it stands before them too. */
        readonly groups: Parts<N, "group">;
        readonly zones: Part<N, "zones"> | null;
      },
  ): Part<N, "cdn">;
  /** Names of what exists by now, public and internal. */
  records(
    scope: Scope,
    spec: RecordsSpec,
    on: Ground<N> &
      Site<N> & {
        readonly zones: Part<N, "zones">;
        readonly balancers: Parts<N, "balancer">;
        readonly cdn: Part<N, "cdn"> | null;
        readonly databases: Parts<N, "database">;
        readonly caches: Parts<N, "cache">;
        readonly machines: Parts<N, "machine">;
      },
  ): Part<N, "records">;
}
