/** Decides every certificate. */
import type { DnsArgs } from "../dns/model.ts";
import type { Known } from "../kernel/known.ts";
import type { CertificatesArgs, CertificatesSpec } from "./model.ts";

export interface CertificateUses {
  readonly dns: DnsArgs;
  /** Names that balancers and CDN sites ask for. */
  readonly regional: readonly string[];
  readonly global: readonly string[];
  /** Where a person keeps certificates, by name. */
  readonly references: Readonly<Record<string, string>>;
}

export function resolveCertificates(
  _args: CertificatesArgs,
  _uses: CertificateUses,
  _known: Known,
): { readonly spec: CertificatesSpec | null; readonly missing: readonly string[] } {
  return { spec: null, missing: [] };
}
