/**
 * Where other sites call: gateways with tunnels, by the key exchange and its form behind translation.
 * What sites may reach is theirs by range: the rules at hosts name it.
 */
import { portSet, union } from "../ports.ts";
import type { Strand } from "../strands.ts";
import { ReadFault, referred, textOf } from "../values.ts";
import type { Ground } from "./ground.ts";

const exchange = union(portSet("udp", [500, 500]), portSet("udp", [4500, 4500]));
const gateways = /^gcp:compute\/(haVpnGateway|vPNGateway):/;

/** A gateway without a tunnel answers nobody. */
export const tunnels = ({ inventory, placeOf }: Ground): readonly Strand[] =>
  inventory.ofType("gcp:compute/vPNTunnel:VPNTunnel").map(tunnel => {
    const { vpnGateway, targetVpnGateway, region } = tunnel.inputs;
    const gateway = referred([vpnGateway, targetVpnGateway])
      .flatMap(urn => inventory.at(urn) ?? [])
      .find(({ type }) => gateways.test(type));
    if (gateway === undefined) throw new ReadFault(tunnel, "of no gateway that the plan knows");
    const place = placeOf(textOf(region) ?? textOf(gateway.inputs.region) ?? "");
    return { from: "internet", to: "vpn", place, ports: exchange, through: [gateway.name, tunnel.name] };
  });
