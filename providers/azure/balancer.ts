import type * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { BalancerSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { fixed, publicAddresses } from "./fronts.ts";
import { gateway } from "./gateway.ts";
import { loadBalancer } from "./loadbalancer.ts";
import { lock } from "./lock.ts";
import type { On, Out } from "./natives.ts";

/** An application gateway, or a load balancer that hands connections on; in either case whole, since Azure keeps routes and pools inside. */
export function balancer(scope: Scope, spec: BalancerSpec, on: On<"balancer">): Out<"balancer"> {
  const addresses = publicAddresses(scope, spec, on);
  const made =
    spec.form === "application"
      ? { gateway: gateway(scope, spec, addresses, on), loadBalancer: null }
      : { gateway: null, loadBalancer: loadBalancer(scope, spec, addresses, on) };
  const body = made.gateway === null ? made.loadBalancer : made.gateway;
  lock(scope, "balancer", body);
  return {
    host: spec.scheme === "internal" ? pulumi.output(fixed(spec)) : textOf(pick(addresses, "ipv4")),
    native: {
      ...made,
      pools: Object.fromEntries(Object.keys(spec.pools).map(pool => [pool, pulumi.interpolate`${body.id}/backendAddressPools/${pool}`])),
      addresses,
    },
    ready: [body],
  };
}

/** Azure has given a static address its number when it is made. */
const textOf = ({ ipAddress }: azure.network.PublicIPAddress): pulumi.Output<string> =>
  ipAddress.apply(text => (text === undefined ? "" : text));
