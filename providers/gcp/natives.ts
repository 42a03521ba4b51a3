import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Natives, Part } from "../../components/contract.ts";
import type { PlaceKey } from "../../components/kernel/places.ts";
import type { KeyUser } from "../../components/keys/model.ts";
import type { NetworkSpec } from "../../components/network/model.ts";

type By<T> = Readonly<Record<string, T>>;

/** Google's own resources behind each concept, for the concepts that follow. */
export interface GcpNatives extends Natives {
  foundation: {
    readonly project: string;
    /** IAM member of the service agent that encrypts for each user of a key. */
    readonly agents: Readonly<Record<KeyUser, pulumi.Output<string>>>;
  };
  keys: { readonly keys: By<gcp.kms.CryptoKey> };
  identities: { readonly accounts: By<gcp.serviceaccount.Account> };
  logs: { readonly bucket: gcp.logging.ProjectBucketConfig };
  network: {
    readonly network: gcp.compute.Network;
    readonly subnets: By<gcp.compute.Subnetwork>;
    /** What each subnet was decided to be: rules go by its range, interfaces by its stack. */
    readonly plan: NetworkSpec["subnets"];
    /** The network is the other place's: what exists once per network is made there. */
    readonly shared: boolean;
  };
  /** Address of the service account of every compute peer. Managed services have none; rules go by their addresses. */
  peers: { readonly accounts: By<pulumi.Output<string>> };
  endpoints: {
    /** Name of the range that peering services take addresses from; null where none does. */
    readonly servicesRange: pulumi.Output<string> | null;
  };
  secrets: {
    readonly secrets: By<gcp.secretmanager.Secret>;
    readonly settings: SecretSettings;
  };
  bucket: { readonly bucket: gcp.storage.Bucket };
  database: {
    readonly instance: gcp.sql.DatabaseInstance;
    readonly engine: "postgres" | "mysql";
    readonly address: pulumi.Output<string>;
    readonly place: PlaceKey;
    /** Component name of the primary; a primary's own. */
    readonly source: string;
  };
  cache: {
    /** Every address clients connect to. */
    readonly addresses: readonly pulumi.Output<string>[];
    /** Null where a string in the secret store opens the cache instead of IAM. */
    readonly cluster: gcp.redis.Cluster | null;
    readonly secrets: By<gcp.secretmanager.Secret>;
  };
  grants: { /** By principal. */ readonly of: Readonly<Record<string, readonly pulumi.Resource[]>> };
  group: { readonly manager: gcp.compute.RegionInstanceGroupManager };
  machine: { readonly instances: By<gcp.compute.Instance>; readonly volumes: By<gcp.compute.Disk> };
  zones: {
    /** Managed zone by zone key, made or adopted. */
    readonly zones: By<{ readonly zoneName: pulumi.Output<string>; readonly domain: string }>;
    readonly internal: gcp.dns.ManagedZone | null;
  };
  certificates: {
    /** Global ones, for maps. */
    readonly certificates: By<gcp.certificatemanager.Certificate>;
    /** Of the region, for internal balancers. */
    readonly regional: By<gcp.certificatemanager.Certificate>;
  };
  waf: { readonly policy: gcp.compute.SecurityPolicy | null };
  balancer: {
    /** Address by family (`ipv4`, `ipv6`): global, or of the region. */
    readonly addresses: By<pulumi.Output<string>>;
    /** What forwarding rules name as their address, by family. */
    readonly addressIds: By<pulumi.Output<string>>;
    /** Health check by pool. */
    readonly checks: By<pulumi.Output<string>>;
    /** Packets go on to the hosts as they come, bearing the balancer's address. */
    readonly handsOn: boolean;
  };
  routes: { /** Backend service by pool. */ readonly services: By<pulumi.Output<string>> };
  cdn: { /** Address by site and family: `app-ipv4`. */ readonly addresses: By<pulumi.Output<string>> };
  records: object;
  entry: object;
  flows: { readonly rules: readonly gcp.compute.Firewall[] };
}

/** How this stack keeps a secret; a cache that makes its own string keeps it the same way. */
export interface SecretSettings {
  readonly kmsKeyName: pulumi.Output<string> | undefined;
  readonly recoveryDays: number;
}

/** What one concept is given, and what it hands on. */
export type On<K extends keyof Natives | "replica"> = Parameters<CloudAdapter<GcpNatives>[K]>[2];
export type Out<K extends keyof Natives> = Part<GcpNatives, K>;
