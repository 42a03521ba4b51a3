import * as aws from "@pulumi/aws";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { NetworkSpec, SubnetSpec } from "../../components/network/model.ts";
import { acl } from "./acl.ts";
import { timeouts } from "./facts/timeouts.ts";
import { flowLog } from "./flow-log.ts";
import { subnet64 } from "./ipv6.ts";
import { each, present, tagged, zoneOf } from "./lookup.ts";
import type { AwsGround, AwsPart } from "./natives.ts";

/** The private network of one place. Route tables are one a subnet where traffic leaves by NAT, so that changing the NATs moves routes and no subnet. */
export function network(
  scope: Scope,
  spec: NetworkSpec,
  on: AwsGround & { readonly first: AwsPart<"network"> | null },
): AwsPart<"network"> {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const vpc = new aws.ec2.Vpc(
    `${name}-vpc`,
    {
      region,
      cidrBlock: spec.range,
      assignGeneratedIpv6CidrBlock: spec.ipv6,
      enableDnsSupport: true,
      enableDnsHostnames: true, // private endpoints answer under public names only with both
      tags: tagged(scope, `${name}-vpc`),
    },
    { parent, protect: protection },
  );
  // AWS' own default group lets its members talk to each other and out: emptied, whoever lands in it is alone.
  const closed = new aws.ec2.DefaultSecurityGroup(
    `${name}-closed`,
    { region, vpcId: vpc.id, ingress: [], egress: [], tags: tagged(scope, `${name}-closed`) },
    { parent },
  );
  const subnets = each(spec.subnets, (key, subnet) =>
    subnetOf(scope, key, subnet, present(spec.tiers[subnet.tier], `tier ${subnet.tier}`).publicAddresses, vpc),
  );
  const ways = waysOut(scope, spec, vpc, subnets);
  const tables = Object.fromEntries(Object.values(spec.tiers).flatMap(tier => tablesOf(scope, spec, tier.subnets, vpc)));
  const associations = each(
    subnets,
    (key, subnet) =>
      new aws.ec2.RouteTableAssociation(
        `${name}-association-${key}`,
        { region, subnetId: subnet.id, routeTableId: pick(tables, tableKey(spec, key)).id },
        { parent },
      ),
  );
  const routes = Object.entries(tables).flatMap(([key, table]) => routesOf(scope, spec, key, table, ways));
  const rules = acl(scope, spec, vpc, subnets);
  const flows = spec.flowLogs === null ? [] : flowLog(scope, vpc, on);
  return {
    networkId: vpc.id,
    subnetIds: each(subnets, (_, subnet) => subnet.id),
    native: { vpc, subnets, tables, zones: each(spec.subnets, (_, subnet) => present(subnet.zone, "zone letter")) },
    ready: [vpc, closed, ...Object.values(subnets), ...Object.values(associations), ...routes, ...rules, ...flows],
  };
}

function subnetOf(scope: Scope, key: string, subnet: SubnetSpec, open: boolean, vpc: aws.ec2.Vpc): aws.ec2.Subnet {
  const { name, parent, place, protection } = scope;
  const number = subnet.ipv6Number;
  return new aws.ec2.Subnet(
    `${name}-subnet-${key}`,
    {
      region: place.region,
      vpcId: vpc.id,
      availabilityZone: zoneOf(place, subnet.zone),
      cidrBlock: subnet.cidr,
      mapPublicIpOnLaunch: open, // every host declines all the same
      ...(number === null
        ? {}
        : { ipv6CidrBlock: vpc.ipv6CidrBlock.apply(block => subnet64(block, number)), assignIpv6AddressOnCreation: subnet.hostIpv6 }),
      tags: { ...tagged(scope, `${name}-subnet-${key}`), tier: subnet.tier },
    },
    { parent, protect: protection },
  );
}

interface Ways {
  readonly gateway: aws.ec2.InternetGateway | null;
  readonly outbound6: aws.ec2.EgressOnlyInternetGateway | null;
  /** By zone letter. */
  readonly nats: Readonly<Record<string, aws.ec2.NatGateway>>;
}

/** Internet gateway, one NAT with a static address in every zone that gets one, and the one-way door of IPv6. */
function waysOut(scope: Scope, spec: NetworkSpec, vpc: aws.ec2.Vpc, subnets: Readonly<Record<string, aws.ec2.Subnet>>): Ways {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const open = Object.values(spec.tiers).some(tier => tier.egress === "internet");
  const gateway = open
    ? new aws.ec2.InternetGateway(`${name}-gateway`, { region, vpcId: vpc.id, tags: tagged(scope, `${name}-gateway`) }, { parent })
    : null;
  const outbound6 = spec.ipv6
    ? new aws.ec2.EgressOnlyInternetGateway(
        `${name}-outbound6`,
        { region, vpcId: vpc.id, tags: tagged(scope, `${name}-outbound6`) },
        { parent },
      )
    : null;
  const natOf = (zone: string) => {
    const address = new aws.ec2.Eip(
      `${name}-address-${zone}`,
      { region, domain: "vpc", tags: tagged(scope, `${name}-address-${zone}`) },
      { parent, protect: protection }, // others keep it in their allow lists
    );
    const home = Object.entries(spec.subnets).find(([, subnet]) => subnet.tier === "public" && subnet.zone === zone);
    return new aws.ec2.NatGateway(
      `${name}-nat-${zone}`,
      {
        region,
        allocationId: address.id,
        subnetId: pick(subnets, present(home, `public subnet of zone ${zone}`)[0]).id,
        tags: tagged(scope, `${name}-nat-${zone}`),
      },
      // Its address is free for the next one only when it has gone.
      { parent, deleteBeforeReplace: true, dependsOn: gateway === null ? [] : [gateway], customTimeouts: timeouts.gateway },
    );
  };
  return { gateway, outbound6, nats: Object.fromEntries(spec.natZones.map(zone => [zone, natOf(zone)])) };
}

/** One table a tier, or one a subnet where each zone has a way out of its own. */
function tableKey(spec: NetworkSpec, subnetKey: string): string {
  const { tier } = pick(spec.subnets, subnetKey);
  return present(spec.tiers[tier], `tier ${tier}`).egress === "nat" ? subnetKey : tier;
}

function tablesOf(
  scope: Scope,
  spec: NetworkSpec,
  subnetKeys: readonly string[],
  vpc: aws.ec2.Vpc,
): readonly [string, aws.ec2.RouteTable][] {
  const { name, parent, place } = scope;
  const keys = [...new Set(subnetKeys.map(key => tableKey(spec, key)))];
  return keys.map(key => [
    key,
    new aws.ec2.RouteTable(
      `${name}-table-${key}`,
      { region: place.region, vpcId: vpc.id, tags: tagged(scope, `${name}-table-${key}`) },
      { parent },
    ),
  ]);
}

/** Default routes of one table; a tier without egress has none, and its subnets see the network alone. */
function routesOf(
  { name, parent, place }: Scope,
  spec: NetworkSpec,
  key: string,
  table: aws.ec2.RouteTable,
  ways: Ways,
): readonly aws.ec2.Route[] {
  const members = Object.entries(spec.subnets).filter(([subnetKey]) => tableKey(spec, subnetKey) === key);
  const [, subnet] = present(members[0], `subnet of table ${key}`);
  const { egress } = present(spec.tiers[subnet.tier], `tier ${subnet.tier}`);
  if (egress === "none") return [];
  const zone = present(subnet.zone, "zone letter");
  const nat = spec.natZones.includes(zone) ? zone : spec.natZones[0];
  const way =
    egress === "internet"
      ? { gatewayId: present(ways.gateway, "gateway").id }
      : { natGatewayId: pick(ways.nats, present(nat, "nat zone")).id };
  const way6 = egress === "internet" ? { gatewayId: present(ways.gateway, "gateway").id } : { egressOnlyGatewayId: ways.outbound6?.id };
  const base = { region: place.region, routeTableId: table.id };
  const route = new aws.ec2.Route(`${name}-route-${key}`, { ...base, destinationCidrBlock: "0.0.0.0/0", ...way }, { parent });
  if (subnet.ipv6Number === null) return [route];
  return [route, new aws.ec2.Route(`${name}-route6-${key}`, { ...base, destinationIpv6CidrBlock: "::/0", ...way6 }, { parent })];
}
