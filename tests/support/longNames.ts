/** A platform with every kind of member, part and door, all under the longest names that the schema takes. */
import type { Cloud } from "../../components/kernel/cloud.ts";
import type { Plain } from "../../components/kernel/merge.ts";

/** A name that begins with a word and goes on to its end. */
export const longest = (word: string, length = 24): string => `${word}-abcdefgh1j-lmnopqrst`.slice(0, length);
const part = (word: string): string => longest(word, 16);

const size = { vcpu: 2, memoryGiB: 8 };
const volume = { gib: 64 };
const key = longest("key");

function rolesOf(cloud: Cloud): Plain {
  const app = longest("app");
  const step = { metric: "cpu", above: 80, forSeconds: 300, add: 2 };
  const steps = cloud === "gcp" ? {} : { [longest("stp")]: step };
  return {
    [longest("web")]: { ports: { [app]: 8080 }, health: { port: app }, count: { min: 1, max: 4 }, scaling: { cpu: 60, steps } },
    [longest("box")]: { kind: "machine", instances: 9, volumes: { [part("vol")]: volume, [part("vom")]: volume }, encryptionKey: key },
  };
}

function databasesOf(cloud: Cloud): Plain {
  const postgres = {
    size,
    encryptionKey: key,
    databases: { ["d".repeat(63)]: {} },
    insights: true,
    pooler: cloud !== "gcp",
    identityLogin: true,
    replicas: { [part("rda")]: {}, [part("rdb")]: { place: "secondary" } },
    ...(cloud === "aws" ? { monitoringSeconds: 15, backups: { geo: true }, exchange: longest("bkt") } : {}),
  };
  return { [longest("dbp")]: postgres, [longest("dbm")]: { size, engine: "mysql", replicas: { [part("rdc")]: {} } } };
}

const [front, inner] = [longest("lba"), longest("lbn")];

/** A balancer of each form; on the application one, a route by host and one by path. */
const edgeOf = (): Plain => ({
  dns: { zones: { [longest("zon")]: { domain: "example.com" } } },
  certificates: { [longest("crt")]: { domain: "app.example.com" }, [longest("crv")]: { domain: "api.example.com" } },
  balancers: {
    [front]: {
      certificates: [longest("crt"), longest("crv")],
      listeners: { [part("lis")]: { port: 443 }, [part("lir")]: { port: 80, protocol: "redirect" } },
      pools: { [part("poo")]: { role: longest("web"), port: longest("app") } },
      routes: {
        [part("hst")]: { hosts: ["api.example.com"], to: part("poo") },
        [part("pth")]: { hosts: ["app.example.com"], paths: ["/api/*"], to: part("poo") },
        [part("rst")]: { to: part("poo") },
      },
    },
    [inner]: {
      form: "network",
      scheme: "internal",
      listeners: { [part("lit")]: { port: 8080, protocol: "tcp" } },
      pools: { [part("pot")]: { role: longest("web"), port: longest("app") } },
    },
  },
});

const accessOf = (): Plain => ({
  outside: { [longest("out")]: { ranges: ["192.168.0.0/24"] }, [part("sit")]: { ranges: ["192.168.1.0/24"] } },
  flows: {
    [longest("flw")]: { from: [longest("web")], to: [longest("dbp"), longest("dbm"), longest("cch"), longest("cci")] },
    [longest("fly")]: { from: [front, inner], to: [longest("web")], ports: [8080] },
    [longest("flx")]: { from: [longest("web"), longest("out")], to: [longest("box")], ports: ["10000-65000"], protocol: "udp" },
  },
});

const cors = { origins: ["https://example.org"], methods: ["GET"] };
const bucket = { replicate: true, accessLog: longest("bkl"), rules: { [longest("rul")]: { expireAfterDays: 30 } } };
const web = longest("web");

export const longestPlatform = (cloud: Cloud): Plain => ({
  network: { tiers: { public: {}, app: {}, data: {}, management: {} }, endpoints: "private" },
  keys: { [key]: {} },
  secrets: { values: { [longest("sec")]: {}, [longest("psk")]: { from: "config" } } },
  entry: {
    sites: { [part("sit")]: { peer: "203.0.113.10", secret: longest("psk") } },
    ...(cloud === "gcp" ? {} : { clients: {} }),
  },
  roles: rolesOf(cloud),
  databases: databasesOf(cloud),
  caches: { [longest("cch")]: { usableGiB: 1 }, [longest("cci")]: { usableGiB: 4, shape: { kind: "sharded", shards: 3 } } },
  buckets: { [longest("bkt")]: { ...bucket, cors: { [longest("crs")]: cors } }, [longest("bkl")]: {} },
  edge: edgeOf(),
  access: accessOf(),
  grants: {
    [longest("gra")]: { to: web, can: "readWrite", on: `bucket:${longest("bkt")}` },
    [longest("grb")]: { to: web, can: "read", on: `secret:${longest("sec")}` },
    [longest("grc")]: { to: web, can: "read", on: `database:${longest("dbp")}` },
  },
});
