import * as azure from "@pulumi/azure-native";
import type { CdnSiteSpec, CdnSpec } from "../../components/cdn/model.ts";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import { pick } from "../../components/kernel/pick.ts";
import { groupOf } from "./lookup.ts";
import type { On } from "./natives.ts";

/** A floor of 1.2 with the newest set of suites; of 1.3 alone, where the set has to be told. */
const tls = {
  "1.2": { minimumTlsVersion: "TLS12", cipherSuiteSetType: "TLS12_2023" },
  "1.3": {
    minimumTlsVersion: "TLS13",
    cipherSuiteSetType: "Customized",
    customizedCipherSuiteSet: { cipherSuiteSetForTls13: ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"] },
  },
} satisfies Record<CdnSpec["minimumTls"], Omit<azure.types.input.cdn.AFDDomainHttpsParametersArgs, "certificateType">>;

/** Each name with Front Door's own certificate, and in our zone the record that shows it to be ours. */
export function domains(scope: Scope, site: CdnSiteSpec, minimumTls: CdnSpec["minimumTls"], profile: azure.cdn.Profile, on: On<"cdn">) {
  const { name, parent } = scope;
  const made = Object.fromEntries(
    site.names.map(hostName => [
      hostName,
      new azure.cdn.AFDCustomDomain(
        `${name}-domain-${hostName}`,
        {
          ...groupOf(scope, on),
          profileName: profile.name,
          customDomainName: shortened([hostName.replaceAll(".", "-")], { max: 200, separator: "-", suffixLength: 0 }), // takes no dots
          hostName,
          tlsSettings: { certificateType: "ManagedCertificate", ...tls[minimumTls] },
        },
        { parent },
      ),
    ]),
  );
  const records = Object.entries(site.zones).map(([hostName, { zone, label }]) => {
    const { zoneName, resourceGroupName } = pick(on.zones === null ? {} : on.zones.native.zones, zone);
    const { validationProperties } = pick(made, hostName);
    return new azure.dns.RecordSet(
      `${name}-record-${hostName}`,
      {
        zoneName,
        resourceGroupName,
        recordType: "TXT",
        relativeRecordSetName: label === "@" ? "_dnsauth" : `_dnsauth.${label}`,
        ttl: 3600,
        txtRecords: [{ value: [validationProperties.validationToken] }],
      },
      { parent },
    );
  });
  return { domains: made, ready: records };
}
