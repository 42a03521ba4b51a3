/** What AWS makes of certificates. */
import type { CertificatesLimits } from "../../../components/certificates/model.ts";
import { native } from "../../../components/kernel/limits.ts";

export const certificates: CertificatesLimits = {
  managed: native,
  keys: { "rsa-2048": native, "ecdsa-p256": native },
  also: native,
  reference: null,
};
