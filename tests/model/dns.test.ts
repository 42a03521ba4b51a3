/** What is decided and refused of zones, records and internal names. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CdnSpec } from "../../components/cdn/model.ts";
import { type RecordsOn, resolveRecords } from "../../components/dns/answers.ts";
import { DnsArgs } from "../../components/dns/model.ts";
import { type PlainType, writtenAs } from "../../components/dns/values.ts";
import { zoneOf } from "../../components/dns/within.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { decided, knownOf } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {} };
const zone = "edge.dns.zones.main";
const spec = "edge.zones.zones.main";

/** A platform with a balancer that everybody may reach, one that nobody outside may, and who answers behind them. */
const platform = (dns: object) => ({
  network: { tiers, zones: 2 },
  access: {
    flows: {
      visitors: { from: ["internet"], to: ["front"], ports: [443, 80] },
      "front-web": { from: ["front", "inner"], to: ["web"], ports: [8080] },
      "box-inner": { from: ["box"], to: ["inner"], ports: [443] },
    },
  },
  roles: { web: { size: { vcpu: 2, memoryGiB: 4 }, ports: { app: 8080 } }, box: { kind: "machine", size: { vcpu: 2, memoryGiB: 4 } } },
  databases: { db: { size: { vcpu: 2, memoryGiB: 8 }, storage: { gib: 50 } } },
  caches: { cache: { usableGiB: 1 } },
  edge: {
    certificates: { site: { domain: "www.example.com" } },
    balancers: {
      front: { form: "application", certificates: ["site"], pools: { web: { port: "app" } } },
      inner: { form: "application", scheme: "internal", certificates: ["site"], pools: { web: { port: "app" } } },
    },
    dns: { zones: { main: { domain: "example.com" } }, ...dns },
  },
});
const zones = (more: object) => platform({ zones: { main: { domain: "example.com", ...more } } });
const records = (asked: object) => zones({ records: asked });
const plain = (type: string, ...values: readonly string[]) => records({ one: { type, values } });
const internal = (names: object) => platform({ zones: { main: { domain: "example.com" } }, internal: { domain: "in.example.com", names } });

describe("a zone", () => {
  decides([
    ["is made here unless told", "all", zones({}), `${spec}.adopted`, null],
    ["is waited for by nobody until its parent names it", "all", zones({}), `${spec}.delegated`, false],
    ["is waited for once it does", "all", zones({ zone: "create-delegated" }), `${spec}.delegated`, true],
    ["is signed where it is asked", "all", zones({ dnssec: true }), `${spec}.dnssec`, true],
    ["[BF-DNS-01] is named by the platform", "all", zones({}), `${spec}.domain`, "example.com"],
    ["keeps query logs as long as others", "aws", zones({ queryLogs: true }), "edge.zones.logDays", 30],
  ]);
  refuses([
    [
      "has a domain of its own",
      "all",
      platform({ zones: { main: { domain: "example.com" }, other: { domain: "example.com" } } }),
      "edge.dns.zones.other.domain",
      /a domain of its own, got "example.com", which is that of main; put its records into main/,
    ],
    [
      "is another one than the network's",
      "all",
      platform({ zones: { main: { domain: "example.com" } }, internal: { domain: "example.com" } }),
      "edge.dns.internal.domain",
      /that no public zone has, got "example.com", which is that of main; use one below it, such as "internal.example.com"/,
    ],
    ["lists no queries on Azure", "azure", zones({ queryLogs: true }), `${zone}.queryLogs`, /got true; .*QueryVolume.*leave queryLogs out/],
    [
      "is signed where it was made",
      "all",
      zones({ zone: "adopt", dnssec: true }),
      `${zone}.dnssec`,
      /expected false on an adopted zone, got true; drop it/,
    ],
  ]);
  const alone = (dns: object) => ({ edge: { dns } });
  notes([
    [
      "says what a new one needs",
      "all",
      alone({ zones: { main: { domain: "example.com" } } }),
      zone,
      /until its parent names the zone's name servers/,
    ],
    [
      "says nothing of one that is named",
      "all",
      alone({ zones: { main: { domain: "example.com", zone: "create-delegated" } } }),
      zone,
      null,
    ],
    [
      "says that the network's hides those below",
      "all",
      alone({ zones: { main: { domain: "a.example.com" } }, internal: { domain: "example.com" } }),
      "edge.dns.internal.domain",
      /do not find the public names below a.example.com/,
    ],
  ]);
});

describe("an adopted zone", () => {
  const adopted = { edge: { dns: { zones: { main: { domain: "example.com", zone: "adopt" } } } } };
  it.each(clouds)("needs its id for a deploy (%s)", cloud => {
    const { spec: made, placeholders } = decided(cloud, adopted);
    expect(placeholders).toContain('strata:account.dnsZones["example.com"]');
    expect(made.edge.zones?.zones.main).toMatchObject({ adopted: knownOf(cloud).facts.limits.dns.zoneId.example, delegated: true });
  });
  it.each([
    ["aws", "Z08751402YHXEXAMPLE4", "example.com"],
    [
      "azure",
      "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/names/providers/Microsoft.Network/dnsZones/example.com",
      "Z08751402YHXEXAMPLE4",
    ],
    ["gcp", "example-com", "example.com"],
  ] as const)("takes an id of the cloud's shape (%s)", (cloud, good, bad) => {
    expect(decided(cloud, adopted, { account: { dnsZones: { "example.com": good } } }).spec.edge.zones?.zones.main?.adopted).toBe(good);
    expect(() => decided(cloud, adopted, { account: { dnsZones: { "example.com": bad } } })).toThrow(
      /strata:account.dnsZones\["example.com"\]: expected the id of a zone .*got/,
    );
  });
});

describe("a plain record", () => {
  const written = (type: PlainType, value: string) => writtenAs(type, value);
  it.each([
    ["A", "203.0.113.7", "203.0.113.7"],
    ["A", "203.0.113.256", null],
    ["A", "2001:db8::1", null],
    ["AAAA", "2001:DB8::1", "2001:db8::1"],
    ["AAAA", "203.0.113.7", null],
    ["AAAA", "2001:db8::g", null],
    ["CNAME", "Blog.Example.net.", "blog.example.net"],
    ["CNAME", "blog", null],
    ["CNAME", "203.0.113.7", null],
    ["CNAME", "_dmarc.example.net", "_dmarc.example.net"],
    ["MX", "10 mail.example.com.", "10 mail.example.com"],
    ["MX", "mail.example.com", null],
    ["MX", "70000 mail.example.com", null],
    ["SRV", "10 5 5060 sip.example.com", "10 5 5060 sip.example.com"],
    ["SRV", "10 5 sip.example.com", null],
    ["CAA", "0 issue letsencrypt.org", '0 issue "letsencrypt.org"'],
    ["CAA", '128 iodef "mailto:a@example.com"', '128 iodef "mailto:a@example.com"'],
    ["CAA", '0 issue ";"', '0 issue ";"'],
    ["CAA", "letsencrypt.org", null],
    ["CAA", '300 issue "a"', null],
    ["TXT", 'say "so"', 'say "so"'],
    ["TXT", '"quoted"', null],
    ["TXT", "a\nb", null],
    ["NS", "ns1.example.net", "ns1.example.net"],
  ] as const)("%s %s becomes %s", (type, value, text) => expect(written(type, value)).toBe(text));

  it("is written once: what is written is written as it is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PlainType>("A", "AAAA", "CNAME", "MX", "SRV", "CAA", "TXT", "NS"),
        fc.oneof(
          fc.ipV4(),
          fc.ipV6(),
          fc.domain(),
          fc.string(),
          fc.domain().map(name => `10 ${name}`),
        ),
        (type, value) => {
          const once = written(type, value);
          if (once !== null) expect(written(type, once)).toBe(once);
        },
      ),
    );
  });

  const one = `${zone}.records.one`;
  decides([
    ["lives five minutes unless told", "all", plain("A", "203.0.113.7"), "edge.records.records.main-one.ttlSeconds", 300],
    ["is called as its key", "all", plain("A", "203.0.113.7"), "edge.records.records.main-one.name", "one.example.com"],
    [
      "may be the zone itself",
      "all",
      records({ one: { name: "@", type: "TXT", values: ["v=spf1 -all"] } }),
      "edge.records.records.main-one.name",
      "example.com",
    ],
  ]);
  refuses([
    [
      "has values of its type",
      "all",
      plain("AAAA", "203.0.113.7"),
      `${one}.values[0]`,
      /a value of AAAA, such as 2001:db8::10, got "203.0.113.7"/,
    ],
    [
      "has each value once",
      "all",
      plain("MX", "10 mail.example.com", "10 MAIL.example.com."),
      `${one}.values`,
      /each value once, got "10 mail.example.com" twice/,
    ],
    ["says one other name", "all", plain("CNAME", "a.example.net", "b.example.net"), `${one}.values`, /one value of CNAME, got 2/],
    [
      "says no other name for the zone itself",
      "all",
      records({ one: { name: "@", type: "CNAME", values: ["a.example.net"] } }),
      one,
      /another type at the zone itself, got CNAME; name a balancer or the CDN/,
    ],
    [
      "leaves the zone's servers alone",
      "all",
      records({ one: { name: "@", type: "NS", values: ["ns1.example.net"] } }),
      one,
      /got NS; drop it/,
    ],
    [
      "stands in the nearest zone",
      "all",
      platform({
        zones: {
          main: { domain: "example.com", records: { one: { name: "x.lab", type: "A", values: ["203.0.113.7"] } } },
          lab: { domain: "lab.example.com" },
        },
      }),
      one,
      /got "x.lab.example.com", which lies in lab; move it to edge.dns.zones.lab.records/,
    ],
    [
      "is the only one of its name and type",
      "all",
      records({ one: { type: "A", values: ["203.0.113.7"] }, two: { name: "one", type: "A", values: ["203.0.113.8"] } }),
      `${zone}.records.two`,
      /one record of one.example.com and A, got a second one beside edge.dns.zones.main.records.one/,
    ],
    [
      "stands beside no CNAME",
      "all",
      records({ one: { type: "CNAME", values: ["a.example.net"] }, two: { name: "one", type: "TXT", values: ["x"] } }),
      `${zone}.records.two`,
      /nothing beside a CNAME of one.example.com, got TXT/,
    ],
    [
      "stands beside no alias of its type",
      "all",
      records({ one: { to: "front" }, two: { name: "one", type: "A", values: ["203.0.113.7"] } }),
      `${zone}.records.two`,
      /one record of one.example.com and A/,
    ],
  ]);
  it.each(clouds)("may say who answers for a zone below (%s)", cloud => {
    const base = platform({
      zones: {
        main: { domain: "example.com", records: { lab: { type: "NS", values: ["ns1.example.net"] } } },
        lab: { domain: "lab.example.com" },
      },
    });
    expect(decided(cloud, base).spec.edge.records?.records["main-lab"]).toMatchObject({ name: "lab.example.com" });
  });
});

describe("a name of a balancer", () => {
  const alias = "edge.records.records.main-www";
  decides([
    ["[BF-DNS-02] follows its addresses", "all", records({ www: { to: "front" } }), `${alias}.by`, "address"],
    ["may be the zone itself", "all", records({ www: { name: "@", to: "front" } }), `${alias}.label`, "@"],
    [
      "has IPv6 where the network has",
      "all",
      { ...records({ www: { to: "front" } }), network: { tiers, zones: 2, ipv6: true } },
      `${alias}.ipv6`,
      true,
    ],
  ]);
  refuses([
    [
      "names one that is there",
      "all",
      records({ www: { to: "frnt" } }),
      `${zone}.records.www.to`,
      /no balancer is called "frnt"; did you mean "front"/,
    ],
    [
      "is public with it",
      "all",
      records({ www: { to: "inner" } }),
      `${zone}.records.www.to`,
      /a public balancer in a public zone, got "inner", which is internal; name it in edge.dns.internal.names/,
    ],
    [
      "names a site of the CDN where it says so",
      "all",
      records({ www: { to: "cdn" } }),
      `${zone}.records.www.to`,
      /a name of a site of the CDN, got "www.example.com"/,
    ],
  ]);
});

describe("a name of the CDN", () => {
  const site = { names: ["www.example.com", "example.com"] } as unknown as CdnSpec["sites"][string];
  const on: RecordsOn = {
    balancers: {},
    cdn: { sites: { web: site } } as unknown as CdnSpec,
    databases: [],
    caches: [],
    machines: [],
    ipv6: true,
    asked: { balancers: [], roles: [], groups: [], data: [], cdn: true },
  };
  const resolved = (cloud: Cloud, name: string) => {
    const known = knownOf(cloud);
    const args = DnsArgs.parse({ zones: { main: { domain: "example.com", records: { one: { name, to: "cdn" } } } } });
    return { record: resolveRecords(args, on, known)?.records["main-one"], issues: known.findings.issues };
  };
  it.each([
    ["aws", "www", "address", true],
    ["aws", "@", "address", true],
    ["azure", "www", "name", false],
    ["azure", "@", "address", true],
    ["gcp", "www", "address", true],
  ] as const)("[BF-DNS-03] on %s at %s goes by %s", (cloud, name, by, ipv6) => {
    expect(resolved(cloud, name).record).toMatchObject({ by, ipv6, to: { kind: "cdn", name: "web" } });
  });
  it.each(clouds)("is a name that a site has (%s)", cloud => {
    expect(resolved(cloud, "api").issues).toMatchObject([
      { path: `${zone}.records.one.to`, remedy: "add it to edge.cdn.sites.web.names; they are www.example.com, example.com" },
    ]);
  });
});

describe("a failover", () => {
  const asked = { standby: "203.0.113.9", ...{} };
  const www = (failover: object, more: object = {}) => records({ www: { to: "front", failover, ...more } });
  const path = `${zone}.records.www.failover`;
  decides([
    ["[CT-DR-06] asks every half minute", "all", www(asked), "edge.records.records.main-www.failover.intervalSeconds", 30],
    [
      "may ask every ten seconds",
      "aws",
      www({ ...asked, intervalSeconds: 10 }),
      "edge.records.records.main-www.failover.intervalSeconds",
      10,
    ],
    [
      "asks every half minute on Google all the same",
      "gcp",
      www({ ...asked, intervalSeconds: 10 }),
      "edge.records.records.main-www.failover.intervalSeconds",
      30,
    ],
    ["answers by addresses where the standby is one", "all", www(asked), "edge.records.records.main-www.by", "address"],
    [
      "answers by names where the standby is one",
      "aws",
      www({ standby: "lb.us-west-2.example.net" }),
      "edge.records.records.main-www.by",
      "name",
    ],
    ["brings the second region", "aws", www(asked), "places.secondary.region", "us-west-2"],
    ["may be the zone itself with an address", "all", www(asked, { name: "@" }), "edge.records.records.main-www.by", "address"],
  ]);
  refuses([
    [
      "names no host on Google",
      "gcp",
      www({ standby: "lb.example.net" }),
      `${path}.standby`,
      /got "lb.example.net"; .*give the standby's fixed address/,
    ],
    [
      "names no host at the zone itself",
      "aws",
      www({ standby: "lb.example.net" }, { name: "@" }),
      path,
      /a name below the zone, got "example.com" itself.*such as www, or give the standby's address/,
    ],
  ]);
  notes([["says that the standby is not made here", "all", www(asked), path, /comes with backup and recovery/]]);
  it.each([
    ["aws", "eu-west-1"],
    ["azure", "northeurope"],
    ["gcp", "europe-west1"],
  ] as const)("needs a second region (%s)", (cloud, region) => {
    expect(() => decided(cloud, www(asked), { region })).toThrow(
      /records.www.failover: expected a second region for the standby, got none; set strata:secondaryRegion, or drop failover/,
    );
  });
  it.each(clouds)("needs a balancer that the checks reach (%s)", cloud => {
    const base = www(asked);
    const closed = {
      ...base,
      access: { flows: { "front-web": base.access.flows["front-web"], "box-inner": base.access.flows["box-inner"] } },
    };
    expect(() => decided(cloud, closed)).toThrow(
      /failover: expected a balancer that the internet may reach.*front, which nobody may; add a flow/,
    );
  });
});

describe("an internal name", () => {
  const path = "edge.dns.internal.names";
  decides([
    [
      "[BF-DNS-05] is a database's",
      "all",
      internal({ db: "db" }),
      "edge.records.internal.db",
      { name: "db.in.example.com", label: "db", to: { kind: "database", name: "db" } },
    ],
    ["[BF-DNS-04] is a cache's", "all", internal({ redis: "cache" }), "edge.records.internal.redis.to.kind", "cache"],
    ["is an internal balancer's", "all", internal({ api: "inner" }), "edge.records.internal.api.to.kind", "balancer"],
    ["is a machine's", "all", internal({ box: "box" }), "edge.records.internal.box.to.kind", "machine"],
    ["may be the zone itself by an address", "all", internal({ "@": "box" }), 'edge.records.internal."@".name', "in.example.com"],
  ]);
  refuses([
    [
      "names somebody",
      "all",
      internal({ db: "dv" }),
      `${path}.db`,
      /no database, replica, cache, balancer or machine is called "dv"; did you mean "db"/,
    ],
    [
      "names no group",
      "all",
      internal({ web: "web" }),
      `${path}.web`,
      /got "web", whose instances come and go; name the balancer before it/,
    ],
    ["names no public balancer", "all", internal({ www: "front" }), `${path}.www`, /an internal balancer, got "front", which is public/],
    [
      "follows no host at the zone itself",
      "aws",
      internal({ "@": "db" }),
      `${path}["@"]`,
      /a name below in.example.com.*got "@"; call it "db"/,
    ],
  ]);
  notes([["says that certificates do not hold it", "all", internal({ db: "db" }), `${path}.db`, /certificate does not hold this name/]]);
});

describe("the zone of a name", () => {
  const zoned = { above: { domain: "example.com" }, below: { domain: "lab.example.com" }, else: { domain: "ample.com" } };
  it.each([
    ["example.com", "above"],
    ["www.example.com", "above"],
    ["lab.example.com", "below"],
    ["a.b.lab.example.com", "below"],
    ["notexample.com", null],
    ["com", null],
    ["x.ample.com", "else"],
  ])("%s lies in %s", (name, key) => expect(zoneOf(name, zoned)).toBe(key));
});
