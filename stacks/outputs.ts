/** The stack's outputs: few, the same names on every cloud. Never a secret: a login is handed on as a reference. */
import type * as pulumi from "@pulumi/pulumi";
import type {
  BalancerOutputs,
  BucketOutputs,
  CacheOutputs,
  CdnOutputs,
  CertificatesOutputs,
  DatabaseOutputs,
  EntryOutputs,
  GroupOutputs,
  MachineOutputs,
  NetworkOutputs,
  SecretsOutputs,
  ZonesOutputs,
} from "../components/contract.ts";

type Named<T> = Readonly<Record<string, T>>;

export interface Outcome {
  readonly network: NetworkOutputs;
  readonly secrets: SecretsOutputs;
  readonly buckets: Named<BucketOutputs>;
  readonly databases: Named<DatabaseOutputs>;
  readonly replicas: Named<DatabaseOutputs>;
  readonly caches: Named<CacheOutputs>;
  readonly groups: Named<GroupOutputs>;
  readonly machines: Named<MachineOutputs>;
  readonly zones: ZonesOutputs | null;
  readonly certificates: CertificatesOutputs | null;
  readonly balancers: Named<BalancerOutputs>;
  readonly cdn: CdnOutputs | null;
  readonly entry: EntryOutputs | null;
}

const each = <T, U>(members: Named<T>, show: (member: T) => U): Named<U> =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, show(member)]));

const database = ({ host, port, secret }: DatabaseOutputs) => ({ host, port, secret });

export function outputsOf(made: Outcome): pulumi.Inputs {
  return {
    networkId: made.network.networkId,
    buckets: each(made.buckets, bucket => bucket.bucketName),
    databases: each(made.databases, database),
    replicas: each(made.replicas, database),
    caches: each(made.caches, ({ host, port, tls, clustered, secret }) => ({ host, port, tls, clustered, secret })),
    groups: each(made.groups, group => group.groupName),
    machines: each(made.machines, machine => machine.addresses),
    secrets: made.secrets.references,
    balancers: each(made.balancers, balancer => balancer.host),
    ...(made.zones === null ? {} : { nameServers: made.zones.nameServers, signers: made.zones.signers }),
    ...(made.certificates === null ? {} : { certificates: made.certificates.certificates }),
    ...(made.cdn === null ? {} : { cdn: made.cdn.hosts }),
    ...(made.entry === null ? {} : { session: made.entry.session, tunnels: made.entry.tunnels }),
  };
}
