/**
 * What the laws of the blast radius let through, with the reason. Protection refuses every loss at preview until it is lifted.
 * A line that nothing needs any more fails the tests.
 */
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";

export interface Allowed {
  readonly on: readonly Cloud[];
  readonly why: string;
}

const range = "a subnet cannot take another range";
const gone = "what is taken out of the platform goes";
const key = "the key of a disk or server is chosen when it is made";
const wafLogs = "the log group of a web ACL goes with what it told of";
const stands =
  "the subnets of a balancer that hands connections on, or its fixed address in one, and whether the internet sees it, are chosen when it is made";
const signIn = "who signs in to a client VPN, and the range of its clients, are chosen when the endpoint is made";
const inside = "Azure keeps listeners, pools and routes inside the balancer, which takes them in place";
const firstPolicy = "where there was no policy yet, the gateway is told of the first one, in place";
const moved = "it lies in one zone for life";

/** The keys by which something stateful may be replaced or deleted. */
export const mayLose: Readonly<Record<string, Allowed>> = {
  "network.range": { on: ["aws", "gcp"], why: range },
  "network.secondaryRange": { on: ["aws"], why: range },
  "network.zones raised": {
    on: ["aws", "gcp"],
    why: "the instances of a machine role are spread over the zones in turn, so one more zone moves some of them, with their volumes",
  },
  "network.zones lowered": { on: ["gcp"], why: "what lies in the last zone goes, or moves" },
  "network.tiers.* removed": { on: clouds, why: gone },
  "network.tiers.*.prefix": { on: ["aws", "gcp"], why: range },
  "network.tiers.*.cidrs.*": { on: ["aws", "gcp"], why: range },
  "network.tiers.*.cidrs.* added": { on: ["aws", "gcp"], why: range },
  "network.tiers.*.cidrs.* removed": { on: ["aws", "gcp"], why: range },
  "network.nat": { on: clouds, why: "an address that no NAT uses any more is given back" },
  "network.ipv6": { on: ["gcp"], why: "a balancer's address of the family goes with the family" },
  "network.flowLogs": { on: ["azure"], why: "the account that holds the flow logs goes with them" },
  "keys.* removed": { on: clouds, why: gone },
  "secrets.values.* removed": { on: clouds, why: gone },
  "roles.* removed": {
    on: ["aws", "azure"],
    why: "its volumes go with it; on azure the encryption set of a key with the last role that uses it",
  },
  "roles.*.kind": { on: clouds, why: "a group has no volumes of its own" },
  "roles.*.tier": { on: ["gcp"], why: "the fixed address of a machine belongs to its subnet" },
  "roles.*.size.arch": { on: ["gcp"], why: "Arm machines take another kind of disk" },
  "roles.*.encryptionKey": { on: clouds, why: `${key}; on azure the encryption set of the former key goes` },
  "roles.*.instances lowered": { on: clouds, why: gone },
  "roles.*.zone": { on: ["aws", "gcp"], why: moved },
  "roles.*.address": { on: ["gcp"], why: "the fixed address of a machine is a resource" },
  "roles.*.volumes.* removed": { on: clouds, why: gone },
  "roles.*.volumes.*.gib lowered": { on: ["gcp"], why: "a disk does not shrink: the provider makes another one" },
  "roles.*.volumes.*.kind": { on: ["gcp"], why: "a disk keeps its kind" },
  "databases.* removed": { on: clouds, why: gone },
  "databases.*.engine": { on: ["aws", "azure"], why: "another engine is another server" },
  "databases.*.ha": { on: ["aws"], why: "a single server names its zone, one with a standby leaves it to the cloud" },
  "databases.*.zone": { on: ["aws"], why: moved },
  "databases.*.replicas.* removed": { on: clouds, why: gone },
  "databases.*.replicas.*.place": { on: clouds, why: "a replica elsewhere is another one" },
  "databases.*.replicas.*.zone": { on: ["aws"], why: moved },
  "databases.*.encryptionKey": { on: ["aws", "gcp"], why: key },
  "databases.*.adminUser": { on: ["aws", "azure"], why: "the first login is chosen when the server is made" },
  "databases.*.password": { on: ["aws"], why: "the secret that held it goes when the cloud takes over" },
  "databases.*.databases.* added": { on: clouds, why: "the first that is named takes the place of the one named after the system" },
  "databases.*.databases.* removed": { on: ["gcp"], why: gone },
  "caches.* removed": { on: clouds, why: gone },
  "caches.*.shape.kind": { on: ["gcp"], why: "a sharded cache is another service" },
  "caches.*.encryptionKey": { on: ["aws", "gcp"], why: key },
  "caches.*.zones": { on: ["gcp"], why: moved },
  "buckets.* removed": { on: clouds, why: gone },
  "buckets.*.replicate": { on: ["gcp"], why: "where a bucket lies is chosen when it is made" },
  "buckets.*.retentionLock.days": { on: ["aws"], why: "object lock is chosen when the bucket is made" },
  "buckets.*.retentionLock.mode": { on: ["aws"], why: "object lock is chosen when the bucket is made" },
  "buckets.*.literalName": { on: clouds, why: "another name is another bucket" },
  "edge.waf": { on: ["aws"], why: wafLogs },
  "edge.waf.logs": { on: ["aws"], why: wafLogs },
  "edge.dns.internal.domain": { on: ["gcp"], why: "another domain is another zone" },
  "edge.balancers.* removed": { on: clouds, why: gone },
  "edge.balancers.*.scheme": { on: ["aws", "gcp"], why: stands },
  "edge.balancers.*.tier": { on: ["aws", "gcp"], why: stands },
  "edge.balancers.*.address": { on: ["gcp"], why: "the fixed address of a balancer is a resource" },
  "edge.balancers.*.waf": { on: ["aws"], why: wafLogs },
  "edge.cdn.sites.* removed": { on: ["aws", "gcp"], why: "its addresses go with it; with the last site the logs of the web ACL before it" },
  "edge.cdn.waf": { on: ["aws"], why: wafLogs },
  "entry.sites.* removed": { on: ["aws", "gcp"], why: gone },
  "entry.session": { on: ["azure"], why: "the host of sessions has a subnet and an address of its own" },
  "entry.clients": { on: ["aws", "azure"], why: gone },
  "entry.clients.range": { on: ["aws"], why: signIn },
  "entry.clients.rootCertificate": { on: ["aws"], why: signIn },
  "entry.clients.directory": { on: ["aws"], why: signIn },
};

/** Additions that touch something stateful that was there before. */
export const mayDisturb: Readonly<Record<string, Allowed>> = {
  "network.zones raised": {
    on: clouds,
    why: "the instances of a machine role are spread over the zones in turn, so one more zone moves some of them, with their volumes",
  },
  "databases.*.replicas.* added": {
    on: ["gcp"],
    why: "a replica needs as many connections as its source: max_connections is said on both",
  },
  "edge.balancers.*.listeners.* added": { on: ["azure"], why: inside },
  "edge.balancers.*.pools.* added": { on: ["azure"], why: inside },
  "edge.balancers.*.routes.* added": { on: ["azure"], why: inside },
  "edge.waf.limits.* added": { on: ["azure"], why: firstPolicy },
  "edge.waf.lists.* added": { on: ["azure"], why: firstPolicy },
};

/** Changes that a provider tries and the cloud refuses. */
export const mayBeRefused: Readonly<Record<string, Allowed>> = {
  "databases.*.backups.geo": { on: ["azure"], why: "geo-redundant backup is chosen when the server is made" },
  "caches.*.shape.kind": { on: ["azure"], why: "the clustering policy is chosen when the cache is made" },
};
