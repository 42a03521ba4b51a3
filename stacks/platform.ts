/** The schema of a platform: one description, made of the concepts' schemas. Types, defaults, ranges, units and errors all come from here. */
import { z } from "zod";
import { AccessArgs } from "../components/access/model.ts";
import { BalancersArgs } from "../components/balancer/model.ts";
import { CacheArgs } from "../components/cache/model.ts";
import { CdnArgs } from "../components/cdn/model.ts";
import { CertificatesArgs } from "../components/certificates/model.ts";
import { RoleArgs } from "../components/compute/model.ts";
import { DatabaseArgs } from "../components/database/model.ts";
import { DnsArgs } from "../components/dns/model.ts";
import { EntryArgs } from "../components/entry/model.ts";
import { GrantsArgs } from "../components/identity/model.ts";
import { mapOf, orOff } from "../components/kernel/schema.ts";
import { KeysArgs } from "../components/keys/model.ts";
import { LogsArgs } from "../components/logs/model.ts";
import { NetworkArgs } from "../components/network/model.ts";
import { SecretsArgs } from "../components/secrets/model.ts";
import { BucketArgs } from "../components/storage/model.ts";
import { WafArgs } from "../components/waf/model.ts";

export const PlatformArgs = z.strictObject({
  protection: z
    .boolean()
    .default(true)
    .meta({ description: "Deletion protection, in the cloud and in Pulumi, for everything that holds data." }),
  crossBorder: z.boolean().default(false).meta({ description: "Says out loud that the second region lies in another jurisdiction." }),
  tags: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: "Further tags on everything: owner, cost centre, commit. Never a secret." }),
  network: NetworkArgs.prefault({}),
  access: AccessArgs.prefault({}),
  keys: KeysArgs,
  logs: LogsArgs.prefault({}),
  secrets: SecretsArgs.prefault({}),
  roles: mapOf(RoleArgs).default({}).meta({ description: "Compute roles by name." }),
  databases: mapOf(DatabaseArgs).default({}),
  caches: mapOf(CacheArgs).default({}),
  buckets: mapOf(BucketArgs).default({}),
  grants: GrantsArgs,
  edge: z
    .strictObject({
      dns: DnsArgs.prefault({}),
      certificates: CertificatesArgs.meta({ description: "Certificates by name; balancers and CDN sites name them." }),
      waf: orOff(WafArgs).default(null).meta({ description: "Web application firewall; `off` for none." }),
      balancers: BalancersArgs.meta({ description: "Balancers by name; a balancer is a peer of flows." }),
      cdn: orOff(CdnArgs).default(null).meta({ description: "CDN: the peer `cdn` of flows; `off` for none." }),
    })
    .prefault({}),
  entry: EntryArgs.prefault({}),
});
export type PlatformArgs = z.output<typeof PlatformArgs>;

/** One layer as written: any part of a platform, and patches of it by cloud. Merged before it is judged. */
export type Layer = Readonly<Record<string, unknown>> & { readonly clouds?: Readonly<Record<string, unknown>> };

/** A system's file, as a user writes it. Layers in order: base, base.clouds, environment, its clouds, variant, its clouds. */
export interface SystemFile {
  /** Lower-case name: starts every tag, bucket and resource group. */
  readonly name: string;
  readonly description: string;
  readonly base: Layer;
  readonly environments: Readonly<Record<string, Layer>>;
  readonly variants: Readonly<Record<string, Layer>>;
}
