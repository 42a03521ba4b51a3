/** What is decided and refused of a role that a balancer speaks to by TLS. That a gateway takes the certificate is shown by no test. */
import { describe, expect, it } from "vitest";
import { decides, notes, refuses } from "../support/rows.ts";
import { at, decided } from "../support/trial.ts";

const lb = "edge.balancers.lb";
const pool = `${lb}.pools.web`;
const authority = { certificate: "internal-ca", host: "web.example.internal" };
const tls = { port: "https", protocol: "https" };
const overTls = { protocol: "https", port: "https" };

/** A balancer of one pool before one role, with any more pools of the same role. */
const platform = (web: object, { health = overTls as object, more = {}, balancer = {} }: Record<string, object> = {}) => ({
  network: { tiers: { public: {}, app: {}, data: {} }, zones: 2 },
  roles: { web: { ports: { https: 8443, app: 8080 }, health } },
  access: {
    flows: {
      visitors: { from: ["internet"], to: ["lb"], ports: [443, 80] },
      "lb-web": { from: ["lb"], to: ["web"], ports: [8443, 8080] },
    },
  },
  edge: {
    dns: { zones: { main: { domain: "example.com" } } },
    certificates: { site: { domain: "app.example.com" } },
    balancers: { lb: { certificates: ["site"], pools: { web, ...more }, ...balancer } },
  },
});
const signed = platform({ ...tls, authority });
const elsewhere = { health: { protocol: "http", port: "app" } };

describe("a role spoken to by TLS", () => {
  decides([
    ["[CT-TLS-01] is checked by its authority", "azure", signed, `${pool}.authority`, authority],
    ["is checked by nobody", "aws", signed, `${pool}.authority`, null],
    ["is checked by nobody", "gcp", signed, `${pool}.authority`, null],
    ["needs no authority where any certificate will do", "aws", platform(tls), `${pool}.protocol`, "https"],
    ["needs no authority where any certificate will do", "gcp", platform(tls), `${pool}.protocol`, "https"],
    ["may be asked for its health without", "aws", platform(tls, elsewhere), `${pool}.health.protocol`, "http"],
    ["may be asked for its health without", "gcp", platform(tls, elsewhere), `${pool}.health.protocol`, "http"],
    ["has no authority if it has no TLS", "all", platform({}, elsewhere), `${pool}.authority`, null],
  ]);
  refuses([
    [
      "wants an authority",
      "azure",
      platform(tls),
      `${pool}.protocol`,
      /got "https"; name in `authority` who signed the role's certificate/,
    ],
    [
      "is asked for its health in the same way",
      "azure",
      platform({ ...tls, authority }, elsewhere),
      `${pool}.health.protocol`,
      /got "http"; let the role's health/,
    ],
    [
      "is asked for its health in the same way",
      "azure",
      platform({ authority }),
      `${pool}.health.protocol`,
      /got "https"; let the role's health/,
    ],
    [
      "has an authority apart from what balancers show",
      "all",
      platform({ ...tls, authority: { ...authority, certificate: "site" } }),
      `${pool}.authority.certificate`,
      /got "site", which is one of edge.certificates; call it "site-ca"/,
    ],
  ]);
  refuses([
    [
      "is one, if it has an authority",
      "all",
      platform({ authority }, elsewhere),
      `${pool}.authority`,
      /begins no TLS of its own, got "internal-ca"; say protocol: https, or drop it/,
    ],
    [
      "is none where connections are handed on",
      "all",
      platform(
        { port: "https", authority },
        { balancer: { form: "network", certificates: [], listeners: { https: { port: 8443, protocol: "tcp" } } } },
      ),
      `${pool}.authority`,
      /drop it: connections are handed on/,
    ],
    [
      "names a host, not an address of a page",
      "all",
      platform({ ...tls, authority: { ...authority, host: "https://web" } }),
      `${pool}.authority.host`,
      /domain name/,
    ],
    [
      "names a certificate as members are named",
      "all",
      platform({ ...tls, authority: { ...authority, certificate: "Internal CA" } }),
      `${pool}.authority.certificate`,
      /lower-case letters/,
    ],
  ]);
  notes([
    ["says how the role is asked", "azure", signed, `${pool}.authority`, /asked by the host in its certificate; X-Original-Host/],
    ["says that nothing is checked", "aws", signed, `${pool}.authority`, /any certificate of a role is trusted: nothing is checked/],
    ["says that nothing is checked", "gcp", signed, `${pool}.authority`, /any certificate of a role is trusted: nothing is checked/],
    ["says nothing where none is named", "aws", platform(tls), `${pool}.authority`, null],
  ]);
});

describe("an authority", () => {
  const id =
    "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/pki/providers/Microsoft.KeyVault/vaults/people/secrets/root";
  const references = { certificates: { site: id.replace("root", "site"), "internal-ca": id } };
  const kept = (cloud: "aws" | "azure" | "gcp", account: object = {}) => {
    const { spec, placeholders } = decided(cloud, signed, { account });
    return { kept: at(spec, "edge.certificates.authorities"), missing: placeholders.filter(name => name.includes("internal-ca")) };
  };
  it("is where the account says", () => expect(kept("azure", references)).toEqual({ kept: { "internal-ca": id }, missing: [] }));
  it("is missed until the account says where", () => {
    expect(kept("azure")).toEqual({
      kept: { "internal-ca": expect.stringMatching(/vaults\/certificates\/secrets\/internal-ca$/) },
      missing: ["strata:account.certificates.internal-ca"],
    });
  });
  it.each(["aws", "gcp"] as const)("is nowhere, and not missed, on %s", cloud => expect(kept(cloud)).toEqual({ kept: {}, missing: [] }));
  it("is kept once, however many pools name it", () => {
    const twice = platform(
      { ...tls, authority },
      { more: { other: { role: "web", ...tls, authority } }, balancer: { routes: { rest: { to: "web" } } } },
    );
    const { spec, placeholders } = decided("azure", twice);
    expect(Object.keys(spec.edge.certificates?.authorities ?? {})).toEqual(["internal-ca"]);
    expect(placeholders.filter(name => name.includes("internal-ca"))).toHaveLength(1);
  });
});
