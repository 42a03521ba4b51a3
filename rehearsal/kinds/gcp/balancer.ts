/** Balancers of Google Cloud, global and of a region. Ids: "import" sections of the SDK's comments (9.37.0). */
import type { Kinds, Standing } from "../../kinds.ts";
import type { Inputs } from "../../rules.ts";
import { isMap } from "../../wire.ts";
import { compute, digitsOf, projectOf, textOf } from "./shapes.ts";

const mapsOf = (value: unknown): readonly Inputs[] => (Array.isArray(value) ? value.filter(isMap) : []);

/** A service names a port of its groups by the groups' own word for it. */
function portAsked({ backends, portName }: Inputs, others: readonly Standing[]): string | null {
  if (typeof portName !== "string") return null;
  const unnamed = mapsOf(backends).find(({ group }) => {
    const manager = others.find(({ filled }) => filled.instanceGroup === group);
    return manager !== undefined && !mapsOf(manager.inputs.namedPorts).some(({ name }) => name === portName);
  });
  return unnamed === undefined ? null : `${textOf(unnamed, "group")} has no port called ${portName}`;
}

const proxied = { outputs: (made: Parameters<typeof digitsOf>[0]) => ({ proxyId: Number(digitsOf(made, 12)) }) };
const service = { asks: portAsked };

const maps = "locations/global/certificateMaps";

export const balancerKinds: Kinds = {
  "gcp:compute/regionHealthCheck:RegionHealthCheck": compute("regions", "healthChecks"),
  "gcp:compute/backendBucket:BackendBucket": compute("global", "backendBuckets", { names: { bucketName: ["gcp:storage/bucket:Bucket"] } }),
  "gcp:compute/backendService:BackendService": compute("global", "backendServices", service),
  "gcp:compute/regionBackendService:RegionBackendService": compute("regions", "backendServices", service),
  "gcp:compute/securityPolicy:SecurityPolicy": compute("global", "securityPolicies", {
    outputs: made => ({ fingerprint: `${made.hex(11, `fingerprint${made.generation}`)}=` }),
  }),
  "gcp:compute/uRLMap:URLMap": compute("global", "urlMaps"),
  "gcp:compute/regionUrlMap:RegionUrlMap": compute("regions", "urlMaps"),
  "gcp:compute/sSLPolicy:SSLPolicy": compute("global", "sslPolicies"),
  "gcp:compute/regionSslPolicy:RegionSslPolicy": compute("regions", "sslPolicies"),
  "gcp:compute/targetHttpProxy:TargetHttpProxy": compute("global", "targetHttpProxies", proxied),
  "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy": compute("regions", "targetHttpProxies", proxied),
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy": compute("global", "targetHttpsProxies", {
    ...proxied,
    needs: ({ inputs }) =>
      [textOf(inputs, "certificateMap")].filter(map => map !== "").map(map => map.replace("//certificatemanager.googleapis.com/", "")),
  }),
  "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy": compute("regions", "targetHttpsProxies", proxied),
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": compute("global", "forwardingRules", {
    outputs: made => ({ forwardingRuleId: Number(digitsOf(made, 12)) }),
    unique: ({ inputs }) => `${textOf(inputs, "ipAddress")} ${textOf(inputs, "portRange")}`,
  }),
  "gcp:certificatemanager/certificateMap:CertificateMap": {
    nameInput: "name",
    id: birth => `projects/${projectOf(birth)}/${maps}/${birth.name}`,
  },
  "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry": {
    nameInput: "name",
    id: birth => `projects/${projectOf(birth)}/${maps}/${textOf(birth.inputs, "map")}/certificateMapEntries/${birth.name}`,
    needs: birth => [`projects/${projectOf(birth)}/${maps}/${textOf(birth.inputs, "map")}`],
    unique: ({ inputs }) => ["map", "hostname", "matcher"].map(key => textOf(inputs, key)).join(" "), // one answer to a name
    outputs: () => ({ state: "ACTIVE" }),
  },
};
