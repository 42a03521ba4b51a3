/** Ways in for people and sites: Bastion's hosts, and gateways of a VPN. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { type PortSet, portSet, union } from "../ports.ts";
import { at, type Inventory, listOf, ReadFault, referred, rowsOf, textOf, textsOf } from "../values.ts";
import { publicAddressType } from "./fronts.ts";
import { nameOf, type Subnet, urnsOf } from "./ground.ts";
import { type Interface, type SubnetAt, serviceIn } from "./interfaces.ts";
import { type FilterAt, groupsOf, only } from "./judge.ts";
import { type Party, wordOf } from "./party.ts";
import { type Passage, passageOf } from "./passage.ts";
import { carriesIn } from "./routes.ts";

/** A service's address on the internet, with the ports that it answers there. */
interface Door {
  readonly stand: Interface;
  readonly traffic: PortSet;
  /** Names of what else makes it answer. */
  readonly by: readonly string[];
}

export interface Entries {
  readonly doors: readonly Door[];
  /** From where sessions are opened: each under the range of its subnet, as rules name it. */
  readonly callers: readonly Interface[];
  /** Subnets that hold such a service and can hold nothing else. */
  readonly subnets: ReadonlySet<Subnet>;
}

interface Configuration {
  readonly subnet: Subnet;
  readonly publicAddress: string | null;
  /** Names of all addresses that it may have: references do not tell one configuration's from another's. */
  readonly addresses: readonly string[];
}

const configurationsOf = (owner: PlannedResource, subnetAt: SubnetAt): readonly Configuration[] =>
  rowsOf(owner.inputs.ipConfigurations).map(({ subnet, publicIPAddress }) => {
    const addresses = urnsOf(publicIPAddress, publicAddressType).map(nameOf);
    const [publicAddress = owner.name] = addresses;
    return { subnet: subnetAt(subnet, owner), publicAddress: publicIPAddress === undefined ? null : publicAddress, addresses };
  });

const https = portSet("tcp", [443, 443]);
const tunnel = union(portSet("udp", [500, 500]), portSet("udp", [4500, 4500]));

/** A private host answers in its network alone. */
function bastionOf(owner: PlannedResource, subnetAt: SubnetAt): Entries {
  const all = configurationsOf(owner, subnetAt);
  const open = all.filter(({ publicAddress }) => publicAddress !== null && owner.inputs.enablePrivateOnlyBastion !== true);
  return {
    doors: open.map(({ subnet, publicAddress }) => ({
      stand: serviceIn(subnet, owner, { end: "session", family: 4, publicAddress }),
      traffic: https,
      by: [owner.name],
    })),
    callers: all.flatMap(({ subnet }) =>
      subnet.ranges.map(range => serviceIn(subnet, owner, { end: range.text, family: range.family, ranges: [range] })),
    ),
    subnets: new Set(all.map(({ subnet }) => subnet)),
  };
}

/** OpenVPN and SSTP look like https; IKEv2 comes as tunnels of sites do. */
function clientsOf({ inputs }: PlannedResource): PortSet {
  const clients = inputs.vpnClientConfiguration;
  if (textsOf(at(clients, "vpnClientAddressPool", "addressPrefixes")).length === 0) return new Map();
  const protocols = textsOf(at(clients, "vpnClientProtocols"));
  return union(...protocols.map(protocol => (protocol === "IkeV2" ? tunnel : https)));
}

/** A tunnel needs another end, by address or by name. */
const tunnelsOf = (inventory: Inventory, gateway: PlannedResource): readonly PlannedResource[] =>
  inventory
    .ofType("azure-native:network:VirtualNetworkGatewayConnection")
    .filter(({ inputs }) => referred(inputs.virtualNetworkGateway1).includes(gateway.urn))
    .filter(({ inputs }) =>
      inventory
        .referredOf(inputs.localNetworkGateway2, "azure-native:network:LocalNetworkGateway")
        .some(other => other.inputs.gatewayIpAddress !== undefined || other.inputs.fqdn !== undefined),
    );

function gatewayOf(inventory: Inventory, owner: PlannedResource, subnetAt: SubnetAt): Entries {
  if (textOf(owner.inputs.gatewayType) !== "Vpn") throw new ReadFault(owner, "nothing here reads a gateway that is none of a VPN");
  const all = configurationsOf(owner, subnetAt);
  const tunnels = tunnelsOf(inventory, owner);
  const doorsAt = ({ subnet, publicAddress, addresses }: Configuration): readonly Door[] => {
    const stand = serviceIn(subnet, owner, { end: "vpn", family: 4, publicAddress });
    return [
      { stand, traffic: clientsOf(owner), by: [owner.name, ...addresses] },
      ...(tunnels.length === 0 ? [] : [{ stand, traffic: tunnel, by: [owner.name, ...addresses, ...tunnels.map(({ name }) => name)] }]),
    ];
  };
  return {
    doors: all.filter(({ publicAddress }) => publicAddress !== null).flatMap(doorsAt),
    callers: [],
    subnets: new Set(all.map(({ subnet }) => subnet)),
  };
}

export function entriesOf(inventory: Inventory, subnetAt: SubnetAt): Entries {
  const orphan = inventory
    .ofType("azure-native:network:VirtualNetworkGatewayConnection")
    .find(({ inputs }) => textOf(inputs.connectionType) !== "IPsec" || listOf(inputs.egressNatRules).length > 0);
  if (orphan) throw new ReadFault(orphan, "nothing here reads a connection that is no tunnel to a site");
  const all = [
    ...inventory.ofType("azure-native:network:BastionHost").map(owner => bastionOf(owner, subnetAt)),
    ...inventory.ofType("azure-native:network:VirtualNetworkGateway").map(owner => gatewayOf(inventory, owner, subnetAt)),
  ];
  return {
    doors: all.flatMap(({ doors }) => doors),
    callers: all.flatMap(({ callers }) => callers),
    subnets: new Set(all.flatMap(({ subnets }) => [...subnets])),
  };
}

/** From the internet, and from whatever range of it a group names. */
export const waysByEntries = ({ doors }: Entries, outside: readonly Party[], filterAt: FilterAt): readonly (Passage | null)[] =>
  doors.flatMap(({ stand, traffic, by: [name = stand.name, ...more] }) =>
    outside
      .filter(party => party.kind !== "range" || carriesIn(party, stand)?.includes(stand.publicAddress ?? "") === true)
      .map(party => {
        const carriers = carriesIn(party, stand);
        const { word, partOfInternet } = wordOf(party);
        const ends = { from: word, to: stand.end, place: stand.subnet.network.place, partOfInternet };
        return (
          carriers &&
          passageOf({ ...ends, carriers: [...carriers, ...more] }, [...groupsOf(stand, "Inbound", party, filterAt), only(name, traffic)])
        );
      }),
  );
