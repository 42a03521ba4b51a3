/** What the laws forbid whatever was asked for, seen in AWS' own terms. */
import type { Exposure } from "../model.ts";
import { covers, intersection, isEmpty, linesOf, type PortSet, portSet, union } from "../ports.ts";
import { contains, everyRange, isPrivate } from "../ranges.ts";
import type { Inventory } from "../values.ts";
import type { Member } from "./members.ts";
import type { Subnet } from "./network.ts";
import { type Border, endOf, namedOutside, openDoor } from "./outside.ts";

const adminPorts = union(portSet("tcp", [22, 22]), portSet("tcp", [3389, 3389]));

export const exposuresOf = (inventory: Inventory, members: readonly Member[], border: Border): readonly Exposure[] => [
  ...members.flatMap(member => [...addressed(member, border), ...ruled(member, border), ...administered(member, border)]),
  ...dataRoutes(members, border),
  ...buckets(inventory),
];

/** Entries are meant to be found; nothing else is. */
function addressed(member: Member, border: Border): readonly Exposure[] {
  if (member.kind === "entry") return [];
  const { name } = member.resource;
  const given = new Set(member.subnets.flatMap(subnet => member.publicBy(subnet)));
  const sixth = member.subnets.filter(subnet => member.speaks(6, subnet) && openDoor(member, subnet, everyRange[6], border));
  return [
    ...[...given].map(by => ({ resource: name, what: by === name ? "has a public address" : `has a public address by ${by}` })),
    ...sixth.map(subnet => ({ resource: name, what: `has an IPv6 address in ${subnet.name} that the internet reaches` })),
  ];
}

/** Rules that would open a member to the internet as soon as it had a road there, and those that let data out. */
function ruled(member: Member, border: Border): readonly Exposure[] {
  const inward = member.kind === "entry" ? [] : namedOutside(member, border, "ingress").filter(({ range }) => !isPrivate(range));
  const outward = member.kind === "data" ? namedOutside(member, border, "egress").filter(({ range }) => !isPrivate(range)) : [];
  return [
    ...inward.map(({ name, range, ports }) => ({ resource: name, what: `lets ${endOf(range)} into ${member.end} on ${shown(ports)}` })),
    ...outward.map(({ name, range, ports }) => ({ resource: name, what: `lets ${member.end} out to ${endOf(range)} on ${shown(ports)}` })),
  ];
}

/** A port for administration is for private ranges of people, narrower than a network of the platform. */
function administered(member: Member, border: Border): readonly Exposure[] {
  const ingress = [...member.groups].flatMap(group => border.rules.ingress(group));
  return ingress.flatMap(({ name, peer, ports }) => {
    if (peer.kind !== "range" || isEmpty(intersection(ports, adminPorts))) return [];
    const { range } = peer;
    const isTooWide = !isPrivate(range) || border.own.some(network => contains(range, network));
    return isTooWide ? [{ resource: name, what: `opens ports for administration on ${member.end} to ${endOf(range)}` }] : [];
  });
}

/** Subnets of the data tier by their tag, and whichever others hold data. */
function dataRoutes(members: readonly Member[], { subnets }: Border): readonly Exposure[] {
  const holding = members.filter(({ kind }) => kind === "data").flatMap(member => member.subnets);
  const tier = new Set<Subnet>([...[...subnets.values()].filter(subnet => subnet.isData), ...holding]);
  return [...tier].flatMap(subnet =>
    subnet.routes
      .filter(route => !isPrivate(route.destination))
      .map(route => ({ resource: route.name, what: `leads from ${subnet.name}, which holds data, to ${endOf(route.destination)}` })),
  );
}

const bucketType = "aws:s3/bucket:Bucket";
const closings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** Every bucket must say all four refusals. */
function buckets(inventory: Inventory): readonly Exposure[] {
  const blocks = inventory.ofType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  const closed = new Set(blocks.flatMap(({ inputs }) => inventory.referredOf(inputs.bucket, bucketType).map(({ urn }) => urn)));
  const bare = inventory.ofType(bucketType).filter(({ urn }) => !closed.has(urn));
  return [
    ...bare.map(({ name }) => ({ resource: name, what: "has no public access block" })),
    ...blocks.flatMap(({ name, inputs }) =>
      closings
        .filter(key => inputs[key] !== true)
        .map(key => ({ resource: name, what: `leaves the bucket open to the public: no ${key}` })),
    ),
  ];
}

export const shown = (ports: PortSet): string =>
  linesOf(ports)
    .map(({ protocol, ports: [first, last] }) => {
      if (covers(ports, portSet(protocol))) return protocol;
      return first === last ? `${protocol} ${first}` : `${protocol} ${first}-${last}`;
    })
    .join(", ");
