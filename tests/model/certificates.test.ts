/** What is decided and refused of certificates. */
import { describe, expect, it } from "vitest";
import { CertificatesArgs } from "../../components/certificates/model.ts";
import { type CertificateUses, resolveCertificates } from "../../components/certificates/resolve.ts";
import { DnsArgs } from "../../components/dns/model.ts";
import { type Cloud, clouds } from "../../components/kernel/cloud.ts";
import { decided, knownOf } from "../support/trial.ts";

const secret =
  "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/web/providers/Microsoft.KeyVault/vaults/people/secrets/site";
const dns = DnsArgs.parse({
  zones: {
    main: { domain: "example.com", zone: "create-delegated" },
    lab: { domain: "lab.example.com" },
    old: { domain: "example.org", zone: "adopt" },
  },
});

function resolved(cloud: Cloud, certificates: object, uses: Partial<CertificateUses> = {}) {
  const known = knownOf(cloud);
  const result = resolveCertificates(
    CertificatesArgs.parse(certificates),
    { dns, public: [], internal: [], cdn: [], authorities: [], references: {}, ...uses },
    known,
  );
  return { ...result, ...known.findings, certificate: result.spec?.certificates.site };
}
const site =
  (more: object, uses: Partial<CertificateUses> = { public: ["site"] }) =>
  (cloud: Cloud) =>
    resolved(cloud, { site: { domain: "example.com", ...more } }, uses);

describe("a certificate", () => {
  it.each([
    ["www.example.com", { "www.example.com": "main" }, true],
    ["*.example.com", { "example.com": "main" }, true],
    ["x.lab.example.com", { "x.lab.example.com": "lab" }, false],
    ["*.lab.example.com", { "lab.example.com": "lab" }, false],
    ["lab.example.com", { "lab.example.com": "lab" }, false],
    ["example.org", { "example.org": "old" }, true],
  ] as const)("%s is shown to be ours in the nearest zone, and waited for if that is found", (domain, zones, waits) => {
    expect(site({ domain })("aws").certificate).toMatchObject({ zones, waits });
  });
  it("[BF-DNS-02] shows a wildcard and its own domain once", () => {
    expect(site({ also: ["*.example.com"] })("aws").certificate?.zones).toEqual({ "example.com": "main" });
  });
  it("waits for no deploy while one of its zones is found by nobody", () => {
    expect(site({ also: ["lab.example.com"] })("aws").certificate?.waits).toBe(false);
  });
  it.each([
    ["aws", "lab.example.com", { public: ["site"] }, ["edge.dns.zones.lab.zone"]],
    ["aws", "lab.example.com", { internal: ["site"] }, ["edge.dns.zones.lab.zone"]],
    ["aws", "lab.example.com", { cdn: ["site"] }, ["edge.dns.zones.lab.zone"]],
    ["aws", "lab.example.com", {}, []],
    ["aws", "example.com", { public: ["site"] }, []],
    ["aws", "example.org", { public: ["site"] }, []],
    ["gcp", "lab.example.com", { public: ["site"] }, []],
    ["azure", "lab.example.com", { cdn: ["site"] }, []],
  ] as const)("on %s, for %s, used by %j, is shown before it is validated or said not to be", (cloud, domain, uses, paths) => {
    const { notes } = site({ domain }, uses)(cloud);
    expect(notes.map(({ path }) => path).filter(path => path.startsWith("edge.dns"))).toEqual(paths);
  });
  it.each([
    [{ public: ["site"] }, { public: true, internal: false, cdn: false }],
    [{ internal: ["site"] }, { public: false, internal: true, cdn: false }],
    [{ cdn: ["site"] }, { public: false, internal: false, cdn: true }],
    [
      { public: ["site"], internal: ["site"], cdn: ["site"] },
      { public: true, internal: true, cdn: true },
    ],
    [{}, { public: true, internal: false, cdn: false }],
  ])("used by %j is for %j", (uses, made) => expect(site({}, uses)("gcp").certificate).toMatchObject(made));

  it.each(clouds)("says that nobody uses it (%s)", cloud => {
    expect(site({}, {})(cloud).notes).toMatchObject([
      { path: "edge.certificates.site", text: expect.stringContaining("no balancer and no CDN site names it") },
    ]);
  });
  it.each(clouds)("is none where none is asked for (%s)", cloud => expect(resolved(cloud, {}).spec).toBeNull());

  it.each(clouds)("lies inside one of the zones (%s)", cloud => {
    expect(site({ domain: "www.exampel.com" })(cloud).issues).toEqual([
      {
        path: "edge.certificates.site.domain",
        problem: 'expected a name inside one of the zones example.com, lab.example.com, example.org, got "www.exampel.com"',
        remedy: 'add its zone to edge.dns.zones, or use a name inside "example.com"',
      },
    ]);
  });
  it.each(clouds)("lies inside the zones with all its names (%s)", cloud => {
    expect(site({ also: ["a.example.com", "*.example.net"] })(cloud).issues).toMatchObject([{ path: "edge.certificates.site.also[1]" }]);
  });
  it("lies in a zone, if there is any", () => {
    expect(resolved("aws", { site: { domain: "example.com" } }, { dns: DnsArgs.parse({}) }).issues).toMatchObject([
      { problem: 'expected a name inside one of the zones (there are none), got "example.com"' },
    ]);
  });
  it("says each name once", () => {
    expect(site({ also: ["a.example.com", "example.com"] })("aws").issues).toMatchObject([
      { path: "edge.certificates.site.also[1]", problem: 'expected a further name, got "example.com" again' },
    ]);
  });
});

describe("what the cloud makes of a key", () => {
  it.each([
    ["aws", "ecdsa-p256", []],
    ["gcp", "rsa-2048", []],
    ["gcp", "ecdsa-p256", ["on gcp: Google chooses the key of what it manages: RSA of 2048 bits"]],
  ] as const)("[CT-TLS-04] on %s of %s", (cloud, key, said) => {
    expect(site({ key })(cloud).notes.map(({ text }) => text)).toEqual(said);
  });
});

describe("a certificate that a person keeps", () => {
  const uses = (references: Readonly<Record<string, string>>, more: Partial<CertificateUses> = { public: ["site"] }) =>
    site({}, { references, ...more })("azure");
  it("is named by its secret", () => {
    expect(uses({ site: secret })).toMatchObject({ certificate: { reference: secret }, missing: [], issues: [] });
  });
  it("is missed where it is not named", () => {
    const { certificate, missing } = uses({});
    expect(missing).toEqual(["strata:account.certificates.site"]);
    expect(certificate?.reference).toMatch(/vaults\/certificates\/secrets\/site$/);
  });
  it.each([secret.replace("secrets", "keys"), `${secret}/0123`, "https://people.vault.azure.net/secrets/site"])("is no %s", text => {
    expect(uses({ site: text }).issues).toMatchObject([
      { path: "strata:account.certificates.site", problem: expect.stringContaining(`got "${text}"`) },
    ]);
  });
  it("is not asked for where Front Door makes its own", () => {
    expect(uses({}, { cdn: ["site"] })).toMatchObject({ certificate: { reference: null, cdn: true }, missing: [] });
  });
  it.each(["aws", "gcp"] as const)("is none of %s", cloud => {
    expect(site({}, { public: ["site"], references: { site: secret } })(cloud)).toMatchObject({
      certificate: { reference: null },
      missing: [],
    });
  });
});

describe("a platform", () => {
  it("says what a deploy of an adopted zone and a kept certificate needs", () => {
    const base = {
      edge: { dns: { zones: { main: { domain: "example.com", zone: "adopt" } } }, certificates: { site: { domain: "example.com" } } },
    };
    expect(decided("azure", base).placeholders.filter(name => /dnsZones|certificates/.test(name))).toEqual([
      'strata:account.dnsZones["example.com"]',
    ]);
  });
});
