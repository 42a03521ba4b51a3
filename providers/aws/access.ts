import * as aws from "@pulumi/aws";
import type { FlowsSpec, Peer, PeersSpec, RuleSpec } from "../../components/access/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, present, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";

/** A security group for each member, closed both ways. Its rules are resources of their own: inline ones would fight with them. */
export function peers(scope: Scope, spec: PeersSpec, on: AwsGround & Pick<AwsSite, "network">): AwsPart<"peers"> {
  const { name, parent, place } = scope;
  const groups = each(
    spec.peers,
    key =>
      new aws.ec2.SecurityGroup(
        `${name}-group-${key}`,
        {
          region: place.region,
          vpcId: on.network.networkId,
          description: `Network identity of ${key}`, // cannot change without a new group
          revokeRulesOnDelete: true, // groups that name each other could not be deleted otherwise
          tags: tagged(scope, `${name}-group-${key}`),
        },
        { parent },
      ),
  );
  return { native: { groups }, ready: Object.values(groups) };
}

type Target = Pick<aws.vpc.SecurityGroupIngressRuleArgs, "referencedSecurityGroupId" | "cidrIpv4" | "cidrIpv6" | "prefixListId">;
type On = AwsGround & AwsSite;

/** Every rule, on the groups of both sides. Groups drop what no rule names. */
export function flows(scope: Scope, spec: FlowsSpec, on: On): AwsPart<"flows"> {
  const { name, parent, place } = scope;
  const { region } = place;
  const rules = Object.values(spec.rules);
  // Keyed by what they say and not by who asked: two outside peers that share a range would make the same rule twice, which AWS refuses.
  const inbound = Object.fromEntries(rules.flatMap(rule => sidesOf(rule, rule.to, rule.from, on)));
  const outbound = Object.fromEntries(rules.flatMap(rule => sidesOf(rule, rule.from, rule.to, on)));
  const ingress = each(
    inbound,
    (key, args) =>
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-ingress-${key}`,
        { region, ...args, tags: tagged(scope, `${name}-ingress-${key}`) },
        { parent },
      ),
  );
  const egress = each(
    outbound,
    (key, args) =>
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-egress-${key}`,
        { region, ...args, tags: tagged(scope, `${name}-egress-${key}`) },
        { parent },
      ),
  );
  return { native: { ingress, egress }, ready: [...Object.values(ingress), ...Object.values(egress)] };
}

/** Ports by AWS' own words; protocols without ports take none. */
function portsOf({ protocol, fromPort, toPort }: Pick<RuleSpec, "protocol" | "fromPort" | "toPort">) {
  if (protocol === "all") return { ipProtocol: "-1" };
  if (protocol === "vrrp") return { ipProtocol: "112" };
  return { ipProtocol: protocol, fromPort, toPort };
}

/** The rules that one permission puts on the group of one side; none where that side has no group. */
function sidesOf(rule: Omit<RuleSpec, "priority">, own: Peer, other: Peer, on: On) {
  if (own.kind === "store" || own.kind === "ranges" || own.kind === "cdn") return [];
  const securityGroupId = pick(on.peers.native.groups, own.name).id;
  const ports = [
    rule.protocol,
    ...(rule.fromPort === 0 ? [] : [rule.fromPort]),
    ...(rule.toPort === rule.fromPort ? [] : [rule.toPort]),
  ].join("-");
  return targetsOf(other, on).map(
    ([label, target]) =>
      [
        `${own.name}-${label}-${ports}`,
        { securityGroupId, ...portsOf(rule), ...target, description: `${rule.from.name} to ${rule.to.name}` },
      ] as const,
  );
}

/** Who the other side is, by AWS' own words, with a label for the rule's name. */
function targetsOf(peer: Peer, on: On): readonly (readonly [string, Target])[] {
  if (peer.kind === "cdn") return peer.sources.map(prefixListId => [peer.name, { prefixListId }] as const);
  if (peer.kind === "store")
    return [["store", { prefixListId: present(on.endpoints.native.storePrefixListId, "private path to object storage") }]];
  if (peer.kind !== "ranges") return [[peer.name, { referencedSecurityGroupId: pick(on.peers.native.groups, peer.name).id }]];
  return peer.ranges.map(range =>
    range === "::/0" ? (["0.0.0.0-0-ipv6", { cidrIpv6: range }] as const) : ([range.replace("/", "-"), { cidrIpv4: range }] as const),
  );
}
