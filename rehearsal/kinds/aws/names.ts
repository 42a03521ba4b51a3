/** Zones, records, checks and certificates. Ids: "import" sections of the SDK's comments (7.48). */
import { createHash } from "node:crypto";
import { isMap } from "../../../components/kernel/merge.ts";
import { keyOf } from "../../births.ts";
import type { Birth, Kinds } from "../../kinds.ts";
import { arn, text, uuid } from "./words.ts";

const zone = "aws:route53/zone:Zone";
const signer = "aws:route53/keySigningKey:KeySigningKey";

/** As the simulated service numbers its zones: an adopted one, or that of a balancer, is not among them. */
const ownZone = /^Z0[0-9A-F]{18}$/;

const within =
  (input: string) =>
  ({ inputs }: Birth): readonly string[] =>
    ownZone.test(text(inputs[input])) ? [keyOf(zone, text(inputs[input]))] : [];

const networkOf = (vpcs: unknown): string => (Array.isArray(vpcs) ? vpcs.map(vpc => (isMap(vpc) ? text(vpc.vpcId) : "")).join(" ") : "");

/** Account and domain decide it: the same for a wildcard, and in every region. */
function validation(domainName: string) {
  const base = domainName.replace(/^\*\./, "");
  const digest = createHash("sha256").update(base).digest("hex").slice(0, 32);
  return {
    domainName,
    resourceRecordName: `_${digest}.${base}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${[...digest].toReversed().join("")}.acm-validations.aws.`,
  };
}

const namesOf = ({ inputs }: Birth): readonly string[] => [
  text(inputs.domainName),
  ...(Array.isArray(inputs.subjectAlternativeNames) ? inputs.subjectAlternativeNames.map(text) : []),
];

export const names: Kinds = {
  [zone]: {
    nameInput: "name",
    id: ({ hex }) => `Z0${hex(18).toUpperCase()}`,
    outputs: ({ id, hex }) => ({
      arn: `arn:aws:route53:::hostedzone/${id}`,
      zoneId: id,
      nameServers: ["com", "net", "org", "co.uk"].map((end, index) => `ns-${Number.parseInt(hex(3, end), 16)}.awsdns-${index + 10}.${end}`),
    }),
    // A network knows a name once; publicly any number of zones may have one name.
    unique: ({ inputs }) => (networkOf(inputs.vpcs) === "" ? null : `${networkOf(inputs.vpcs)} ${text(inputs.name)}`),
    keeps: ({ forceDestroy }, held) => (held > 0 && forceDestroy !== true ? `it holds ${held} records that are not ours` : null),
  },
  [signer]: {
    nameInput: "name",
    id: ({ inputs, name }) => `${text(inputs.hostedZoneId)},${name}`,
    outputs: birth => ({ dsRecord: `${Number.parseInt(birth.hex(3), 16)} 13 2 ${birth.hex(64, "digest").toUpperCase()}`, flag: 257 }),
    needs: within("hostedZoneId"),
  },
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": {
    nameInput: null,
    id: ({ inputs }) => text(inputs.hostedZoneId),
    needs: within("hostedZoneId"),
    asks: ({ hostedZoneId }, others) =>
      others.some(({ type, inputs }) => type === signer && inputs.hostedZoneId === hostedZoneId) ? null : "the zone has no active key",
  },
  "aws:route53/queryLog:QueryLog": {
    nameInput: null,
    id: birth => uuid(birth),
    outputs: ({ id }) => ({ arn: `arn:aws:route53:::queryloggingconfig/${id}` }),
    needs: within("zoneId"),
    unique: ({ inputs }) => text(inputs.zoneId), // one log a zone
  },
  "aws:route53/record:Record": {
    nameInput: null,
    id: ({ inputs }) =>
      ["zoneId", "name", "type", "setIdentifier"].flatMap(key => (text(inputs[key]) === "" ? [] : [text(inputs[key])])).join("_"),
    outputs: ({ inputs }) => ({ fqdn: text(inputs.name).replace(/\.$/, "") }),
    names: { healthCheckId: ["aws:route53/healthCheck:HealthCheck"] },
    needs: within("zoneId"),
  },
  "aws:route53/healthCheck:HealthCheck": {
    nameInput: null,
    id: birth => uuid(birth),
    outputs: ({ id }) => ({ arn: `arn:aws:route53:::healthcheck/${id}` }),
  },
  "aws:acm/certificate:Certificate": {
    nameInput: null,
    id: birth => arn(birth, "acm", `certificate/${uuid(birth)}`),
    outputs: birth => ({
      arn: birth.id,
      domainValidationOptions: namesOf(birth).map(validation),
      notAfter: "", // issued later, and seen by a refresh
      status: "PENDING_VALIDATION",
    }),
  },
  // The provider calls it by the moment of issue.
  "aws:acm/certificateValidation:CertificateValidation": {
    nameInput: null,
    id: ({ hex }) => `${new Date(Date.UTC(2026, 0, 1) + Number.parseInt(hex(8), 16)).toISOString()}`,
    asks: ({ validationRecordFqdns }, others) => {
      const found = others.filter(({ type }) => type === "aws:route53/record:Record").map(({ filled }) => text(filled.fqdn));
      const missing = (Array.isArray(validationRecordFqdns) ? validationRecordFqdns : []).filter(name => !found.includes(text(name)));
      return missing.length === 0 ? null : `nobody answers ${missing.join(", ")}: it would wait for ever`;
    },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { nameInput: "policyName", id: ({ name }) => name },
};
