/** Where a balancer stands: tier, subnets, and the address of one that only the network reaches. */
import { address, addressText, contains, lastAddress, parseRange } from "../kernel/cidr.ts";
import type { Known } from "../kernel/known.ts";
import { pick } from "../kernel/pick.ts";
import { type Tier, tiers } from "../network/model.ts";
import type { BalancerArgs, BalancerSpec } from "./model.ts";
import type { BalancerOn } from "./resolve.ts";

type Stand = Pick<BalancerSpec, "tier" | "subnets" | "zones" | "address">;

/** Where it stands, if nobody says: internal ones among the roles, unless the cloud wants its gateways alone. */
function tierOf(path: string, { tier, form, scheme }: BalancerArgs, { facts, findings }: Known): Tier {
  if (tier !== undefined) return tier;
  if (scheme === "public") return "public";
  const { gateways } = facts.limits.balancer;
  if (form === "network" || gateways.tier === null) return "app";
  findings.use(`${path}.tier`, gateways.support);
  return gateways.tier;
}

/** Its tier and the subnets and zones in it. */
export function standOf(path: string, name: string, args: BalancerArgs, on: BalancerOn, known: Known): Stand {
  const { facts, findings, places } = known;
  const tier = tierOf(path, args, known);
  const { subnets = [] } = on.network.tiers[tier] ?? {};
  if (subnets.length === 0)
    findings.refuse(
      `${path}.tier`,
      `expected one of the tiers ${tiers.filter(one => on.network.tiers[one] !== undefined).join(", ") || "(there are none)"}, got "${tier}"`,
      `add \`${tier}: {}\` to network.tiers`,
    );
  if (args.scheme === "public" && tier !== "public")
    findings.refuse(`${path}.tier`, `expected public for a public balancer, got "${tier}"`, "drop it, or make the scheme internal");
  const zones = Object.keys(places.primary.zones);
  const { minZones } = facts.limits.balancer;
  if (args.form === "application" && zones.length < minZones)
    findings.refuse("network.zones", `expected at least ${minZones} for ${name} on ${facts.cloud}, got ${zones.length}`, `use ${minZones}`);
  return { tier, subnets, zones, address: addressOf(path, args, subnets[0], on, known) };
}

/** The address that the cloud gives nobody else: near the end of the subnet, below what Kubernetes takes. */
const innerAddress = 249;

function addressOf(
  path: string,
  args: BalancerArgs,
  subnet: string | undefined,
  on: BalancerOn,
  { facts, findings }: Known,
): string | null {
  const support = facts.limits.balancer.address;
  if (args.scheme === "public") {
    if (args.address !== undefined)
      findings.refuse(
        `${path}.address`,
        `expected none on a public balancer, got "${args.address}"`,
        "drop it: names point to it, whatever its address",
      );
    return null;
  }
  if (args.address !== undefined && !findings.use(`${path}.address`, support, args.address)) return null;
  if (support.is !== "native" || subnet === undefined) return null;
  const range = parseRange(pick(on.network.subnets, subnet).cidr);
  const text = args.address ?? addressText(Math.min(range.first + innerAddress, lastAddress(range) - 6));
  const value = address(text);
  if (!contains(range, { first: value, prefix: 32 }) || value < range.first + 4 || value > lastAddress(range) - 2)
    findings.refuse(
      `${path}.address`,
      `expected a free address of ${pick(on.network.subnets, subnet).cidr}, got "${text}"`,
      "use one from the fifth to the third last",
    );
  return text;
}
