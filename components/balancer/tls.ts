/** How TLS ends here: the certificates shown, the lowest version, the suites. */
import type { Known } from "../kernel/known.ts";
import { proposal } from "../kernel/nearest.ts";
import type { BalancerArgs, BalancerSpec } from "./model.ts";
import type { BalancerOn } from "./resolve.ts";

/** Certificates must be known, and end TLS where it is ended. */
export function judgeCertificates(path: string, { form, certificates }: BalancerArgs, on: BalancerOn, { findings }: Known): void {
  const names = Object.keys(on.certificates);
  for (const certificate of certificates)
    if (!names.includes(certificate))
      findings.refuse(
        `${path}.certificates`,
        `no certificate is called "${certificate}"`,
        names.length === 0 ? "add it to edge.certificates" : proposal(certificate, names),
      );
  if (form === "network" && certificates.length > 0)
    findings.refuse(
      `${path}.certificates`,
      "expected none on a network balancer, which ends no TLS, got some",
      "drop them, or make the form application",
    );
}

export function tlsOf(path: string, { form, tls }: BalancerArgs, { facts, findings }: Known): BalancerSpec["tls"] {
  if (form === "network") return null;
  const { tls: policies, suites, suiteNames } = facts.limits.balancer;
  const { policy, support } = policies[tls.minimum];
  findings.use(`${path}.tls.minimum`, support, tls.minimum);
  const own = tls.suites.length > 0 && findings.use(`${path}.tls.suites`, suites, tls.suites.join(", "));
  for (const suite of own && suiteNames !== null ? tls.suites : [])
    if (suiteNames?.[suite] === undefined)
      findings.refuse(
        `${path}.tls.suites`,
        `expected suites that the cloud offers, got "${suite}"`,
        `use some of ${Object.keys(suiteNames ?? {}).join(", ")}`,
      );
  if (own && tls.minimum === "1.3")
    findings.refuse(`${path}.tls.suites`, "expected none beside a floor of 1.3, whose suites are fixed, got some", "drop them");
  return { minimum: tls.minimum, policy, suites: own ? tls.suites.map(suite => suiteNames?.[suite] ?? suite) : [] };
}
