/** CloudFront as planned: where visitors reach it, which balancers it asks, and whether those let it in. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import { intersection, isEmpty, type PortSet, portSet, union } from "../ports.ts";
import { everyRange, isEverywhere } from "../ranges.ts";
import { at, type Inventory, numberOf, ReadFault, rowsOf, textOf } from "../values.ts";
import { answered } from "./acl.ts";
import { balancerTypes } from "./balancers.ts";
import { rulesFor } from "./between.ts";
import { type Entry, narrowed, type Way } from "./entries.ts";
import { cloudFrontLists } from "./lists.ts";
import type { Member } from "./members.ts";
import type { Subnet } from "./network.ts";
import { type Border, openDoor } from "./outside.ts";

export const distributionType = "aws:cloudfront/distribution:Distribution";
const vpcOriginType = "aws:cloudfront/vpcOrigin:VpcOrigin";
const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/** The one word for all distributions. */
export const cdnEnd = "cdn";

export const behavioursOf = ({ inputs }: PlannedResource) => [
  ...rowsOf([inputs.defaultCacheBehavior]),
  ...rowsOf(inputs.orderedCacheBehaviors),
];

/** Distributions that answer at all. */
export const distributionsOf = (inventory: Inventory): readonly PlannedResource[] =>
  inventory.ofType(distributionType).filter(({ inputs }) => inputs.enabled !== false);

/** Port 80 redirects, unless every path refuses it. */
export const visitsOf = (inventory: Inventory): readonly Way[] =>
  distributionsOf(inventory).map(distribution => {
    const refuses = behavioursOf(distribution).every(({ viewerProtocolPolicy }) => viewerProtocolPolicy === "https-only");
    const ports = refuses ? over(443) : union(over(443), over(80));
    return { from: "internet", to: cdnEnd, ports, through: [distribution.name] };
  });

const over = (port: number): PortSet => portSet("tcp", [port, port]);

/** One origin that the CDN asks over the network: a balancer of the plan, or a host that the plan does not know. */
interface Origin {
  readonly to: PlannedResource | string;
  /** By a way of the CDN's own into the network, past the internet. */
  readonly inner: boolean;
  readonly ports: PortSet;
  readonly through: readonly string[];
}

/** Origins that some path is answered from. */
function originsOf(distribution: PlannedResource, inventory: Inventory): readonly Origin[] {
  const asked = new Set(behavioursOf(distribution).map(({ targetOriginId }) => targetOriginId));
  const groups = rowsOf(distribution.inputs.originGroups).filter(({ originId }) => asked.has(originId));
  for (const { members } of groups) for (const { originId } of rowsOf(members)) asked.add(originId);
  return rowsOf(distribution.inputs.origins)
    .filter(({ originId }) => asked.has(originId))
    .flatMap(origin => originOf(distribution, origin, inventory));
}

function originOf(distribution: PlannedResource, origin: Readonly<Record<string, unknown>>, inventory: Inventory): readonly Origin[] {
  const { name } = distribution;
  if (origin.vpcOriginConfig !== undefined) {
    const ways = inventory.referredOf(origin.vpcOriginConfig, vpcOriginType);
    if (ways.length === 0) throw new ReadFault(distribution, "a way into the network that this plan does not have");
    return ways.flatMap(way => innerOf(distribution, way, inventory));
  }
  if (origin.customOriginConfig === undefined) {
    if (origin.originAccessControlId !== undefined || isBucket(origin, inventory)) return []; // its own concern: no packet filter stands before it
    throw new ReadFault(distribution, "an origin that is neither a balancer nor a bucket");
  }
  const ports = portsOf(origin.customOriginConfig);
  return targetsOf(origin.domainName, inventory).map(({ to, through }) => ({ to, inner: false, ports, through: [name, ...through] }));
}

function innerOf(distribution: PlannedResource, way: PlannedResource, inventory: Inventory): readonly Origin[] {
  const config = way.inputs.vpcOriginEndpointConfig;
  const balancers = inventory.referredOf(at(config, "arn"), ...balancerTypes);
  if (balancers.length === 0) throw new ReadFault(way, "a way into the network to what this plan does not have");
  return balancers.map(to => ({ to, inner: true, ports: portsOf(config), through: [distribution.name, way.name] }));
}

/** The plan names all resources of a distribution's origins for each of them, so that how it is asked tells what it is. */
export const isBucket = (origin: Readonly<Record<string, unknown>>, inventory: Inventory): boolean =>
  origin.customOriginConfig === undefined &&
  origin.vpcOriginConfig === undefined &&
  (inventory.referredOf(origin.domainName, ...bucketTypes).length > 0 || origin.s3OriginConfig !== undefined);

function portsOf(config: unknown): PortSet {
  const [plain, secure] = [over(numberOf(at(config, "httpPort")) ?? 80), over(numberOf(at(config, "httpsPort")) ?? 443)];
  const policy = at(config, "originProtocolPolicy");
  if (policy === "https-only") return secure;
  return policy === "http-only" ? plain : union(plain, secure);
}

/** By the balancer's own name, or by a record of ours that leads to it. */
function targetsOf(domain: unknown, inventory: Inventory): readonly Pick<Origin, "to" | "through">[] {
  const own = inventory.referredOf(domain, ...balancerTypes);
  if (own.length > 0) return own.map(to => ({ to, through: [] }));
  const host = textOf(domain);
  const found = inventory
    .ofType("aws:route53/record:Record")
    .filter(({ inputs }) => host !== undefined && textOf(inputs.name) === host)
    .flatMap(({ name, inputs }) =>
      inventory.referredOf([inputs.aliases, inputs.records], ...balancerTypes).map(to => ({ to, through: [name] })),
    );
  return found.length > 0 ? found : [{ to: host ?? "a host that only a deploy will know", through: [] }];
}

/** What the CDN asks, with the balancer that answers. */
export type Ask = Way & { readonly member: Member | undefined };

/** A host that the plan does not know is an end of its own, so that nobody takes it for a balancer of ours. */
export const asksOf = (
  inventory: Inventory,
  members: readonly Member[],
  entries: ReadonlyMap<string, Entry>,
  border: Border,
): readonly Ask[] =>
  distributionsOf(inventory).flatMap(distribution =>
    originsOf(distribution, inventory).flatMap((origin): readonly Ask[] => {
      const { to, ports, through } = origin;
      if (typeof to === "string") return [{ from: cdnEnd, to, ports, through, member: undefined }];
      return members.filter(({ resource }) => resource === to).flatMap(member => asked(member, origin, entries.get(to.urn), border));
    }),
  );

const asked = (member: Member, { inner, ports, through }: Origin, entry: Entry | undefined, border: Border): readonly Ask[] =>
  member.subnets
    .flatMap(subnet => letIn(member, subnet, inner, border))
    .flatMap(way => narrowed({ ...way, member }, [{ ports, through }]))
    .flatMap(way => narrowed(way, entry ? entry.answers : []));

/** What a balancer's rules let the CDN do: as everybody, or by the list of addresses that it asks origins from. */
function letIn(member: Member, subnet: Subnet, inner: boolean, border: Border): readonly Way[] {
  const everybody = everyRange[4];
  // A way of the CDN's own ends in the network, which needs a gateway to the internet and no route to it:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
  const gateway = border.gateways.get(subnet.vpc);
  const door = inner ? gateway && [gateway.name] : openDoor(member, subnet, everybody, border);
  if (!door) return [];
  const edge = answered(subnet.filter.inward(everybody), subnet.filter.outward(everybody));
  return rulesFor(member, border.rules, "ingress").flatMap(({ name, peer, ports }) => {
    const named = peer.kind === "list" && cloudFrontLists.has(peer.id);
    const open = peer.kind === "range" && peer.range.family === 4 && isEverywhere(peer.range);
    const passing = intersection(ports, edge);
    return (named || open) && !isEmpty(passing) ? [{ from: cdnEnd, to: member.end, ports: passing, through: [name, ...door] }] : [];
  });
}

/** Which balancers the CDN asks, by URN: their rules' lists of its addresses are its own. */
export const askedOf = (inventory: Inventory): ReadonlySet<string> =>
  new Set(
    distributionsOf(inventory).flatMap(distribution =>
      originsOf(distribution, inventory).flatMap(({ to }) => (typeof to === "string" ? [] : [to.urn])),
    ),
  );
