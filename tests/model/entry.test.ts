/** How people get in: what is decided, noted and refused. What a cloud makes of it is shown by inventories. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlaps, parseRange } from "../../components/kernel/cidr.ts";
import { clouds } from "../../components/kernel/cloud.ts";
import { decides, notes, refuses } from "../support/rows.ts";
import { decided, issuesOf } from "../support/trial.ts";

const network = { tiers: { public: {}, app: {}, data: {}, management: {} } };
const roles = { web: { ports: { app: 8080 } }, api: {} };
const bastion = { bastion: { kind: "machine", tier: "management" } };
const office = { office: { ranges: ["192.168.1.0/24"] } };
const secrets = { values: { psk: { from: "config" } } };
const site = { peer: "203.0.113.10", secret: "psk" };

const base = (more: object = {}) => ({ network, roles, secrets, access: { outside: office }, ...more });
const sites = (one: object, more: object = {}) => base({ entry: { sites: { office: { ...site, ...one } } }, ...more });
const clients = (one: object = {}, more: object = {}) => base({ entry: { clients: one }, ...more });
/** On Google there is none, so that rows for all clouds leave it out there. */
const vpnClouds = ["aws", "azure"] as const;

describe("sessions", () => {
  decides([
    ["reach every role where there is no bastion", "all", base(), "entry.session.roles", ["web", "api"]],
    ["reach the bastion alone where there is one", "all", base({ roles: { ...roles, ...bastion } }), "entry.session.roles", ["bastion"]],
    ["reach the roles that are named", "all", base({ entry: { session: { roles: ["api"] } } }), "entry.session.roles", ["api"]],
    ["are not, where there is nobody to reach", "all", { network }, "entry", null],
    ["are not, where they are off", "all", base({ entry: { session: "off" } }), "entry", null],
    ["are logged, and end after an hour", "aws", base(), "entry.session", { roles: ["web", "api"], logs: true, people: [], maxHours: 1 }],
    ["come from nowhere where the agent calls out", "aws", base(), "sites.primary.flows.rules.session-web-tcp-22", undefined],
    ["come from the proxy to port 22", "gcp", base(), "sites.primary.flows.rules.session-web-tcp-22.from.ranges", ["35.235.240.0/20"]],
    [
      "come from the service's subnet to port 22",
      "azure",
      base(),
      "sites.primary.flows.rules.session-web-tcp-22.from.ranges",
      ["10.0.0.192/26"],
    ],
    [
      "have a subnet that moves with the network",
      "azure",
      base({ network: { ...network, range: "10.9.0.0/16" } }),
      "entry.ranges.session",
      "10.9.0.192/26",
    ],
    [
      "have the end of a narrower network",
      "azure",
      { network: { tiers: { app: {} }, range: "10.9.0.0/20", nat: "none" }, roles },
      "entry.ranges.session",
      "10.9.15.192/26",
    ],
    [
      "open no port of a role that they do not reach",
      "gcp",
      base({ roles: { ...roles, ...bastion } }),
      "sites.primary.flows.rules.session-web-tcp-22",
      undefined,
    ],
  ]);
  notes([
    ["cost money by the hour", "azure", base(), "entry.session", /by the hour/],
    ["are recorded in the browser alone", "azure", base(), "entry.session.logs", /browser alone/],
    ["leave no more than an audit log", "gcp", base(), "entry.session.logs", /not what was typed/],
    ["have no length", "gcp", base({ entry: { session: { maxHours: 2 } } }), "entry.session.maxHours", /idle for an hour/],
    ["of unsaid length are nobody's concern", "gcp", base(), "entry.session.maxHours", null],
    ["wait for a way out of the agent", "aws", base(), "entry.session", /no session reaches web, api yet/],
    [
      "go out by a flow",
      "aws",
      base({ access: { flows: { out: { from: ["web", "api"], to: ["internet"], ports: ["400-500"] } } } }),
      "entry.session",
      null,
    ],
    [
      "do not go out by another port",
      "aws",
      base({ access: { flows: { out: { from: ["web", "api"], to: ["internet"], ports: [80] } } } }),
      "entry.session",
      /web, api/,
    ],
    ["go out by private endpoints", "aws", base({ network: { ...network, endpoints: "private" } }), "entry.session", null],
  ]);
  refuses([
    [
      "reach no unknown role",
      "all",
      base({ entry: { session: { roles: ["wep"] } } }),
      "entry.session.roles[0]",
      /"wep"; did you mean "web"/,
    ],
    [
      "are opened by people of this cloud",
      "aws",
      base({ entry: { session: { people: ["user:a@example.org"] } } }),
      "entry.session.people[0]",
      /role:Operators/,
    ],
    [
      "are opened by object ids",
      "azure",
      base({ entry: { session: { people: ["group:operators"] } } }),
      "entry.session.people[0]",
      /group:0000/,
    ],
    [
      "are opened by addresses",
      "gcp",
      base({ entry: { session: { people: ["allUsers"] } } }),
      "entry.session.people[0]",
      /group:operators@/,
    ],
    [
      "keep their subnet to themselves",
      "azure",
      base({ network: { tiers: { ...network.tiers, management: { cidrs: { a: "10.0.0.128/25" } } }, zones: 1 } }),
      "network.tiers.management",
      /10\.0\.0\.192\/26 free for AzureBastionSubnet.*10\.0\.0\.128\/25/,
    ],
  ]);
});

describe("a site VPN", () => {
  const path = "entry.sites.office";
  decides([
    ["leads to what the outside peer is", "all", sites({}), `${path}.ranges`, ["192.168.1.0/24"]],
    ["leads to what is written", "all", sites({ ranges: ["192.168.0.0/16"] }), `${path}.ranges`, ["192.168.0.0/16"]],
    ["is not, without the other end", "all", base({ entry: { session: "off", sites: { office: { secret: "psk" } } } }), "entry", null],
    [
      "gets a way to the tiers that talk with it",
      "aws",
      sites({}, { access: { outside: office, flows: { in: { from: ["office"], to: ["web"], ports: [443] } } } }),
      `${path}.tiers`,
      ["app"],
    ],
    ["has inner addresses where routes are exchanged", "aws", sites({}), `${path}.links`, null],
    ["stands in a subnet of its own", "azure", sites({}), "entry.ranges.gateway", "10.0.0.128/26"],
    ["needs no such subnet", "aws", sites({}), "entry.ranges.gateway", null],
    [
      "follows the counter of its secret",
      "gcp",
      sites({}, { secrets: { values: { psk: { from: "config", rotation: 3 } } } }),
      `${path}.rotation`,
      3,
    ],
  ]);
  notes([["waits for the other end", "all", base({ entry: { sites: { office: { secret: "psk" } } } }), `${path}.peer`, /no tunnel until/]]);
  notes([
    [
      "waits for what lies behind",
      "all",
      sites({}, { access: { outside: { office: {} } } }),
      `${path}.ranges`,
      /no tunnel until access\.outside\.office/,
    ],
  ]);
  refuses([
    [
      "has the name of an outside peer",
      "all",
      { ...sites({}), access: {}, entry: { sites: { office: { ...site, ranges: ["192.168.1.0/24"] } } } },
      path,
      /no outside peer is called "office"/,
    ],
    ["has a secret that is declared", "all", sites({ secret: "pst" }), `${path}.secret`, /"pst"; did you mean "psk"/],
    ["has a secret at all", "all", sites({}, { secrets: {} }), `${path}.secret`, /add secrets\.values\.psk/],
    [
      "has a key that AWS takes",
      "aws",
      sites({}, { secrets: { values: { psk: {} } } }),
      `${path}.secret`,
      /not offered.*"psk".*from: config/,
    ],
    [
      "lies apart from the network",
      "all",
      sites({ ranges: ["10.0.128.0/17", "192.168.1.0/24"] }),
      `${path}.ranges`,
      /apart from network\.range \(10\.0\.0\.0\/16\), got "10\.0\.128/,
    ],
    ["is a network address", "all", sites({ ranges: ["192.168.1.0/23"] }), `${path}.ranges`, /write "192\.168\.0\.0\/23"/],
    [
      "holds the outside peer",
      "all",
      sites({ ranges: ["192.168.7.0/24"] }),
      "access.outside.office.ranges",
      /behind the tunnel.*192\.168\.1\.0\/24/,
    ],
    ["ends at a public address", "all", sites({ peer: "10.1.2.3" }), `${path}.peer`, /public address, got "10\.1\.2\.3"/],
    ["has another number than our end", "gcp", sites({ asn: 64512 }), `${path}.asn`, /got 64512; use 64513/],
    [
      "lies apart from another",
      "all",
      base({
        access: { outside: { ...office, plant: { ranges: ["192.168.1.128/25"] } } },
        entry: { sites: { office: site, plant: { ...site, peer: "203.0.113.11" } } },
      }),
      "entry.sites.plant.ranges",
      /apart from those of office/,
    ],
    [
      "has an end of its own",
      "all",
      base({ access: { outside: { ...office, plant: { ranges: ["192.168.2.0/24"] } } }, entry: { sites: { office: site, plant: site } } }),
      "entry.sites.plant.peer",
      /that of office/,
    ],
  ]);

  it("is shown as open to the internet, for the exchange of keys", () => {
    for (const cloud of clouds) {
      const lines = decided(cloud, sites({})).flows.filter(({ to }) => to === "vpn");
      expect(lines.map(({ from, protocol, ports }) => [from, protocol, ports])).toEqual([
        ["internet", "udp", "500"],
        ["internet", "udp", "4500"],
      ]);
    }
  });

  it("has two inner links that differ, and lie within link-local addresses", () => {
    const links = decided("gcp", sites({})).spec.entry?.sites.office?.links ?? [];
    expect(links).toHaveLength(2);
    expect(links[0]).not.toBe(links[1]);
    for (const link of links) expect(link).toMatch(/^169\.254\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\/30$/);
  });
});

describe("a client VPN", () => {
  decides(
    vpnClouds.flatMap(cloud => [
      ["comes in by the management tier", cloud, clients(), "entry.clients.tier", "management"] as const,
      ["has a range of its own", cloud, clients(), "entry.clients.range", "172.16.252.0/22"] as const,
      [
        "is somebody whom flows may name",
        cloud,
        clients({}, { access: { outside: office, flows: { in: { from: ["vpn"], to: ["web"], ports: [22] } } } }),
        "sites.primary.flows.rules.vpn-web-tcp-22.from.name",
        "vpn",
      ] as const,
      [
        "is called from the internet without a rule of ours",
        cloud,
        clients({}, { access: { outside: office, flows: { in: { from: ["internet"], to: ["vpn"], ports: [443] } } } }),
        "sites.primary.flows.rules.internet-vpn-tcp-443",
        undefined,
      ] as const,
    ]),
  );
  decides([
    ["has a network identity", "aws", clients(), "sites.primary.peers.peers.vpn.kind", "vpn"],
    ["is a range", "azure", clients(), "sites.primary.peers.peers.vpn", undefined],
    ["has two doors, that outlive a zone", "aws", clients(), "entry.clients.subnets", ["management-a", "management-b"]],
    ["asks a directory instead of certificates", "azure", clients({ directory: "tenant" }), "entry.clients.rootCertificate", null],
  ]);
  it("plans with placeholders for what only a person has, and says which", () => {
    const missing = (cloud: "aws" | "azure", one: object = {}) =>
      decided(cloud, clients(one)).placeholders.filter(path => path.includes("certificates"));
    expect(missing("aws")).toEqual(["strata:account.certificates.vpn-server", "strata:account.certificates.vpn-clients"]);
    expect(missing("azure")).toEqual(["strata:account.certificates.vpn-clients"]);
    expect(missing("azure", { directory: "tenant" })).toEqual([]);
  });
  it.each([
    ["by a flow that says so", { in: { from: ["internet"], to: ["vpn"], ports: [443] } }],
    ["though no flow says so", {}],
  ])("is shown once as open to the internet, and needs no rule: %s", (_, flows) => {
    const lines = decided("aws", clients({}, { access: { outside: office, flows } })).flows.filter(({ to }) => to === "vpn");
    expect(lines).toMatchObject([{ from: "internet", ports: "443", rule: null }]);
  });
  refuses([
    ["is not Google's", "gcp", clients(), "entry.clients", /not offered on gcp.*IAP tunnels/],
    ...vpnClouds.flatMap(cloud => [
      [
        "lies apart from the network",
        cloud,
        clients({ range: "10.0.0.0/20" }),
        "entry.clients.range",
        /network\.range \(10\.0\.0\.0\/16\), got "10\.0\.0\.0\/20"/,
      ] as const,
      [
        "lies apart from peered networks",
        cloud,
        clients({}, { network: { ...network, peered: { lab: "172.16.0.0/16" } } }),
        "entry.clients.range",
        /network\.peered\.lab/,
      ] as const,
      [
        "lies apart from outside peers",
        cloud,
        base({ entry: { clients: { range: "192.168.0.0/20" }, sites: { office: site } } }),
        "entry.clients.range",
        /access\.outside\.office \(192\.168\.1\.0\/24\)/,
      ] as const,
      [
        "is wide enough",
        cloud,
        clients({ range: "172.16.252.0/24" }),
        "entry.clients.range",
        /\/12 to \/22, got "172\.16\.252\.0\/24"/,
      ] as const,
      ["is private", cloud, clients({ range: "203.0.112.0/22" }), "entry.clients.range", /private range/] as const,
      [
        "has a root as the cloud takes one",
        cloud,
        clients({ rootCertificate: "nonsense" }),
        "entry.clients.rootCertificate",
        /got "nonsense"/,
      ] as const,
    ]),
    [
      "has one way to sign in",
      "azure",
      clients({ directory: "tenant", rootCertificate: `MII${"B".repeat(117)}` }),
      "entry.clients.directory",
      /not offered on azure, got "tenant"; name one of the two/,
    ],
    [
      "leaves the internet to others",
      "azure",
      clients({ splitTunnel: false }),
      "entry.clients.splitTunnel",
      /not offered on azure, got false/,
    ],
  ]);
  it("may have parts with names of their own", () => {
    expect(issuesOf("aws", clients({}, { access: { outside: { admins: { ranges: ["172.16.252.0/24"] } } } }))).toEqual([]);
  });
});

describe("an administration port", () => {
  const open = (port: number) =>
    base({
      access: {
        outside: { adminCidrs: { ranges: ["0.0.0.0/0"] } },
        flows: { admin: { from: ["adminCidrs"], to: ["web"], ports: [port] } },
      },
    });
  it.each(clouds.flatMap(cloud => [22, 3389].map(port => [cloud, port] as const)))(
    "%s: is not open to everybody by another name: %i",
    (cloud, port) => {
      const issues = issuesOf(cloud, open(port));
      expect(issues.map(({ path }) => path).toSorted()).toEqual(["access.flows.admin", "access.outside.adminCidrs.ranges"]);
      expect(issues.find(({ path }) => path === "access.flows.admin")?.problem).toContain(`got ${port} of web for adminCidrs`);
    },
  );
});

describe("subnets of the services", () => {
  it("lie within any network, apart from every planned tier and from each other", () => {
    const prefixes = fc.integer({ min: 16, max: 21 });
    fc.assert(
      fc.property(prefixes, fc.integer({ min: 1, max: 3 }), (prefix, zones) => {
        const { entry, sites: made } = decided("azure", {
          roles: { web: {} },
          entry: { clients: {} },
          network: {
            range: `10.64.0.0/${prefix}`,
            zones,
            nat: "none",
            tiers: prefix > 18 ? { app: {} } : { public: {}, app: {}, management: {} },
          },
        }).spec;
        const ranges = [entry?.ranges.gateway, entry?.ranges.session].map(text => parseRange(text ?? ""));
        const [one, other] = ranges;
        expect(one !== undefined && other !== undefined && overlaps(one, other)).toBe(false);
        for (const { cidr } of Object.values(made.primary.network.subnets))
          for (const range of ranges) expect(overlaps(range, parseRange(cidr))).toBe(false);
      }),
      { numRuns: 30, seed: 20_261_121 },
    );
  });
});
