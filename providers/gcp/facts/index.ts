import type { CloudFacts } from "../../../components/contract.ts";
import { balancer } from "./balancer.ts";
import { cdn } from "./cdn.ts";
import { certificates } from "./certificates.ts";
import { dns } from "./dns.ts";
import { entry } from "./entry.ts";
import { images } from "./images.ts";
import { limits as base } from "./limits.ts";
import { names } from "./names.ts";
import { regions } from "./regions.ts";
import { scaling } from "./scaling.ts";
import { cacheResource, databaseEdition, databaseMaxIops, sizes } from "./sizes.ts";
import { versions } from "./versions.ts";
import { waf } from "./waf.ts";

/** What Google Cloud is. */
export const facts = {
  cloud: "gcp",
  regions,
  sizes,
  versions,
  images,
  names,
  limits: { ...base, balancer, cdn, certificates, dns, entry, scaling, waf },
  databaseEdition,
  databaseClassIops: databaseMaxIops,
  cacheClass: (className, shape) => cacheResource(className) === (shape === "sharded" ? "cluster" : "instance"),
  cacheFixedReserve: shape => (shape === "sharded" ? 20 : 0),
  cacheCapacityClass: "STANDARD_HA",
  forceTls: { postgres: null, mysql: null }, // `sslMode` of the server does it
  services: [
    "certificatemanager.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudkms.googleapis.com",
    "compute.googleapis.com",
    "dns.googleapis.com",
    "iam.googleapis.com",
    "iap.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "networkconnectivity.googleapis.com",
    "oslogin.googleapis.com",
    "redis.googleapis.com",
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
    "storage.googleapis.com",
  ],
  preflight: [
    "The project exists, has a billing account, and serviceusage.googleapis.com is on; whoever deploys owns it",
    "APIs that were never on need some minutes after they are enabled: enable them once before the first deploy",
    "Own keys for buckets: `gcloud storage service-agent --project=<project>` once, which makes the service agent that is granted the key",
    "Own key for logs: `gcloud logging settings describe --project=<project>` names service-<number>@gcp-sa-logging as kmsServiceAccountId",
    "Access logs of buckets: no organization policy may forbid granting group:cloud-storage-analytics@google.com",
    "Quotas of the region: CPUs of the chosen series, SSD GiB, static addresses, firewall rules of the project (two a flow)",
    "Programs behind an application balancer keep a silent connection for more than 600 seconds, as Google's proxies do: else some answers are 502",
    "Plans without an account: PULUMI_GCP_SKIP_REGION_VALIDATION=true, which is no argument of the provider",
  ],
  placeholders: { gcpProject: "example-project", gcpProjectNumber: "123456789012" },
  groups: false,
  privateEndpoints: false,
  endpointAddresses: false,
  managedPeers: false,
  databasesAct: false, // pooler and exchange are the service's own
  callersUseKeys: false, // https://cloud.google.com/storage/docs/encryption/customer-managed-keys#service-agents
  healthSources: ["35.191.0.0/16", "130.211.0.0/22"], // https://cloud.google.com/load-balancing/docs/health-checks#fw-rule
} satisfies CloudFacts;
