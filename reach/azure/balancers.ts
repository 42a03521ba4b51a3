/** Ways by balancers: whoever reaches their listeners, and whom they then ask. */
import { every, type PortSet, union } from "../ports.ts";
import { isPrivate } from "../ranges.ts";
import type { Inventory } from "../values.ts";
import { type Balancer, type Front, type Listener, type Target, targetsAt } from "./fronts.ts";
import { gatewayOf, gatewayType } from "./gateway.ts";
import type { Interface, SubnetAt } from "./interfaces.ts";
import { type FilterAt, groupsOf, movedTo, only, partyOf } from "./judge.ts";
import { loadBalancerOf, loadBalancerType } from "./loadbalancer.ts";
import { type Party, wordOf } from "./party.ts";
import { type Passage, passageOf } from "./passage.ts";
import { carries, carriesIn } from "./routes.ts";

export const balancersOf = (inventory: Inventory, subnetAt: SubnetAt): readonly Balancer[] => [
  ...inventory.ofType(gatewayType).map(planned => gatewayOf(inventory, planned, subnetAt)),
  ...inventory.ofType(loadBalancerType).map(planned => loadBalancerOf(inventory, planned, subnetAt)),
];

/** Interfaces, each with the balancer that lends it an address for the way out. */
export const lentTo = (interfaces: readonly Interface[], balancers: readonly Balancer[]): readonly Interface[] =>
  interfaces.map(one => {
    const lends = ({ lends: pools }: Balancer) => ({ targets: [...pools].map(pool => ({ pool, traffic: every })) });
    const lender = balancers.find(balancer => targetsAt(balancer, lends(balancer), one).length > 0);
    return lender === undefined ? one : { ...one, lentBy: lender.planned.name };
  });

/** The ports of an interface that the internet comes to by balancers which hand connections on. */
export const handedOn = (balancers: readonly Balancer[], member: Interface): PortSet =>
  union(
    ...balancers
      .filter(({ self }) => self === null)
      .flatMap(balancer =>
        balancer.listeners
          .filter(({ front }) => front.publicAddress !== null && front.families.includes(member.family))
          .flatMap(listener => targetsAt(balancer, listener, member).map(({ traffic }) => traffic)),
      ),
  );

/** The CDN as one balancer's visitor, and the ports that it asks there. */
export interface Asking {
  readonly end: string;
  readonly traffic: PortSet;
}

export interface Standing {
  /** Hosts, and others in the network that open connections. */
  readonly callers: readonly Interface[];
  readonly interfaces: readonly Interface[];
  readonly outside: readonly Party[];
  readonly filterAt: FilterAt;
  /** By URN of the balancer. */
  readonly askedBy: ReadonlyMap<string, Asking>;
}

/** Addresses of every profile of Front Door. */
const frontDoor = { kind: "service", tag: "AzureFrontDoor.Backend" } as const;

interface Comer {
  readonly party: Party;
  readonly word: string;
  readonly partOfInternet: boolean;
  readonly traffic: PortSet;
}

/** Who may come to a front from outside: nobody to a private one by the internet, nor to a public one by a private way. */
function comersTo({ publicAddress }: Front, { planned }: Balancer, { outside, askedBy }: Standing): readonly Comer[] {
  const asking = askedBy.get(planned.urn);
  const isFrontDoor = (party: Party): boolean => party.kind === "service" && party.tag === frontDoor.tag;
  const comers = outside
    .filter(party => (publicAddress === null) === (party.kind === "range" && isPrivate(party.range)))
    .map((party): Comer => {
      const { word, partOfInternet } = wordOf(party);
      return { party, word: asking !== undefined && isFrontDoor(party) ? asking.end : word, partOfInternet, traffic: every };
    });
  const own =
    asking === undefined || publicAddress === null ? [] : [{ party: frontDoor, word: asking.end, partOfInternet: false, ...asking }];
  return [...comers, ...own];
}

/** To a listener where it stands, which its own subnet's group judges. */
function toGateway(balancer: Balancer, { front, traffic }: Listener, standing: Standing): readonly (Passage | null)[] {
  const { end, planned } = balancer;
  const { callers, filterAt } = standing;
  const port = only(planned.name, traffic);
  return front.stands.flatMap(stand => {
    const { place } = stand.subnet.network;
    const fromOutside = comersTo(front, balancer, standing).map(({ party, word, partOfInternet, traffic: asked }) => {
      const carriers = carriesIn(party, stand);
      const groups = [...groupsOf(stand, "Inbound", party, filterAt), port, only(planned.name, asked)];
      return carriers && passageOf({ from: word, to: end, place, carriers, partOfInternet }, groups);
    });
    const fromInside = (front.publicAddress === null ? callers : [])
      .filter(from => carries(from, stand))
      .map(from =>
        passageOf({ from: from.end, to: end, place, carriers: [], partOfInternet: false }, [
          ...groupsOf(from, "Outbound", partyOf(stand), filterAt),
          ...groupsOf(stand, "Inbound", partyOf(from), filterAt),
          port,
        ]),
      );
    return [...fromOutside, ...fromInside];
  });
}

/** From a gateway to the members of its pools, on the ports that some listener leads to. */
const fromGateway = (balancer: Balancer, self: Interface, { interfaces, filterAt }: Standing): readonly (Passage | null)[] =>
  interfaces
    .filter(member => member.joins.length > 0 && carries(self, member))
    .map(member => {
      const asked = balancer.listeners.flatMap(listener => targetsAt(balancer, listener, member).map(({ traffic }) => traffic));
      return passageOf({ from: balancer.end, to: member.end, place: self.subnet.network.place, carriers: [], partOfInternet: false }, [
        ...groupsOf(self, "Outbound", partyOf(member), filterAt),
        ...groupsOf(member, "Inbound", partyOf(self), filterAt),
        only(balancer.planned.name, union(...asked)),
      ]);
    });

interface Hop {
  readonly balancer: Balancer;
  readonly listener: Listener;
  readonly target: Target;
  readonly member: Interface;
}

/** The cloud's own probes, which a member lets in or is never given a connection. */
const probes: Party = { kind: "service", tag: "AzureLoadBalancer" };

/** By a rule that hands on: the callers' own group sees the front, the member's group sees the callers, each its own port. */
function handingOn({ balancer, listener: { front, traffic }, target, member }: Hop, standing: Standing): readonly (Passage | null)[] {
  const { end, planned } = balancer;
  const { callers, filterAt } = standing;
  const { place } = member.subnet.network;
  const arriving = (party: Party) => groupsOf(member, "Inbound", party, filterAt);
  const ahead = (party: Party) => [...arriving(party).map(group => movedTo(group, target.traffic, traffic)), only(planned.name, traffic)];
  const outside = comersTo(front, balancer, standing).flatMap(comer => {
    const carriers = carriesIn(comer.party, { ...member, publicAddress: front.publicAddress });
    return carriers === null ? [] : [{ ...comer, carriers }];
  });
  const inside = front.stands.flatMap(stand =>
    callers.filter(from => carries(from, member) && carries(from, stand)).map(from => ({ from, leaving: partyOf(stand) })),
  );
  const toMember = [probes, ...outside.map(({ party }) => party), ...inside.map(({ from }) => partyOf(from))];
  return [
    ...outside.map(({ word, party, carriers, partOfInternet, traffic: asked }) =>
      passageOf({ from: word, to: end, place, carriers, partOfInternet }, [...ahead(party), only(planned.name, asked)]),
    ),
    ...inside.map(({ from, leaving }) =>
      passageOf({ from: from.end, to: end, place, carriers: [], partOfInternet: false }, [
        ...groupsOf(from, "Outbound", leaving, filterAt),
        ...ahead(partyOf(from)),
      ]),
    ),
    ...toMember.map(party =>
      passageOf({ from: end, to: member.end, place, carriers: [], partOfInternet: false }, [
        ...arriving(party),
        only(planned.name, target.traffic),
      ]),
    ),
  ];
}

export const waysByBalancers = (balancers: readonly Balancer[], standing: Standing): readonly (Passage | null)[] =>
  balancers.flatMap(balancer => {
    const { self, listeners } = balancer;
    if (self !== null)
      return [...listeners.flatMap(listener => toGateway(balancer, listener, standing)), ...fromGateway(balancer, self, standing)];
    return listeners.flatMap(listener =>
      standing.interfaces
        .filter(({ family, joins }) => joins.length > 0 && listener.front.families.includes(family))
        .flatMap(member => targetsAt(balancer, listener, member).map(target => ({ balancer, listener, target, member })))
        .flatMap(hop => handingOn(hop, standing)),
    );
  });
