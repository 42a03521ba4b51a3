/** What Azure makes of certificates. */
import type { CertificatesLimits } from "../../../components/certificates/model.ts";
import { approximate, native } from "../../../components/kernel/limits.ts";

const gateway = "https://learn.microsoft.com/azure/application-gateway/key-vault-certs";
const kept = "the certificate is what a person keeps in Key Vault";

export const certificates: CertificatesLimits = {
  managed: approximate(
    "Azure makes none for a gateway: it reads the Key Vault secret that strata:account.certificates names, and follows its renewals; Front Door makes its own",
    gateway,
  ),
  keys: { "rsa-2048": native, "ecdsa-p256": approximate(`${kept}, with its key; Front Door makes an RSA one`, gateway) },
  also: approximate(`${kept}: it has to hold these names too, which nobody checks here`, gateway),
  unvalidated: native,
  reference: {
    pattern:
      /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]\/secrets\/[a-zA-Z0-9-]{1,127}$/i,
    example:
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/certificates/providers/Microsoft.KeyVault/vaults/certificates/secrets/example-com",
  },
};
