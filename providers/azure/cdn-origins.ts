import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { CdnSiteSpec } from "../../components/cdn/model.ts";
import type { CdnPass, Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, groupOf } from "./lookup.ts";
import type { By, On } from "./natives.ts";
import { objects } from "./storage.ts";

export interface Origin {
  readonly group: azure.cdn.AFDOriginGroup;
  readonly origin: azure.cdn.AFDOrigin;
  /** Folder that paths are sought in; null for none. */
  readonly folder: string | null;
  /** What it is asked with; null for nothing. */
  readonly pass: CdnPass | null;
}
export type Origins = By<Origin>;

interface Within {
  readonly profile: azure.cdn.Profile;
  readonly reader: { readonly identity: azure.managedidentity.UserAssignedIdentity; readonly rights: readonly pulumi.Resource[] } | null;
}

/** What stands behind one site: a group of one origin for each. A group of one is never given up, so that no probe decides anything. */
export function origins(scope: Scope, site: string, { origins: wanted }: CdnSiteSpec, { profile, reader }: Within, on: On<"cdn">): Origins {
  const { name, parent } = scope;
  const base = { ...groupOf(scope, on), profileName: profile.name };
  return each(wanted, (key, one): Origin => {
    const group = new azure.cdn.AFDOriginGroup(
      `${name}-group-${site}-${key}`,
      {
        ...base,
        sessionAffinityState: "Disabled", // a cookie of Front Door's would be laid beside the balancer's own
        loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 },
        ...(one.kind === "bucket" && reader !== null
          ? {
              authentication: {
                type: "UserAssignedIdentity",
                userAssignedIdentity: { id: reader.identity.id },
                scope: "https://storage.azure.com/.default",
              },
            }
          : {}),
      },
      { parent, dependsOn: one.kind === "bucket" && reader !== null ? [...reader.rights] : [] }, // asked at once, as the reader
    );
    const host = one.kind === "bucket" ? blobHost(pick(on.buckets, one.bucket).bucketName) : one.host;
    if (host === null) throw new Error(`no host name of ${one.kind} ${key}`);
    const origin = new azure.cdn.AFDOrigin(
      `${name}-origin-${site}-${key}`,
      {
        ...base,
        originGroupName: group.name,
        hostName: host,
        // A balancer is asked by the visitor's host name, which its routes read; an account answers to its own alone.
        ...(one.kind === "bucket" ? { originHostHeader: host } : {}),
        httpPort: 80,
        httpsPort: 443,
        priority: 1,
        weight: 1000,
        enabledState: "Enabled",
        enforceCertificateNameCheck: true,
      },
      { parent },
    );
    return one.kind === "bucket" ? { group, origin, folder: `/${objects}`, pass: null } : { group, origin, folder: null, pass: on.pass };
  });
}

const blobHost = (account: pulumi.Output<string>): pulumi.Output<string> => pulumi.interpolate`${account}.blob.core.windows.net`;
