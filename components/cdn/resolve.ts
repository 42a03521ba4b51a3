/** Decides the CDN. */
import type { BalancerSpec } from "../balancer/model.ts";
import type { CertificatesArgs } from "../certificates/model.ts";
import type { Known } from "../kernel/known.ts";
import type { CdnArgs, CdnSpec } from "./model.ts";

export interface CdnOn {
  readonly balancers: Readonly<Record<string, BalancerSpec>>;
  readonly buckets: readonly string[];
  readonly certificates: CertificatesArgs;
  readonly waf: boolean;
}

export function resolveCdn(_args: CdnArgs | null, _on: CdnOn, _known: Known): CdnSpec | null {
  return null;
}
