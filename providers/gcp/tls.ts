/** How clients may speak TLS to a balancer. Whatever the policy, 1.3 is offered. */
import type { RoutesSpec } from "../../components/balancer/model.ts";

const lowest = { "1.2": "TLS_1_2", "1.3": "TLS_1_3" };

export function tlsOf({ tls }: RoutesSpec) {
  if (tls === null) throw new Error("a network balancer ends no TLS");
  const minTlsVersion = lowest[tls.minimum];
  return tls.suites.length === 0
    ? { minTlsVersion, profile: tls.policy }
    : { minTlsVersion, profile: "CUSTOM", customFeatures: [...tls.suites] };
}
