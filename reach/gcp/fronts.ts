/**
 * Fronts: forwarding rules of balancers, with all that lies behind them. The CDN is such a front too: a flag of its backends.
 * Proxies end a connection and open another; where there is none, packets are handed on as they come, to the address that was called.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Reach } from "../model.ts";
import { type PortSet, portSet, protocolOf, union } from "../ports.ts";
import { type Range, rangeOf } from "../ranges.ts";
import { type Inventory, listOf, ReadFault, referred, textOf, textsOf } from "../values.ts";
import { callersOf } from "./callers.ts";
import type { Ground } from "./ground.ts";
import { addressesOf, endOf, nothing, rangesOfAddress } from "./parties.ts";
import { hasPools, type Pool, poolsOf } from "./pools.ts";

export interface Front {
  readonly rule: PlannedResource;
  readonly end: string;
  readonly place: Reach["place"];
  readonly ports: PortSet;
  readonly isPublic: boolean;
  /** Whether hosts see the caller and the front's own address, so that their rules are the front's. */
  readonly handsOn: boolean;
  /** Where it is called. */
  readonly ranges: readonly Range[];
  readonly owners: ReadonlySet<string>;
  /** All that lies between the rule and its pools. */
  readonly parts: readonly PlannedResource[];
  readonly pools: readonly Pool[];
  /** Ends outside that lists of callers before it let in. */
  readonly callers: readonly string[];
}

export const ruleTypes = ["gcp:compute/forwardingRule:ForwardingRule", "gcp:compute/globalForwardingRule:GlobalForwardingRule"] as const;

/** An endpoint of Private Service Connect is a forwarding rule whose scheme is empty. */
export const isEndpoint = (rule: PlannedResource): boolean => rule.inputs.loadBalancingScheme === "";

/** Google takes a rule without a scheme for one that faces the internet. */
export const schemeOf = (rule: PlannedResource): string => textOf(rule.inputs.loadBalancingScheme) ?? "EXTERNAL";

/** A gateway of the older VPN is called through forwarding rules. */
export const isGateway = ({ inputs }: PlannedResource, inventory: Inventory): boolean =>
  referred(inputs.target).some(urn => inventory.at(urn)?.type.startsWith("gcp:compute/vPNGateway:") === true);

/** Ports of a balancer's forwarding rule; without any it forwards them all. HTTP/3 on 443 of udp, which proxies offer unasked, is left out. */
export function rulePorts(rule: PlannedResource): PortSet {
  const { ipProtocol, portRange, ports } = rule.inputs;
  const word = textOf(ipProtocol)?.toLowerCase() ?? "tcp";
  const protocol = word === "l3_default" ? "all" : protocolOf(word);
  const written = [...textsOf(portRange), ...listOf(ports).map(String)];
  if (written.length === 0) return portSet(protocol);
  return union(...written.map(text => portSet(protocol, [Number(text.split("-")[0]), Number(text.split("-").at(-1))])));
}

/** Classes that stand between a forwarding rule and its pools; what else they refer to, such as a certificate, leads to no host. */
const between = /^gcp:compute\/(region)?(target(Http|Https|Ssl|Tcp|Grpc)Proxy|urlMap|uRLMap|backendBucket):/i;
const isProxy = ({ type }: PlannedResource): boolean => /^gcp:compute\/(region)?target\w+Proxy:/i.test(type);

function partsOf(inventory: Inventory, { inputs }: PlannedResource): readonly PlannedResource[] {
  const found = new Map<string, PlannedResource>();
  const visit = (value: unknown): void => {
    for (const urn of referred(value)) {
      const resource = inventory.at(urn);
      if (!resource || found.has(urn) || !(between.test(resource.type) || hasPools(resource))) continue;
      found.set(urn, resource);
      if (!hasPools(resource)) visit(resource.inputs);
    }
  };
  visit([inputs.target, inputs.backendService]);
  return [...found.values()];
}

/** Stands for an address of the internet that only a deploy will know: no range of ours has it (RFC 5737). */
const somewhere = ["203.0.113.1"].map(rangeOf).filter(range => range !== undefined);

/** Whether it has an answer of its own: hosts, or a bucket. */
export const answers = (resource: PlannedResource): boolean => hasPools(resource) || resource.type.includes("ackendBucket");

function frontOf(ground: Ground, rule: PlannedResource): Front {
  const { inventory } = ground;
  const parts = partsOf(inventory, rule);
  if (parts.length === 0) throw new ReadFault(rule, "leads to nothing that the plan knows");
  const addresses = addressesOf(inventory, rule.inputs.ipAddress);
  const fixed = textsOf(rule.inputs.ipAddress).flatMap(text => rangeOf(text) ?? []);
  const ranges = [...fixed, ...addresses.flatMap(one => rangesOfAddress(ground, one))];
  const handsOn = !parts.some(isProxy);
  const answering = parts.filter(answers);
  // What only sends callers elsewhere has no policy: whoever comes is answered.
  const callers = answering.length === 0 ? ["internet"] : answering.flatMap(part => callersOf(inventory, part));
  return {
    rule,
    end: endOf(rule),
    place: ground.placeOf(textOf(rule.inputs.region) ?? ""),
    ports: rulePorts(rule),
    isPublic: schemeOf(rule).startsWith("EXTERNAL"),
    handsOn,
    ranges: ranges.length > 0 ? ranges : somewhere,
    owners: addresses.length > 0 ? new Set(addresses.map(({ urn }) => urn)) : nothing,
    parts,
    pools: parts.filter(hasPools).flatMap(part => poolsOf(inventory, part, !handsOn)),
    callers: [...new Set(callers)],
  };
}

export function frontsOf(ground: Ground): readonly Front[] {
  const { inventory } = ground;
  const rules = inventory.ofType(...ruleTypes).filter(rule => !isEndpoint(rule) && !isGateway(rule, inventory));
  return rules.map(rule => frontOf(ground, rule));
}
