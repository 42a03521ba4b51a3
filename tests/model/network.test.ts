/** What is decided and refused of a network. Ranges and their plan are shown in `cidr.test.ts`. */
import { describe, expect, it } from "vitest";
import type { SubnetSpec } from "../../components/network/model.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { at, decided, issuesOf } from "../support/trial.ts";

const tiers = { public: {}, app: {}, data: {}, management: {} };
const net = (network: object) => ({ network: { tiers, ...network } });
const size = { vcpu: 2, memoryGiB: 8 };
/** A network that exists in the second region too, because a replica lives there. */
const two = (network: object) => ({
  network: { tiers, ...network },
  databases: { db: { size, replicas: { west: { place: "secondary" } } } },
});
const at1 = "sites.primary.network";
/** Hosts of the public tier would have addresses of the internet. */
const privateAlone = (subnets: Readonly<Record<string, SubnetSpec>>): boolean =>
  Object.values(subnets).every(({ tier, hostIpv6 }) => hostIpv6 === (tier === "app"));
const at2 = "sites.secondary.network";

describe("a network", () => {
  decides([
    ["[CT-AWS-NET-01] has the house range", "all", net({}), `${at1}.range`, "10.0.0.0/16"],
    ["[CT-AWS-ARCH-01] has a subnet a zone on AWS", "aws", net({}), `${at1}.tiers.app.subnets`, ["app-a", "app-b", "app-c"]],
    ["has one subnet a tier on Azure", "azure", net({}), `${at1}.tiers.app.subnets`, ["app"]],
    ["has one subnet a tier on Google Cloud", "gcp", net({}), `${at1}.tiers.app.subnets`, ["app"]],
    [
      "takes zone a's range for a regional subnet",
      "gcp",
      net({ tiers: { app: { cidrs: { a: "10.0.2.0/24" } } } }),
      `${at1}.subnets.app.cidr`,
      "10.0.2.0/24",
    ],
    ["has a tier for each that is named, and no other", "all", net({ tiers: { public: {}, data: {} } }), `${at1}.tiers.app`, undefined],
    ["keeps its zone letters in house order", "aws", net({ zones: 2 }), `${at1}.tiers.data.subnets`, ["data-a", "data-b"]],
  ]);
});

describe("ways out", () => {
  decides([
    ["[CT-AWS-NET-03] go by a NAT in every zone", "aws", net({}), `${at1}.natZones`, ["a", "b", "c"]],
    ["go by one NAT where subnets span zones", "azure", net({}), `${at1}.natZones`, ["a"]],
    ["go by one NAT when one is asked for", "aws", net({ nat: "single" }), `${at1}.natZones`, ["a"]],
    ["are none when none is asked for", "all", net({ nat: "none" }), `${at1}.natZones`, []],
    ["are none where no tier needs one", "all", { network: { tiers: { public: {}, data: {} } } }, `${at1}.natZones`, []],
    ["lead from public to the internet", "all", net({}), `${at1}.tiers.public.egress`, "internet"],
    ["lead from app by NAT", "all", net({}), `${at1}.tiers.app.egress`, "nat"],
    ["lead from management by NAT", "all", net({}), `${at1}.tiers.management.egress`, "nat"],
    ["never lead from data", "all", net({}), `${at1}.tiers.data.egress`, "none"],
    ["do not exist in the second region", "all", two({}), `${at2}.natZones`, []],
  ]);
  refuses([["need a public tier to stand in", "aws", { network: { tiers: { app: {} } } }, "network.tiers", /add `public: \{\}`/]]);
  notes([
    ["say that one NAT serves every zone", "azure", net({}), "network.nat", /one NAT gateway/],
    ["say nothing where there is one a zone", "aws", net({}), "network.nat", null],
    ["say nothing where one was asked for", "gcp", net({ nat: "single" }), "network.nat", null],
  ]);
});

describe("a range", () => {
  refuses([
    [
      "begins where its prefix does",
      "all",
      net({ range: "10.0.1.0/16" }),
      "network.range",
      /got "10\.0\.1\.0\/16"; write "10\.0\.0\.0\/16"/,
    ],
    [
      "is no wider than /16",
      "all",
      net({ range: "10.0.0.0/8" }),
      "network.range",
      /expected \/16 to \/22, got "10\.0\.0\.0\/8"; try "10\.0\.0\.0\/16"/,
    ],
    ["is private", "all", net({ range: "8.8.0.0/16" }), "network.range", /expected a private range/],
    [
      "holds its subnets",
      "all",
      net({ tiers: { app: { cidrs: { a: "10.1.0.0/24" } } }, zones: 1, nat: "none" }),
      "network.tiers.app.cidrs.a",
      /the network 10\.0\.0\.0\/16/,
    ],
    [
      "shares nothing between tiers",
      "all",
      net({ tiers: { app: { cidrs: { a: "10.0.1.0/24" } }, public: {} }, zones: 1 }),
      "network.tiers.app.cidrs.a",
      /overlaps network\.tiers\.public/,
    ],
    [
      "shares nothing with what is reached elsewhere",
      "all",
      net({ peered: { office: "10.0.128.0/17" } }),
      "network.peered.office",
      /choose another network\.range/,
    ],
    [
      "is larger than the cloud's smallest subnet",
      "aws",
      net({ tiers: { app: { cidrs: { a: "10.0.11.0/29" } } }, zones: 1, nat: "none" }),
      "network.tiers.app.cidrs.a",
      /expected \/16 to \/28 on aws/,
    ],
    ["is planned within its slot", "all", net({ tiers: { app: { prefix: 22 } }, nat: "none" }), "network.tiers.app.prefix", /at most \/24/],
  ]);
});

describe("zones", () => {
  refuses([
    ["are as many as the region has", "gcp", net({ zones: 4 }), "network.zones", /expected at most 3 in us-east1, got 4/],
    ["are as many as both regions have", "aws", two({ zones: 5 }), "network.zones", /us-west-2/],
  ]);
});

describe("the second region", () => {
  decides([
    ["has the house range and the same offsets", "aws", two({}), `${at2}.subnets.app-a.cidr`, "10.1.11.0/24"],
    [
      "moves explicit ranges along",
      "aws",
      two({ tiers: { ...tiers, app: { cidrs: { a: "10.0.200.0/24" } } } }),
      `${at2}.subnets.app-a.cidr`,
      "10.1.200.0/24",
    ],
    ["has no network where nothing lives", "all", net({}), "sites.secondary", null],
  ]);
  refuses([["keeps clear of the first", "all", two({ secondaryRange: "10.0.0.0/17" }), "network.secondaryRange", /10\.1\.0\.0\/16/]]);
});

describe("IPv6", () => {
  decides([
    ["[CT-HW-11] numbers public subnets as IPv4 does", "aws", net({ ipv6: true }), `${at1}.subnets.public-b.ipv6Number`, 2],
    ["[CT-HW-11] numbers app subnets as IPv4 does", "aws", net({ ipv6: true }), `${at1}.subnets.app-c.ipv6Number`, 13],
    ["gives hosts private addresses of it alone", "all", net({ ipv6: true }), `${at1}.subnets`, expect.toSatisfy(privateAlone)],
    ["is off unless asked for", "aws", net({}), `${at1}.subnets.app-a.ipv6Number`, null],
  ]);
  it("[CT-HW-11] leaves data on IPv4 where subnets are regional", () => {
    for (const cloud of ["azure", "gcp"] as const) {
      const { spec } = decided(cloud, net({ ipv6: true }));
      expect([at(spec, `${at1}.subnets.data.ipv6Number`), at(spec, `${at1}.subnets.app.ipv6Number`)]).toEqual([null, 11]);
    }
  });
});

describe("network ACLs", () => {
  const acl = (rules: object) => net({ acl: { app: rules } });
  const web = { inbound: { 100: { ports: "443", cidr: "0.0.0.0/0" } } };
  const reply = { action: "allow", protocol: "tcp", fromPort: 1024, toPort: 65_535, cidr: "0.0.0.0/0" };
  decides([
    [
      "move with the network to the second region",
      "aws",
      two({ acl: { app: { inbound: { 100: { ports: "443", cidr: "10.0.1.0/24" }, 110: { ports: "443", cidr: "192.168.1.0/24" } } } } }),
      `${at2}.acl.app.outbound`,
      { 10: { ...reply, cidr: "10.1.1.0/24" }, 20: { ...reply, cidr: "192.168.1.0/24" } },
    ],
    ["let replies out to whoever may come in", "aws", acl(web), `${at1}.acl.app.outbound`, { 10: reply }],
    [
      "let replies in from whoever may be called",
      "aws",
      acl({ outbound: { 100: { ports: "443", cidr: "0.0.0.0/0" } } }),
      `${at1}.acl.app.inbound`,
      { 10: reply },
    ],
    [
      "add no reply where all is open already",
      "aws",
      acl({ ...web, outbound: { 50: { protocol: "all", cidr: "0.0.0.0/0" } } }),
      `${at1}.acl.app.outbound`,
      { 50: { action: "allow", protocol: "all", fromPort: 0, toPort: 65_535, cidr: "0.0.0.0/0" } },
    ],
    [
      "number replies after what was written",
      "aws",
      acl({ ...web, outbound: { 200: { ports: "80", cidr: "10.0.0.0/8" } } }),
      `${at1}.acl.app.outbound["210"]`,
      reply,
    ],
    [
      "answer what is denied with nothing",
      "aws",
      acl({ inbound: { 100: { action: "deny", cidr: "0.0.0.0/0" } } }),
      `${at1}.acl.app.outbound`,
      {},
    ],
    ["are not made where they are not offered", "gcp", acl(web), `${at1}.acl`, {}],
  ]);
  notes([["say what stands in", "azure", acl(web), "network.acl.app", /security group/]]);
  refuses([
    ["belong to a tier that exists", "aws", { network: { tiers: { public: {} }, acl: { app: web } } }, "network.acl.app", /app/],
    ["have numbers that AWS takes", "aws", acl({ inbound: { 40000: { cidr: "0.0.0.0/0" } } }), "network.acl.app", /1 to 32766/],
  ]);
  it("answers both protocols of an open rule, once for each source", () => {
    const { spec } = decided(
      "aws",
      acl({ inbound: { 100: { protocol: "all", cidr: "10.0.0.0/8" }, 110: { ports: "53", protocol: "udp", cidr: "10.0.0.0/8" } } }),
    );
    const replies = at(spec, `${at1}.acl.app.outbound`);
    expect(Object.values(replies as object).map(rule => `${rule.protocol} ${rule.cidr}`)).toEqual(["tcp 10.0.0.0/8", "udp 10.0.0.0/8"]);
  });
});

describe("flow logs and private ways", () => {
  const at3 = "sites.primary.endpoints";
  decides([
    ["are kept as long as logs are", "all", { ...net({}), logs: { retentionDays: 90 } }, `${at1}.flowLogs.retentionDays`, 90],
    ["are off when told", "all", net({ flowLogs: false }), `${at1}.flowLogs`, null],
    ["reach object storage by the free path", "all", net({}), `${at3}.gateways`, ["storage"]],
    [
      "reach the platform's services when asked",
      "aws",
      net({ endpoints: "private" }),
      `${at3}.interfaces`,
      ["secrets", "keys", "logs", "metrics", "session", "tokens"],
    ],
    ["are no more than that unless asked", "all", net({}), `${at3}.interfaces`, []],
    [
      "[CT-GCP-NET-02] reserve the house range for services that peer",
      "gcp",
      { ...net({}), caches: { cache: { usableGiB: 4 } } },
      `${at3}.servicesRange`,
      "10.0.64.0/20",
    ],
    ["reserve none where nothing peers", "gcp", net({}), `${at3}.servicesRange`, null],
    ["are for the engines in use", "gcp", { ...net({}), databases: { db: { size } } }, `${at3}.data`, ["postgres"]],
    [
      "serve buckets and the vault by private endpoints on Azure",
      "azure",
      { ...net({}), buckets: { uploads: {} } },
      `${at3}.data`,
      ["bucket", "vault"],
    ],
  ]);

  it("says every issue once, though two places share it", () => {
    const issues = issuesOf("aws", two({ range: "10.0.1.0/16" }));
    expect(issues.map(issue => issue.path)).toEqual(["network.range"]);
  });
});
