/**
 * Bad input that only a cloud's facts, or two values together, can tell: refused by `decide`, in the words a person gets, on the clouds where it counts.
 * A row names everything that is said, so that nothing else is said.
 */
import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { check, registrations } from "./support/badInput.ts";
import { around, discard, written } from "./support/configured.ts";

afterAll(discard);

const net = "network: { zones: 2, tiers: { public: {}, app: {}, data: {} } }";

describe("names", () => {
  // biome-ignore format: one row a line
  check([
    { title: "a role of the second region", on: "all", base: `${net}\nroles: { api-dr: {} }`, expect: [["roles.api-dr", 'expected a name without -dr at its end, which belongs to the second region, got "api-dr"', 'call it "api"']] },
    { title: "a bucket that ends as a part does", on: "all", base: "buckets: { uploads-policy: {} }", expect: [["buckets.uploads-policy", 'expected a name that does not end as a part of something does (-key, -subnet, …), got "uploads-policy"', 'call it "uploads"']] },
    { title: "a role that is a reserved word", on: "all", base: `${net}\nroles: { vpn: {} }`, expect: [["roles.vpn", 'expected a name of its own, got "vpn", which is a reserved word of flows', 'call it "vpn-1"']] },
    { title: "a cache that is a reserved word", base: `${net}\ncaches: { store: { usableGiB: 4 } }`, expect: [["caches.store", 'expected a name of its own, got "store", which is a reserved word of flows', 'call it "store-1"']] },
    { title: "a role that is a part of every platform", base: `${net}\nroles: { secrets: {} }`, expect: [["roles.secrets", 'expected a name of its own, got "secrets", which is a part of every platform', 'call it "secrets-1"']] },
    { title: "one name for a role and a database", on: "all", base: `${net}\nroles: { db: {} }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 } } }`, expect: [["databases.db", 'expected a name of its own, got "db", which is already one of roles', 'call it "db-database"']] },
    { title: "one name for a cache and a bucket", on: "gcp", base: `${net}\ncaches: { store-1: { usableGiB: 4 } }\nbuckets: { store-1: {} }`, expect: [["buckets.store-1", 'expected a name of its own, got "store-1", which is already one of caches', 'call it "store-1-bucket"']] },
    { title: "a replica that takes a role's name", base: `${net}\nroles: { db-reader: {} }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { reader: {} } } }`, expect: [["databases.db.replicas.reader", 'its resources would be called "db-reader", which is already one of roles', "rename one of them"]] },
    { title: "a replica of the first region named for the second", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { west-dr: {} } } }`, expect: [["databases.db.replicas.west-dr", 'expected a name without -dr at its end, which belongs to the second region, got "west-dr"', "rename it, or say `place: secondary`"]] },
    { title: "an outside peer with a reserved word", on: "all", base: "access: { outside: { internet: { ranges: [10.9.0.0/16] } } }", expect: [["access.outside.internet", 'expected a name of its own, got "internet", which is a reserved word of flows', 'call it "internet-outside"']] },
    { title: "an outside peer with a role's name", on: "azure", base: `${net}\nroles: { api: {} }\naccess: { outside: { api: { ranges: [10.9.0.0/16] } } }`, expect: [["access.outside.api", 'expected a name of its own, got "api", which is a member of the platform', 'call it "api-outside"']] },
    { title: "a tag that the program sets", on: "all", base: "tags: { Env: test }", expect: [["tags.Env", 'expected a key that the program does not set itself (system, env, role), got "Env"', "choose another key"]] },
    { title: "an unlock of nothing", on: "all", base: `${net}\nroles: { api: {} }`, config: { unlock: ["apo"] }, expect: [["strata:unlock", 'no member or part is called "apo"', 'did you mean "api"?']] },
    { title: "an unlock of nothing near", base: `${net}\nroles: { api: {} }`, config: { unlock: ["everything"] }, expect: [["strata:unlock", 'no member or part is called "everything"', "use any of foundation, keys, logs, network, endpoints, secrets, zones, entry, all, api"]] },
  ]);
});

describe("places", () => {
  // biome-ignore format: one row a line
  check([
    { title: "an unknown region", on: "all", config: { region: "moon-1" }, expect: [["strata:region", 'got "moon-1"', 'use one such as "']] },
    { title: "a region misspelt", config: { region: "us-est-1" }, expect: [["strata:region", 'expected a region of aws, got "us-est-1"', 'did you mean "us-east-1"?']] },
    { title: "a region of another cloud", on: "azure", config: { region: "us-east-1" }, expect: [["strata:region", 'expected a region of azure, got "us-east-1"', 'did you mean "us-east"?']] },
    { title: "a second region that is the first", on: "all", base: "buckets: { uploads: { replicate: true } }", config: { secondaryRegion: "us-east" }, expect: [["strata:secondaryRegion", 'expected another region than the first, got "', "name a second one, or leave it out"]] },
    { title: "a second region across a border", base: "buckets: { uploads: { replicate: true } }", config: { secondaryRegion: "eu-west-1" }, expect: [["strata:secondaryRegion", 'expected a region on this side of the border (us, with us-east-1), got "eu-west-1" (eu)', "choose a region inside it, or say `crossBorder: true` in the platform"]] },
    { title: "a second region across a border", on: "azure", base: "buckets: { uploads: { replicate: true } }", config: { secondaryRegion: "northeurope" }, expect: [["strata:secondaryRegion", 'expected a region on this side of the border (us, with eastus), got "northeurope" (eu)', "choose a region inside it, or say `crossBorder: true` in the platform"]] },
    { title: "a second region across a border", on: "gcp", base: "buckets: { uploads: { replicate: true } }", config: { secondaryRegion: "europe-west1" }, expect: [["strata:secondaryRegion", 'expected a region on this side of the border (us, with us-east1), got "europe-west1" (eu)', "choose a region inside it, or say `crossBorder: true` in the platform"]] },
    { title: "a replica in an unknown second region", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { dr: { place: secondary } } } }`, config: { secondaryRegion: "moon-2" }, expect: [["strata:secondaryRegion", 'got "moon-2"', 'use one such as "']] },
    { title: "a replica without a second region", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { dr: { place: secondary } } } }`, config: { region: "eu-west-1" }, expect: [["databases.db.replicas.dr.place", 'expected a second region for "secondary", got none', "set strata:secondaryRegion, or place it in primary"]] },
    { title: "a replica without a second region", on: "gcp", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { dr: { place: secondary } } } }`, config: { region: "europe-west1" }, expect: [["databases.db.replicas.dr.place", 'expected a second region for "secondary", got none', "set strata:secondaryRegion, or place it in primary"]] },
    { title: "a copy without a second region", on: "azure", base: "buckets: { uploads: { replicate: true } }", config: { region: "northeurope" }, expect: [["buckets.uploads.replicate", "expected a second region for the copy, got none", "set strata:secondaryRegion, or turn replicate off"]] },
    { title: "a copy from a region of no wider location", on: "gcp", base: "buckets: { uploads: { replicate: true } }", config: { region: "asia-south1", secondaryRegion: "asia-south2" }, expect: [["buckets.uploads.replicate", 'expected a region of a wider location that a bucket of two regions can lie in, got "asia-south1"', "choose another region, or turn replicate off"]] },
    { title: "geo backups from a region without a pair", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { geo: true } } }`, config: { region: "italynorth" }, expect: [["databases.db.backups.geo", 'expected a region that the cloud pairs with another, got "italynorth"', "turn geo off, or choose a paired region"]] },
    { title: "geo backups without a second region", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { geo: true } } }`, config: { region: "eu-west-1" }, expect: [["databases.db.backups.geo", "expected a second region for the copies, got none", "set strata:secondaryRegion, or turn geo off"]] },
  ]);
});

describe("the network", () => {
  // biome-ignore format: one row a line
  check([
    { title: "more zones than the region has", on: "azure", base: "network: { zones: 4 }", expect: [["network.zones", "expected at most 3 in eastus, got 4", "use 3, or another region"]] },
    { title: "more zones than the region has", on: "gcp", base: "network: { zones: 4 }", expect: [["network.zones", "expected at most 3 in us-east1, got 4", "use 3, or another region"]] },
    { title: "more zones than the region has", base: "network: { zones: 6 }", expect: [["network.zones", "expected at most 5 in us-east-1, got 6", "use 5, or another region"]] },
    { title: "zones in a region without any", on: "azure", base: "network: { zones: 2 }", config: { region: "northcentralus" }, expect: [["network.zones", "expected at most 1 in northcentralus, which has no zones, got 2", "use 1, or another region"]] },
    { title: "a range too wide", on: "all", base: "network: { range: 10.0.0.0/8 }", expect: [["network.range", 'expected /16 to /22, got "10.0.0.0/8"', 'try "10.0.0.0/16"']] },
    { title: "a range too narrow", on: "all", base: "network: { range: 10.0.0.0/24 }", expect: [["network.range", 'expected /16 to /22, got "10.0.0.0/24"', 'try "10.0.0.0/16"']] },
    { title: "a public range", on: "all", base: "network: { range: 8.8.0.0/16 }", expect: [["network.range", 'expected a private range, got "8.8.0.0/16"', 'use one inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, such as "10.0.0.0/16"']] },
    { title: "a range with host bits", on: "all", base: "network: { range: 10.0.7.0/16 }", expect: [["network.range", 'expected a network address, got "10.0.7.0/16"', 'write "10.0.0.0/16"']] },
    { title: "a second range over the first", base: "network: { secondaryRange: 10.0.0.0/16, tiers: { public: {}, app: {}, data: {} } }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { dr: { place: secondary } } } }", expect: [["network.secondaryRange", 'expected a range apart from network.range (10.0.0.0/16), got "10.0.0.0/16"', 'use a range of its own, such as "10.1.0.0/16"']] },
    { title: "a foreign subnet", on: "all", base: "network: { zones: 1, tiers: { app: { cidrs: { a: 10.9.1.0/24 } } }, nat: none }", expect: [["network.tiers.app.cidrs.a", 'expected a range inside the network 10.0.0.0/16, got "10.9.1.0/24"', "choose a range inside it, or widen `network.range`"]] },
    { title: "overlapping subnets", on: "all", base: "network: { zones: 2, tiers: { app: { cidrs: { a: 10.0.8.0/22, b: 10.0.9.0/24 } } }, nat: none }", expect: [["network.tiers.app.cidrs.b", 'expected a range of its own, got "10.0.9.0/24", which overlaps network.tiers.app.cidrs.a (10.0.8.0/22)', "give each tier and zone a range of its own"]] },
    { title: "a subnet over another tier's slot", base: "network: { zones: 1, tiers: { public: {}, app: { cidrs: { a: 10.0.0.0/22 } } } }", expect: [["network.tiers.app.cidrs.a", 'expected a range of its own, got "10.0.0.0/22", which overlaps network.tiers.public.cidrs.a (10.0.1.0/24)', "give each tier and zone a range of its own"]] },
    { title: "an unaligned subnet", on: "all", base: "network: { zones: 1, tiers: { app: { cidrs: { a: 10.0.9.0/22 } } }, nat: none }", expect: [["network.tiers.app.cidrs.a", 'expected a network address, got "10.0.9.0/22"', 'write "10.0.8.0/22"']] },
    { title: "a subnet wider than a slot", on: "all", base: "network: { zones: 1, tiers: { app: { prefix: 22 } }, nat: none }", expect: [["network.tiers.app.prefix", "expected at most /24 for a planned subnet, got /22", "give `cidrs` by zone, or /24 and longer"]] },
    { title: "a subnet smaller than the cloud's", base: "network: { zones: 1, tiers: { app: { cidrs: { a: 10.0.9.0/29 } } }, nat: none }", expect: [["network.tiers.app.cidrs.a", 'expected /16 to /28 on aws, got "10.0.9.0/29"', "use a prefix from 16 to 28"]] },
    { title: "a subnet smaller than the cloud's", on: "azure", base: "network: { zones: 1, tiers: { app: { cidrs: { a: 10.0.9.0/30 } } }, nat: none }", expect: [["network.tiers.app.cidrs.a", 'expected /8 to /29 on azure, got "10.0.9.0/30"', "use a prefix from 8 to 29"]] },
    { title: "a peered range over our own", on: "all", base: "network: { peered: { office: 10.0.128.0/20 } }", expect: [["network.peered.office", 'expected a range apart from network.range (10.0.0.0/16), got "10.0.128.0/20"', "choose another network.range, so that both can be routed"]] },
    { title: "NAT without a public tier", base: "network: { tiers: { app: {} } }", expect: [["network.tiers", "expected a public tier for NAT to stand in, got app", "add `public: {}`, or set network.nat to none"]] },
    { title: "an ACL of a tier that is not there", base: "network: { tiers: { app: {} }, nat: none, acl: { data: {} } }", expect: [["network.acl.data", 'expected a tier of this network (app), got "data"', "add it to network.tiers, or drop the rules"]] },
    { title: "an ACL rule number beyond the last", base: "network: { tiers: { app: {} }, nat: none, acl: { app: { inbound: { 40000: { cidr: 10.0.0.0/16 } } } } }", expect: [["network.acl.app", "expected rule numbers 1 to 32766, got 40000", "use a number up to 32766"]] },
    { title: "an ACL on a dual-stack tier", base: "network: { ipv6: true, tiers: { app: {} }, nat: none, acl: { app: { inbound: { 100: { cidr: 10.0.0.0/16 } } } } }", expect: [["network.acl.app", "expected a tier of IPv4 alone, since the rules are, got dual stack: everything over IPv6 would be dropped", "turn ipv6 off, or let flows do the work"]] },
    { title: "more hosts than addresses", base: "network: { zones: 1, tiers: { app: { prefix: 28 } }, nat: none }\nroles: { api: { count: { min: 2, max: 40 } } }", expect: [["network.tiers.app", "expected room for the 40 hosts that the roles of this tier may start, got 11 addresses", "use a wider range for the tier, or lower the counts"]] },
    { title: "more hosts than addresses", on: "gcp", base: "network: { zones: 3, tiers: { app: { prefix: 28 } }, nat: none }\nroles: { api: { count: { min: 2, max: 40 } } }", expect: [["network.tiers.app", "expected room for the 40 hosts that the roles of this tier may start, got 12 addresses", "use a wider range for the tier, or lower the counts"]] },
  ]);
});

describe("flows", () => {
  // biome-ignore format: one row a line
  check([
    { title: "to nobody", on: "all", base: `${net}\naccess: { flows: { f: { from: [internet], to: [apj], ports: [443] } } }\nroles: { api: {} }`, expect: [["access.flows.f.to[0]", 'no peer is called "apj"', 'did you mean "api"?']] },
    { title: "to nobody near", base: `${net}\naccess: { flows: { f: { from: [internet], to: [postgresql], ports: [443] } } }\nroles: { api: {} }`, expect: [["access.flows.f.to[0]", 'no peer is called "postgresql"', "use one of api, internet, cdn, lb, lb-int, vpn, bastion, store, endpoints, resolver, clock"]] },
    { title: "from nobody", base: `${net}\naccess: { flows: { f: { from: [api, wep], to: [store], ports: [443] } } }\nroles: { api: {}, web: {} }`, expect: [["access.flows.f.from[1]", 'no peer is called "wep"', 'did you mean "web"?']] },
    { title: "without a port", on: "all", base: `${net}\naccess: { flows: { f: { from: [internet], to: [api] } } }\nroles: { api: {} }`, expect: [["access.flows.f.ports", "expected ports, since api has none of its own, got none", "say which, such as [443]"]] },
    { title: "with ports the wrong way", base: `${net}\naccess: { flows: { f: { from: [web], to: [api], ports: ["90-80"] } } }\nroles: { api: {}, web: {} }`, expect: [["access.flows.f.ports", 'expected a range of ports up to 65535, got "90-80"', 'write "80-90"']] },
    { title: "from the internet to a database", on: "all", base: `${net}\naccess: { flows: { f: { from: [internet], to: [db] } } }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 } } }`, expect: [["access.flows.f", "expected no way from the internet to a database, got internet to db", "let a role stand between, such as one behind lb"]] },
    { title: "from the internet to a cache", on: "all", base: `${net}\naccess: { flows: { f: { from: [internet], to: [cache] } } }\ncaches: { cache: { usableGiB: 4, snapshots: { days: 0 } } }`, expect: [["access.flows.f", "expected no way from the internet to a cache, got internet to cache", "let a role stand between, such as one behind lb"]] },
    { title: "from the internet to SSH", on: "all", base: `${net}\naccess: { flows: { f: { from: [internet], to: [api], ports: [22] } } }\nroles: { api: {} }`, expect: [["access.flows.f", "expected no administration port (22, 3389) open to the internet, got 22 of api", "name a peer of access.outside instead, or vpn; session access needs no port"]] },
    { title: "from the internet over a range with RDP in it", on: "azure", base: `${net}\naccess: { flows: { f: { from: [internet], to: [api], ports: ["3000-4000"] } } }\nroles: { api: {} }`, expect: [["access.flows.f", "expected no administration port (22, 3389) open to the internet, got 3000-4000 of api", "name a peer of access.outside instead, or vpn; session access needs no port"]] },
    { title: "from the internet by any protocol", on: "gcp", base: `${net}\naccess: { flows: { f: { from: [internet], to: [api], protocol: all } } }\nroles: { api: {} }`, expect: [["access.flows.f", "expected no administration port (22, 3389) open to the internet, got every port of api", "name a peer of access.outside instead, or vpn; session access needs no port"]] },
    { title: "from an outside peer that is everybody", on: "all", base: "access: { outside: { office: { ranges: [0.0.0.0/0] } } }", expect: [["access.outside.office.ranges", 'expected ranges of /8 or narrower, got "0.0.0.0/0"', "name the peer internet in the flow, if everybody is meant"]] },
    { title: "that would share a name", base: `${net}\naccess: { flows: { f: { from: [web], to: [api-job], ports: [80] }, g: { from: [web-api], to: [job], ports: [80] } } }\nroles: { web: {}, api-job: {}, web-api: {}, job: {} }`, expect: [["access.flows", 'expected rules with names of their own, got "web-api-job-tcp-80" twice: web to api-job, and web-api to job', 'rename "web-api" or "job"']] },
  ]);
});

describe("compute", () => {
  // biome-ignore format: one row a line
  check([
    { title: "a size that no class fits", on: "all", base: `${net}\nroles: { api: { size: { vcpu: 448, memoryGiB: 8192 } } }`, expect: [["roles.api.size", "no class fits 448 vCPU, 8192 GiB on", "the nearest is"]] },
    { title: "an unknown class", base: `${net}\nroles: { api: { size: { class: m6i.lorge } } }`, expect: [["roles.api.size.class", 'expected a class of the table of 2026-07-20, got "m6i.lorge"', 'did you mean "m6i.large"?']] },
    { title: "an unknown class", on: "azure", base: `${net}\nroles: { api: { size: { class: Standard_D4s_v55 } } }`, expect: [["roles.api.size.class", 'expected a class of the table of 2026-06-18, got "Standard_D4s_v55"', 'did you mean "Standard_D4s_v5"?']] },
    { title: "an unknown class", on: "gcp", base: `${net}\nroles: { api: { size: { class: n2-standart-4 } } }`, expect: [["roles.api.size.class", 'expected a class of the table of 2026-07-30, got "n2-standart-4"', 'did you mean "n2-standard-4"?']] },
    { title: "another cloud's class", on: "gcp", base: `${net}\nroles: { api: { size: { class: m6i.large } } }`, expect: [["roles.api.size.class", 'expected a class of the table of 2026-07-30, got "m6i.large"', "leave it out and say what is needed"]] },
    { title: "a class below the ask beside it", base: `${net}\nroles: { api: { size: { class: m6i.large, vcpu: 4, memoryGiB: 16 } } }`, expect: [["roles.api.size", 'expected a class of at least 4 vCPU, 16 GiB, got "m6i.large" of 2 vCPU', "name a larger class, or lower the ask beside it"]] },
    { title: "a class below the ask beside it", on: "azure", base: `${net}\nroles: { api: { size: { class: Standard_D2s_v5, vcpu: 2, memoryGiB: 16 } } }`, expect: [["roles.api.size", 'expected a class of at least 2 vCPU, 16 GiB, got "Standard_D2s_v5" of 8 GiB', "name a larger class, or lower the ask beside it"]] },
    { title: "a class below the ask beside it", on: "gcp", base: `${net}\nroles: { api: { size: { class: n2-standard-2, vcpu: 8 } } }`, expect: [["roles.api.size", 'expected a class of at least 8 vCPU, got "n2-standard-2" of 2 vCPU', "name a larger class, or lower the ask beside it"]] },
    { title: "a tier that is not there", on: "all", base: `${net}\nroles: { api: { tier: management } }`, expect: [["roles.api.tier", 'expected a tier of this network (public, app, data), got "management"', "add `management: {}` to network.tiers, or use another tier"]] },
    { title: "an unknown image", on: "all", base: `${net}\nroles: { api: { image: ubuntu-20 } }`, expect: [["roles.api.image", `expected a named image or this cloud's own reference, got "ubuntu-20"`, "use one of ubuntu-22.04, ubuntu-24.04, debian-12"]] },
    { title: "an image of another cloud", on: "azure", base: `${net}\nroles: { api: { image: amazon-linux-2023 } }`, expect: [["roles.api.image", `expected a named image or this cloud's own reference, got "amazon-linux-2023"`, "use one of ubuntu-22.04, ubuntu-24.04, debian-12"]] },
    { title: "counts out of order", on: "all", base: `${net}\nroles: { api: { count: { min: 4, desired: 2, max: 3 } } }`, expect: [["roles.api.count", "expected min <= desired <= max, got 4/2/3", "write {min: 4, desired: 4, max: 4}"]] },
    { title: "a health timeout over its interval", on: "all", base: `${net}\nroles: { api: { ports: { app: 80 }, health: { intervalSeconds: 10, timeoutSeconds: 10 } } }`, expect: [["roles.api.health.timeoutSeconds", "expected less than the interval of 10 s, got 10", "use 5"]] },
    { title: "operations over the disk's", base: `${net}\nroles: { api: { disk: { iops: 150000 } } }`, expect: [["roles.api.disk.iops", "expected at most 80000 on gp3, got 150000", "use 80000, or several volumes"]] },
    { title: "operations over the disk's", on: "azure", base: `${net}\nroles: { api: { disk: { iops: 150000 } } }`, expect: [["roles.api.disk.iops", "expected at most 20000 on Premium_LRS, got 150000", "use 20000, or several volumes"]] },
    { title: "operations over the disk's", on: "gcp", base: `${net}\nroles: { api: { disk: { iops: 150000 } } }`, expect: [["roles.api.disk.iops", "expected at most 80000 on pd-balanced, got 150000", "use 80000, or several volumes"]] },
    { title: "operations under the disk's", base: `${net}\nroles: { api: { disk: { iops: 500 } } }`, expect: [["roles.api.disk.iops", "expected at least 3000 on gp3, got 500", "leave it out"]] },
    { title: "operations over a volume's", on: "azure", base: `${net}\nroles: { m: { kind: machine, volumes: { data: { gib: 100, iops: 50000 } } } }`, expect: [["roles.m.volumes.data.iops", "expected at most 20000 on Premium_LRS, got 50000", "use 20000, or several volumes"]] },
    { title: "user data that is longer in bytes", base: `${net}\nroles: { api: { userData: "${"ä".repeat(9000)}" } }`, expect: [["roles.api.userData", "expected at most 16384 bytes on aws, got 18000", "fetch the rest from a bucket at boot"]] },
    { title: "rollback with an image that is looked up", base: `${net}\nroles: { api: { rollback: true } }`, expect: [["roles.api.rollback", "not offered on aws, got true", "a rolling update cannot go back to an image that is looked up at launch; name a literal image (ami-…), or turn rollback off"]] },
    { title: "a machine's address outside its subnet", on: "all", base: `${net}\nroles: { m: { kind: machine, address: 10.0.99.10 } }`, expect: [["roles.m.address", 'got "10.0.99.10"', "use one from the fifth to the third last address of the subnet"]] },
    { title: "a machine's address that the cloud keeps", on: "all", base: `${net}\nroles: { m: { kind: machine, address: 10.0.11.1 } }`, expect: [["roles.m.address", 'got "10.0.11.1"', "use one from the fifth to the third last address of the subnet"]] },
    { title: "one address for two machines", base: `${net}\nroles: { m: { kind: machine, address: 10.0.11.10 }, n: { kind: machine, address: 10.0.11.10 } }`, expect: [["roles.n.address", 'expected an address of its own, got "10.0.11.10", which is that of m', "use another one of the subnet"]] },
    { title: "one address for several instances", on: "all", base: `${net}\nroles: { m: { kind: machine, instances: 2, address: 10.0.11.10 } }`, expect: [["roles.m.address", "expected none where there are several instances, got one for 2", "leave it out, or make each instance a role of its own"]] },
    { title: "a zone that the network has not", on: "all", base: `${net}\nroles: { m: { kind: machine, zone: e } }`, expect: [["roles.m.zone", 'expected one of a, b, got "e"', "use a zone of the network"]] },
    { title: "a key nobody declared", on: "all", base: `${net}\nkeys: { data: {} }\nroles: { api: { encryptionKey: dta } }`, expect: [["roles.api.encryptionKey", 'no key is called "dta"', 'did you mean "data"?']] },
    { title: "a disk beyond the largest", on: "azure", base: `${net}\nroles: { api: { disk: { gib: 65000 } } }`, expect: [["roles.api.disk.gib", "expected at most 32767 GiB of Premium_LRS, got 65000", "use several volumes"]] },
  ]);
});

describe("databases", () => {
  // biome-ignore format: one row a line
  check([
    { title: "a size that no class fits", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 8, memoryGiB: 4096 } } }`, expect: [["databases.db.size", "no class fits 8 vCPU, 4096 GiB on", "the nearest is"]] },
    { title: "an unknown class", base: `${net}\ndatabases: { db: { size: { class: db.r5.3xlarge } } }`, expect: [["databases.db.size.class", 'expected a class of the table of 2026-07-31, got "db.r5.3xlarge"', 'did you mean "db.r5.xlarge"?']] },
    { title: "a class below the ask", on: "azure", base: `${net}\ndatabases: { db: { size: { class: Standard_D2ds_v5, vcpu: 4 } } }`, expect: [["databases.db.size", 'expected a class of at least 4 vCPU, got "Standard_D2ds_v5" of 2 vCPU', "name a larger class, or lower the ask beside it"]] },
    { title: "private ways without a tier for their addresses", on: "aws", base: "network: { zones: 1, tiers: { app: {} }, nat: none, endpoints: private }", expect: [["network.tiers", "expected a data tier on aws, where network.endpoints: private has its addresses, got app", "add `data: {}` to network.tiers"]] },
    { title: "a network without a data tier", on: "all", base: "network: { zones: 1, tiers: { app: {} }, nat: none }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 } } }", expect: [["databases.db", "expected a data tier for the database to live in, got app", "add `data: {}` to network.tiers"]] },
    { title: "a retired version of PostgreSQL", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, version: "14" } }`, expect: [["databases.db.version", 'got "14"', "use one of 15, 16, 17, 18"]] },
    { title: "a retired version of MySQL", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, engine: mysql, version: "8.0" } }`, expect: [["databases.db.version", 'got "8.0"', "use one of 8.4"]] },
    { title: "a zone that the network has not", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, zone: f } }`, expect: [["databases.db.zone", 'expected one of a, b, got "f"', "use a zone of the network"]] },
    { title: "a replica larger than any class", on: "gcp", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { one: { size: { vcpu: 400 } } } } }`, expect: [["databases.db.replicas.one.size", "no class fits 400 vCPU on gcp", "the nearest is db-custom-64-245760 (64 vCPU, 240 GiB); lower the ask"]] },
    { title: "a replica with a smaller disk", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 200 }, replicas: { one: { storageGiB: 100 } } } }`, expect: [["databases.db.replicas.one.storageGiB", "expected at least the primary's 200, got 100", "leave it out"]] },
    { title: "more replicas than the cloud makes", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, replicas: { a1: {}, b1: {}, c1: {}, d1: {}, e1: {}, f1: {} } } }`, expect: [["databases.db.replicas", "expected at most 5 on azure, got 6", "keep 5"]] },
    { title: "MySQL replicas with the managed password", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, engine: mysql, password: managed, replicas: { one: {} } } }`, expect: [["databases.db.password", 'not offered on aws, got "managed"', "RDS makes no replica of a PostgreSQL or MySQL instance whose password it manages; use a generated password"]] },
    { title: "a managed password", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, password: managed } }`, expect: [["databases.db.password", 'not offered on azure, got "managed"', "use `generated`: the program makes it, and raising `secrets.rotation` makes another"]] },
    { title: "backups kept too long", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 90 } } }`, expect: [["databases.db.backups.days", "expected at most 35 on aws, got 90", "use 35, and keep longer copies with a backup plan"]] },
    { title: "backups kept too long", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 90 } } }`, expect: [["databases.db.backups.days", "expected at most 35 on azure, got 90", "use 35, and keep longer copies with a backup plan"]] },
    { title: "recovery longer than the cloud keeps", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 35, pitrDays: 60 } } }`, expect: [["databases.db.backups.pitrDays", "expected at most 35 on aws, got 60", "use 35"]] },
    { title: "recovery longer than the cloud keeps", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 35, pitrDays: 60 } } }`, expect: [["databases.db.backups.pitrDays", "expected at most 35 on azure (GeneralPurpose), got 60", "use 35"]] },
    { title: "recovery longer than the cloud keeps", on: "gcp", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 35, pitrDays: 60 } } }`, expect: [["databases.db.backups.pitrDays", "expected at most 7 on gcp (ENTERPRISE), got 60", "use 7"]] },
    { title: "recovery longer than backups are kept", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 3, pitrDays: 5 } } }`, expect: [["databases.db.backups.pitrDays", "expected at most the 3 days that backups are kept, got 5", "keep backups for 5 days"]] },
    { title: "recovery longer than backups are kept", on: "gcp", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 3, pitrDays: 5 } } }`, expect: [["databases.db.backups.pitrDays", "expected at most the 3 days that backups are kept, got 5", "keep backups for 5 days"]] },
    { title: "TLS turned off", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, parameters: { rds.force_ssl: 0 } } }`, expect: [["databases.db.parameters.rds.force_ssl", 'expected "1", since TLS is forced, got "0"', "leave it out"]] },
    { title: "TLS turned off", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, parameters: { require_secure_transport: false } } }`, expect: [["databases.db.parameters.require_secure_transport", 'expected "on", since TLS is forced, got "off"', "leave it out"]] },
    { title: "an administrator called root", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, adminUser: root } }`, expect: [["databases.db.adminUser", 'expected a login that no cloud keeps for itself, got "root"', 'use "trial_ops"']] },
    { title: "operations over what the disk takes", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 1024, iops: 200000 } } }`, expect: [["databases.db.storage.iops", "expected at most 64000 on gp3, got 200000", "use 64000, or another storage kind"]] },
    { title: "operations over what the disk takes", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 1024, iops: 200000 } } }`, expect: [["databases.db.storage.iops", "expected at most 7500 on Premium_LRS, got 200000", "use 7500, or another storage kind"]] },
    { title: "operations over what the disk takes", on: "gcp", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 1024, iops: 200000 } } }`, expect: [["databases.db.storage.iops", "expected at most 100000 on PD_SSD, got 200000", "use 100000, or another storage kind"]] },
    { title: "operations that a small disk does not take", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 100, iops: 6000 } } }`, expect: [["databases.db.storage.iops", "expected at most 3000 on gp3 under 400 GiB, got 6000", "grow the storage to 400 GiB, or ask for 3000"]] },
    { title: "throughput that a small disk does not take", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 100, throughputMiBps: 500 } } }`, expect: [["databases.db.storage.throughputMiBps", "expected none on gp3 under 400 GiB, got 500", "grow the storage to 400 GiB, or leave it out"]] },
    { title: "ssd-v2 with an own key", on: "azure", base: `${net}\nkeys: { data: {} }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { kind: ssd-v2 }, encryptionKey: data } }`, expect: [["databases.db.storage.kind", 'not offered on azure, got "ssd-v2"', "keep the platform's key, or `storage.kind: ssd`"]] },
    { title: "growth to less than the first size", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 200, growToGiB: 100 } } }`, expect: [["databases.db.storage.growToGiB", "expected at least the first size of 200, got 100", "use 400"]] },
    { title: "a disk beyond the largest", on: "azure", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 40000, growToGiB: off } } }`, expect: [["databases.db.storage.gib", "expected at most 32767 GiB on azure, got 40000", "use 32767"]] },
    { title: "a pooler where there is none", on: "gcp", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, pooler: true } }`, expect: [["databases.db.pooler", "not offered on gcp, got true", "turn pooler off here and let a role run PgBouncer"]] },
    { title: "an exchange with MySQL", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, engine: mysql, exchange: dumps } }\nbuckets: { dumps: {} }`, expect: [["databases.db.exchange", 'not offered on aws, got "dumps"', "RDS for MySQL has no way of its own to S3: let a role dump and load"]] },
    { title: "an exchange with no bucket", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, exchange: dumsp } }\nbuckets: { dumps: {} }`, expect: [["databases.db.exchange", 'no bucket is called "dumsp"', 'did you mean "dumps"?']] },
    { title: "a key nobody declared", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, encryptionKey: data } }`, expect: [["databases.db.encryptionKey", 'no key is called "data"', "add it to keys: {data: {}}"]] },
  ]);
});

describe("caches", () => {
  // biome-ignore format: one row a line
  check([
    { title: "engine parameters", on: "azure", base: `${net}\ncaches: { c: { usableGiB: 4, parameters: { timeout: 300 } } }`, expect: [["caches.c.parameters", 'not offered on azure, got "timeout"', "drop them"]] },
    { title: "no size", base: `${net}\ncaches: { c: {} }`, expect: [["caches.c", "expected a size, got none", "say usableGiB (memory that data may fill), or a literal class"]] },
    { title: "no size", on: "gcp", base: `${net}\ncaches: { c: {} }`, expect: [["caches.c", "expected a size, got none", "say usableGiB (memory that data may fill), or a literal class or memoryGiB"]] },
    { title: "a size that no class fits", base: `${net}\ncaches: { c: { usableGiB: 900 } }`, expect: [["caches.c", "no class fits 1200 GiB (900 usable, and the reserve) on aws", "the nearest is cache.r6g.16xlarge (64 vCPU, 419.1 GiB); lower the ask"]] },
    { title: "a size that no class fits", on: "azure", base: `${net}\ncaches: { c: { usableGiB: 900 } }`, expect: [["caches.c", "no class fits 1125 GiB (900 usable, and the reserve) on azure", "the nearest is Balanced_B250 (64 vCPU, 240 GiB); lower the ask"]] },
    { title: "a size that no class fits", on: "gcp", base: `${net}\ncaches: { c: { usableGiB: 900 } }`, expect: [["caches.c.usableGiB", "expected at most 300 GiB on gcp, got 900", "use 300, or the sharded shape"]] },
    { title: "an unknown class", base: `${net}\ncaches: { c: { class: cache.r6g.gigantic } }`, expect: [["caches.c.class", 'expected a class of the table of 2026-10-02, got "cache.r6g.gigantic"', 'did you mean "cache.r6g.large"?']] },
    { title: "a class below the ask", base: `${net}\ncaches: { c: { class: cache.t3.small, usableGiB: 8 } }`, expect: [["caches.c", 'expected a class of at least 10.67 GiB (8 usable, and the reserve), got "cache.t3.small" of 1.37 GiB', "name a larger class, or lower the ask beside it"]] },
    { title: "a class of another shape", on: "gcp", base: `${net}\ncaches: { c: { shape: { kind: sharded, shards: 3 }, class: STANDARD_HA_5 } }`, expect: [["caches.c.class", 'expected a class of the table of 2025-07-07, got "STANDARD_HA_5"', "leave it out and say what is needed"]] },
    { title: "more replicas than a shard takes", on: "gcp", base: `${net}\ncaches: { c: { shape: { kind: sharded, shards: 3, replicas: 4 }, usableGiB: 4 } }`, expect: [["caches.c.shape.replicas", "expected at most 2 on gcp, got 4", "use 2"]] },
    { title: "memory under what it should hold", on: "gcp", base: `${net}\ncaches: { c: { memoryGiB: 4, usableGiB: 8 } }`, expect: [["caches.c.memoryGiB", "expected at least 8 for 8 GiB usable, got 4", "use 8"]] },
    { title: "an unknown version", on: "all", base: `${net}\ncaches: { c: { usableGiB: 4, version: "6.2" } }`, expect: [["caches.c.version", 'got "6.2"', "use one of 7."]] },
    { title: "a zone that the network has not", base: `${net}\ncaches: { c: { usableGiB: 4, zones: [a, e] } }`, expect: [["caches.c.zones", 'expected zones of the network (a, b), got "e"', "name zones of the network, or leave it out"]] },
    { title: "a network without a data tier", base: "network: { zones: 1, tiers: { app: {} }, nat: none }\ncaches: { c: { usableGiB: 4 } }", expect: [["caches.c", "expected a data tier for the cache to live in, got app", "add `data: {}` to network.tiers"]] },
    { title: "a key nobody declared", on: "azure", base: `${net}\nkeys: { data: {} }\ncaches: { c: { usableGiB: 4, encryptionKey: date } }`, expect: [["caches.c.encryptionKey", 'no key is called "date"', 'did you mean "data"?']] },
  ]);
});

describe("buckets", () => {
  // biome-ignore format: one row a line
  check([
    { title: "a rule that deletes before it archives", on: "all", base: "buckets: { b: { rules: { r: { archiveAfterDays: 90, expireAfterDays: 30 } } } }", expect: [["buckets.b.rules.r", "expected each step later than the one before, got 90, 30 days", "order them infrequent < cold < archive < expire"]] },
    { title: "a rule that does nothing", on: "all", base: "buckets: { b: { rules: { r: { prefix: tmp/ } } } }", expect: [["buckets.b.rules.r", "expected a step, got none", "add one such as expireAfterDays, or drop the rule"]] },
    { title: "a step before its minimum", base: "buckets: { b: { rules: { r: { infrequentAfterDays: 7 } } } }", expect: [["buckets.b.rules.r.infrequentAfterDays", "expected at least 30 days on aws, got 7", "use 30"]] },
    { title: "automatic tiering beside rules that move", base: "buckets: { b: { tiering: automatic, rules: { r: { archiveAfterDays: 90 } } } }", expect: [["buckets.b.tiering", 'expected "none" beside rules that move objects, got "automatic"', "keep one of the two; rules that only delete may stay"]] },
    { title: "automatic tiering beside rules that move", on: "gcp", base: "buckets: { b: { tiering: automatic, rules: { r: { archiveAfterDays: 90 } } } }", expect: [["buckets.b.tiering", 'expected "none" beside rules that move objects, got "automatic"', "keep one of the two; rules that only delete may stay"]] },
    { title: "geo redundancy", base: "buckets: { b: { redundancy: geo } }", expect: [["buckets.b.redundancy", 'not offered on aws, got "geo"', "S3 pairs no regions; set replicate: true with a second region"]] },
    { title: "geo redundancy", on: "gcp", base: "buckets: { b: { redundancy: geo } }", expect: [["buckets.b.redundancy", 'not offered on gcp, got "geo"', "give the stack a second region and set replicate: the bucket then lies in both"]] },
    { title: "a copy without versions", on: "all", base: "buckets: { b: { replicate: true, versioning: false } }", expect: [["buckets.b.versioning", "expected true beside replicate, got false", "turn versioning on"]] },
    { title: "a lock without versions", base: "buckets: { b: { retentionLock: { days: 30 }, versioning: false } }", expect: [["buckets.b.retentionLock", 'not offered on aws, got "versioning: false"', "turn versioning on: an object lock holds versions"]] },
    { title: "a lock without versions", on: "azure", base: "buckets: { b: { retentionLock: { days: 30 }, versioning: false } }", expect: [["buckets.b.retentionLock", 'not offered on azure, got "versioning: false"', "turn versioning on: an immutable account holds versions"]] },
    { title: "a lock with versions", on: "gcp", base: "buckets: { b: { retentionLock: { days: 30 } } }", expect: [["buckets.b.retentionLock", 'not offered on gcp, got "versioning: true"', "turn versioning off: a bucket under retention keeps no old versions"]] },
    { title: "an access log into itself", on: "all", base: "buckets: { b: { accessLog: b } }", expect: [["buckets.b.accessLog", 'expected another bucket, got "b" itself: its log would never end', "name another bucket"]] },
    { title: "an access log into nothing", on: "all", base: "buckets: { b: { accessLog: lgos }, logs: {} }", expect: [["buckets.b.accessLog", 'no bucket is called "lgos"', "known: logs"]] },
    { title: "access logs in a circle", base: "buckets: { b: { accessLog: c }, c: { accessLog: b } }", expect: [["buckets.b.accessLog", 'expected a chain of logs that ends, got "c", which leads back to b', "let the last bucket of the chain log nowhere"], ["buckets.c.accessLog", 'expected a chain of logs that ends, got "b", which leads back to c', "let the last bucket of the chain log nowhere"]] },
    { title: "a key nobody declared", on: "all", base: "buckets: { b: { encryptionKey: data } }", expect: [["buckets.b.encryptionKey", 'no key is called "data"', "add it to keys: {data: {}}"]] },
  ]);
});

describe("keys, grants, secrets, logs", () => {
  // biome-ignore format: one row a line
  check([
    { title: "a grant to nobody", on: "all", base: `${net}\ngrants: { g: { to: wbe, can: read, on: "bucket:b" } }\nroles: { web: {} }\nbuckets: { b: {} }`, expect: [["grants.g.to", 'no role is called "wbe"', "known: web"]] },
    { title: "a grant to a database", base: `${net}\ngrants: { g: { to: db, can: read, on: "bucket:b" } }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 } } }\nbuckets: { b: {} }`, expect: [["grants.g.to", 'expected a role, got "db", a database: it acts on one bucket alone, as its principal', "write databases.db.exchange: <bucket>"]] },
    { title: "a grant on no bucket", on: "all", base: `${net}\ngrants: { g: { to: web, can: read, on: "bucket:uplaods" } }\nroles: { web: {} }\nbuckets: { uploads: {} }`, expect: [["grants.g.on", 'no bucket is called "uplaods"', 'did you mean "uploads"?']] },
    { title: "a grant on no secret", on: "all", base: `${net}\ngrants: { g: { to: web, can: read, on: "secret:db" } }\nroles: { web: {} }`, expect: [["grants.g.on", 'no secret is called "db"', "add it to secrets.values, or drop the grant"]] },
    { title: "a grant on no key", base: `${net}\ngrants: { g: { to: web, can: read, on: "key:data" } }\nroles: { web: {} }`, expect: [["grants.g.on", 'no key is called "data"', "add it to keys, or drop the grant"]] },
    { title: "a secret under a database's name", base: `${net}\nsecrets: { values: { db: {} } }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 } } }`, expect: [["secrets.values.db", 'expected a name of its own, got "db": the database or cache of this name keeps its login there', 'call it "db-value"']] },
    { title: "a secret store under no key", on: "all", base: "secrets: { encryptionKey: data }", expect: [["secrets.encryptionKey", 'no key is called "data"', "add it to keys: {data: {}}"]] },
    { title: "a supplied secret that nothing declares", base: "secrets: { values: { token: { from: config } } }", config: { secrets: { tokne: "hunter2" } }, secretKeys: ["secrets"], expect: [["strata:secrets.tokne", 'expected a secret that the platform declares (token), got "tokne"', 'did you mean "token"?']] },
    { title: "a supplied secret that is generated", base: "secrets: { values: { token: {} } }", config: { secrets: { webhook: "hunter2" } }, secretKeys: ["secrets"], expect: [["strata:secrets.webhook", 'expected a secret that the platform declares (it declares none), got "webhook"', "add secrets.values.webhook: { from: config }, or remove it"]] },
    { title: "a log store under no key", on: "all", base: "logs: { encryptionKey: data }", expect: [["logs.encryptionKey", 'no key is called "data"', "add it to keys: {data: {}}"]] },
    { title: "logs kept too long", on: "azure", base: "logs: { retentionDays: 3650 }", expect: [["logs.retentionDays", "expected at most 730 on azure, got 3650", "use 730"]] },
  ]);
});

describe("everything in one go", () => {
  // biome-ignore format: one row a line
  check([
    { title: "three concepts", on: "all", base: `${net}\nroles: { api: { tier: management }, vpn: {} }\naccess: { flows: { f: { from: [nobody], to: [api], ports: [80] } } }\nbuckets: { b: { accessLog: b } }`, expect: [["roles.vpn", 'expected a name of its own, got "vpn", which is a reserved word of flows', 'call it "vpn-1"'], ["roles.api.tier", 'expected a tier of this network (public, app, data), got "management"', "add `management: {}` to network.tiers, or use another tier"], ["buckets.b.accessLog", 'expected another bucket, got "b" itself: its log would never end', "name another bucket"], ["access.flows.f.from[0]", 'no peer is called "nobody"', "use one of api, vpn,"]] },
    { title: "network, database and region", base: "network: { range: 8.8.0.0/16, zones: 6, tiers: { public: {}, data: {} } }\ndatabases: { db: { size: { vcpu: 400 }, backups: { days: 90 } } }", config: { region: "moon-1" }, expect: [["strata:region", 'expected a region of aws, got "moon-1"', 'use one such as "us-east-1"'], ["network.range", 'expected a private range, got "8.8.0.0/16"', 'use one inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, such as "10.0.0.0/16"'], ["network.zones", "expected at most 5 in us-east-1, got 6", "use 5, or another region"], ["databases.db.size", "no class fits 400 vCPU on aws", "the nearest is db.m5.16xlarge (64 vCPU, 256 GiB); lower the ask"], ["databases.db.backups.days", "expected at most 35 on aws, got 90", "use 35, and keep longer copies with a backup plan"]] },
    { title: "one cache four times", on: "gcp", base: `${net}\ncaches: { c: { version: "6.2", memoryGiB: 4, usableGiB: 8, zones: [f], encryptionKey: data } }`, expect: [["caches.c.version", 'expected a version that can be created on gcp, got "6.2"', "use one of 7.0, 7.2"], ["caches.c.memoryGiB", "expected at least 8 for 8 GiB usable, got 4", "use 8"], ["caches.c.zones", 'expected zones of the network (a, b), got "f"', "name zones of the network, or leave it out"], ["caches.c.encryptionKey", 'no key is called "data"', "add it to keys: {data: {}}"]] },
    { title: "a database that is refused, and who names it", on: "all", base: `${net}\ndatabases: { db: { size: { vcpu: 400 }, version: "14", encryptionKey: data, adminUser: root } }\nroles: { web: {} }\naccess: { flows: { f: { from: [web], to: [db] } } }\ngrants: { g: { to: web, can: read, on: "secret:db" } }`, expect: [["databases.db.version", 'got "14"', "use one of 15, 16, 17, 18"], ["databases.db.size", "no class fits 400 vCPU on", "the nearest is"], ["databases.db.adminUser", 'expected a login that no cloud keeps for itself, got "root"', 'use "trial_ops"'], ["databases.db.encryptionKey", 'no key is called "data"', "add it to keys: {data: {}}"]] },
    { title: "a role that is refused, with all that is wrong in it", base: `${net}\nroles: { m: { kind: machine, size: { class: m6i.lorge }, image: ubuntu-20, zone: e, disk: { iops: 500 }, encryptionKey: dta } }\nkeys: { data: {} }`, expect: [["roles.m.size.class", 'expected a class of the table of 2026-07-20, got "m6i.lorge"', 'did you mean "m6i.large"?'], ["roles.m.zone", 'expected one of a, b, got "e"', "use a zone of the network"], ["roles.m.image", `expected a named image or this cloud's own reference, got "ubuntu-20"`, "use one of ubuntu-22.04, ubuntu-24.04, debian-12, amazon-linux-2023"], ["roles.m.disk.iops", "expected at least 3000 on gp3, got 500", "leave it out"], ["roles.m.encryptionKey", 'no key is called "dta"', 'did you mean "data"?']] },
    { title: "what the schema refuses in one member, beside what only the cloud's facts tell of another", base: `${net}\nroles: { web: { sise: 2 } }\ndatabases: { db: { size: { vcpu: 2, memoryGiB: 8 }, backups: { days: 7, pitrDays: 90 } } }\naccess: { flows: { f: { from: [wbe], to: [db] } } }`, config: { secondaryRegion: "mars" }, expect: [["roles.web.sise", 'unknown key "sise"', 'did you mean "size"?'], ["strata:secondaryRegion", 'got "mars"', "use one such as"], ["databases.db.backups.pitrDays", "at most 35 on aws, got 90", "use 35"], ["access.flows.f.from[0]", 'no peer is called "wbe"', "use one of web, db"]] },
    { title: "what the schema refuses of the network, beside a region that is none", base: "network: { zones: many, tiers: { app: {} } }", config: { region: "mars" }, expect: [["network.zones", 'got "many"', ""], ["strata:region", 'got "mars"', "use one such as"]] },
    { title: "overrides beside the file", base: `${net}\nroles: { api: { count: { min: 2 } } }`, config: { overrides: { roles: { api: { count: { max: 1 }, image: "ubuntu_20" } } } }, expect: [["strata:overrides roles.api.count", "expected min <= desired <= max, got 2/2/1", "write {min: 2, desired: 2, max: 2}"], ["strata:overrides roles.api.image", `expected a named image or this cloud's own reference, got "ubuntu_20"`, "use one of ubuntu-22.04, ubuntu-24.04, debian-12, amazon-linux-2023"]] },
  ]);
});

describe("the command", () => {
  const plan = (file: string, ...words: string[]) =>
    spawnSync(process.execPath, ["cli/main.ts", "plan", "--system", file, ...words], {
      encoding: "utf8",
      cwd: new URL("..", import.meta.url),
    });

  it.each([
    ["a file that does not parse", "base: [", [], "system.yaml:1:8: "],
    [
      "an unknown peer",
      around(`${net}\naccess: { flows: { f: { from: [internet], to: [apj], ports: [443] } } }\nroles: { api: {} }`),
      [],
      'no peer is called "apj"; did you mean "api"?',
    ],
    [
      "a size that no class fits",
      around(`${net}\nroles: { api: { size: { vcpu: 448 } } }`),
      ["--cloud", "gcp"],
      "no class fits 448 vCPU on gcp",
    ],
    [
      "zones over the region's",
      around("network: { zones: 4 }"),
      ["--cloud", "azure"],
      "expected at most 3 in eastus, got 4; use 3, or another region",
    ],
  ])("answers 1 to %s, without a stack trace", (_, text, words, said) => {
    const { status, stdout, stderr } = plan(written(text), ...words);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^\d+ issues? in the configuration; nothing was registered\n/);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("answers 1 with the issues as data", () => {
    const { status, stdout, stderr } = plan(written(around("network: { range: 10.0.0.0/8 }")), "--json");
    expect([status, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      issues: [{ problem: 'expected /16 to /22, got "10.0.0.0/8"', remedy: 'try "10.0.0.0/16"' }],
    });
  });
});

describe("what a row would see", () => {
  it("is every resource of a platform that is not refused", async () => {
    expect(await registrations(net)).toEqual(expect.arrayContaining(["foundation", "foundation-anchor", "network", "network-vpc"]));
  });
});

describe("names and certificates", () => {
  const www =
    "edge: { dns: { zones: { main: { domain: example.com, records: { www: { to: lb, failover: { standby: 203.0.113.9 } } } } } }, certificates: { site: { domain: www.example.com } }, balancers: { lb: { form: application, certificates: [site], pools: { web: { port: app } } } } }";
  const web = `${net}\nroles: { web: { size: { vcpu: 2, memoryGiB: 4 }, ports: { app: 8080 } } }\naccess: { flows: { visitors: { from: [internet], to: [lb], ports: [443, 80] }, lb-web: { from: [lb], to: [web], ports: [8080] } } }\n${www}`;
  // biome-ignore format: one row a line
  check([
    { title: "a certificate for a name outside the zones", on: "all", base: "edge: { dns: { zones: { main: { domain: example.com } } }, certificates: { site: { domain: www.exampel.com } } }", expect: [["edge.certificates.site.domain", 'expected a name inside one of the zones example.com, got "www.exampel.com"', 'add its zone to edge.dns.zones, or use a name inside "example.com"']] },
    { title: "a certificate without any zone", on: "all", base: "edge: { certificates: { site: { domain: www.example.com } } }", expect: [["edge.certificates.site.domain", 'expected a name inside one of the zones (there are none), got "www.example.com"', "add its zone to edge.dns.zones"]] },
    { title: "a failover without a second region", on: "aws", base: web, config: { region: "eu-west-1" }, expect: [["edge.dns.zones.main.records.www.failover", "expected a second region for the standby, got none", "set strata:secondaryRegion, or drop failover"]] },
    { title: "a failover without a second region", on: "azure", base: web, config: { region: "northeurope" }, expect: [["edge.dns.zones.main.records.www.failover", "expected a second region for the standby, got none", "set strata:secondaryRegion, or drop failover"]] },
    { title: "a failover without a second region", on: "gcp", base: web, config: { region: "europe-west1" }, expect: [["edge.dns.zones.main.records.www.failover", "expected a second region for the standby, got none", "set strata:secondaryRegion, or drop failover"]] },
    { title: "two zones of one domain", on: "all", base: "edge: { dns: { zones: { main: { domain: example.com }, other: { domain: example.com } } } }", expect: [["edge.dns.zones.other.domain", 'expected a domain of its own, got "example.com", which is that of main', "put its records into main"]] },
  ]);
});
