/** Application gateways: listeners that a rule leads on from, and the pools that they ask from the gateway's subnet. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { at, type Inventory, listOf, ReadFault, roleOf, rowsOf, textOf, textsOf } from "../values.ts";
import { type Balancer, type Fields, frontOf, type Listener, namedOf, partOf, portOf, type Target } from "./fronts.ts";
import { type SubnetAt, serviceIn } from "./interfaces.ts";

export const gatewayType = "azure-native:network:ApplicationGateway";

function targetOf(pool: unknown, settings: unknown, owner: PlannedResource): readonly Target[] {
  if (pool === undefined) return [];
  const { port } = namedOf(rowsOf(owner.inputs.backendHttpSettingsCollection), settings, owner);
  return [{ pool: partOf(pool, owner), traffic: portOf(port, owner) }];
}

/** Whom a rule asks: one pool, or those of a map of paths; none where it sends visitors elsewhere. */
function targetsOf(rule: Fields, owner: PlannedResource): readonly Target[] {
  if (rule.urlPathMap === undefined) return targetOf(rule.backendAddressPool, rule.backendHttpSettings, owner);
  const map = namedOf(rowsOf(owner.inputs.urlPathMaps), rule.urlPathMap, owner);
  return [
    ...targetOf(map.defaultBackendAddressPool, map.defaultBackendHttpSettings, owner),
    ...rowsOf(map.pathRules).flatMap(path => targetOf(path.backendAddressPool, path.backendHttpSettings, owner)),
  ];
}

export function gatewayOf(inventory: Inventory, owner: PlannedResource, subnetAt: SubnetAt): Balancer {
  const { inputs, name } = owner;
  const end = roleOf(owner) ?? name;
  const unread = [inputs.listeners, inputs.routingRules, inputs.privateLinkConfigurations].some(parts => listOf(parts).length > 0);
  if (unread) throw new ReadFault(owner, "nothing here reads listeners of other protocols, or private links");
  if (rowsOf(inputs.backendAddressPools).some(({ backendAddresses }) => listOf(backendAddresses).length > 0))
    throw new ReadFault(owner, "nothing here reads members that a pool names itself");
  const [home] = rowsOf(inputs.gatewayIPConfigurations).map(({ subnet }) => subnet);
  const [ports, fronts] = [rowsOf(inputs.frontendPorts), rowsOf(inputs.frontendIPConfigurations)];
  const listeners = rowsOf(inputs.requestRoutingRules).map((rule): Listener => {
    const listener = namedOf(rowsOf(inputs.httpListeners), rule.httpListener, owner);
    const front = namedOf(fronts, listener.frontendIPConfiguration, owner);
    return {
      front: frontOf(inventory, owner, end, front, subnetAt, home),
      traffic: portOf(namedOf(ports, listener.frontendPort, owner).port, owner),
      targets: targetsOf(rule, owner),
    };
  });
  return {
    ...{ end, planned: owner, called: textOf(inputs.applicationGatewayName), listeners, lends: new Set() },
    self: serviceIn(subnetAt(home, owner), owner, { end, family: 4 }),
    hosts: new Set(rowsOf(inputs.httpListeners).flatMap(one => [...textsOf(one.hostName), ...textsOf(one.hostNames)])),
  };
}

/** Policies whose least version of TLS is 1.2: https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview (read 2026-11-21). */
const modern = new Set(["AppGwSslPolicy20170401S", "AppGwSslPolicy20220101", "AppGwSslPolicy20220101S"]);
const modernVersions = new Set(["TLSv1_2", "TLSv1_3"]);

/** What a gateway must not do with those who come: answer them in plain text, or in a version of TLS that is broken. */
export function plainTalkOf({ inputs, name }: PlannedResource): readonly { readonly resource: string; readonly what: string }[] {
  const exposed = (what: string) => ({ resource: name, what });
  const plain = new Set(rowsOf(inputs.httpListeners).flatMap(one => (one.protocol === "Https" ? [] : [one.name])));
  const answers = rowsOf(inputs.requestRoutingRules).some(
    ({ httpListener, redirectConfiguration }) =>
      redirectConfiguration === undefined && plain.has(textOf(at(httpListener, "id"))?.split("/").at(-1)),
  );
  const policy = inputs.sslPolicy;
  const floor = modern.has(String(at(policy, "policyName"))) || modernVersions.has(String(at(policy, "minProtocolVersion")));
  return [
    ...(answers ? [exposed("it answers in plain text")] : []),
    ...(plain.size < rowsOf(inputs.httpListeners).length && !floor ? [exposed("it does not refuse TLS below 1.2")] : []),
  ];
}
