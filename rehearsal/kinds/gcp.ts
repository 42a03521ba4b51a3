/**
 * What the simulated Google Cloud knows of each type that providers/gcp makes. Ids, links and addresses are shaped as the real provider
 * (SDK 9.37.0) gives them; that shape is read from its documentation and code, not proven against a project.
 */
import { createHash } from "node:crypto";
import type { CloudKinds, Landlord } from "../kinds.ts";
import { balancerKinds } from "./gcp/balancer.ts";
import { computeKinds } from "./gcp/compute.ts";
import { dataKinds } from "./gcp/data.ts";
import { entryKinds } from "./gcp/entry.ts";
import { identityKinds } from "./gcp/identity.ts";
import { networkKinds } from "./gcp/network.ts";
import { withoutHost } from "./gcp/shapes.ts";

/** Collections whose members are made by somebody: the rest (machine types, disk types, images, roles) are Google's. */
const collections: ReadonlySet<string> = new Set([
  "addresses",
  "autoscalers",
  "backendBuckets",
  "backendServices",
  "buckets",
  "certificates",
  "certificateMaps",
  "clusters",
  "cryptoKeys",
  "disks",
  "dnsAuthorizations",
  "externalVpnGateways",
  "firewalls",
  "forwardingRules",
  "healthChecks",
  "instanceGroupManagers",
  "instanceGroups",
  "instanceTemplates",
  "instances",
  "keyRings",
  "managedZones",
  "networks",
  "resourcePolicies",
  "routers",
  "secrets",
  "securityPolicies",
  "serviceAccounts",
  "serviceConnectionPolicies",
  "sinks",
  "sslPolicies",
  "subnetworks",
  "targetHttpProxies",
  "targetHttpsProxies",
  "urlMaps",
  "vpnGateways",
  "vpnTunnels",
]);

/** What every project has from the start. */
const builtIn: ReadonlySet<string> = new Set(["default", "_Default", "_Required"]);

function isOwnPath(text: string, { project, projectNumber }: Landlord): boolean {
  const [root, owner, ...rest] = withoutHost(text).split("/");
  const [collection = "", name = ""] = rest.slice(-2);
  const owned = root === "projects" && (owner === project || owner === projectNumber);
  return owned && rest.length >= 2 && collections.has(collection) && name !== "" && !builtIn.has(name);
}

/**
 * An account of this project, or the one that Cloud SQL makes with each server. Service agents come with the project and stay.
 * The server's is handed out without the prefix of a member, so with it nothing could be found under it.
 */
function isOwnAccount(text: string, { project, projectNumber }: Landlord): boolean {
  const [account = "", domain = ""] = text.split("@");
  if (domain === `${project}.iam.gserviceaccount.com`) return /^(?:serviceAccount:)?[a-z][a-z0-9-]+$/.test(account);
  return domain === "gcp-sa-cloud-sql.iam.gserviceaccount.com" && account.startsWith(`p${projectNumber}-`);
}

/** What Google keeps for us in a project of its own, and hands out by address. */
const isAttachment = (text: string): boolean => /^projects\/[a-z0-9]+-tp\/regions\/[a-z0-9-]+\/serviceAttachments\/[a-z0-9-]+$/.test(text);

const region = "[a-z]+-[a-z]+\\d+";
const natPattern = new RegExp(`^([^/]+)/(${region})/([^/]+)/[^/]+$`);
const attachmentPattern = new RegExp(`^([^/]+)/((${region})-[a-z])/([^/]+)/([^/]+)$`);

/** Where an id is made of names alone, the things by those names. */
function parents(id: string): readonly string[] {
  const [, ring] = /^(projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+)\/cryptoKeys\/[^/]+$/.exec(id) ?? [];
  if (ring !== undefined) return [ring];
  const [, zone] = /^(projects\/[^/]+\/managedZones\/[^/]+)\/rrsets\/.+$/.exec(id) ?? [];
  if (zone !== undefined) return zone.endsWith("/example-com") ? [] : [zone]; // the placeholder of an adopted zone, which a person keeps
  const [, project, place, router] = natPattern.exec(id) ?? [];
  if (router !== undefined) return [`projects/${project}/regions/${place}/routers/${router}`];
  const [, owner, where, around, disk, policy] = attachmentPattern.exec(id) ?? [];
  return policy === undefined
    ? []
    : [`projects/${owner}/zones/${where}/disks/${disk}`, `projects/${owner}/regions/${around}/resourcePolicies/${policy}`];
}

export const gcpKinds: CloudKinds = {
  kinds: { ...identityKinds, ...networkKinds, ...computeKinds, ...balancerKinds, ...dataKinds, ...entryKinds },
  parents,
  isReference: (text, landlord) => isOwnPath(text, landlord) || isOwnAccount(text, landlord) || isAttachment(text),
  lookups: {
    "gcp:dns/getKeys:getKeys": ({ managedZone }) => ({
      managedZone,
      keySigningKeys: [{ dsRecord: `12345 8 2 ${createHash("sha256").update(`${managedZone}`).digest("hex").toUpperCase()}` }],
      zoneSigningKeys: [],
    }),
  },
};
