/** What the laws forbid whatever was asked for: addresses and rules towards the internet where no entry is, and doors of data services that face it. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Exposure } from "../model.ts";
import { difference, every, intersection, isEmpty, portSet, union } from "../ports.ts";
import { contains, isPrivate } from "../ranges.ts";
import { at, type Inventory, listOf, referred, textOf } from "../values.ts";
import { handedOn } from "./balancers.ts";
import { plainTalkOfCdn, readByCdn } from "./cdn.ts";
import { type Direction, type Filter, letThrough, type Opening } from "./filter.ts";
import type { Balancer } from "./fronts.ts";
import { gatewayType, plainTalkOf } from "./gateway.ts";
import type { Ground, Subnet } from "./ground.ts";
import { type Interface, isJudged } from "./interfaces.ts";
import type { FilterAt } from "./judge.ts";
import { type Party, wordOf } from "./party.ts";
import { routesOut } from "./routes.ts";

/** The ground and who stands on it. */
interface Stood extends Ground {
  readonly interfaces: readonly Interface[];
  readonly balancers: readonly Balancer[];
  /** Subnets where services of Azure's own stand, and nobody else can. */
  readonly services: ReadonlySet<Subnet>;
}

const families = [4, 6] as const;

/** Where each service says whether it has a public side; all have one unless they say `Disabled`. */
const publicSides: Readonly<Record<string, readonly string[]>> = {
  "azure-native:compute:Disk": ["publicNetworkAccess"],
  "azure-native:dbformysql:Server": ["network", "publicNetworkAccess"],
  "azure-native:dbforpostgresql:Server": ["network", "publicNetworkAccess"],
  "azure-native:keyvault:Vault": ["properties", "publicNetworkAccess"],
  "azure-native:redisenterprise:RedisEnterprise": ["publicNetworkAccess"],
  "azure-native:storage:StorageAccount": ["publicNetworkAccess"],
};

/** The watcher writes a flow log from outside of the network: its account keeps a public side that lets in nobody else. */
function keptForFlowLogs(inventory: Inventory): (account: PlannedResource) => boolean {
  const urns = new Set(inventory.ofType("azure-native:network:FlowLog").flatMap(({ inputs }) => referred(inputs.storageId)));
  return ({ urn, inputs }) =>
    urns.has(urn) &&
    at(inputs, "networkRuleSet", "defaultAction") === "Deny" &&
    listOf(at(inputs, "networkRuleSet", "ipRules")).length === 0;
}

function publicDoors(inventory: Inventory): readonly Exposure[] {
  const [keepsLogs, isRead] = [keptForFlowLogs(inventory), readByCdn(inventory)];
  const sides = inventory.ofType(...Object.keys(publicSides)).flatMap((resource): readonly Exposure[] => {
    const { name: owner, type, inputs } = resource;
    const isClosed = at(inputs, ...(publicSides[type] ?? [])) === "Disabled";
    return isClosed || keepsLogs(resource) || isRead(resource) ? [] : [{ resource: owner, what: "its public side is on" }];
  });
  const accounts = inventory
    .ofType("azure-native:storage:StorageAccount")
    .filter(({ inputs }) => inputs.allowBlobPublicAccess !== false)
    .map(({ name }) => ({ resource: name, what: "its containers may be opened to everybody" }));
  const containers = inventory
    .ofType("azure-native:storage:BlobContainer")
    .filter(({ inputs }) => (textOf(inputs.publicAccess) ?? "None") !== "None")
    .map(({ name }) => ({ resource: name, what: "everybody may read it" }));
  return [...sides, ...accounts, ...containers];
}

const addresses = ({ interfaces }: Stood): readonly Exposure[] =>
  interfaces.flatMap(({ name, publicAddress }) =>
    publicAddress === null ? [] : [{ resource: name, what: "it has a public address and is no entry" }],
  );

function subnetLaws({ subnets, services }: Stood, data: ReadonlySet<Subnet>): readonly Exposure[] {
  return [...subnets.values()].flatMap((subnet): readonly Exposure[] => {
    if (services.has(subnet)) return [];
    const exposed = (what: string): Exposure => ({ resource: subnet.name, what });
    const lent = subnet.lendsAddress ? [exposed("Azure lends its hosts an address on the internet")] : [];
    if (!data.has(subnet)) return lent;
    const routed = families.some(family => subnet.ranges.some(range => range.family === family) && routesOut(subnet, family));
    return [
      ...lent,
      ...(routed ? [exposed("a data tier has a route to the internet")] : []),
      ...(subnet.nat === null ? [] : [exposed(`a data tier has a way to the internet by ${subnet.nat}`)]),
    ];
  });
}

/** Somebody without a group of its own, in any subnet: what holds for it holds for whoever comes next. */
const newcomer = (subnet: Subnet, family: 4 | 6): Interface => ({
  end: "anybody",
  name: subnet.name,
  kind: "host",
  subnet,
  family,
  ranges: subnet.ranges.filter(range => range.family === family),
  groups: new Set(),
  filter: null,
  publicAddress: null,
  borrows: false,
  joins: [],
  lentBy: null,
});

const adminPorts = union(portSet("tcp", [22, 22]), portSet("tcp", [3389, 3389]));

/** The internet, ranges of it, and services of the cloud that answer on it. */
const isPublic = (party: Party): boolean => party.kind !== "range" || !isPrivate(party.range);

/** Who is no administrator for sure: whoever is on the internet, and a range so wide that the platform itself lies in it. */
function strangersOf({ networks }: Ground, outside: readonly Party[]): readonly Party[] {
  const own = networks.flatMap(({ ranges }) => ranges);
  const strange = outside.filter(party => isPublic(party) || (party.kind === "range" && own.some(range => contains(party.range, range))));
  return [...strange, ...own.map((range): Party => ({ kind: "range", range }))];
}

interface Standing {
  readonly who: Interface;
  /** Null where no group judges it: nothing then keeps anybody from it but the lack of a way. */
  readonly filter: Filter | null;
}

function openings({ who, filter }: Standing, direction: Direction, other: Party): readonly Opening[] {
  if (filter === null) return [{ name: who.subnet.name, traffic: every, written: false }];
  const self: Party = { kind: "interface", interface: who };
  return direction === "Inbound" ? letThrough(filter.Inbound, other, self, self) : letThrough(filter.Outbound, self, other, self);
}

/** Rules that let somebody in or out where nobody may, whether or not a route or an address makes it come true today. */
function ruleLaws(ground: Stood, outside: readonly Party[], data: ReadonlySet<Subnet>, filterAt: FilterAt): readonly Exposure[] {
  const judged = (who: Interface): Standing => {
    const urn = (isJudged(who) ? who.subnet.filter : null) ?? who.filter;
    return { who, filter: urn === null ? null : filterAt(urn) };
  };
  const newcomers = [...ground.subnets.values()]
    .filter(subnet => !ground.services.has(subnet))
    .flatMap(subnet =>
      families.filter(family => subnet.ranges.some(range => range.family === family)).map(family => judged(newcomer(subnet, family))),
    );
  const members = ground.interfaces.map(judged);
  const everybody = [...members, ...newcomers].filter(({ who }) => isJudged(who));
  const world = outside.filter(isPublic);
  const strangers = strangersOf(ground, outside);
  const entered = members.flatMap(standing => {
    // A rule names both families at once, whichever of them is handed on.
    const alike = members.filter(({ who }) => who.end === standing.who.end);
    const behind = union(...alike.map(({ who }) => handedOn(ground.balancers, who)));
    return world.flatMap(party =>
      openings(standing, "Inbound", party)
        .filter(({ traffic }) => !isEmpty(difference(traffic, behind)))
        .map(({ name }) => ({ resource: name, what: `it lets ${wordOf(party).word} in to ${standing.who.end}, which is no entry` })),
    );
  });
  const left = everybody
    .filter(({ who }) => data.has(who.subnet))
    .flatMap(standing =>
      world.flatMap(party =>
        openings(standing, "Outbound", party).map(({ name }) => ({
          resource: name,
          what: `it lets a data tier out to ${wordOf(party).word}`,
        })),
      ),
    );
  const administered = everybody.flatMap(standing =>
    strangers.flatMap(party =>
      openings(standing, "Inbound", party)
        .filter(({ traffic }) => !isEmpty(intersection(traffic, adminPorts)))
        .map(({ name }) => ({ resource: name, what: `it opens an admin port to ${wordOf(party).word}` })),
    ),
  );
  return [...entered, ...left, ...administered];
}

/** `outside`: the internet, and what else rules name beyond the platform. A subnet with private endpoints is a data tier. */
export function exposuresOf(inventory: Inventory, ground: Stood, outside: readonly Party[], filterAt: FilterAt): readonly Exposure[] {
  const data = new Set(ground.interfaces.filter(({ kind }) => kind === "endpoint").map(({ subnet }) => subnet));
  const talk = [...inventory.ofType(gatewayType).flatMap(plainTalkOf), ...plainTalkOfCdn(inventory)];
  const all = [
    ...publicDoors(inventory),
    ...talk,
    ...addresses(ground),
    ...subnetLaws(ground, data),
    ...ruleLaws(ground, outside, data, filterAt),
  ];
  return [...new Map(all.map(exposure => [`${exposure.resource} ${exposure.what}`, exposure])).values()];
}
