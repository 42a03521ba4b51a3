/** A platform, decided: everything `compose` makes and everything the plan shows. Plain data. */
import type { FlowLine, FlowsSpec, PeersSpec, WaitingFlow } from "../components/access/model.ts";
import type { BalancerSpec, RoutesSpec } from "../components/balancer/model.ts";
import type { CacheSpec } from "../components/cache/model.ts";
import type { CdnSpec } from "../components/cdn/model.ts";
import type { CertificatesSpec } from "../components/certificates/model.ts";
import type { GroupSpec, MachineSpec } from "../components/compute/model.ts";
import type { DatabaseSpec, ReplicaSpec } from "../components/database/model.ts";
import type { RecordsSpec, ZonesSpec } from "../components/dns/model.ts";
import type { EntrySpec } from "../components/entry/model.ts";
import type { FoundationSpec } from "../components/foundation/model.ts";
import type { GrantsSpec, IdentitiesSpec } from "../components/identity/model.ts";
import type { Note } from "../components/kernel/findings.ts";
import type { PerPlace, Places } from "../components/kernel/places.ts";
import type { SizeChoice } from "../components/kernel/sizing.ts";
import type { DecidedKeys } from "../components/keys/resolve.ts";
import type { LogsSpec } from "../components/logs/model.ts";
import type { EndpointsSpec, NetworkSpec } from "../components/network/model.ts";
import type { SecretsSpec } from "../components/secrets/model.ts";
import type { BucketSpec } from "../components/storage/model.ts";
import type { WafSpec } from "../components/waf/model.ts";

/** The network of one place and who may talk in it. */
export interface SiteSpec {
  readonly network: NetworkSpec;
  readonly peers: PeersSpec;
  readonly endpoints: EndpointsSpec;
  readonly flows: FlowsSpec;
}

/** The way in, decided; null for what a platform does not have. */
export interface EdgeSpec {
  readonly zones: ZonesSpec | null;
  readonly certificates: CertificatesSpec | null;
  /** Whether some balancer knows the CDN by its pass. */
  readonly pass: boolean;
  readonly waf: WafSpec | null;
  readonly balancers: Readonly<Record<string, BalancerSpec>>;
  /** By balancer. */
  readonly routes: Readonly<Record<string, RoutesSpec>>;
  readonly cdn: CdnSpec | null;
  readonly records: RecordsSpec | null;
}

export interface PlatformSpec {
  readonly places: Places;
  readonly foundation: FoundationSpec;
  /** Whether the platform is protected, and the roles and parts for which that is lifted. */
  readonly protection: { readonly on: boolean; readonly unlocked: readonly string[] };
  readonly keys: DecidedKeys;
  readonly identities: IdentitiesSpec;
  readonly logs: LogsSpec;
  readonly sites: PerPlace<SiteSpec>;
  readonly secrets: SecretsSpec;
  /** By component name: `uploads`, and `uploads-dr` for its copy. Copies and log targets come before who names them. */
  readonly buckets: Readonly<Record<string, BucketSpec>>;
  readonly databases: Readonly<Record<string, DatabaseSpec>>;
  /** By component name: `db-reader`, or `db-dr` in the second region. */
  readonly replicas: Readonly<Record<string, ReplicaSpec>>;
  readonly caches: Readonly<Record<string, CacheSpec>>;
  readonly grants: GrantsSpec;
  readonly groups: Readonly<Record<string, GroupSpec>>;
  readonly machines: Readonly<Record<string, MachineSpec>>;
  readonly edge: EdgeSpec;
  readonly entry: EntrySpec | null;
}

/** One chosen size, as the plan shows it. */
export interface SizeLine {
  /** `roles.api`, `databases.db`, `databases.db.replicas.west`, `caches.cache`. */
  readonly path: string;
  readonly asked: string;
  readonly choice: SizeChoice;
}

export interface Decision {
  readonly spec: PlatformSpec;
  readonly notes: readonly Note[];
  readonly sizes: readonly SizeLine[];
  readonly flows: readonly FlowLine[];
  readonly waiting: readonly WaitingFlow[];
  /** Paths of `clouds.<cloud>…` layers that were applied: what ties the platform to this cloud. */
  readonly ties: readonly string[];
  /** Account values and secrets for which placeholders stand in. */
  readonly placeholders: readonly string[];
  readonly preflight: readonly string[];
  /** Names of values a person supplies as `strata:secrets`. */
  readonly suppliedSecrets: readonly string[];
}
