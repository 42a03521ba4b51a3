/** What AWS makes of the CDN. */
import type { CdnLimits } from "../../../components/cdn/model.ts";
import { native } from "../../../components/kernel/limits.ts";

export const cdn: CdnLimits = {
  alone: native,
  internalOrigin: native,
  minimumTls13: native,
  securityHeaders: native,
  browserTtl: native,
  originSeconds: { max: 240, otherwise: native },
  logs: "bucket",
  logBucket: native,
  closed: native,
  countries: native,
};
