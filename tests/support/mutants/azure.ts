/** Mistakes that Azure would carry out. */
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { at, referred } from "../../../reach/values.ts";
import { entryOperators } from "./azureEntries.ts";
import { type Dialect, flowOperators } from "./flows.ts";
import { carriers, changingHosts, swappingIdentities } from "./hosts.ts";
import { editing, type Inputs, type Operator, type Operators, ofType, putIn, removing, rolesOf, setting, swappedIn } from "./mutant.ts";

const rule = "azure-native:network:SecurityRule";
const subnet = "azure-native:network:Subnet";
const scaleSet = "azure-native:compute:VirtualMachineScaleSet";
const card = "azure-native:network:NetworkInterface";
const account = "azure-native:storage:StorageAccount";

const groupOf = (plan: Plan, role: string): string | undefined =>
  ofType(plan, "azure-native:network:ApplicationSecurityGroup").find(({ name }) => name === `peers-peer-${role}`)?.urn;

const without = (inputs: Inputs, ...keys: readonly string[]): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));

const dialect: Dialect = {
  isInward: ({ inputs }) => inputs.direction === "Inbound",
  withPorts: (inputs, first, last, protocol = "tcp") => ({
    ...inputs,
    protocol: protocol === "tcp" ? "Tcp" : "Udp",
    destinationPortRange: first === last ? String(first) : `${first}-${last}`,
  }),
  withRole: (plan, inputs, from, to) => {
    const [before, after] = [groupOf(plan, from), groupOf(plan, to)];
    return before === undefined || after === undefined ? inputs : swappedIn(inputs, before, after);
  },
  toEverywhere: inputs => ({ ...without(inputs, "destinationApplicationSecurityGroups"), destinationAddressPrefix: "Internet" }),
  fromEverywhere: inputs => ({ ...without(inputs, "sourceApplicationSecurityGroups"), sourceAddressPrefix: "Internet" }),
  // A balancer answers on its listeners' ports and asks on those of its pools; sessions leave by a group that Azure words.
  keepsItsPorts: (to, from) => [from, to].some(end => ["lb", "lb-int", "session"].includes(end)),
  // Its rules name groups, and the word for the internet leaves out the network itself.
  shadowed: () => false,
};

/** The rules that close a tier, inward or outward. */
const denials = (plan: Plan, direction: string): readonly PlannedResource[] =>
  ofType(plan, rule).filter(({ inputs }) => inputs.access === "Deny" && inputs.direction === direction);

const groupOfTier = ({ inputs }: PlannedResource): string => referred(inputs.networkSecurityGroupName)[0] ?? "";

/** Security groups of the tiers where roles stand, in the first region. */
function groupsOfRoles(plan: Plan): ReadonlySet<string> {
  const tiers = new Set(rolesOf(plan).map(({ tier }) => `network-tier-${tier}`));
  return new Set(
    ofType(plan, "azure-native:network:NetworkSecurityGroup")
      .filter(({ name }) => tiers.has(name))
      .map(({ urn }) => urn),
  );
}

/**
 * A tier that no longer closes itself outward reaches the internet by the rules that Azure has for all. Inward alone it would
 * change nothing: whoever might come in is held back by its own tier. So both go, where two roles stand beside each other.
 */
const tierIsOpen: Operator = plan => {
  const tiers = groupsOfRoles(plan);
  return denials(plan, "Outbound")
    .filter(denial => tiers.has(groupOfTier(denial)))
    .flatMap(denial => {
      const inward = denials(plan, "Inbound").filter(other => groupOfTier(other) === groupOfTier(denial));
      const both = [denial, ...inward].map(({ urn }) => urn);
      return [
        { what: `${denial.name} gone`, resources: () => removing(plan, [denial.urn]) },
        { what: `${denial.name} and inward gone`, resources: () => removing(plan, both) },
        { what: `${denial.name} allows`, resources: () => editing(plan, [denial.urn], inputs => ({ ...inputs, access: "Allow" })) },
      ];
    });
};

/** A denial before the permissions of its group, where it has any. */
const deniesFirst: Operator = plan =>
  ["Inbound", "Outbound"].flatMap(direction => {
    const permitted = new Set(plan.flows.flatMap(({ rules }) => rules));
    const groups = new Set(
      ofType(plan, rule)
        .filter(({ urn, inputs }) => permitted.has(urn) && inputs.direction === direction)
        .map(groupOfTier),
    );
    return denials(plan, direction)
      .filter(denial => groups.has(groupOfTier(denial)))
      .map(({ urn, name }) => ({ what: name, resources: () => editing(plan, [urn], inputs => ({ ...inputs, priority: 100 })) }));
  });

const ruleDenies: Operator = plan =>
  plan.flows.flatMap(({ rules }) =>
    ofType(plan, rule)
      .filter(({ urn }) => rules.includes(urn))
      .map(({ urn, name }) => ({ what: name, resources: () => editing(plan, [urn], inputs => ({ ...inputs, access: "Deny" })) })),
  );

/** Subnets of one region by tier. */
const subnetOf = (plan: Plan, tier: string): readonly PlannedResource[] =>
  ofType(plan, subnet).filter(({ name }) => name === `network-subnet-${tier}`);
const dataSubnets = (plan: Plan): readonly PlannedResource[] => ofType(plan, subnet).filter(({ name }) => name.endsWith("-subnet-data"));
const subnetsOfRoles = (plan: Plan): readonly PlannedResource[] =>
  [...new Set(rolesOf(plan).map(({ tier }) => tier))].flatMap(tier => subnetOf(plan, tier));

const losing =
  (found: (plan: Plan) => readonly PlannedResource[], key: string): Operator =>
  plan =>
    found(plan)
      .filter(({ inputs }) => inputs[key] !== undefined)
      .map(({ urn, name }) => ({ what: name, resources: () => editing(plan, [urn], inputs => without(inputs, key)) }));

/** What one subnet is given that another has. */
const lending =
  (found: (plan: Plan) => readonly PlannedResource[], key: string): Operator =>
  plan =>
    found(plan).flatMap(({ urn, name }) =>
      ofType(plan, subnet)
        .filter(other => other.inputs[key] !== undefined)
        .slice(0, 1)
        .map(other => ({
          what: `${name}, as ${other.name}`,
          resources: () => editing(plan, [urn], inputs => ({ ...inputs, [key]: other.inputs[key] })),
        })),
    );

const cards = ["virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations", 0, "ipConfigurations", 0] as const;

/** Its network cards in every family of addresses. */
const noGroup = (inputs: Inputs): Inputs => {
  const [path, list] =
    inputs.ipConfigurations === undefined
      ? [cards.slice(0, -1), at(inputs, "virtualMachineProfile", "networkProfile")]
      : [["ipConfigurations"], inputs];
  const count = JSON.stringify(list).split('"applicationSecurityGroups"').length - 1;
  return Array.from({ length: count }, (_, index) => index).reduce(
    (made, index) => putIn(made, [...path, index, "applicationSecurityGroups"], []),
    inputs,
  );
};

const isClosed =
  (...path: readonly string[]) =>
  ({ inputs }: PlannedResource): boolean =>
    at(inputs, ...path) === "Disabled";

const publicSides: Operator = plan =>
  [
    setting(
      ["azure-native:dbforpostgresql:Server"],
      ["network", "publicNetworkAccess"],
      "Enabled",
      isClosed("network", "publicNetworkAccess"),
    ),
    setting(["azure-native:redisenterprise:RedisEnterprise", account], ["publicNetworkAccess"], "Enabled", isClosed("publicNetworkAccess")),
    setting(
      ["azure-native:keyvault:Vault"],
      ["properties", "publicNetworkAccess"],
      "Enabled",
      isClosed("properties", "publicNetworkAccess"),
    ),
  ].flatMap(operator => operator(plan));

export const azureOperators: Operators = {
  ...flowOperators(dialect),
  ...entryOperators,
  "a rule denies": ruleDenies,
  "a tier is open": tierIsOpen,
  "a tier denies first": deniesFirst,
  "a host has another role's identity": swappingIdentities(plan => carriers(plan, groupOf)),
  "a host has no group": changingHosts(plan => carriers(plan, groupOf), noGroup),
  "a host has a public address": plan => [
    ...setting([scaleSet], [...cards, "publicIPAddressConfiguration"], { name: "public" })(plan),
    ...setting([card], ["ipConfigurations", 0, "publicIPAddress"], {
      id: { unknown: true, from: ofType(plan, "azure-native:network:PublicIPAddress").map(({ urn }) => urn) },
    })(plan),
  ],
  "a tier has no way out": plan => [...losing(subnetsOfRoles, "natGateway")(plan), ...lending(subnetsOfRoles, "routeTable")(plan)],
  "a tier has no security group": losing(subnetsOfRoles, "networkSecurityGroup"),
  "data has a way out": plan => [...losing(dataSubnets, "routeTable")(plan), ...lending(dataSubnets, "natGateway")(plan)],
  "Azure lends addresses": setting([subnet], ["defaultOutboundAccess"], true, ({ name }) => name.endsWith("-data")),
  "a public side is on": publicSides,
  "a store may be public": plan => [
    ...setting([account], ["allowBlobPublicAccess"], true)(plan),
    ...setting(["azure-native:storage:BlobContainer"], ["publicAccess"], "Blob")(plan),
  ],
};
