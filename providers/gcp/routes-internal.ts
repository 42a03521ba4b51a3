/** The regional internal application balancer: proxies in the network's own range for them, reached on one fixed address. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { protocolsOf, proxiedPool } from "./backends.ts";
import { only } from "./lookup.ts";
import type { On, Out } from "./natives.ts";
import { tlsOf } from "./tls.ts";
import { tablesOf, toHttps } from "./urlmap.ts";

const loadBalancingScheme = "INTERNAL_MANAGED";

export function internalRoutes(scope: Scope, spec: RoutesSpec, on: On<"routes">): Out<"routes"> {
  const { name, parent, place, tags } = scope;
  const { region } = place;
  const services = Object.fromEntries(
    Object.entries(spec.pools).map(([key, pool]) => {
      const settings = { region, loadBalancingScheme, ...proxiedPool(spec, key, pool, on) };
      return [key, new gcp.compute.RegionBackendService(`${name}-pool-${key}`, settings, { parent }).id];
    }),
  );
  const proxies = Object.fromEntries(
    protocolsOf(spec).map(protocol => [protocol, protocol === "redirect" ? redirecting(scope) : answering(scope, spec, services, on)]),
  );
  const rules = Object.entries(spec.listeners).map(
    ([key, { port, protocol }]) =>
      new gcp.compute.ForwardingRule(
        `${name}-rule-${key}`,
        {
          region,
          loadBalancingScheme,
          ipProtocol: "TCP",
          ipAddress: pick(on.balancer.native.addressIds, "ipv4"),
          portRange: `${port}`,
          target: pick(proxies, protocol).id,
          network: on.network.networkId,
          subnetwork: pick(on.network.subnetIds, only(spec.subnets)),
          allowGlobalAccess: false,
          labels: tags,
        },
        { parent, dependsOn: [...on.endpoints.ready] }, // the subnet of the proxies, without which no rule is taken
      ),
  );
  return { native: { services }, ready: rules };
}

/** Over TLS, by host and path. Certificates are listed, the first one answers unknown hosts. */
function answering(
  { name, parent, place }: Scope,
  spec: RoutesSpec,
  services: Readonly<Record<string, pulumi.Output<string>>>,
  { certificates }: On<"routes">,
) {
  if (certificates === null) throw new Error("no certificates were made");
  const { region } = place;
  const map = new gcp.compute.RegionUrlMap(`${name}-map`, { region, ...tablesOf(spec, services) }, { parent });
  const policy = new gcp.compute.RegionSslPolicy(`${name}-tls`, { region, ...tlsOf(spec) }, { parent });
  return new gcp.compute.RegionTargetHttpsProxy(
    `${name}-proxy`,
    {
      region,
      urlMap: map.id,
      sslPolicy: policy.id,
      certificateManagerCertificates: spec.certificates.map(certificate => pick(certificates.native.regional, certificate).id),
    },
    { parent, dependsOn: [...certificates.ready] },
  );
}

function redirecting({ name, parent, place }: Scope) {
  const { region } = place;
  const map = new gcp.compute.RegionUrlMap(`${name}-redirect-map`, { region, ...toHttps }, { parent });
  return new gcp.compute.RegionTargetHttpProxy(`${name}-redirect-proxy`, { region, urlMap: map.id }, { parent });
}
