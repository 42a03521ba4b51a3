/**
 * Mistakes in the way in that AWS would carry out. Not drawn, as nothing would change: a private balancer that becomes a public one,
 * whose subnets and rules still keep the internet out; and one of several sites gone that ask the same balancer.
 */
import type { Plan, PlannedResource } from "../../../cli/planner/model.ts";
import { at, inventoryOf, listOf, numberOf, rowsOf, textOf } from "../../../reach/values.ts";
import { type Edit, editing, type Inputs, type Operator, type Operators, ofType, putIn, removing, setting } from "./mutant.ts";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const pool = "aws:lb/targetGroup:TargetGroup";
const hosts = "aws:autoscaling/group:Group";
const distribution = "aws:cloudfront/distribution:Distribution";
const clients = "aws:ec2clientvpn/endpoint:Endpoint";
const door = "aws:ec2clientvpn/networkAssociation:NetworkAssociation";
const right = "aws:ec2clientvpn/authorizationRule:AuthorizationRule";
const tunnels = "aws:ec2/vpnConnection:VpnConnection";

const each =
  (type: string, edit: Edit, which: (resource: PlannedResource) => boolean = () => true): Operator =>
  plan =>
    ofType(plan, type)
      .filter(which)
      .map(({ urn, name }) => ({ what: name, resources: () => editing(plan, [urn], edit) }));

/** All of a type at once. */
const all =
  (type: string, made: (plan: Plan, urns: readonly string[]) => readonly PlannedResource[]): Operator =>
  plan => {
    const urns = ofType(plan, type).map(({ urn }) => urn);
    return urns.length === 0 ? [] : [{ what: type, resources: () => made(plan, urns) }];
  };

const gone =
  (type: string): Operator =>
  plan =>
    ofType(plan, type).map(({ urn, name }) => ({ what: name, resources: () => removing(plan, [urn]) }));

/** Its own port, and where it asks after health, which rules let it reach as well. */
const otherPort: Edit = inputs => {
  const moved = putIn(inputs, ["port"], 9);
  return numberOf(at(inputs.healthCheck, "port")) === undefined ? moved : putIn(moved, ["healthCheck", "port"], "9");
};

const originsWith =
  (edit: (origin: Inputs) => Inputs): Edit =>
  inputs =>
    putIn(
      inputs,
      ["origins"],
      rowsOf(inputs.origins).map(origin => edit(origin)),
    );

const asksBalancers = ({ inputs }: PlannedResource): boolean =>
  rowsOf(inputs.origins).some(origin => origin.customOriginConfig !== undefined);
const asksBuckets = ({ inputs }: PlannedResource): boolean =>
  rowsOf(inputs.origins).some(origin => origin.originAccessControlId !== undefined);
const toBalancer = (path: readonly string[], value: unknown): Edit =>
  originsWith(origin => (origin.customOriginConfig === undefined ? origin : putIn(origin, path, value)));

/** A redirect that answers itself, from whichever pool its balancer's other listener has. */
const plainText: Operator = plan => {
  const pools = new Map(ofType(plan, listener).map(({ inputs }) => [JSON.stringify(inputs.loadBalancerArn), inputs.defaultActions]));
  for (const { inputs } of ofType(plan, listener))
    if (inputs.protocol === "HTTPS") pools.set(JSON.stringify(inputs.loadBalancerArn), inputs.defaultActions);
  return each(
    listener,
    inputs => putIn(inputs, ["defaultActions"], pools.get(JSON.stringify(inputs.loadBalancerArn))),
    ({ inputs }) => inputs.protocol === "HTTP",
  )(plan);
};

/** Under a role's identity, which is another one's to use. */
const otherGroup =
  (type: string, property: string): Operator =>
  plan => {
    const inventory = inventoryOf(plan.resources);
    const groups = ofType(plan, "aws:ec2/securityGroup:SecurityGroup").filter(
      ({ name }) => /-(lb|lb-int|vpn|db|cache|endpoints)$/.test(name) === false,
    );
    return ofType(plan, type).flatMap(({ urn, name, inputs }) =>
      groups
        .filter(group => !inventory.referredOf(inputs[property], group.type).includes(group))
        .slice(0, 2)
        .map(group => ({
          what: `${name} as ${group.name}`,
          resources: () => editing(plan, [urn], own => putIn(own, [property], [{ unknown: true, from: [group.urn] }])),
        })),
    );
  };

export const awsEntryOperators: Operators = {
  "a listener is gone": gone(listener),
  "a listener has the port beside": each(listener, inputs => putIn(inputs, ["port"], (numberOf(inputs.port) ?? 0) + 1)),
  "a listener answers in plain text": plainText,
  "a listener takes old TLS": setting([listener], ["sslPolicy"], "ELBSecurityPolicy-2016-08", ({ inputs }) => inputs.protocol === "HTTPS"),
  "a pool has another port": each(pool, otherPort),
  "a pool is gone from its hosts": setting([hosts], ["targetGroupArns"], [], ({ inputs }) => listOf(inputs.targetGroupArns).length > 0),
  "a balancer has no public side": setting([balancer], ["internal"], true, ({ inputs }) => inputs.internal === false),
  "a balancer has a role's identity": otherGroup(balancer, "securityGroups"),
  "the CDN is off": all(distribution, (plan, urns) => editing(plan, urns, inputs => putIn(inputs, ["enabled"], false))),
  "the CDN asks elsewhere": each(distribution, toBalancer(["domainName"], "elsewhere.example.net"), asksBalancers),
  "the CDN asks in plain text": each(distribution, toBalancer(["customOriginConfig", "originProtocolPolicy"], "http-only"), asksBalancers),
  "the CDN asks unsigned": each(
    distribution,
    originsWith(({ originAccessControlId, ...rest }) => rest),
    asksBuckets,
  ),
  "the CDN answers in plain text": setting([distribution], ["defaultCacheBehavior", "viewerProtocolPolicy"], "allow-all"),
  "the CDN takes old TLS": setting([distribution], ["viewerCertificate", "minimumProtocolVersion"], "TLSv1"),
  "clients have no door": all(door, removing),
  "clients have no right": all(right, removing),
  "clients call on another port": setting([clients], ["vpnPort"], 1194, ({ inputs }) => numberOf(inputs.vpnPort) !== 1194),
  "clients call by datagrams": setting([clients], ["transportProtocol"], "udp", ({ inputs }) => textOf(inputs.transportProtocol) === "tcp"),
  "clients have a role's identity": otherGroup(clients, "securityGroupIds"),
  "a tunnel is gone": gone(tunnels),
};
