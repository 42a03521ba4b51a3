/** What no description may ask for on Google: public addresses, public data services, a data subnet with a way out, admin ports open to strangers. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Exposure } from "../model.ts";
import { difference, intersection, isEmpty, none, portSet, union } from "../ports.ts";
import { contains, isPrivate, type Range } from "../ranges.ts";
import type { Strand } from "../strands.ts";
import { at, rowsOf, textOf, textsOf } from "../values.ts";
import { sqlEnd, sqlServes, sqlType } from "./doors.ts";
import { isEndpoint } from "./fronts.ts";
import { type Ground, knownRange, type Subnet, subnetType } from "./ground.ts";
import { listenerExposures } from "./listeners.ts";
import { addressesOf, type Door, type Host, nothing, type Party } from "./parties.ts";
import { comesWithin, internet, outsideOf, type Scene } from "./reaches.ts";
import { judge, type Rule, rulesAt } from "./rules.ts";

/** Hosts that are there to be reached from outside. */
const entries = new Set(["bastion", "vpn"]);

const adminPorts = union(portSet("tcp", [22, 22]), portSet("tcp", [3389, 3389]));

const anyone = new Set(["allUsers", "allAuthenticatedUsers"]);

function publicAddresses(hosts: readonly Host[]): readonly Exposure[] {
  return hosts
    .filter(host => !entries.has(host.end) && (host.publicV4 || host.publicV6))
    .map(host => ({ resource: host.resource.name, what: "a host with a public address" }));
}

/** A port for administration is for private ranges of people, narrower than a subnet of the platform. */
function adminPortsOpen(scene: Scene): readonly Exposure[] {
  const own = [...scene.ground.subnets.values()].flatMap(({ ranges }) => ranges);
  const isOurs = (range: Range): boolean => isPrivate(range) && !own.some(one => contains(range, one));
  const strangers = scene.outside.filter(({ range }) => !comesWithin.has(range.text) && !isOurs(range));
  return scene.hosts.flatMap(host =>
    strangers
      .filter(other => other.end === "internet" || !entries.has(host.end))
      .flatMap(other =>
        judge(host.inward, true, host, other, other.range.family)
          .filter(grant => !isEmpty(intersection(grant.ports, adminPorts)))
          .map(grant => ({ resource: grant.name, what: `an admin port of ${host.end} open to ${other.end}` })),
      ),
  );
}

/** A server has a public address unless it says otherwise. */
const isPublicServer = (server: PlannedResource): boolean => at(server.inputs, "settings", "ipConfiguration", "ipv4Enabled") !== false;

const publicServers = (ground: Ground): readonly PlannedResource[] => ground.inventory.ofType(sqlType).filter(isPublicServer);

/** Whom a server with a public address lets in: rules of the network do not stop there. */
export const publicWays = (ground: Ground): readonly Strand[] =>
  publicServers(ground).flatMap(server =>
    rowsOf(at(server.inputs, "settings", "ipConfiguration", "authorizedNetworks"))
      .flatMap(row => textsOf(row.value))
      .map(text => ({
        from: outsideOf(knownRange(server, text)).end,
        to: sqlEnd(server),
        place: ground.placeOf(textOf(server.inputs.region) ?? ""),
        ports: sqlServes(server),
        through: [server.name],
      })),
  );

/** Grants to everybody: on a bucket, a secret, a key, a server. */
function grantsToAnyone({ inventory }: Ground): readonly Exposure[] {
  const open = inventory.all.filter(({ type, inputs }) => {
    if (!type.startsWith("gcp:")) return false;
    const entities = /AccessControl$/i.test(type) ? textsOf(inputs.entity) : [];
    return [...textsOf(inputs.member), ...textsOf(inputs.members), ...entities].some(who => anyone.has(who));
  });
  return open.map(grant => ({ resource: grant.name, what: "a grant to everybody" }));
}

function publicServices(ground: Ground): readonly Exposure[] {
  const buckets = ground.inventory
    .ofType("gcp:storage/bucket:Bucket")
    .filter(bucket => bucket.inputs.publicAccessPrevention !== "enforced");
  return [
    ...publicServers(ground).map(server => ({ resource: server.name, what: "a database with a public address" })),
    ...buckets.map(bucket => ({ resource: bucket.name, what: "a bucket that may be made public" })),
    ...grantsToAnyone(ground),
  ];
}

/** Subnets that hold the addresses of data services; balancers have theirs where hosts are. */
function dataSubnets(ground: Ground, doors: readonly Door[]): readonly Subnet[] {
  const { inventory } = ground;
  const services = doors.filter(({ resource }) => isEndpoint(resource));
  const holding = services.flatMap(({ resource }) =>
    addressesOf(inventory, resource.inputs.ipAddress).map(address => address.inputs.subnetwork),
  );
  const policies = inventory.ofType("gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy");
  const named = inventory.referredOf([holding, policies.map(policy => at(policy.inputs, "pscConfig", "subnetworks"))], subnetType);
  return named.flatMap(subnet => ground.subnets.get(subnet.urn) ?? []);
}

/** What a host of the subnet that no rule knows by name could do. */
function waysOutOf(ground: Ground, rules: readonly Rule[], subnet: Subnet): readonly Exposure[] {
  const stranger: Party = { network: subnet.network, ranges: subnet.ranges, owners: nothing, accounts: nothing, tags: nothing };
  const outward = rulesAt(rules, stranger, false);
  const grants = internet
    .filter(({ range }) => subnet.ranges.some(own => own.family === range.family))
    .flatMap(other => judge(outward, false, stranger, other, other.range.family));
  const { name } = subnet.resource;
  return [
    ...ground
      .translations(subnet)
      .map(translation => ({ resource: translation, what: `a way to the internet for the data subnet ${name}` })),
    ...grants.map(grant => ({ resource: grant.name || name, what: `no rule keeps the data subnet ${name} from the internet` })),
    ...(subnet.publicV6 ? [{ resource: name, what: "a data subnet with addresses of the internet" }] : []),
  ];
}

/** Rules that name the address of a service and open ports it does not answer: nothing there today, and nobody looks when that changes. */
function moreThanServed(rules: readonly Rule[], doors: readonly Door[]): readonly Exposure[] {
  return rules
    .filter(({ inward, deny }) => !inward && !deny)
    .flatMap(({ resource, to, ports }) => {
      const named = doors.filter(({ owners }) => [...owners].some(owner => to?.owners.has(owner) === true));
      const unserved = named.length === 0 ? none : difference(ports, union(...named.map(({ serves }) => serves)));
      return isEmpty(unserved) ? [] : [{ resource: resource.name, what: "more ports than the service at its address answers" }];
    });
}

/** `ways`: what comes through balancers. */
export function exposuresOf(scene: Scene, rules: readonly Rule[], ways: readonly Strand[]): readonly Exposure[] {
  const { ground, hosts, doors, fronts } = scene;
  const found = [
    ...publicAddresses(hosts),
    ...adminPortsOpen(scene),
    ...publicServices(ground),
    ...listenerExposures(ground.inventory, fronts, ways, adminPorts),
    ...moreThanServed(rules, doors),
    ...dataSubnets(ground, doors).flatMap(subnet => waysOutOf(ground, rules, subnet)),
  ];
  const once = new Map(found.map(exposure => [`${exposure.resource} ${exposure.what}`, exposure]));
  return [...once.values()].toSorted((a, b) => (a.resource < b.resource ? -1 : Number(a.resource > b.resource)));
}
