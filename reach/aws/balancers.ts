/** Balancers as planned: listeners, the target groups that they send to, and who stands in those. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { type PortSet, portSet, union } from "../ports.ts";
import { at, type Inventory, numberOf, ReadFault, referred, rowsOf, textOf } from "../values.ts";
import type { Entry, Gate } from "./entries.ts";
import type { Member } from "./members.ts";
import { onlyOf } from "./network.ts";

export const balancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"] as const;
export const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
const ruleTypes = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"] as const;
const poolTypes = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;
const attachmentTypes = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
] as const;
const groupType = "aws:autoscaling/group:Group";

/** By balancer. One without a listener answers nobody and sends nothing. */
export function balancersOf(inventory: Inventory): ReadonlyMap<string, Entry> {
  const pools = poolsOf(inventory);
  const listeners = inventory.ofType(...listenerTypes).map(listener => listenerOf(listener, inventory));
  return new Map(
    inventory.ofType(...balancerTypes).map(({ urn }) => {
      const own = listeners.filter(({ balancer }) => balancer === urn);
      const towards = (other: Member): readonly Gate[] =>
        own.flatMap(listener =>
          listener.sends.flatMap(({ pool, through }) =>
            (pools.get(pool) ?? [])
              .filter(target => target.urn === other.resource.urn)
              .map(target => ({ ports: target.ports, through: [...through, ...target.through] })),
          ),
        );
      return [urn, { answers: own.map(({ ports, name }) => ({ ports, through: [name] })), towards, outward: () => [] }];
    }),
  );
}

interface Listener {
  readonly name: string;
  readonly balancer: string | undefined;
  readonly ports: PortSet;
  readonly sends: readonly { readonly pool: string; readonly through: readonly string[] }[];
}

function listenerOf(listener: PlannedResource, inventory: Inventory): Listener {
  const { name, urn, inputs } = listener;
  const port = numberOf(inputs.port);
  if (port === undefined) throw new ReadFault(listener, "a listener without a port");
  const rules = inventory.ofType(...ruleTypes).filter(rule => referred(rule.inputs.listenerArn).includes(urn));
  return {
    name,
    balancer: onlyOf(inventory, inputs.loadBalancerArn, ...balancerTypes)?.urn,
    ports: portsOf(listener, port),
    sends: [
      ...forwardsOf(listener, inputs.defaultActions, inventory).map(pool => ({ pool, through: [name] })),
      ...rules.flatMap(rule => forwardsOf(rule, rule.inputs.actions, inventory).map(pool => ({ pool, through: [name, rule.name] }))),
    ],
  };
}

function forwardsOf(resource: PlannedResource, actions: unknown, inventory: Inventory): readonly string[] {
  return rowsOf(actions)
    .filter(action => action.type === "forward")
    .flatMap(action => {
      const pools = inventory.referredOf(action, ...poolTypes);
      if (pools.length === 0) throw new ReadFault(resource, "it forwards to a target group that this plan does not have");
      return pools.map(({ urn }) => urn);
    });
}

const datagrams: readonly unknown[] = ["UDP", "QUIC"];
const both: readonly unknown[] = ["TCP_UDP", "TCP_QUIC"];

/** Without a protocol a listener speaks HTTP or HTTPS, by its port. */
function portsOf(resource: PlannedResource, port: number): PortSet {
  const { protocol } = resource.inputs;
  if (protocol === "GENEVE") throw new ReadFault(resource, "packets wrapped for an appliance");
  if (both.includes(protocol)) return union(portSet("tcp", [port, port]), portSet("udp", [port, port]));
  return portSet(datagrams.includes(protocol) ? "udp" : "tcp", [port, port]);
}

interface Target {
  readonly urn: string;
  readonly ports: PortSet;
  readonly through: readonly string[];
}

/** Who stands in each target group, on the group's port, or its own, and where the group asks whether it is well. */
function poolsOf(inventory: Inventory): ReadonlyMap<string, readonly Target[]> {
  const joined = joinsOf(inventory);
  return new Map(
    inventory.ofType(...poolTypes).map(pool => {
      const targets = joined
        .filter(join => join.pools.includes(pool.urn))
        .map(({ urn, name, port }) => ({
          urn,
          ports: targetPorts(pool, port),
          through: [pool.name, ...(name === undefined ? [] : [name])],
        }));
      return [pool.urn, targets];
    }),
  );
}

function targetPorts(pool: PlannedResource, own: number | undefined): PortSet {
  const port = own ?? numberOf(pool.inputs.port);
  if (port === undefined) throw new ReadFault(pool, "a target group without a port");
  const health = numberOf(at(pool.inputs.healthCheck, "port"));
  const isAsked = at(pool.inputs.healthCheck, "enabled") !== false && health !== undefined; // `traffic-port` is the port itself
  return isAsked ? union(portsOf(pool, port), portSet("tcp", [health, health])) : portsOf(pool, port);
}

interface Join {
  readonly urn: string;
  readonly pools: readonly string[];
  readonly port: number | undefined;
  readonly name: string | undefined;
}

function joinsOf(inventory: Inventory): readonly Join[] {
  const groups = inventory
    .ofType(groupType)
    .map(({ urn, inputs }) => ({ urn, of: [inputs.targetGroupArns, inputs.trafficSources], name: undefined }));
  const tied = [
    ...inventory.ofType("aws:autoscaling/attachment:Attachment"),
    ...inventory.ofType("aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment"),
  ].flatMap(({ name, inputs }) =>
    inventory
      .referredOf(inputs.autoscalingGroupName, groupType)
      .map(({ urn }) => ({ urn, of: [inputs.lbTargetGroupArn, inputs.trafficSource], name })),
  );
  const poolsIn = (value: unknown): readonly string[] => inventory.referredOf(value, ...poolTypes).map(({ urn }) => urn);
  return [
    ...[...groups, ...tied].map(({ urn, of, name }) => ({ urn, pools: poolsIn(of), port: undefined, name })),
    ...inventory.ofType(...attachmentTypes).flatMap(attachment => {
      const { name, inputs } = attachment;
      const targets = referred(inputs.targetId);
      if (targets.length === 0)
        throw new ReadFault(attachment, `a target that is none of the plan's resources: ${textOf(inputs.targetId) ?? "not said"}`);
      return targets.map(urn => ({ urn, pools: poolsIn(inputs.targetGroupArn), port: numberOf(inputs.port), name }));
    }),
  ];
}
