/** CloudFront and the deliveries of its logs. Ids: "import" sections of the SDK's comments (7.48). CloudFront knows no region. */
import { isMap } from "../../../components/kernel/merge.ts";
import { keyOf } from "../../births.ts";
import type { Birth, Kinds } from "../../kinds.ts";
import { text, uuid } from "./words.ts";

const access = "aws:cloudfront/originAccessControl:OriginAccessControl";
const cachePolicy = "aws:cloudfront/cachePolicy:CachePolicy";
const headersPolicy = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const way = "aws:cloudfront/vpcOrigin:VpcOrigin";
const source = "aws:cloudwatch/logDeliverySource:LogDeliverySource";

/** `E` and thirteen capitals and digits. */
const numbered = ({ hex }: Birth): string => `E${hex(13).toUpperCase()}`;
const arn = (service: string, region: string, account: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** AWS' own policies are in every account and were made by nobody. */
const managed: ReadonlySet<string> = new Set(["4135ea2d-6df8-44a3-9df3-4b5a84be39ad"]);

const behavioursOf = ({ inputs }: Birth): readonly unknown[] => [
  inputs.defaultCacheBehavior,
  ...(Array.isArray(inputs.orderedCacheBehaviors) ? inputs.orderedCacheBehaviors : []),
];

/** Policies are named by bare ids, which look like nobody's address. */
const policiesOf = (birth: Birth): readonly string[] =>
  behavioursOf(birth)
    .filter(isMap)
    .flatMap(({ cachePolicyId, responseHeadersPolicyId }) => [
      ...(managed.has(text(cachePolicyId)) ? [] : [keyOf(cachePolicy, text(cachePolicyId))]),
      ...(text(responseHeadersPolicyId) === "" ? [] : [keyOf(headersPolicy, text(responseHeadersPolicyId))]),
    ]);

const policy = { nameInput: "name", id: (birth: Birth) => uuid(birth) };

export const cdn: Kinds = {
  "aws:cloudfront/distribution:Distribution": {
    nameInput: null,
    id: numbered,
    outputs: ({ id, hex, landlord }) => ({
      arn: arn("cloudfront", "", landlord.awsAccountId, `distribution/${id}`),
      domainName: `d${hex(13, "domain")}.cloudfront.net`,
      hostedZoneId: "Z2FDTNDATAQYW2",
      status: "Deployed",
    }),
    names: { "origins.*.originAccessControlId": [access], "origins.*.vpcOriginConfig.vpcOriginId": [way] },
    needs: policiesOf,
    // CNAMEAlreadyExists: a name leads to one distribution of the world.
    unique: ({ inputs }) => (Array.isArray(inputs.aliases) ? inputs.aliases.map(text).toSorted().join(" ") : null),
  },
  [cachePolicy]: policy,
  [headersPolicy]: policy,
  [access]: { nameInput: "name", id: numbered },
  [way]: {
    nameInput: null,
    id: ({ hex }) => `vo_${hex(22)}`,
    outputs: ({ id, landlord }) => ({ arn: arn("cloudfront", "", landlord.awsAccountId, `vpcorigin/${id}`) }),
  },
  [source]: {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: ({ name, inputs, landlord }) => ({
      arn: arn("logs", text(inputs.region), landlord.awsAccountId, `delivery-source:${name}`),
      service: "cloudfront",
    }),
    unique: ({ inputs }) => `${text(inputs.resourceArn)} ${text(inputs.logType)}`,
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    nameInput: "name",
    id: ({ name }) => name,
    outputs: ({ name, inputs, landlord }) => ({
      arn: arn("logs", text(inputs.region), landlord.awsAccountId, `delivery-destination:${name}`),
    }),
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    nameInput: null,
    id: ({ hex }) => hex(16),
    names: { deliverySourceName: [source] },
    unique: ({ inputs }) => `${text(inputs.deliverySourceName)} ${text(inputs.deliveryDestinationArn)}`,
  },
};
