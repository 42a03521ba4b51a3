/**
 * Google: firewall rules on both sides of a host, routes and translations out of a network, endpoints of managed services,
 * balancers and the CDN with the hosts behind, gateways of VPNs.
 * Not read: GKE clusters, firewall policies, published services, VPN and interconnect routes; all but the last are faults,
 * as their hosts and rules would be missed.
 */

import { askedAt, balanced } from "./gcp/balancers.ts";
import { doorsOf } from "./gcp/doors.ts";
import { exposuresOf, publicWays } from "./gcp/exposures.ts";
import { frontsOf } from "./gcp/fronts.ts";
import { type Ground, groundOf } from "./gcp/ground.ts";
import { type Door, hostsOf, type Party } from "./gcp/parties.ts";
import { healing } from "./gcp/pools.ts";
import { guarded, internet, isGoogleServices, outsideOf, type Scene, strandsFrom } from "./gcp/reaches.ts";
import { type Rule, rulesOf } from "./gcp/rules.ts";
import { tunnels } from "./gcp/vpn.ts";
import type { Reader } from "./model.ts";
import { contains, isEverywhere, type Range } from "./ranges.ts";
import { gathered } from "./strands.ts";
import { inventoryOf, ReadFault } from "./values.ts";

/** Classes that hold hosts or rules of their own; a reading without them would call things closed that are open. */
const unread =
  /^gcp:(container\/(cluster|nodePool)|compute\/(networkFirewallPolicy|regionNetworkFirewallPolicy|firewallPolicy|instanceFromTemplate|instanceFromMachineImage|serviceAttachment)|cloudrun|vpcaccess|networkservices)/;

/** Ranges that rules mean and nobody here owns, each an end of its own. */
function outsideRanges(ground: Ground, doors: readonly Door[], rules: readonly Rule[]): readonly Range[] {
  const own = [...[...ground.subnets.values()].flatMap(subnet => subnet.ranges), ...doors.flatMap(door => door.ranges)];
  const written = rules.filter(rule => !rule.deny).flatMap(rule => (rule.inward ? rule.from : rule.to)?.ranges ?? []);
  const foreign = written.filter(range => !isEverywhere(range) && !isGoogleServices(range) && !own.some(whole => contains(whole, range)));
  return [...new Map(foreign.map(range => [range.text, range])).values()];
}

/** A range that only a deploy will know must be somebody's, or the rule would be read as open to nobody. */
function checkOwners(rules: readonly Rule[], ground: Ground, members: readonly Pick<Party, "owners">[]): void {
  const owners = new Set([...ground.subnets.keys(), ...members.flatMap(member => [...member.owners])]);
  for (const rule of rules)
    for (const side of [rule.from, rule.to])
      if (side && side.owners.size > 0 && side.owners.isDisjointFrom(owners))
        throw new ReadFault(rule.resource, "a range of nobody that the plan knows");
}

export const gcp: Reader = resources => {
  const strange = resources.find(resource => unread.test(resource.type));
  if (strange) throw new ReadFault(strange, "not read yet: its hosts or rules would be missed");
  const ground = groundOf(inventoryOf(resources));
  const rules = rulesOf(ground);
  const hosts = hostsOf(ground);
  const doors = doorsOf(ground);
  const outside = [...internet, ...outsideRanges(ground, doors, rules).map(outsideOf)];
  const fronts = frontsOf(ground);
  checkOwners(rules, ground, [...hosts, ...doors, ...fronts]);
  const healed = healing(ground.inventory);
  const guards = hosts.map(host => guarded(host, rules, askedAt(fronts, healed, host)));
  const scene: Scene = { ground, hosts: guards, doors, outside, fronts };
  const ways = balanced(scene);
  return {
    reaches: gathered([...strandsFrom(scene), ...ways, ...tunnels(ground), ...publicWays(ground)]),
    exposures: exposuresOf(scene, rules, ways),
  };
};
