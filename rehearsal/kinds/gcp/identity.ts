/** Service accounts, rights and enabled services of Google Cloud. Ids: "import" sections of the SDK's comments (9.37.0). */
import type { Birth, Kind, Kinds } from "../../kinds.ts";
import { isMap } from "../../wire.ts";
import { digitsOf, projectOf, textOf } from "./shapes.ts";

const emailOf = (birth: Birth): string => `${birth.name}@${projectOf(birth)}.iam.gserviceaccount.com`;

/** Empty without a condition; two rights that differ in it alone are two. */
const conditionOf = ({ inputs: { condition } }: Birth): string =>
  isMap(condition) ? `/${["title", "description", "expression"].map(key => textOf(condition, key)).join("/")}` : "";

/** One member of one role on one thing: `<thing>/<role>/<member>`. */
const member = (thing: (birth: Birth) => string, names: Kind["names"] = {}): Kind => ({
  nameInput: null,
  id: birth => `${thing(birth)}/${textOf(birth.inputs, "role")}/${textOf(birth.inputs, "member")}${conditionOf(birth)}`,
  // The account that Cloud SQL makes with a server; accounts of the project are told by their addresses.
  needs: ({ inputs }) =>
    [textOf(inputs, "member")]
      .filter(who => /@gcp-sa-cloud-sql\./.test(who) && who.startsWith("serviceAccount:p"))
      .map(who => who.replace("serviceAccount:", "")),
  outputs: ({ hex, generation }) => ({ etag: `BwY${hex(8, `etag${generation}`)}=` }),
  names,
});

/** What a service agent is called where it is not called after its service: https://cloud.google.com/iam/docs/service-agents */
const agentDomains: Readonly<Record<string, string>> = {
  "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
  "redis.googleapis.com": "cloud-redis",
};

const agentOf = ({ inputs, landlord }: Birth): string => {
  const service = textOf(inputs, "service");
  const domain = agentDomains[service] ?? `gcp-sa-${service.replace(".googleapis.com", "")}`;
  return `service-${landlord.projectNumber}@${domain}.iam.gserviceaccount.com`;
};

export const identityKinds: Kinds = {
  "gcp:projects/service:Service": {
    nameInput: null,
    id: birth => `${projectOf(birth)}/${textOf(birth.inputs, "service")}`,
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    nameInput: null,
    id: birth => `projects/${projectOf(birth)}/services/${textOf(birth.inputs, "service")}`,
    outputs: birth => ({ email: agentOf(birth), member: `serviceAccount:${agentOf(birth)}` }),
  },
  "gcp:serviceaccount/account:Account": {
    nameInput: "accountId",
    id: birth => `projects/${projectOf(birth)}/serviceAccounts/${emailOf(birth)}`,
    outputs: made => ({ email: emailOf(made), member: `serviceAccount:${emailOf(made)}`, name: made.id, uniqueId: digitsOf(made, 21) }),
  },
  "gcp:projects/iAMMember:IAMMember": member(projectOf),
  "gcp:iap/tunnelIamMember:TunnelIamMember": member(birth => `projects/${projectOf(birth)}/iap_tunnel`),
  "gcp:serviceaccount/iAMMember:IAMMember": member(({ inputs }) => textOf(inputs, "serviceAccountId")),
  "gcp:storage/bucketIAMMember:BucketIAMMember": member(({ inputs }) => `b/${textOf(inputs, "bucket")}`, {
    bucket: ["gcp:storage/bucket:Bucket"],
  }),
  "gcp:secretmanager/secretIamMember:SecretIamMember": member(({ inputs }) => textOf(inputs, "secretId")),
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": member(({ inputs }) => textOf(inputs, "cryptoKeyId")),
};
