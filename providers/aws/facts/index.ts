/** What AWS is. */
import type { CloudFacts } from "../../../components/contract.ts";
import { balancer } from "./balancer.ts";
import { cdn } from "./cdn.ts";
import { certificates } from "./certificates.ts";
import { dns } from "./dns.ts";
import { entry } from "./entry.ts";
import { images } from "./images.ts";
import * as base from "./limits.ts";
import { names } from "./names.ts";
import { regions } from "./regions.ts";
import { scaling } from "./scaling.ts";
import { databaseMaxIops, sizes } from "./sizes.ts";
import { versions } from "./versions.ts";
import { waf } from "./waf.ts";

export const facts = {
  cloud: "aws",
  regions,
  sizes,
  versions,
  images,
  names,
  limits: { ...base, balancer, cdn, certificates, dns, entry, scaling, waf },
  databaseEdition: () => null,
  databaseClassIops: databaseMaxIops,
  cacheClass: () => true,
  cacheFixedReserve: () => null,
  cacheCapacityClass: "",
  /** Both take effect without a restart: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html */
  forceTls: {
    postgres: { name: "rds.force_ssl", value: "1", restart: false },
    mysql: { name: "require_secure_transport", value: "1", restart: false },
  },
  services: [],
  preflight: [
    "credentials of the account in strata:account.awsAccountId; another account's are refused",
    "the deployer may read public SSM parameters (ssm:GetParameters) and pass roles (iam:PassRole): launch templates resolve images in its name",
    "Elastic IPs: five a region unless raised, and each NAT takes one",
    "vCPU quotas of the instance families in use, on demand and spot, in each region",
    "60 rules a security group and direction unless raised; object storage's prefix list counts with every entry it may hold",
    "regions that are off by default (af-south-1, ap-east-1, eu-south-1, …) are turned on",
  ],
  placeholders: { awsAccountId: "123456789012" },
  groups: false,
  privateEndpoints: false,
  endpointAddresses: true,
  managedPeers: true,
  databasesAct: true, // the proxy stands in the instance's group; the engine calls S3 from its own address: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.S3Import.html
  callersUseKeys: true, // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  healthSources: [],
} satisfies CloudFacts;
