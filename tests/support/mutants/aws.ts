/** Mistakes that AWS would carry out. */
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { rangeOf } from "../../../reach/ranges.ts";
import { inventoryOf, numberOf, referred, textOf } from "../../../reach/values.ts";
import { awsEntryOperators } from "./awsEntries.ts";
import { type Dialect, flowOperators } from "./flows.ts";
import { carriers, changingHosts, swappingIdentities } from "./hosts.ts";
import {
  adding,
  editing,
  type Inputs,
  type Operator,
  type Operators,
  ofType,
  putIn,
  removing,
  rolesOf,
  setting,
  swappedIn,
} from "./mutant.ts";

const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const group = "aws:ec2/securityGroup:SecurityGroup";
const route = "aws:ec2/route:Route";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";

const groupOf = (plan: Plan, role: string): string | undefined =>
  ofType(plan, group).find(({ name }) => name === `peers-group-${role}`)?.urn;

const withoutPeer = ({ referencedSecurityGroupId, cidrIpv4, cidrIpv6, prefixListId, ...rest }: Inputs): Inputs => rest;

const isTo = (rule: PlannedResource, everywhere: string): boolean =>
  rule.inputs.cidrIpv4 === everywhere || rule.inputs.cidrIpv6 === everywhere;

/** Whatever the other rule reaches: a group's members have addresses of the fourth version, as a list of ranges has. */
function shadowed(plan: Plan, rule: PlannedResource): boolean {
  if (rule.type !== egress || isTo(rule, "0.0.0.0/0") || isTo(rule, "::/0")) return false;
  const [first, last] = [numberOf(rule.inputs.fromPort) ?? 0, numberOf(rule.inputs.toPort) ?? 65_535];
  const [owner] = referred(rule.inputs.securityGroupId);
  return ofType(plan, egress).some(
    ({ urn, inputs }) =>
      urn !== rule.urn &&
      inputs.cidrIpv4 === "0.0.0.0/0" &&
      inputs.ipProtocol === rule.inputs.ipProtocol &&
      referred(inputs.securityGroupId)[0] === owner &&
      (numberOf(inputs.fromPort) ?? 0) <= first &&
      last <= (numberOf(inputs.toPort) ?? 65_535),
  );
}

const isBalancer = (end: string): boolean => /^lb(-int)?$/.test(end);

const dialect: Dialect = {
  isInward: ({ type }) => type === ingress,
  withPorts: (inputs, first, last, protocol = "tcp") => ({ ...inputs, ipProtocol: protocol, fromPort: first, toPort: last }),
  withRole: (plan, inputs, from, to) => {
    const [before, after] = [groupOf(plan, from), groupOf(plan, to)];
    return before === undefined || after === undefined ? inputs : swappedIn(inputs, before, after);
  },
  toEverywhere: inputs => ({ ...withoutPeer(inputs), cidrIpv4: "0.0.0.0/0" }),
  fromEverywhere: inputs => ({ ...withoutPeer(inputs), cidrIpv4: "0.0.0.0/0" }),
  // A balancer answers on its listeners and sends to its pools, whatever else its rules say; what they open to the internet is noticed.
  keepsItsPorts: (to, from) => isBalancer(from) || (isBalancer(to) && from !== "internet"),
  shadowed,
};

/** The tier that a route's table serves, by the tags of its subnets. */
function tierOf(plan: Plan, routeTable: unknown): string {
  const inventory = inventoryOf(plan.resources);
  const [table] = referred(routeTable);
  const association = ofType(plan, "aws:ec2/routeTableAssociation:RouteTableAssociation").find(
    ({ inputs }) => referred(inputs.routeTableId)[0] === table,
  );
  const [subnet] = inventory.referredOf(association?.inputs.subnetId, "aws:ec2/subnet:Subnet");
  const tier = Object(subnet?.inputs.tags ?? {}).tier;
  return textOf(tier) ?? "";
}

/** The default routes of a tier in one place, in every zone at once: a role of three zones would still get out by the others. */
const waysOut = (plan: Plan): ReadonlyMap<string, readonly PlannedResource[]> =>
  Map.groupBy(
    ofType(plan, route).filter(({ inputs }) => rangeOf(textOf(inputs.destinationCidrBlock) ?? "")?.text === "0.0.0.0/0"),
    ({ inputs }) => `${textOf(inputs.region)} ${tierOf(plan, inputs.routeTableId)}`,
  );

/** Both families of addresses are one end, so a tier that also speaks the sixth version would still get out. */
const speaksSix = (plan: Plan): boolean => ofType(plan, "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway").length > 0;

/** Of tiers where roles stand, or their NAT gateways. A second region has databases alone, which go nowhere. */
const waysOutOfHosts = (plan: Plan) =>
  [...waysOut(plan)].filter(([key]) => {
    const here = (tier: string): boolean => key === `${plan.region} ${tier}`;
    const goesOut = (role: string): boolean => plan.flows.some(({ from, to }) => from === role && to === "internet");
    return here("public") || rolesOf(plan).some(({ name, tier }) => here(tier) && goesOut(name) && !(tier === "app" && speaksSix(plan)));
  });

const noWayOut: Operator = plan =>
  waysOutOfHosts(plan).map(([key, routes]) => ({
    what: key,
    resources: () =>
      removing(
        plan,
        routes.map(({ urn }) => urn),
      ),
  }));

const pastTheNat: Operator = plan => {
  const [gateway] = ofType(plan, "aws:ec2/internetGateway:InternetGateway").filter(({ inputs }) => inputs.region === plan.region);
  if (gateway === undefined) return [];
  return waysOutOfHosts(plan)
    .filter(([, routes]) => routes.every(({ inputs }) => inputs.natGatewayId !== undefined))
    .map(([key, routes]) => ({
      what: key,
      resources: () =>
        editing(
          plan,
          routes.map(({ urn }) => urn),
          ({ natGatewayId, ...rest }) => ({ ...rest, gatewayId: { unknown: true, from: [gateway.urn] } }),
        ),
    }));
};

const dataWayOut: Operator = plan => {
  const tables = ofType(plan, "aws:ec2/routeTable:RouteTable").filter(({ name }) => name.includes("-table-data"));
  const like = ofType(plan, route).filter(({ inputs }) => inputs.destinationCidrBlock === "0.0.0.0/0");
  return tables.flatMap(({ urn, name, inputs: { region } }) =>
    like
      .filter(({ inputs }) => inputs.region === region)
      .map(one => ({
        what: `${name} as ${one.name}`,
        resources: () => adding(plan, [one], inputs => ({ ...inputs, routeTableId: { unknown: true, from: [urn] } })),
      })),
  );
};

const gone =
  (type: string, which: (resource: PlannedResource, plan: Plan) => boolean): Operator =>
  plan =>
    ofType(plan, type)
      .filter(resource => which(resource, plan))
      .map(({ urn, name }) => ({ what: name, resources: () => removing(plan, [urn]) }));

const elasticAddress: Operator = plan =>
  ofType(plan, instance).flatMap(({ urn, name }) =>
    ofType(plan, "aws:ec2/eip:Eip")
      .slice(0, 1)
      .map(address => ({
        what: name,
        resources: () => adding(plan, [address], inputs => ({ ...inputs, instance: { unknown: true, from: [urn] } })),
      })),
  );

/** Of tcp or of everything: no decided flow is udp, so nobody waits for those replies. */
const aclRules = (plan: Plan): readonly PlannedResource[] =>
  ofType(plan, "aws:ec2/networkAclRule:NetworkAclRule").filter(({ inputs }) => inputs.protocol !== "udp");

const aclCloses: Operator = plan =>
  aclRules(plan).flatMap(({ urn, name }) => [
    { what: `${name} gone`, resources: () => removing(plan, [urn]) },
    { what: `${name} denies`, resources: () => editing(plan, [urn], inputs => putIn(inputs, ["ruleAction"], "deny")) },
    {
      what: `${name} for a range of nobody`,
      resources: () => editing(plan, [urn], inputs => putIn(inputs, ["cidrBlock"], "192.168.255.0/24")),
    },
  ]);

const publicAccess = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

export const awsOperators: Operators = {
  ...flowOperators(dialect),
  ...awsEntryOperators,
  "a host has another role's identity": swappingIdentities(plan => carriers(plan, groupOf)),
  "a host has no group": changingHosts(
    plan => carriers(plan, groupOf),
    inputs =>
      inputs.networkInterfaces === undefined
        ? putIn(inputs, ["vpcSecurityGroupIds"], [])
        : putIn(inputs, ["networkInterfaces", 0, "securityGroups"], []),
  ),
  "a host has a public address": plan => [
    ...setting(
      [template],
      ["networkInterfaces", 0, "associatePublicIpAddress"],
      "true",
      ({ inputs }) => inputs.networkInterfaces !== undefined,
    )(plan),
    ...setting([instance], ["associatePublicIpAddress"], true)(plan),
    ...elasticAddress(plan),
  ],
  "a tier has no way out": noWayOut,
  "a tier goes past its NAT": pastTheNat,
  "data has a way out": dataWayOut,
  "a network ACL closes": aclCloses,
  // Without it the lists of ranges that its rules name are nobody's.
  "the stores' endpoint is gone": gone(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    ({ inputs }, plan) => /\.s3$/.test(textOf(inputs.serviceName) ?? "") && inputs.region === plan.region,
  ),
  "a database is public": setting(["aws:rds/instance:Instance"], ["publiclyAccessible"], true),
  "a bucket may be public": plan => [
    ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].flatMap(flag =>
      setting([publicAccess], [flag], false)(plan),
    ),
    ...gone(publicAccess, () => true)(plan),
  ],
};
