/** Whether the certificate that a role shows is checked, and by whose word. */
import type { Known } from "../kernel/known.ts";
import type { BalancerSpec, PoolArgs, PoolSpec } from "./model.ts";

type Asked = Pick<PoolSpec, "protocol" | "health">;

export function authorityOf(
  path: string,
  authority: PoolArgs["authority"],
  { protocol, health }: Asked,
  form: BalancerSpec["form"],
  /** Names under edge.certificates, which balancers show themselves. */
  shown: readonly string[],
  { facts, findings }: Known,
): PoolSpec["authority"] {
  const limits = facts.limits.balancer;
  const secure = form === "application" && (protocol === "https" || health.protocol === "https");
  if (!secure) {
    if (authority !== undefined)
      findings.refuse(
        `${path}.authority`,
        `expected none where the balancer begins no TLS of its own, got "${authority.certificate}"`,
        form === "network" ? "drop it: connections are handed on as they come" : "say protocol: https, or drop it",
      );
    return null;
  }
  if (protocol !== health.protocol) findings.use(`${path}.health.protocol`, limits.protocolsApart, health.protocol);
  if (authority === undefined) {
    findings.use(`${path}.protocol`, limits.roleTls, "https");
    return null;
  }
  if (shown.includes(authority.certificate))
    findings.refuse(
      `${path}.authority.certificate`,
      `expected a name of its own, got "${authority.certificate}", which is one of edge.certificates`,
      `call it "${authority.certificate}-ca"`,
    );
  findings.use(`${path}.authority`, limits.authority.support, authority.certificate);
  return limits.authority.checked ? authority : null;
}
