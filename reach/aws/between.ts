/** Ways between two members: rules of both sides, the road between their subnets, and the filters at the edges of those. */
import { every, intersection, isEmpty, type PortSet } from "../ports.ts";
import { contains, everyRange, isEverywhere, overlaps } from "../ranges.ts";
import type { Strand } from "../strands.ts";
import { fieldsOf, type Inventory } from "../values.ts";
import { answered } from "./acl.ts";
import type { Member } from "./members.ts";
import { type Family, families, onlyOf, routesTo, type Subnet, types } from "./network.ts";
import type { Rule, RulePeer, Rules } from "./rules.ts";

/** A road between two subnets and the resources that make it; none where there is none. */
export type Road = (from: Subnet, to: Subnet) => readonly string[] | undefined;

/** Every rule of a member in one direction. What no group watches is one rule that lets everything through. */
export function rulesFor(member: Member, rules: Rules, direction: "ingress" | "egress"): readonly Pick<Rule, "name" | "ports" | "peer">[] {
  const own = [...member.groups].flatMap(group => rules[direction](group));
  return member.unfiltered[direction] ? [...own, ...everywhere(member.resource.name)] : own;
}

const everywhere = (name: string): readonly Pick<Rule, "name" | "ports" | "peer">[] =>
  Object.values(everyRange).map(range => ({ name, ports: every, peer: { kind: "range", range } }));

/** Networks that are joined: themselves always, others by a peering or a transit gateway that both sides have a route to. */
export function roadsOf(inventory: Inventory): Road {
  const joints = inventory.ofType("aws:ec2/vpcPeeringConnection:VpcPeeringConnection").map(({ urn, name, inputs }) => ({
    urn,
    name,
    ends: inventory.referredOf([inputs.vpcId, inputs.peerVpcId], types.vpc).map(vpc => vpc.urn),
  }));
  const transits = inventory.ofType("aws:ec2transitgateway/vpcAttachment:VpcAttachment").map(({ name, inputs }) => ({
    name,
    vpc: onlyOf(inventory, inputs.vpcId, types.vpc)?.urn,
    gateway: onlyOf(inventory, inputs.transitGatewayId, "aws:ec2transitgateway/transitGateway:TransitGateway")?.urn,
  }));
  const hopsTo = (subnet: Subnet, other: Subnet): readonly string[] => {
    const { 4: range } = other.ranges;
    const routes = range ? routesTo(subnet, range) : [];
    return routes.flatMap(({ hop }) => {
      const { vpcPeeringConnectionId, transitGatewayId } = fieldsOf(hop);
      const found = inventory.referredOf(
        [vpcPeeringConnectionId, transitGatewayId],
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        "aws:ec2transitgateway/transitGateway:TransitGateway",
      );
      return found.map(({ urn }) => urn);
    });
  };
  return (from, to) => {
    if (from.vpc === to.vpc) return [];
    const shared = hopsTo(from, to).filter(hop => hopsTo(to, from).includes(hop));
    const joint = joints.find(({ urn, ends }) => shared.includes(urn) && ends.includes(from.vpc) && ends.includes(to.vpc));
    if (joint) return [joint.name];
    const attached = transits.filter(
      ({ gateway, vpc }) => gateway !== undefined && shared.includes(gateway) && (vpc === from.vpc || vpc === to.vpc),
    );
    return new Set(attached.map(({ vpc }) => vpc)).size === 2 ? attached.map(({ name }) => name) : undefined;
  };
}

/** Whether a rule is about a member in one of its subnets, seen from another. Groups of another region are not known. */
function isAbout(peer: RulePeer, member: Member, subnet: Subnet, seenFrom: Subnet, family: Family): boolean {
  if (peer.kind === "group") return member.groups.has(peer.urn) && subnet.region === seenFrom.region;
  const range = subnet.ranges[family];
  if (peer.kind === "list" || range === undefined) return false;
  // Of a range that only a deploy will know no part can be told apart.
  return family === 4 ? overlaps(peer.range, range) : contains(peer.range, range);
}

/** What the edges of two subnets let pass, there and back. Within a subnet there is no edge. */
function edges(from: Subnet, to: Subnet, family: Family): PortSet {
  const { [family]: here } = from.ranges;
  const { [family]: there } = to.ranges;
  if (from === to || !here || !there) return every;
  const asked = intersection(from.filter.outward(there), to.filter.inward(here));
  const back = intersection(to.filter.outward(here), from.filter.inward(there));
  return answered(asked, back);
}

/** `anybody`: by rules that name nobody, on either side. */
export type Between = Omit<Strand, "place"> & { readonly anybody: boolean };

const isOfAnybody = (peer: RulePeer): boolean => peer.kind === "range" && isEverywhere(peer.range);

export function* between(from: Member, to: Member, rules: Rules, road: Road): Generator<Between> {
  if (from === to && from.kind === "entry") return; // the nodes of a balancer have nothing to say to each other
  const leaving = rulesFor(from, rules, "egress");
  const entering = leaving.length === 0 ? [] : rulesFor(to, rules, "ingress");
  if (entering.length === 0) return;
  for (const a of from.subnets) {
    for (const b of to.subnets) {
      const by = road(a, b);
      if (!by) continue;
      for (const family of families) {
        if (!from.speaks(family, a) || !to.speaks(family, b)) continue;
        const out = leaving.filter(rule => isAbout(rule.peer, to, b, a, family));
        const into = out.length === 0 ? [] : entering.filter(rule => isAbout(rule.peer, from, a, b, family));
        const passing = into.length === 0 ? every : edges(a, b, family);
        for (const egress of out) {
          for (const ingress of into) {
            const ports = intersection(intersection(egress.ports, ingress.ports), passing);
            const anybody = isOfAnybody(egress.peer) && isOfAnybody(ingress.peer);
            if (!isEmpty(ports)) yield { from: from.end, to: to.end, ports, through: [egress.name, ingress.name, ...by], anybody };
          }
        }
      }
    }
  }
}
