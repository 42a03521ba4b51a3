/** Where a balancer is reached. */
import * as azure from "@pulumi/azure-native";
import type { BalancerSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { lock } from "./lock.ts";
import { homeOf, zonesOf } from "./lookup.ts";
import type { By, OnFoundation } from "./natives.ts";

/** The private address that was decided. */
export function fixed({ address }: BalancerSpec): string {
  if (address === null) throw new Error("no private address was decided");
  return address;
}

/** What names point to: static, over all zones, and kept when the balancer goes. */
export function publicAddresses(scope: Scope, spec: BalancerSpec, on: OnFoundation): By<azure.network.PublicIPAddress> {
  if (spec.scheme === "internal") return {};
  const { name, parent, place, protection } = scope;
  const families = spec.ipv6 ? (["ipv4", "ipv6"] as const) : (["ipv4"] as const);
  return Object.fromEntries(
    families.map(family => {
      const address = new azure.network.PublicIPAddress(
        `${name}-address-${family}`,
        {
          ...homeOf(scope, on),
          sku: { name: "Standard", tier: "Regional" },
          publicIPAllocationMethod: "Static",
          publicIPAddressVersion: family === "ipv4" ? "IPv4" : "IPv6",
          idleTimeoutInMinutes: idleMinutes(spec),
          ddosSettings: { protectionMode: "VirtualNetworkInherited" },
          zones: zonesOf(place, spec.zones),
        },
        { parent, protect: protection },
      );
      lock(scope, `address-${family}`, address);
      return [family, address];
    }),
  );
}

/** Azure forgets a silent connection after four to thirty minutes. */
export const idleMinutes = ({ idleSeconds }: BalancerSpec): number => Math.max(4, Math.ceil(idleSeconds / 60));
