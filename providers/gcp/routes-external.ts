/** The global external application balancer: anycast addresses, proxies at Google's edge, one certificate map. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { protocolsOf, proxiedPool } from "./backends.ts";
import { guardOf } from "./callers.ts";
import { certificateMap } from "./certificate-map.ts";
import type { On, Out } from "./natives.ts";
import { tlsOf } from "./tls.ts";
import { tablesOf, toHttps } from "./urlmap.ts";

const loadBalancingScheme = "EXTERNAL_MANAGED";

export function externalRoutes(scope: Scope, spec: RoutesSpec, on: On<"routes">): Out<"routes"> {
  const { name, parent, tags } = scope;
  const guard = guardOf(scope, spec, on);
  const services = Object.fromEntries(
    Object.entries(spec.pools).map(([key, pool]) => {
      const settings = { loadBalancingScheme, ...proxiedPool(spec, key, pool, on), ...guard, enableCdn: false };
      return [key, new gcp.compute.BackendService(`${name}-pool-${key}`, settings, { parent }).id];
    }),
  );
  const proxies = Object.fromEntries(
    protocolsOf(spec).map(protocol => [protocol, protocol === "redirect" ? redirecting(scope, on) : answering(scope, spec, services, on)]),
  );
  const rules = Object.entries(spec.listeners).flatMap(([key, { port, protocol }]) =>
    Object.entries(on.balancer.native.addressIds).map(
      ([family, ipAddress]) =>
        new gcp.compute.GlobalForwardingRule(
          `${name}-${family === "ipv6" ? "rule6" : "rule"}-${key}`,
          {
            loadBalancingScheme,
            ipProtocol: "TCP",
            ipAddress,
            portRange: `${port}`,
            target: pick(proxies, protocol).id,
            labels: tags,
          },
          { parent },
        ),
    ),
  );
  return { native: { services }, ready: rules };
}

/** Over TLS, by host and path; HTTP/2 always, HTTP/3 to whoever asks. */
function answering(scope: Scope, spec: RoutesSpec, services: Readonly<Record<string, pulumi.Output<string>>>, on: On<"routes">) {
  const { name, parent } = scope;
  const map = new gcp.compute.URLMap(`${name}-map`, tablesOf(spec, services), { parent });
  const policy = new gcp.compute.SSLPolicy(`${name}-tls`, tlsOf(spec), { parent, dependsOn: [...on.foundation.ready] });
  return new gcp.compute.TargetHttpsProxy(
    `${name}-proxy`,
    {
      urlMap: map.id,
      sslPolicy: policy.id,
      certificateMap: certificateMap(scope, spec, on),
      quicOverride: "ENABLE",
      tlsEarlyData: "DISABLED", // what comes early can be sent again by anybody who saw it
    },
    { parent },
  );
}

function redirecting({ name, parent }: Scope, on: On<"routes">) {
  const map = new gcp.compute.URLMap(`${name}-redirect-map`, toHttps, { parent, dependsOn: [...on.foundation.ready] });
  return new gcp.compute.TargetHttpProxy(`${name}-redirect-proxy`, { urlMap: map.id }, { parent });
}
