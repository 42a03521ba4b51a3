/** What AWS makes of certificates. */
import type { CertificatesLimits } from "../../../components/certificates/model.ts";
import { approximate, native } from "../../../components/kernel/limits.ts";

export const certificates: CertificatesLimits = {
  managed: native,
  keys: { "rsa-2048": native, "ecdsa-p256": native },
  also: native,
  unvalidated: approximate(
    "listeners and distributions take no certificate that is not validated yet: deploy the zone alone first and have its parent name it (docs/operations.md, a new platform's names and certificates)",
    "https://github.com/hashicorp/terraform-provider-aws/issues/26245",
  ),
  reference: null,
};
