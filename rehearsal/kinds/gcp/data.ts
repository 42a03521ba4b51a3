/** Keys, secrets, buckets, databases, caches and logs of Google Cloud. Ids: "import" sections of the SDK's comments (9.37.0). */
import { exclusiveHandle } from "../../births.ts";
import type { Birth, Kinds } from "../../kinds.ts";
import type { Inputs } from "../../rules.ts";
import { isMap } from "../../wire.ts";
import { addressOf, bornAt, connectionId, digitsOf, located, projectOf, rangeId, regionOf, textOf } from "./shapes.ts";

/** Guards that are up unless the program says false: doc comments of the SDK. */
const unlessFalse =
  (field: string) =>
  (inputs: Inputs): string | null =>
    inputs[field] === false ? null : `${field} is not false`;

/** Two guards: the provider's own and the service's. */
const serverKeeps = (inputs: Inputs): string | null => {
  const settings = isMap(inputs.settings) ? inputs.settings : {};
  return (
    unlessFalse("deletionProtection")(inputs) ??
    (settings.deletionProtectionEnabled === true ? "settings.deletionProtectionEnabled is true" : null)
  );
};

function bucketKeeps({ forceDestroy, retentionPolicy }: Inputs, held: number): string | null {
  if (held === 0) return null;
  if (isMap(retentionPolicy)) return `${held} objects are under a retention policy`;
  return forceDestroy === true ? null : `it holds ${held} objects, and forceDestroy is not true`;
}

/** The tenant project in which Google keeps the server, and what lies in front of it. */
const attachmentOf = (birth: Birth): string =>
  `projects/t${birth.hex(16, "tenant")}p-tp/regions/${regionOf(birth)}/serviceAttachments/a-${birth.hex(12, "server")}-psc-service-attachment-${birth.hex(16, "attachment")}`;

const sqlOutputs = (birth: Birth) => ({
  connectionName: `${projectOf(birth)}:${regionOf(birth)}:${birth.name}`,
  selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${projectOf(birth)}/instances/${birth.name}`,
  dnsName: `${birth.hex(12, "server")}.${birth.hex(13, "label")}.${regionOf(birth)}.sql.goog.`,
  pscServiceAttachmentLink: attachmentOf(birth),
  serviceAccountEmailAddress: `p${birth.landlord.projectNumber}-${birth.hex(6, "account")}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
});

const redisOutputs = (birth: Birth) => ({
  host: addressOf(birth, 10),
  port: 6378, // the one with TLS
  readEndpoint: birth.inputs.readReplicasMode === "READ_REPLICAS_ENABLED" ? addressOf(birth, 10, "read") : "",
  readEndpointPort: 6378,
  authString: birth.hex(32, "auth").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
  createTime: bornAt(birth),
  currentLocationId: textOf(birth.inputs, "locationId") || `${regionOf(birth)}-b`,
  persistenceIamIdentity: `serviceAccount:${birth.landlord.projectNumber}-compute@developer.gserviceaccount.com`,
});

/** One address to discover the cluster, one for all its nodes. */
const clusterOutputs = (birth: Birth) => ({
  discoveryEndpoints: [{ address: addressOf(birth, 10, "0"), port: 6379 }],
  pscConnections: ["0", "1"].map(salt => ({
    address: addressOf(birth, 10, salt),
    projectId: projectOf(birth),
    pscConnectionId: digitsOf(birth, 16) + salt,
  })),
  createTime: bornAt(birth),
  state: "ACTIVE",
  uid: birth.hex(32, "uid"),
});

/** An instance lives in Google's network: the peering leads there, and the range is where it takes its address from. */
function instanceNeeds(birth: Birth): readonly string[] {
  const { connectMode, authorizedNetwork, reservedIpRange } = birth.inputs;
  if (connectMode !== "PRIVATE_SERVICE_ACCESS" || typeof authorizedNetwork !== "string") return [];
  const range = typeof reservedIpRange === "string" && !reservedIpRange.includes("/") ? [rangeId(birth, reservedIpRange)] : [];
  return [connectionId(authorizedNetwork, "servicenetworking.googleapis.com"), ...range];
}

/** Without a policy for the network and region nobody may put a cluster's addresses there. */
const clusterNeeds = (birth: Birth): readonly string[] =>
  (Array.isArray(birth.inputs.pscConfigs) ? birth.inputs.pscConfigs : []).flatMap(config =>
    isMap(config)
      ? [
          exclusiveHandle(
            "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy",
            `${config.network} ${regionOf(birth)} gcp-memorystore-redis`,
          ),
        ]
      : [],
  );

const sqlServer = "gcp:sql/databaseInstance:DatabaseInstance";
const bucket = "gcp:storage/bucket:Bucket";

export const dataKinds: Kinds = {
  // Neither ring nor key can ever be deleted: https://cloud.google.com/kms/docs/faq
  "gcp:kms/keyRing:KeyRing": located("location", "keyRings", { remains: true }),
  "gcp:kms/cryptoKey:CryptoKey": {
    nameInput: "name",
    id: ({ inputs, name }) => `${textOf(inputs, "keyRing")}/cryptoKeys/${name}`,
    outputs: ({ inputs, name }) => ({
      primaries: [{ name: `${textOf(inputs, "keyRing")}/cryptoKeys/${name}/cryptoKeyVersions/1`, state: "ENABLED" }],
    }),
    remains: true,
  },
  "gcp:secretmanager/secret:Secret": {
    nameInput: "secretId",
    id: birth => `projects/${projectOf(birth)}/secrets/${birth.name}`,
    outputs: birth => ({ name: `projects/${birth.landlord.projectNumber}/secrets/${birth.name}`, createTime: bornAt(birth) }),
    keeps: ({ deletionProtection }) => (deletionProtection === true ? "deletionProtection is true" : null),
  },
  "gcp:secretmanager/secretVersion:SecretVersion": {
    nameInput: null,
    // The service counts from one; a number of its own here, so that an old version and its successor are two.
    id: birth =>
      `${textOf(birth.inputs, "secret").replace(/^projects\/[^/]+/, `projects/${birth.landlord.projectNumber}`)}/versions/${digitsOf(birth, 9)}`,
    outputs: made => ({ name: made.id, version: digitsOf(made, 9), createTime: bornAt(made) }),
  },
  [bucket]: {
    nameInput: "name",
    id: ({ name }) => name, // one name in the whole world
    outputs: birth => ({
      selfLink: `https://www.googleapis.com/storage/v1/b/${birth.name}`,
      url: `gs://${birth.name}`,
      projectNumber: Number(birth.landlord.projectNumber),
      timeCreated: bornAt(birth),
    }),
    names: { "logging.logBucket": [bucket] },
    keeps: bucketKeeps,
  },
  // `d.SetId(instance.Name)` in the provider's read of an instance; a name is one project's own.
  [sqlServer]: {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: sqlOutputs,
    names: { masterInstanceName: [sqlServer] },
    keeps: serverKeeps,
    remains: true, // for a week: https://cloud.google.com/sql/docs/postgres/delete-instance
  },
  "gcp:sql/database:Database": {
    nameInput: "name",
    id: birth => `projects/${projectOf(birth)}/instances/${textOf(birth.inputs, "instance")}/databases/${birth.name}`,
    outputs: ({ inputs, landlord, name }) => ({
      selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${landlord.project}/instances/${textOf(inputs, "instance")}/databases/${name}`,
    }),
    names: { instance: [sqlServer] },
    remains: true, // the program abandons it on a delete: it goes with its server
  },
  "gcp:sql/user:User": {
    nameInput: "name",
    id: ({ inputs, name }) => `${name}/${textOf(inputs, "host")}/${textOf(inputs, "instance")}`, // two slashes where there is no host
    names: { instance: [sqlServer] },
  },
  "gcp:redis/instance:Instance": located("region", "instances", {
    needs: instanceNeeds,
    outputs: redisOutputs,
    secrets: ["authString"],
    keeps: unlessFalse("deletionProtection"),
  }),
  "gcp:redis/cluster:Cluster": located("region", "clusters", {
    needs: clusterNeeds,
    outputs: clusterOutputs,
    keeps: unlessFalse("deletionProtectionEnabled"),
  }),
  "gcp:logging/projectBucketConfig:ProjectBucketConfig": {
    nameInput: null,
    id: birth => `projects/${projectOf(birth)}/locations/${textOf(birth.inputs, "location")}/buckets/${textOf(birth.inputs, "bucketId")}`,
    outputs: ({ id }) => ({ name: id, lifecycleState: "ACTIVE" }),
    keeps: ({ locked }) => (locked === true ? "it is locked" : null),
    remains: true, // for a week: https://cloud.google.com/logging/docs/buckets
  },
  "gcp:logging/projectSink:ProjectSink": {
    nameInput: "name",
    id: birth => `projects/${projectOf(birth)}/sinks/${birth.name}`,
    needs: ({ inputs }) =>
      [textOf(inputs, "destination").replace("logging.googleapis.com/", "")].filter(bucket => bucket.startsWith("projects/")),
    outputs: ({ landlord }) => ({
      writerIdentity: `serviceAccount:service-${landlord.projectNumber}@gcp-sa-logging.iam.gserviceaccount.com`,
    }),
  },
};
