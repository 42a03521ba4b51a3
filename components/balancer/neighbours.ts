/** What balancers are to each other and to whoever else lives in their subnets. */
import type { Known } from "../kernel/known.ts";
import type { Tier } from "../network/model.ts";
import type { BalancerSpec } from "./model.ts";

type Balancers = Readonly<Record<string, BalancerSpec>>;

/** Tiers that hold application balancers alone, where the cloud wants them alone; what else is meant to live there is refused. */
export function judgeNeighbours(
  balancers: Balancers,
  roles: Readonly<Record<string, { readonly tier: Tier }>>,
  known: Known,
): readonly Tier[] {
  judgeAddresses(balancers, known);
  const { facts, findings } = known;
  const { gateways } = facts.limits.balancer;
  if (gateways.tier === null) return [];
  const alone = new Map(
    Object.entries(balancers).flatMap(([name, { form, tier }]) => (form === "application" ? [[tier, name] as const] : [])),
  );
  for (const [tier, owner] of alone)
    if (tier === "data")
      findings.refuse(
        `edge.balancers.${owner}.tier`,
        `expected a tier that holds nothing else on ${facts.cloud}, got "data", where private endpoints stand`,
        `drop it: ${gateways.tier} is meant`,
      );
  const lodgers = [
    ...Object.entries(roles).map(([name, { tier }]) => ({ path: `roles.${name}.tier`, tier })),
    ...Object.entries(balancers).flatMap(([name, { form, scheme, tier }]) =>
      form === "network" && scheme === "internal" ? [{ path: `edge.balancers.${name}.tier`, tier }] : [],
    ),
  ];
  for (const { path, tier } of lodgers) {
    const owner = alone.get(tier);
    if (owner !== undefined)
      findings.refuse(
        path,
        `expected another tier on ${facts.cloud}, where the application balancer ${owner} stands alone in its subnet, got "${tier}"`,
        tier === "app" ? `use management, or let ${owner} stand in ${gateways.tier}` : "use app",
      );
  }
  return [...alone.keys()];
}

/** A fixed address of a subnet belongs to one balancer. */
function judgeAddresses(balancers: Balancers, { findings }: Known): void {
  const taken = new Map<string, string>();
  for (const [name, { address }] of Object.entries(balancers)) {
    if (address === null) continue;
    const other = taken.get(address);
    if (other !== undefined)
      findings.refuse(
        `edge.balancers.${name}.address`,
        `expected an address of its own, got "${address}", which is that of ${other}`,
        "say another one of its subnet",
      );
    taken.set(address, name);
  }
}
