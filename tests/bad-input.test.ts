/**
 * Bad input: what a person gets wrong, and the words they are told. A row names everything that is said of it, so that nothing else is said.
 * Shown here: settings, the system's file and its layers. What only the cloud's facts can tell stands in `bad-platform.test.ts`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigError } from "../components/kernel/errors.ts";
import { check } from "./support/badInput.ts";
import { around, discard, scratch } from "./support/configured.ts";

afterAll(discard);

describe("settings", () => {
  // biome-ignore format: one row a line
  check([
    { title: "no system", config: { system: undefined }, expect: [["strata:system", "the name of a shipped system or a path to a YAML file, got nothing", "pulumi config set strata:system"]] },
    { title: "no cloud", config: { cloud: undefined }, expect: [["strata:cloud", 'one of "aws", "azure", "gcp", got nothing', "pulumi config set strata:cloud"]] },
    { title: "no environment", config: { environment: undefined }, expect: [["strata:environment", "got nothing", "pulumi config set strata:environment"]] },
    { title: "unknown system", config: { system: "betafish" }, expect: [["strata:system", 'a shipped system (bettafish, cctelegram, freeagentics, reference) or a path to a YAML file, got "betafish"', 'did you mean "bettafish"?']] },
    { title: "unknown system, nothing near", config: { system: "zzz" }, expect: [["strata:system", 'got "zzz"', '"./zzz.yaml"']] },
    { title: "an example by its bare name", config: { system: "minimal" }, expect: [["strata:system", 'got "minimal"', 'did you mean "stacks/examples/minimal.yaml"?']] },
    { title: "unknown cloud", config: { cloud: "google" }, expect: [["strata:cloud", 'got "google"', "known: aws, azure, gcp"]] },
    { title: "cloud misspelt", config: { cloud: "azur" }, expect: [["strata:cloud", 'got "azur"', 'did you mean "azure"?']] },
    { title: "cloud in capitals", config: { cloud: "AWS" }, expect: [["strata:cloud", 'got "AWS"', 'did you mean "aws"?']] },
    { title: "unknown environment", config: { environment: "production" }, expect: [["strata:environment", "one of prod, staging (", 'did you mean "prod"?']] },
    { title: "unknown environment, nothing near", config: { environment: "qa" }, expect: [["strata:environment", 'got "qa"', "known: prod, staging"]] },
    { title: "unknown variant", config: { variant: "tables" }, expect: [["strata:variant", 'got "tables"', 'did you mean "table"?']] },
    { title: "a variant of a system without any", file: "name: a\ndescription: a\nbase: {}\nenvironments: { prod: {} }\n", config: { variant: "table" }, expect: [["strata:variant", "the system has no variants", "leave it out"]] },
    { title: "an inherited name as environment", config: { environment: "constructor" }, expect: [["strata:environment", 'got "constructor"', "known: prod, staging"]] },
    { title: "unknown key", config: { enviroment: "prod" }, expect: [["strata:enviroment", 'unknown key "enviroment"', 'did you mean "environment"?']] },
    { title: "unknown key, nothing near", config: { owner: "me" }, expect: [["strata:owner", 'unknown key "owner"', "known: system, cloud, environment, region"]] },
    { title: "overrides that are no map", config: { overrides: "roles" }, expect: [["strata:overrides", 'a map, got "roles"', "write a map"]] },
    { title: "overrides that are a list", config: { overrides: ["roles"] }, expect: [["strata:overrides", 'a map, got ["roles"]', "write a map"]] },
    { title: "overrides in broken JSON", config: { overrides: '{"network": ' }, expect: [["strata:overrides", "expected a map, got", "write a map"]] },
    { title: "overrides with a secret", config: { overrides: { tags: { token: "hunter2" } } }, secretKeys: ["overrides"], expect: [["strata:overrides", "a secret in it, which would reach the state in plain text", "supply it as strata:secrets"]] },
    { title: "overrides with a value still encrypted", config: { overrides: { roles: { api: { userData: { secure: "v1:AAAA:BBBB" } } } } }, expect: [["strata:overrides.roles.api.userData", "got an encrypted one", "supply it as strata:secrets"]] },
    { title: "overrides with a pasted ciphertext", config: { overrides: { tags: { token: "v1:AAAAAAAA:BBBBBBBB" } } }, expect: [["strata:overrides.tags.token", "got an encrypted one", "from: config"]] },
    { title: "overrides for an unknown cloud", config: { overrides: { clouds: { ibm: {} } } }, expect: [["strata:overrides.clouds.ibm", 'unknown key "ibm"', "known: aws, azure, gcp"]] },
    { title: "overrides with an unknown key", config: { overrides: { rolls: {} } }, expect: [["strata:overrides rolls", 'unknown key "rolls"', 'did you mean "roles"?']] },
    { title: "overrides out of range", config: { overrides: { network: { zones: 9 } } }, expect: [["strata:overrides network.zones", "1 to 6, got 9", "try 6"]] },
    { title: "secrets in plain text", config: { secrets: { token: "hunter2" } }, expect: [["strata:secrets.token", "an encrypted value, got plain text", "pulumi config set --secret --path 'strata:secrets[\"token\"]'"]] },
    { title: "a secret that is a map", config: { secrets: { token: { value: "hunter2" } } }, secretKeys: ["secrets"], expect: [["strata:secrets.token", "got a value that is not shown", "write"]] },
    { title: "a secret that is empty", config: { secrets: { token: "" } }, secretKeys: ["secrets"], expect: [["strata:secrets.token", "text of at least 1 character", "write"]] },
    { title: "secrets that are no map", config: { secrets: "hunter2" }, secretKeys: ["secrets"], expect: [["strata:secrets", "a map, got a value that is not shown", "write a map"]] },
    { title: "unlock that is a map", config: { unlock: { db: true } }, expect: [["strata:unlock", 'a list, got {"db":true}', "write a list"]] },
    { title: "unlock of numbers", config: { unlock: [1] }, expect: [["strata:unlock[0]", "got 1", 'write "1" in quotes']] },
    { title: "offline that is no boolean", config: { offline: "yes" }, expect: [["strata:offline", 'true or false, got "yes"', "write true without quotes"]] },
    { title: "an account that is no map", config: { account: "123456789012" }, expect: [["strata:account", "a map, got", "write a map"]] },
    { title: "an account id too short", config: { account: { awsAccountId: "12345" } }, expect: [["strata:account.awsAccountId", 'an account id of twelve digits, got "12345"', "twelve digits"]] },
    { title: "a subscription that is no GUID", config: { account: { azureSubscriptionId: "prod" } }, expect: [["strata:account.azureSubscriptionId", 'the GUID of a subscription, such as "00000000-0000-4000-8000-000000000000", got "prod"', "write the GUID"]] },
    { title: "a tenant that is no GUID", config: { account: { azureTenantId: "company.com" } }, expect: [["strata:account.azureTenantId", 'got "company.com"', "write the GUID of a tenant"]] },
    { title: "a path instead of an SSH key", config: { account: { azureSshPublicKey: "~/.ssh/id_ed25519.pub" } }, expect: [["strata:account.azureSshPublicKey", "the text of an OpenSSH public key", "ssh-ed25519 AAAA"]] },
    { title: "a private SSH key", config: { account: { azureSshPublicKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2" } }, expect: [["strata:account.azureSshPublicKey", "got a value that is not shown", "ssh-ed25519 AAAA"]] },
    { title: "a project name instead of its id", config: { account: { gcpProject: "My Project" } }, expect: [["strata:account.gcpProject", 'got "My Project"', "a project id: 6 to 30"]] },
    { title: "a project number of letters", config: { account: { gcpProjectNumber: "one" } }, expect: [["strata:account.gcpProjectNumber", 'got "one"', "6 to 19 digits"]] },
    { title: "an unknown account value", config: { account: { awsAccount: "123456789012" } }, expect: [["strata:account.awsAccount", 'unknown key "awsAccount"', 'did you mean "awsAccountId"?']] },
    { title: "a commit that is a message", config: { commit: "x".repeat(80) }, expect: [["strata:commit", "at most 63 characters", "shorten it by 17"]] },
  ]);
});

describe("the file", () => {
  const folder = join(scratch(), "folder");
  mkdirSync(folder, { recursive: true });
  // biome-ignore format: one row a line
  check([
    { title: "is missing", config: { system: "./nowhere.yaml" }, expect: [["strata:system", 'no file "nowhere.yaml"', "relative to the project folder"]] },
    { title: "lies in a file", config: { system: "package.json/x.yaml" }, expect: [["strata:system", 'no file "package.json/x.yaml"', "check the spelling"]] },
    { title: "is a directory", config: { system: "stacks/systems" }, expect: [["strata:system", 'got the directory "stacks/systems"', "stacks/systems/"]] },
    { title: "is a directory elsewhere", config: { system: folder }, expect: [["strata:system", "got the directory", "name a YAML file in it"]] },
    { title: "is a device", config: { system: "/dev/null" }, expect: [["strata:system", "which is none", "name a YAML file"]] },
    { title: "has five megabytes", file: `a: ${"x".repeat(5_242_880)}`, expect: [["strata:system", "at most 1 MiB", "split"]] },
    { title: "is not text", file: new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), expect: [["strata:system", "UTF-8", "save it as UTF-8"]] },
    { title: "is empty", file: "", expect: [["system.yaml", "got an empty file", "minimal.yaml"]] },
    { title: "holds only a comment", file: "# later\n", expect: [["system.yaml", "got an empty file", "minimal.yaml"]] },
    { title: "is a list", file: "- a\n", expect: [["system.yaml", "got a list", "minimal.yaml"]] },
    { title: "is one word", file: "hello\n", expect: [["system.yaml", "got a single value", "minimal.yaml"]] },
    { title: "holds two documents", file: "name: a\n---\nname: b\n", expect: [["system.yaml:2:1", "multiple documents", "one file describes one system"]] },
    { title: "says a key twice", file: "name: a\nname: b\n", expect: [["system.yaml:2:1", "unique", "keep one of the two"]] },
    { title: "is indented by a tab", file: "base:\n\tnetwork: {}\n", expect: [["system.yaml:2:1", "Tabs", "indent with spaces"]] },
    { title: "leaves a list open", file: "name: [a\n", expect: [["system.yaml:2:1", "", ""]] },
    { title: "leaves a quote open", file: "name: 'a\n", expect: [["system.yaml:2:1", "closing 'quote", "close what was opened"]] },
    { title: "has a colon in a value", file: "name: a: b\n", expect: [["system.yaml:1:7", "Nested mappings", "quotes"]] },
    { title: "has an unknown tag", file: "name: !secret a\n", expect: [["system.yaml:1:7", "Unresolved tag", "leave the tag out"]] },
    { title: "uses an anchor that is not there", file: "name: *gone\n", expect: [["system.yaml", "Unresolved alias", "without anchors"]] },
    { title: "contains itself", file: "name: &a { b: *a }\n", expect: [["system.yaml", "an alias stands for the map that holds it", "without anchors"]] },
    { title: "grows without bound", file: `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefgh" .split("") .map((name, index) => `${name}: &${name} [${`*${"abcdefgh"[index]}, `.repeat(8)}x]`) .join("\n")}\n`, expect: [["system.yaml", "alias", "without anchors"]] },
    { title: "lacks its head", file: "environments: { prod: {} }\n", expect: [["name", "got nothing", 'add "name"'], ["description", "got nothing", 'add "description"'], ["base", "got nothing", 'add "base"']] },
    { title: "has no environment", file: "name: a\ndescription: a\nbase: {}\nenvironments: {}\n", expect: [["system.yaml:4:1 environments", "at least one environment", ""]] },
    { title: "has a key of its own", file: `owner: me\n${around("")}`, expect: [["system.yaml:1:1 owner", 'unknown key "owner"', "known: name, description, base, environments, variants"]] },
    { title: "misspells a section", file: "name: a\ndescription: a\nbase: {}\nenviroments: { prod: {} }\n", expect: [["environments", "got nothing", ""], ["system.yaml:4:1 enviroments", 'unknown key "enviroments"', 'did you mean "environments"?']] },
    { title: "names its schema by a key", file: `$schema: x\n${around("")}`, expect: [["system.yaml:1:1 $schema", 'unknown key "$schema"', "known:"]] },
    { title: "has a name that no resource can carry", file: around("").replace("name: trial", "name: My System"), expect: [["system.yaml:1:1 name", 'lower-case letters, digits and single dashes, starting with a letter, got "My System"', ""]] },
    { title: "has a layer that is a list", file: "name: a\ndescription: a\nbase: []\nenvironments: { prod: {} }\n", expect: [["system.yaml:3:1 base", "a map, got []", "write a map"]] },
    { title: "has an environment that is a word", file: "name: a\ndescription: a\nbase: {}\nenvironments: { prod: yes }\n", expect: [["system.yaml:4:17 environments.prod", 'a map, got "yes"', "write a map"]] },
    { title: "patches an unknown cloud", base: "clouds: { azur: {} }", expect: [["system.yaml:4:13 base.clouds.azur", 'unknown key "azur"', 'did you mean "azure"?']] },
    { title: "patches a cloud with a word", base: "clouds: { aws: big }", expect: [["system.yaml:4:13 base.clouds.aws", 'a map, got "big"', "write a map"]] },
  ]);
});

describe("the platform", () => {
  // biome-ignore format: one row a line
  check([
    { title: "an unknown key", base: "databse: {}", expect: [["system.yaml:4:3 databse", 'unknown key "databse"', 'did you mean "databases"?']] },
    { title: "an unknown key deep inside", base: "roles: { api: { count: { minimum: 2 } } }", expect: [["system.yaml:4:19 roles.api.count.min", "0 to 1000, got nothing", 'add "min"'], ["system.yaml:4:28 roles.api.count.minimum", 'unknown key "minimum"', 'did you mean "min"?']] },
    { title: "an unknown tier of the network", base: "network: { tiers: { publik: {} } }", expect: [["system.yaml:4:23 network.tiers.publik", 'unknown key "publik"', 'did you mean "public"?']] },
    { title: "an unknown tier of a role", base: "roles: { api: { tier: apps } }", expect: [["roles.api.tier", 'one of "public", "app", "data", "management", got "apps"', 'did you mean "app"?']] },
    { title: "an unknown kind of role", base: "roles: { api: { kind: gruop } }", expect: [["roles.api.kind", 'one of "group", "machine", got "gruop"', 'did you mean "group"?']] },
    { title: "an unknown shape of cache", base: "caches: { c: { shape: { kind: cluster } } }", expect: [["caches.c.shape.kind", 'one of "replicated", "sharded"', "known: replicated, sharded"]] },
    { title: "an unknown engine", base: "databases: { db: { size: { vcpu: 2 }, engine: postgresql } }", expect: [["databases.db.engine", 'got "postgresql"', 'did you mean "postgres"?']] },
    { title: "an unknown protocol", base: "access: { flows: { f: { from: [a], to: [b], protocol: icmp } } }", expect: [["access.flows.f.protocol", 'got "icmp"', "known: tcp, udp, vrrp, all"]] },
    { title: "an unknown place of a replica", base: "databases: { db: { size: { vcpu: 2 }, replicas: { dr: { place: second } } } }", expect: [["databases.db.replicas.dr.place", 'got "second"', 'did you mean "secondary"?']] },
    { title: "an unknown verb", base: 'grants: { g: { to: api, can: delete, on: "bucket:a" } }', expect: [["grants.g.can", 'got "delete"', "known: read, write, readWrite"]] },
    { title: "a grant on nothing known", base: "grants: { g: { to: api, can: read, on: uploads } }", expect: [["grants.g.on", 'database:<name>, metrics, logs or inventory, got "uploads"', "write bucket:<name>"]] },
    { title: "a number in quotes", base: 'network: { zones: "3" }', expect: [["system.yaml:4:14 network.zones", '1 to 6, got "3"', "write 3 without quotes"]] },
    { title: "a count in words", base: "roles: { api: { count: { min: many } } }", expect: [["system.yaml:4:28 roles.api.count.min", '0 to 1000, got "many"', "write a number, without quotes"]] },
    { title: "a count beyond all bounds", base: "roles: { api: { count: { min: 5000 } } }", expect: [["roles.api.count.min", "0 to 1000, got 5000", "try 1000"]] },
    { title: "a negative count", base: "roles: { api: { count: { min: -1 } } }", expect: [["roles.api.count.min", "0 to 1000, got -1", "try 0"]] },
    { title: "half a GiB of disk", base: "roles: { api: { disk: { gib: 0.5 } } }", expect: [["roles.api.disk.gib", "a whole number, 1 to 65536, got 0.5", "try 1"]] },
    { title: "endless memory", base: "roles: { api: { size: { memoryGiB: .inf } } }", expect: [["roles.api.size.memoryGiB", "got Infinity", ""]] },
    { title: "a version without quotes", base: "databases: { db: { size: { vcpu: 2 }, version: 15 } }", expect: [["databases.db.version", "text, got 15", 'write "15" in quotes']] },
    { title: "yes for true", base: "protection: yes", expect: [["system.yaml:4:3 protection", 'true or false, got "yes"', "write true without quotes"]] },
    { title: "zero zones", base: "network: { zones: 0 }", expect: [["network.zones", "1 to 6, got 0", "try 1"]] },
    { title: "a range without a length", base: "network: { range: 10.0.0.0 }", expect: [["network.range", 'a range such as "10.0.0.0/16", got "10.0.0.0"', '"10.0.0.0/32"']] },
    { title: "a range of nonsense", base: "network: { range: 10.0.0.0/99 }", expect: [["network.range", 'got "10.0.0.0/99"', 'try "10.0.0.0/16"']] },
    { title: "a range in IPv6", base: 'network: { range: "fd00::/48" }', expect: [["network.range", 'got "fd00::/48"', 'try "10.0.0.0/16"']] },
    { title: "a zone letter beyond f", base: "network: { tiers: { app: { cidrs: { z: 10.0.0.0/24 } } } }", expect: [["network.tiers.app.cidrs.z", 'unknown key "z"', "known: a, b, c, d, e, f"]] },
    { title: "a subnet too small", base: "network: { tiers: { app: { prefix: 30 } } }", expect: [["network.tiers.app.prefix", "20 to 28, got 30", "try 28"]] },
    { title: "an ACL rule without a number", base: "network: { acl: { app: { inbound: { web: { cidr: 10.0.0.0/8 } } } } }", expect: [["network.acl.app.inbound.web", "a rule number from 1 to 32766", "rename it"]] },
    { title: "a flow from nobody", base: "access: { flows: { f: { from: [], to: [b] } } }", expect: [["access.flows.f.from", "a list of at least 1, got []", "name at least one"]] },
    { title: "a flow to a word", base: "access: { flows: { f: { from: [a], to: db } } }", expect: [["access.flows.f.to", 'a list of at least 1, got "db"', 'write a list: ["db"]']] },
    { title: "a flow without a side", base: "access: { flows: { f: { from: [a] } } }", expect: [["system.yaml:4:22 access.flows.f.to", "got nothing", 'add "to"']] },
    { title: "a port beyond all ports", base: "access: { flows: { f: { from: [a], to: [b], ports: [99999] } } }", expect: [["access.flows.f.ports[0]", "1 to 65535, got 99999", "try 65535"]] },
    { title: "a port in quotes", base: 'access: { flows: { f: { from: [a], to: [b], ports: ["80"] } } }', expect: [["access.flows.f.ports[0]", 'got "80"', "without quotes"]] },
    { title: "a flow with a name of two words", base: "access: { flows: { Web traffic: { from: [a], to: [b] } } }", expect: [['access.flows["Web traffic"]', 'lower-case letters, digits and single dashes, starting with a letter, got "Web traffic"', 'try "web-traffic"']] },
    { title: "a role in camel case", base: "roles: { apiServer: {} }", expect: [["roles.apiServer", 'got "apiServer"', 'try "api-server"']] },
    { title: "a role with an endless name", base: "roles: { a-role-whose-name-never-ends: {} }", expect: [["roles.a-role-whose-name-never-ends", "at most 24 characters", 'try "a-role-whose-name-never"']] },
    { title: "roles as a list", base: "roles: [{ name: api }]", expect: [["system.yaml:4:3 roles", 'a map, got [{"name":"api"}]', "write a map"]] },
    { title: "a role that is a word", base: "roles: { api: small }", expect: [["roles.api", 'a map, got "small"', "write a map"]] },
    { title: "a machine's volume without a size", base: "roles: { m: { kind: machine, volumes: { data: {} } } }", expect: [["roles.m.volumes.data.gib", "1 to 65536, got nothing", 'add "gib"']] },
    { title: "a group with volumes", base: "roles: { g: { volumes: { data: { gib: 10 } } } }", expect: [["roles.g.volumes", 'unknown key "volumes"', ""]] },
    { title: "snapshots at odd hours", base: "roles: { m: { kind: machine, snapshots: { everyHours: 3 } } }", expect: [["roles.m.snapshots.everyHours", "one of 1, 2, 4, 6, 12, 24, got 3", "known: 1, 2"]] },
    { title: "an address of three numbers", base: "roles: { m: { kind: machine, address: 10.0.1 } }", expect: [["roles.m.address", 'an address such as "10.0.0.10", got "10.0.1"', 'try "10.0.0.10"']] },
    { title: "a health path without a slash", base: "roles: { g: { health: { path: health } } }", expect: [["roles.g.health.path", 'text that starts with "/", got "health"', 'try "/health"']] },
    { title: "a health check turned off by another word", base: "roles: { g: { health: none } }", expect: [["roles.g.health", '"off" or a map, got "none"', "known: off"]] },
    { title: "scaling beyond a hundred per cent", base: "roles: { g: { scaling: { cpu: 170 } } }", expect: [["roles.g.scaling.cpu", "1 to 100, got 170", "try 100"]] },
    { title: "a scaling step both ways", base: "roles: { g: { scaling: { steps: { s: { above: 80, below: 20, add: 1 } } } } }", expect: [["roles.g.scaling.steps.s", "exactly one of above and below", ""]] },
    { title: "a scaling step the wrong way", base: "roles: { g: { scaling: { steps: { s: { above: 80, add: -1 } } } } }", expect: [["roles.g.scaling.steps.s", "above adds, below takes away", ""]] },
    { title: "user data over the limit", base: `roles: { g: { userData: "${"x".repeat(16_400)}" } }`, expect: [["roles.g.userData", "at most 16384 characters", "shorten it by 16"]] },
    { title: "a database without a size", base: "databases: { db: {} }", expect: [["system.yaml:4:16 databases.db.size", "a map, got nothing", 'add "size"']] },
    { title: "a backup window of one hour's name", base: "databases: { db: { size: { vcpu: 2 }, backups: { window: night } } }", expect: [["databases.db.backups.window", 'a window of UTC hours such as "02:00-03:00", got "night"', "write a window"]] },
    { title: "a weekday in full", base: "databases: { db: { size: { vcpu: 2 }, maintenance: { day: sunday } } }", expect: [["databases.db.maintenance.day", 'got "sunday"', 'did you mean "sun"?']] },
    { title: "backups for ever", base: "databases: { db: { size: { vcpu: 2 }, backups: { days: 9999 } } }", expect: [["databases.db.backups.days", "1 to 365, got 9999", "try 365"]] },
    { title: "monitoring at odd seconds", base: "databases: { db: { size: { vcpu: 2 }, monitoringSeconds: 20 } }", expect: [["databases.db.monitoringSeconds", "one of 1, 5, 10, 15, 30, 60, got 20", "known: 1, 5"]] },
    { title: "an administrator with a capital", base: "databases: { db: { size: { vcpu: 2 }, adminUser: Admin } }", expect: [["databases.db.adminUser", 'got "Admin"', "lower-case letters, digits and underscores"]] },
    { title: "a parameter that is a list", base: "databases: { db: { size: { vcpu: 2 }, parameters: { a: [] } } }", expect: [["databases.db.parameters.a", "text or a number or true or false, got []", "write text"]] },
    { title: "a sharded cache without shards", base: "caches: { c: { shape: { kind: sharded } } }", expect: [["caches.c.shape.shards", "1 to 90, got nothing", 'add "shards"']] },
    { title: "an eviction nobody knows", base: "caches: { c: { eviction: lru } }", expect: [["caches.c.eviction", 'got "lru"', "known: noeviction"]] },
    { title: "a bucket rule after no days", base: "buckets: { b: { rules: { r: { expireAfterDays: 0 } } } }", expect: [["buckets.b.rules.r.expireAfterDays", "1 to 36500, got 0", "try 1"]] },
    { title: "bucket rules as a list", base: "buckets: { b: { rules: [{ expireAfterDays: 1 }] } }", expect: [["buckets.b.rules", "a map, got", "write a map"]] },
    { title: "a CORS method nobody knows", base: "buckets: { b: { cors: { c: { origins: [x], methods: [OPTIONS] } } } }", expect: [["buckets.b.cors.c.methods[0]", 'got "OPTIONS"', "known: GET"]] },
    { title: "a lock without days", base: "buckets: { b: { retentionLock: {} } }", expect: [["buckets.b.retentionLock.days", "1 to 36500, got nothing", 'add "days"']] },
    { title: "a key that turns too fast", base: "keys: { data: { rotationDays: 30 } }", expect: [["keys.data.rotationDays", "90 to 2560, got 30", "try 90"]] },
    { title: "a token written where its declaration belongs", base: "secrets: { values: { token: hunter2 } }", expect: [["secrets.values.token", "a map, got a value that is not shown", "write a map"]] },
    { title: "a secret of eight characters", base: "secrets: { values: { token: { length: 8 } } }", expect: [["secrets.values.token.length", "16 to 128", "write 16 to 128"]] },
    { title: "a tag that is a number", base: "tags: { cost: 42 }", expect: [["tags.cost", "text, got 42", 'write "42" in quotes']] },
    { title: "one size half in each layer", file: around("databases: { db: { size: { vcpu: 2, memoryGiB: 8 } } }").replace("prod: {}", "prod: { databases: { db: { size: { vcpus: 4 } } } }"), expect: [["system.yaml:5:52 databases.db.size.vcpus", 'unknown key "vcpus"', 'did you mean "vcpu"?']] },
    { title: "a member's required value un-said", file: around("databases: { db: { size: { vcpu: 2 } } }").replace("prod: {}", "prod: { databases: { db: { size: null } } }"), expect: [["databases.db.size", "got nothing", 'add "size"']] },
    { title: "everything at once", base: "databse: {}\nnetwork: { zones: 9, range: x }\nroles: { api: { kind: gruop } }", expect: [["system.yaml:5:24 network.range", "", ""], ["system.yaml:5:14 network.zones", "", ""], ["roles.api.kind", "", ""], ["databse", "", ""]] },
  ]);
});

describe("the error", () => {
  it("is one that the Pulumi host prints without a stack, a line an issue", () => {
    const error = new ConfigError([{ path: "a.b", problem: "expected 1 to 3, got 4", remedy: "try 3" }]);
    expect(error).toBeInstanceOf(pulumi.RunError);
    expect(error.message).toBe("1 issue in the configuration; nothing was registered\na.b: expected 1 to 3, got 4; try 3");
  });
});
