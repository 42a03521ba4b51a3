/**
 * What a cloud would answer, made up: a plan with `known: true` lets every `apply` run on plausible values,
 * so that a resource made inside one shows as a difference from the plan with unknowns.
 */

/** Outputs that a generic text would not stand in for. */
const special: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "random:index/randomId:RandomId": { hex: "0f1e2d3c", dec: "253636924", b64Std: "Dx4tPA==", b64Url: "Dx4tPA" },
  "random:index/randomPassword:RandomPassword": { result: "made-up-Password-0123456789", bcryptHash: "made-up" },
  "aws:rds/instance:Instance": { masterUserSecrets: [{ secretArn: "arn:made-up:::login", kmsKeyId: "made-up", secretStatus: "active" }] },
};

/** A record for each domain, as the authority asks for it. */
const validations = ({ domainName, subjectAlternativeNames: also }: Readonly<Record<string, unknown>>): readonly unknown[] =>
  [domainName, ...(Array.isArray(also) ? also : [])].map(domain => ({
    domainName: domain,
    resourceRecordName: `_made-up.${String(domain).replace(/^\*\./, "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "_made-up.acm-validations.aws.",
  }));

/** What look-ups answer, by token, where the program takes the answer apart. */
const lookedUp: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "gcp:dns/getKeys:getKeys": { keySigningKeys: [{ dsRecord: "12345 8 2 made-up" }] },
};

/** Empty where nothing of the answer is read but single texts. */
export const lookUpAnswer = (token: string): Readonly<Record<string, unknown>> => lookedUp[token] ?? {};

const lists = /(?<!ss|us|as|ds|dns|aws)s$|List$/i;

/** One output of one resource, by the name of the property; of what was asked only a certificate's domains count. */
export function answer(type: string, name: string, property: string, inputs: Readonly<Record<string, unknown>>): unknown {
  if (type === "aws:acm/certificate:Certificate" && property === "domainValidationOptions") return validations(inputs);
  const known = special[type]?.[property];
  if (known !== undefined) return known;
  if (property === "tagsAll" || property === "properties") return {};
  if (/arn$/i.test(property)) return `arn:made-up:::${name}`;
  if (/port$/i.test(property)) return 5432;
  if (/ipAddress$|address$|Ip$/.test(property)) return "192.0.2.1";
  if (lists.test(property)) return [];
  return `${name}-${property}`;
}
