/** Who may do what, keys, secrets and logs. */
import type { Kinds } from "../../kinds.ts";
import { arn, iamArn, regionOf, text, uuid } from "./words.ts";

const role = "aws:iam/role:Role";

const iam: Kinds = {
  [role]: {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: iamArn(birth, `role/${birth.name}`), uniqueId: `AROA${birth.hex(17).toUpperCase()}` }),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: iamArn(birth, `instance-profile/${birth.name}`), uniqueId: `AIPA${birth.hex(17).toUpperCase()}` }),
    names: { role: [role] },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    nameInput: "name",
    id: ({ inputs, name }) => `${text(inputs.role)}:${name}`,
    names: { role: [role] },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.role)}/${text(inputs.policyArn)}`,
    names: { role: [role] },
  },
};

const kept: Kinds = {
  "aws:kms/key:Key": {
    nameInput: null,
    id: birth => uuid(birth),
    outputs: birth => ({ arn: arn(birth, "kms", `key/${birth.id}`), keyId: birth.id }),
  },
  "aws:kms/alias:Alias": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: arn(birth, "kms", birth.name) }),
    names: { targetKeyId: ["aws:kms/key:Key"] },
  },
  "aws:secretsmanager/secret:Secret": {
    nameInput: "name",
    id: birth => arn(birth, "secretsmanager", `secret:${birth.name}-${birth.hex(6)}`),
    outputs: ({ id }) => ({ arn: id }),
    unique: birth => `${regionOf(birth)} ${birth.name}`,
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    nameInput: null,
    id: birth => `${text(birth.inputs.secretId)}|${uuid(birth)}`,
    outputs: birth => ({ versionId: uuid(birth), versionStages: ["AWSCURRENT"], hasSecretStringWo: true }),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: birth => ({ arn: arn(birth, "logs", `log-group:${birth.name}`) }),
    keeps: ({ deletionProtectionEnabled }) => (deletionProtectionEnabled === true ? "deletion protection is on" : null),
  },
};

export const trust: Kinds = { ...iam, ...kept };
