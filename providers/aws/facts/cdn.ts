/** What AWS makes of the CDN. */
import type { CdnLimits } from "../../../components/cdn/model.ts";
import { absent, approximate, native } from "../../../components/kernel/limits.ts";

const docs = (page: string): string => `https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/${page}`;

/**
 * `com.amazonaws.global.cloudfront.origin-facing` by region: an id never changes, and a look-up would cost a preview its independence of an account.
 * From the announcement (https://aws.amazon.com/blogs/networking-and-content-delivery/limit-access-to-your-origins-using-the-aws-managed-prefix-list-for-amazon-cloudfront/)
 * and later lists in public templates that agree with it; read 2026-11-21.
 */
const originFacing: Readonly<Record<string, string>> = {
  "us-east-1": "pl-3b927c52",
  "us-east-2": "pl-b6a144df",
  "us-west-2": "pl-82a045eb",
  "ca-central-1": "pl-38a64351",
  "sa-east-1": "pl-5da64334",
  "eu-west-1": "pl-4fa04526",
  "eu-west-2": "pl-93a247fa",
  "eu-west-3": "pl-75b1541c",
  "eu-central-1": "pl-a3a144ca",
  "eu-north-1": "pl-fab65393",
  "eu-south-1": "pl-1bbc5972",
  "ap-south-1": "pl-9aa247f3",
  "ap-southeast-1": "pl-31a34658",
  "ap-southeast-2": "pl-b8a742d1",
  "ap-northeast-1": "pl-58a04531",
  "ap-northeast-2": "pl-22a6434b",
  "ap-northeast-3": "pl-31a14458",
  "ap-east-1": "pl-14b2577d",
  "me-south-1": "pl-17b2577e",
  "af-south-1": "pl-c0aa4fa9",
};

export const cdn: CdnLimits = {
  alone: native,
  internalOrigin: native,
  networkOrigin: native,
  bucketOrigin: native,
  bucketWaf: native,
  namelessOrigin: native, // by the balancer's own name; the visitor's goes on as host, and is what the certificate is held against
  minimumTls13: native,
  readOnly: native,
  maxTtl: native,
  browserTtl: native,
  browserLonger: native,
  originSeconds: {
    min: 1,
    max: 120,
    otherwise: absent("use at most 120", docs("DownloadDistValuesOrigin.html#DownloadDistValuesOriginResponseTimeout")),
  },
  originSecondsBySite: native,
  logs: "bucket",
  logBucket: native,
  closed: native,
  closedByAddress: approximate(
    "CloudFront's addresses alone keep others out, and every customer's distributions have those: a secret header is asked for where flows let nobody but cdn in, by an application balancer",
    docs("restrict-access-to-load-balancer.html"),
  ),
  pass: "routes",
  countries: native,
  // A role behind a balancer sees the balancer's group.
  seenAs: region => {
    const list = originFacing[region];
    return list === undefined ? null : { balancers: [list], roles: [] };
  },
};
