/** Load balancers: rules that hand connections on to pools, whose members see the callers and are asked by their own groups. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { every, type PortSet, portSet } from "../ports.ts";
import { at, type Inventory, listOf, numberOf, ReadFault, roleOf, rowsOf, textOf } from "../values.ts";
import { type Balancer, type Fields, frontOf, type Listener, namedOf, partOf } from "./fronts.ts";
import type { SubnetAt } from "./interfaces.ts";

export const loadBalancerType = "azure-native:network:LoadBalancer";

/** A rule for all ports has port 0 on both sides. */
function portsOf(rule: Fields, key: "frontendPort" | "backendPort", owner: PlannedResource): PortSet {
  const port = numberOf(rule[key]);
  const protocol = textOf(rule.protocol);
  if (protocol === "All" && port === 0) return every;
  if (port === undefined || (protocol !== "Tcp" && protocol !== "Udp")) throw new ReadFault(owner, "a rule needs a protocol and ports");
  return portSet(protocol === "Tcp" ? "tcp" : "udp", [port, port]);
}

const poolsOf = (rule: Fields, owner: PlannedResource): readonly string[] =>
  [...listOf(rule.backendAddressPools), ...(rule.backendAddressPool === undefined ? [] : [rule.backendAddressPool])].map(pool =>
    partOf(pool, owner),
  );

export function loadBalancerOf(inventory: Inventory, owner: PlannedResource, subnetAt: SubnetAt): Balancer {
  const { inputs, name } = owner;
  const end = roleOf(owner) ?? name;
  const rules = rowsOf(inputs.loadBalancingRules);
  const unread = [inputs.inboundNatRules, inputs.inboundNatPools, inputs.outboundRules].some(parts => listOf(parts).length > 0);
  if (unread) throw new ReadFault(owner, "nothing here reads ports for single members, or rules for the way out");
  if (rules.some(rule => rule.enableFloatingIP === true))
    throw new ReadFault(owner, "nothing here reads members that answer with its address");
  // The basic one is open to the internet without a group.
  if (at(inputs, "sku", "name") !== "Standard") throw new ReadFault(owner, "nothing here reads a balancer that is not Standard");
  if (rowsOf(inputs.backendAddressPools).some(pool => listOf(pool.loadBalancerBackendAddresses).length > 0))
    throw new ReadFault(owner, "nothing here reads members that a pool names itself");
  const fronts = rowsOf(inputs.frontendIPConfigurations);
  const front = (rule: Fields) => frontOf(inventory, owner, end, namedOf(fronts, rule.frontendIPConfiguration, owner), subnetAt, undefined);
  const listeners = rules.map((rule): Listener => {
    const before = portsOf(rule, "frontendPort", owner);
    const behind = portsOf(rule, "backendPort", owner);
    return { front: front(rule), traffic: before, targets: poolsOf(rule, owner).map(pool => ({ pool, traffic: behind })) };
  });
  const lending = rules.filter(rule => rule.disableOutboundSnat !== true && front(rule).publicAddress !== null);
  return {
    ...{ end, planned: owner, called: textOf(inputs.loadBalancerName), self: null, listeners, hosts: new Set() },
    lends: new Set(lending.flatMap(rule => poolsOf(rule, owner))),
  };
}
