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
import { databaseMaxIops, databaseTier, sizes } from "./sizes.ts";
import { versions } from "./versions.ts";
import { waf } from "./waf.ts";

/** What Azure is. */
export const facts = {
  cloud: "azure",
  regions,
  sizes,
  versions,
  images,
  names,
  limits: { ...base, balancer, cdn, certificates, dns, entry, scaling, waf },
  databaseEdition: databaseTier,
  databaseClassIops: databaseMaxIops,
  cacheClass: () => true,
  cacheFixedReserve: () => 20, // https://learn.microsoft.com/azure/redis/overview
  cacheCapacityClass: "",
  /** Both take effect without a restart: https://learn.microsoft.com/azure/postgresql/security/security-tls */
  forceTls: {
    postgres: { name: "require_secure_transport", value: "on", restart: false },
    mysql: { name: "require_secure_transport", value: "ON", restart: false },
  },
  services: [],
  preflight: [
    "resource providers registered in the subscription: Microsoft.Authorization, Cache, Cdn, Compute, DataProtection, DBforMySQL, DBforPostgreSQL, Insights, KeyVault, ManagedIdentity, Network, OperationalInsights, Storage",
    "feature Microsoft.Compute/EncryptionAtHost registered: `az feature register --namespace Microsoft.Compute --name EncryptionAtHost`",
    "for application balancers, before the first one: feature Microsoft.Network/EnableApplicationGatewayNetworkIsolation registered, or Azure refuses a private one and the rules that close its subnet: `az feature register --namespace Microsoft.Network --name EnableApplicationGatewayNetworkIsolation`",
    "the deployer is Owner, or Contributor with User Access Administrator: role assignments and locks are made",
    "NetworkWatcherRG holds NetworkWatcher_<region> for each region; Azure makes it with the first network there, unless somebody turned that off",
    "role assignments take minutes to be seen everywhere: a first deploy that is refused a key, a flow log or the backup of a disk is repeated",
    "vCPU quotas of the machine series in use, spot and regular, and of flexible servers, in each region",
    "names of deleted vaults stay taken until their days are over; the stack's suffix keeps a new stack clear of them",
    "certificates of balancers: vaults use Azure's roles, and the deployer may assign there (Owner or User Access Administrator of the vault); adopted DNS zones lie in the stack's subscription",
  ],
  placeholders: {
    azureSubscriptionId: "00000000-0000-4000-8000-000000000001",
    azureTenantId: "00000000-0000-4000-8000-000000000002",
    azureSshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA placeholder",
  },
  groups: true,
  privateEndpoints: true,
  endpointAddresses: true,
  managedPeers: true,
  databasesAct: false, // pooler and exchange are the service's own
  callersUseKeys: false, // https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview
  healthSources: [], // probes pass by Azure's own word, in every tier
} satisfies CloudFacts;
