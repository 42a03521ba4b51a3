/**
 * Mistakes in Azure's ways in. Left out because nothing changes: one of many routes of the CDN, whose site answers by the others;
 * a balancer that lends its address where a NAT gateway stands; a public address gone, to which its owner still points.
 */
import type { PlannedResource } from "../../../cli/planner/model.ts";
import { at, rowsOf } from "../../../reach/values.ts";
import { editing, type Inputs, type Operator, type Operators, ofType, putIn, type Step, setting } from "./mutant.ts";

const gateway = "azure-native:network:ApplicationGateway";
const balancer = "azure-native:network:LoadBalancer";
const bastion = "azure-native:network:BastionHost";
const vpn = "azure-native:network:VirtualNetworkGateway";
const scaleSet = "azure-native:compute:VirtualMachineScaleSet";
const account = "azure-native:storage:StorageAccount";
const cdn = (kind: string): string => `azure-native:cdn:${kind}`;

const configuration = ["virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations", 0, "ipConfigurations", 0] as const;

/** Each member of a list, changed by itself. */
const settingEach =
  (type: string, list: string, path: readonly Step[], part: unknown, which: (member: Inputs) => boolean = () => true): Operator =>
  plan =>
    ofType(plan, type).flatMap(resource =>
      rowsOf(resource.inputs[list]).flatMap((member, index) =>
        which(member) ? setting([type], [list, index, ...path], part, ({ urn }) => urn === resource.urn)(plan) : [],
      ),
    );

/** All of a type together. */
const settingAll =
  (type: string, path: readonly Step[], part: unknown): Operator =>
  plan => {
    const urns = ofType(plan, type).map(({ urn }) => urn);
    const what = `${type} ${path.join(".")} = ${JSON.stringify(part)}`;
    return urns.length === 0 ? [] : [{ what, resources: () => editing(plan, urns, inputs => putIn(inputs, path, part)) }];
  };

const together =
  (...operators: readonly Operator[]): Operator =>
  plan =>
    operators.flatMap(operator => operator(plan));

const joins = (key: string): Operator =>
  setting([scaleSet], [...configuration, key], [], ({ inputs }) => {
    const [card] = rowsOf(at(inputs, "virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations"));
    const [first] = rowsOf(card?.ipConfigurations);
    return first?.[key] !== undefined;
  });

/** Those that Front Door asks, rather than read. */
const asked = ({ inputs }: PlannedResource): boolean => typeof inputs.hostName === "string";
const isRead = ({ inputs }: PlannedResource): boolean => at(inputs, "networkRuleSet", "defaultAction") === "Allow";

/** A rule of the group before sessions: where people come in, and where they go on. */
const guard = (name: string, path: readonly Step[], part: unknown): Operator =>
  settingEach("azure-native:network:NetworkSecurityGroup", "securityRules", path, part, member => member.name === name);

const somebody = { unknown: true, from: ["urn:pulumi:prod::strata::strata:index:Part$azure-native:network:PublicIPAddress::any"] };

const isInside = ({ inputs }: PlannedResource): boolean =>
  rowsOf(inputs.frontendIPConfigurations).some(front => front.subnet !== undefined);

/** All of its fronts private, in the first subnet of the plan. */
const turnedIn: Operator = plan => {
  const from = ofType(plan, "azure-native:network:Subnet")
    .slice(0, 1)
    .map(({ urn }) => urn);
  const inside = { privateIPAddress: "10.0.1.250", subnet: { id: { unknown: true, from } } };
  return ofType(plan, gateway, balancer)
    .filter(one => !isInside(one))
    .flatMap(({ urn, type, inputs }) => {
      const fronts = rowsOf(inputs.frontendIPConfigurations).map(({ name }) => ({ name, ...inside }));
      return setting([type], ["frontendIPConfigurations"], fronts, one => one.urn === urn)(plan);
    });
};

export const entryOperators: Operators = {
  "a gateway listens beside": settingEach(gateway, "frontendPorts", ["port"], 8443),
  "a gateway speaks plainly": together(
    settingEach(gateway, "httpListeners", ["protocol"], "Http", ({ protocol }) => protocol === "Https"),
    setting([gateway], ["sslPolicy"], { policyType: "Predefined", policyName: "AppGwSslPolicy20150501" }),
  ),
  "a gateway asks beside": settingEach(gateway, "backendHttpSettingsCollection", ["port"], 4999),
  "a gateway leads nowhere": setting([gateway], ["requestRoutingRules"], []),
  "a group leaves its pools": together(joins("applicationGatewayBackendAddressPools"), joins("loadBalancerBackendAddressPools")),
  "a balancer hands on beside": together(
    settingEach(balancer, "loadBalancingRules", ["backendPort"], 4999),
    settingEach(balancer, "loadBalancingRules", ["frontendPort"], 4999),
    settingEach(balancer, "loadBalancingRules", ["protocol"], "Udp"),
  ),
  "a balancer changes sides": together(
    setting([balancer], ["frontendIPConfigurations", 0, "publicIPAddress"], { id: somebody }, isInside),
    turnedIn,
  ),
  "the CDN is silent": together(
    settingAll(cdn("AFDEndpoint"), ["enabledState"], "Disabled"),
    settingAll(cdn("Route"), ["customDomains"], []),
  ),
  "the CDN speaks plainly": together(
    setting([cdn("Route")], ["httpsRedirect"], "Disabled"),
    setting([cdn("Route")], ["forwardingProtocol"], "HttpOnly"),
    setting([cdn("AFDCustomDomain")], ["tlsSettings", "minimumTlsVersion"], "TLS10"),
  ),
  "the CDN asks somebody else": together(
    setting([cdn("AFDOrigin")], ["hostName"], "elsewhere.example.net", asked),
    setting([cdn("AFDOrigin")], ["httpsPort"], 80, asked),
    setting([cdn("AFDOrigin")], ["enforceCertificateNameCheck"], false),
  ),
  "a bucket is read by others": together(
    setting([account], ["allowSharedKeyAccess"], true, isRead),
    setting([cdn("AFDOriginGroup")], ["authentication"], undefined, ({ inputs }) => inputs.authentication !== undefined),
  ),
  "sessions come otherwise": together(
    setting([bastion], ["enablePrivateOnlyBastion"], true),
    guard("people", ["sourceAddressPrefix"], "203.0.113.0/24"),
    guard("people", ["destinationPortRange"], "444"),
    guard("hosts", ["destinationPortRanges"], ["23"]),
    guard("hosts", ["access"], "Deny"),
  ),
  "clients come otherwise": together(
    setting([vpn], ["vpnClientConfiguration"], undefined, ({ inputs }) => inputs.vpnClientConfiguration !== undefined),
    setting(
      [vpn],
      ["vpnClientConfiguration", "vpnClientProtocols"],
      ["IkeV2"],
      ({ inputs }) => inputs.vpnClientConfiguration !== undefined,
    ),
  ),
};
