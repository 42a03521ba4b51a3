/**
 * Reachability on AWS. A packet passes when the sender's groups let it out and the receiver's let it in, when route tables
 * lead there, and when the network ACLs at both subnets' edges let it and its answer through.
 * Known to be coarser than AWS: several network cards of one host count as one, and policies of endpoints are not read.
 */
import type { PlannedResource } from "../cli/planner/model.ts";
import { between, roadsOf } from "./aws/between.ts";
import { exposuresOf } from "./aws/exposures.ts";
import { type Member, membersOf } from "./aws/members.ts";
import { subnetsOf } from "./aws/network.ts";
import { borderOf, crossings } from "./aws/outside.ts";
import { rulesOf } from "./aws/rules.ts";
import type { Exposure, Reach, Reachability, Reader } from "./model.ts";
import { gathered, type Strand } from "./strands.ts";
import { type Inventory, inventoryOf, textOf } from "./values.ts";

export const aws: Reader = (resources: readonly PlannedResource[]): Reachability => {
  const inventory = inventoryOf(resources);
  const subnets = subnetsOf(inventory);
  const rules = rulesOf(inventory);
  const members = membersOf(inventory, subnets);
  const border = borderOf(inventory, subnets, rules);
  const road = roadsOf(inventory);
  const placeOf = placesOf(inventory);
  const strands = members.flatMap(member => {
    const place = placeOf(member);
    const ways = [...crossings(member, border), ...members.flatMap(other => [...between(member, other, rules, road)])];
    return ways.map((way): Strand => ({ ...way, place }));
  });
  return { reaches: gathered(strands), exposures: distinct(exposuresOf(inventory, members, border)) };
};

/** The provider's region is the primary one; whatever says another is in the second. */
function placesOf(inventory: Inventory): (member: Member) => Reach["place"] {
  const primary = textOf(inventory.ofType("pulumi:providers:aws").at(0)?.inputs.region);
  return ({ region }) => (region === undefined || primary === undefined || region === primary ? "primary" : "secondary");
}

/** A rule of a group that several members carry is one finding. */
const distinct = (exposures: readonly Exposure[]): readonly Exposure[] => [
  ...new Map(exposures.map(exposure => [`${exposure.resource} ${exposure.what}`, exposure])).values(),
];
