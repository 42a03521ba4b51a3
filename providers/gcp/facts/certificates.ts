/** What Google Cloud makes of certificates. */
import type { CertificatesLimits } from "../../../components/certificates/model.ts";
import { approximate, native } from "../../../components/kernel/limits.ts";

export const certificates: CertificatesLimits = {
  managed: native,
  keys: {
    "rsa-2048": native,
    "ecdsa-p256": approximate(
      "Google chooses the key of what it manages: RSA of 2048 bits",
      "https://cloud.google.com/certificate-manager/docs/certificates",
    ),
  },
  also: native,
  unvalidated: native,
  reference: null,
};
