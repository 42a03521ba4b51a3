/**
 * When a change replaces by its values, where the rules say only "it depends": the `conditional` rows of `rules/*.json`, as code.
 * Key: type and path as the rules write them. True: replaces. Values are known when these are asked.
 */
import { isMap } from "../components/kernel/merge.ts";
import { type Inputs, type Leaf, memberAt, same, valueAt } from "./changes.ts";

export interface Case extends Leaf {
  /** All inputs of the resource. */
  readonly old: Inputs;
  readonly new: Inputs;
}

export type Condition = (change: Case) => boolean;

const given = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const numbers = (value: unknown): readonly number[] => (text(value).match(/\d+/g) ?? []).map(Number);

/** Versions such as 7.1, REDIS_6_X or 16.4, number by number. */
function lower(one: unknown, other: unknown): boolean {
  const [left, right] = [numbers(one), numbers(other)];
  for (const [index, number] of left.entries()) {
    const against = right[index] ?? number;
    if (number !== against) return number < against;
  }
  return false;
}

const lowered: Condition = ({ before, after }) => given(before) && given(after) && lower(after, before);
const shrunk: Condition = ({ before, after }) => typeof before === "number" && typeof after === "number" && after < before;
const switchedOff: Condition = ({ before, after }) => before === true && after !== true;
const dropped: Condition = ({ before, after }) => given(before) && !given(after);

/** One of the four ways to name the other side goes, and another comes. */
const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
const kindOfPeerChanges: Condition = change =>
  !same(
    peers.filter(key => given(change.old[key])),
    peers.filter(key => given(change.new[key])),
  );

const isNetwork = ({ new: inputs }: Case): boolean => inputs.loadBalancerType === "network";
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const lost = (before: unknown, after: unknown): boolean => list(before).some(one => !list(after).some(other => same(one, other)));

/** A range as its first address and the length of its prefix. */
function range(value: unknown): readonly [first: number, prefix: number] | null {
  const [, a, b, c, d, prefix] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text(value)) ?? [];
  if (prefix === undefined) return null;
  return [[a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0), Number(prefix)];
}

const narrowed: Condition = ({ before, after }) => {
  const [was, is] = [range(before), range(after)];
  if (was === null || is === null) return true;
  const block = 2 ** (32 - is[1]);
  return is[1] > was[1] || Math.floor(was[0] / block) !== Math.floor(is[0] / block);
};

/** The networks around an address: where they change, the address is theirs to give. */
const addressAlone: Condition = ({ path, old, new: inputs }) => {
  const around = path.slice(0, -1);
  return ["network", "subnetwork", "subnetworkProject"].every(key =>
    same(memberAt(valueAt(old, around), key), memberAt(valueAt(inputs, around), key)),
  );
};

const startupScript = ({ metadata }: Inputs): unknown => (isMap(metadata) ? metadata["startup-script"] : undefined);

const peerRules = Object.fromEntries(
  ["Ingress", "Egress"].flatMap(way =>
    peers.map((key): [string, Condition] => [`aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule ${key}`, kindOfPeerChanges]),
  ),
);

export const conditions: Readonly<Record<string, Condition>> = {
  ...peerRules,
  "aws:ec2/vpc:Vpc instanceTenancy": ({ before, after }) => !(before === "dedicated" && (after === "default" || after === undefined)),
  "aws:eks/cluster:Cluster encryptionConfig": ({ old, new: inputs }) => given(old.encryptionConfig) && !given(inputs.encryptionConfig),
  "aws:elasticache/cluster:Cluster engineVersion": lowered,
  "aws:elasticache/replicationGroup:ReplicationGroup engine": ({ before, after }) => !(before === "redis" && after === "valkey"),
  "aws:elasticache/replicationGroup:ReplicationGroup engineVersion": lowered,
  "aws:elasticache/replicationGroup:ReplicationGroup transitEncryptionEnabled": ({ new: inputs }) => lower(inputs.engineVersion, "7.0.5"),
  "aws:lb/loadBalancer:LoadBalancer subnets": change => isNetwork(change) && lost(change.old.subnets, change.new.subnets),
  "aws:lb/loadBalancer:LoadBalancer securityGroups": change =>
    isNetwork(change) && given(change.old.securityGroups) !== given(change.new.securityGroups),
  "aws:lb/loadBalancer:LoadBalancer secondaryIpsAutoAssignedPerSubnet": shrunk,
  "aws:rds/cluster:Cluster storageType": ({ new: { engine } }) => !text(engine).startsWith("aurora"),
  "gcp:compute/disk:Disk size": shrunk,
  "gcp:compute/forwardingRule:ForwardingRule target": ({ before, after }) =>
    [before, after].every(target => text(target).includes("/serviceAttachments/")),
  "gcp:compute/forwardingRule:ForwardingRule allowGlobalAccess": ({ new: inputs }) => inputs.loadBalancingScheme === "INTERNAL_MANAGED",
  "gcp:compute/instance:Instance networkInterfaces[*].networkIp": addressAlone,
  "gcp:compute/instance:Instance metadataStartupScript": ({ before, after, old, new: inputs }) =>
    !(same(before, startupScript(inputs)) && !given(after)) && !(same(after, startupScript(old)) && !given(before)),
  "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager resourcePolicies.workloadPolicy": dropped,
  "gcp:compute/subnetwork:Subnetwork ipCidrRange": narrowed,
  "gcp:container/cluster:Cluster enableL4IlbSubsetting": switchedOff,
  "gcp:container/cluster:Cluster enableFqdnNetworkPolicy": switchedOff,
  "gcp:container/cluster:Cluster dnsConfig.additiveVpcScopeDnsDomain": ({ new: inputs }) => inputs.enableAutopilot === true,
  "gcp:container/cluster:Cluster enableK8sBetaApis.enabledApis": ({ old, new: inputs }) =>
    lost(valueAt(old, ["enableK8sBetaApis", "enabledApis"]), valueAt(inputs, ["enableK8sBetaApis", "enabledApis"])),
  "gcp:redis/instance:Instance redisVersion": lowered,
  "gcp:secretmanager/secret:Secret replication.auto": ({ old, new: inputs }) =>
    (valueAt(old, ["replication", "auto"]) === undefined) !== (valueAt(inputs, ["replication", "auto"]) === undefined),
  "gcp:sql/databaseInstance:DatabaseInstance settings.diskSize": change =>
    shrunk(change) && valueAt(change.new, ["settings", "diskAutoresize"]) === false,
  "gcp:sql/databaseInstance:DatabaseInstance masterInstanceName": ({ old, new: inputs }) =>
    !(old.instanceType === "READ_REPLICA_INSTANCE" && inputs.instanceType === "CLOUD_SQL_INSTANCE"),
  "gcp:sql/databaseInstance:DatabaseInstance replicaConfiguration.cascadableReplica": () => true,
  "gcp:sql/databaseInstance:DatabaseInstance settings.ipConfiguration.privateNetwork": dropped,
  "gcp:sql/databaseInstance:DatabaseInstance settings.autoUpgradeEnabled": switchedOff,
  "gcp:storage/bucket:Bucket retentionPolicy.isLocked": switchedOff,
  // In `replace` with an exception: nothing for something empty.
  ...Object.fromEntries(
    ["Password", "String"].map((kind): [string, Condition] => [
      `random:index/random${kind}:Random${kind} overrideSpecial`,
      ({ before, after }) => given(before) || given(after),
    ]),
  ),
};
