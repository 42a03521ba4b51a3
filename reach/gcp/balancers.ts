/**
 * Balancers: the public ones as addresses that anyone may open, and the hosts behind each.
 * Proxies come to the hosts from Google's ranges or from the network's proxy subnet; a balancer that passes packets on leaves the caller's address.
 */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { intersection } from "../ports.ts";
import { type Range, rangeOf } from "../ranges.ts";
import type { Strand } from "../strands.ts";
import { referred, textOf } from "../values.ts";
import { isEndpoint, rulePorts, ruleTypes } from "./doors.ts";
import { endOf, nothing, type Party } from "./parties.ts";
import { type Guarded, internet, type Scene } from "./reaches.ts";
import { judge } from "./rules.ts";

/** Classes that stand between a forwarding rule and its hosts; what else they refer to, such as a health check, leads to no host. */
const between = /^gcp:compute\/(region)?(target|urlMap|backendService|instanceGroup|networkEndpointGroup|instanceTemplate|instance:)/i;

const frontEnds = ["35.191.0.0/16", "130.211.0.0/22"].map(rangeOf).filter(range => range !== undefined);

/** Everything behind a forwarding rule, hosts among it. */
function behind({ ground }: Scene, rule: PlannedResource): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    for (const urn of referred(value)) {
      const resource = ground.inventory.at(urn);
      if (!resource || found.has(urn) || !between.test(resource.type)) continue;
      found.add(urn);
      visit(resource.inputs);
    }
  };
  visit([rule.inputs.target, rule.inputs.backendService]);
  return found;
}

/** Where the balancer's own connections come from. */
function proxies({ ground }: Scene, rule: PlannedResource): readonly Range[] {
  const region = textOf(rule.inputs.region);
  if (region === undefined) return frontEnds;
  return [...ground.subnets.values()].filter(subnet => subnet.proxyOnly && subnet.region === region).flatMap(subnet => subnet.ranges);
}

function onward(scene: Scene, rule: PlannedResource, host: Guarded): readonly Strand[] {
  const passesOn = !schemeOf(rule).endsWith("_MANAGED") && rule.inputs.region !== undefined;
  const ends = { to: host.end, place: host.place };
  if (passesOn)
    return internet.flatMap(other => {
      const grants = judge(host.inward, true, host, other, other.range.family);
      const ports = rulePorts(rule);
      return grants.map(grant => ({
        ...ends,
        from: "internet",
        ports: intersection(grant.ports, ports),
        through: [rule.name, grant.name],
      }));
    });
  return proxies(scene, rule).flatMap(range => {
    const proxy: Party = { network: host.network, ranges: [range], owners: nothing, accounts: nothing, tags: nothing };
    const grants = judge(host.inward, true, host, proxy, range.family);
    return grants.map(grant => ({ ...ends, from: endOf(rule), ports: grant.ports, through: [rule.name, grant.name] }));
  });
}

/** Google takes a rule without a scheme for one that faces the internet. */
const schemeOf = (rule: PlannedResource): string => textOf(rule.inputs.loadBalancingScheme) ?? "EXTERNAL";

/** Ways in by the balancers that face the internet, and on to the hosts behind these and the internal proxies. */
export function balanced(scene: Scene): readonly Strand[] {
  const rules = scene.ground.inventory.ofType(...ruleTypes).filter(rule => !isEndpoint(rule) && schemeOf(rule) !== "INTERNAL");
  return rules.flatMap(rule => {
    const hosts = behind(scene, rule);
    const place = scene.ground.placeOf(textOf(rule.inputs.region) ?? "");
    const open = { from: "internet", to: endOf(rule), place, ports: rulePorts(rule), through: [rule.name] };
    const behindIt = scene.hosts.filter(host => hosts.has(host.resource.urn)).flatMap(host => onward(scene, rule, host));
    return schemeOf(rule).startsWith("EXTERNAL") ? [open, ...behindIt] : behindIt;
  });
}
