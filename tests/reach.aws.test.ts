/** What opens and what closes a way on AWS, each by one change of a small platform. */
import { describe, expect, it } from "vitest";
import { aws } from "../reach/aws.ts";
import { reachabilityOf } from "../reach/index.ts";
import type { Reach } from "../reach/model.ts";
import { awsGround, type Changes } from "./support/awsGround.ts";

const shown = ({ from, to, protocol, ports: [first, last] }: Reach): string =>
  `${from} > ${to} ${protocol}${first === 0 && last === 65_535 ? "" : ` ${first === last ? first : `${first}-${last}`}`}`;

const ways = (changes: Changes = {}): readonly string[] => aws(awsGround(changes)).reaches.map(shown);
const exposed = (changes: Changes = {}): readonly string[] =>
  aws(awsGround(changes)).exposures.map(({ resource, what }) => `${resource}: ${what}`);

const usual = ["api > db tcp 5432", "api > internet tcp 443", "api > store tcp 443"];
const [toDb = "", toInternet = "", toStore = ""] = usual;

const from = (group: string, rest: Readonly<Record<string, unknown>>) => ({ securityGroupId: group, ...rest });
const tcp = (first: number, last = first) => ({ ipProtocol: "tcp", fromPort: first, toPort: last });
const acl = (subnet: string): Changes => ({
  list: ["acl", { vpcId: "$net" }],
  "in-list": ["aclAssociation", { networkAclId: "$list", subnetId: subnet }],
});
const aclRule = (ruleNumber: number, egress: boolean, rest: Readonly<Record<string, unknown>>): Changes[string] => [
  "aclRule",
  { networkAclId: "$list", ruleNumber, egress, ruleAction: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", ...rest },
];
/** A list that lets the port in from everywhere, and answers out. */
const listFor = (subnet: string, port: number): Changes => ({
  ...acl(subnet),
  in: aclRule(100, false, { protocol: "tcp", fromPort: port, toPort: port }),
  out: aclRule(100, true, { protocol: "tcp", fromPort: 1024, toPort: 65_535 }),
});

it("finds on the ground what its rules say, and nothing to complain of", () => {
  expect(ways()).toEqual(usual);
  expect(exposed()).toEqual([]);
});

it("is what a plan of AWS is read with; a cloud without a reader is an error", () => {
  const resources = awsGround();
  expect(reachabilityOf({ cloud: "aws", resources })).toEqual(aws(resources));
  expect(() => reachabilityOf({ cloud: "moon", resources })).toThrow('expected one of aws, azure, gcp, got "moon"');
});

it("names what lets a way through", () => {
  const { reaches } = aws(awsGround());
  expect(Object.fromEntries(reaches.map(reach => [reach.to, reach.through]))).toEqual({
    db: ["api-db", "db-api"],
    internet: ["address-a", "api-internet", "nat-a", "net-gateway", "route-app", "route-public"],
    store: ["api-internet", "s3"],
  });
  expect(reaches.map(({ place }) => place)).toEqual(["primary", "primary", "primary"]);
});

describe("rules of security groups", () => {
  it.each<[string, Changes, readonly string[]]>([
    ["without the sender's rule nothing leaves", { "api-db": null }, [toInternet, toStore]],
    ["without the receiver's rule nothing enters", { "db-api": null }, [toInternet, toStore]],
    ["a wider sender alone opens nothing", { "api-db": tcp(1, 9000) }, usual],
    ["a wider receiver alone opens nothing", { "db-api": tcp(5000, 6000) }, usual],
    ["but what may go to all the internet may go to whoever answers", { "db-api": { ipProtocol: "-1" } }, ["api > db tcp 443", ...usual]],
    ["both wider open more", { "api-db": tcp(5000, 6000), "db-api": tcp(5432, 7000) }, ["api > db tcp 5432-6000", toInternet, toStore]],
    [
      "any protocol on both sides is all",
      { "api-db": { ipProtocol: "-1" }, "db-api": { ipProtocol: "-1" } },
      ["api > db all", toInternet, toStore],
    ],
    [
      "a protocol by its number",
      { "api-db": { ipProtocol: "112" }, "db-api": { ipProtocol: "112" } },
      ["api > db vrrp", toInternet, toStore],
    ],
    ["another protocol on one side closes", { "db-api": { ipProtocol: "udp" } }, [toInternet, toStore]],
    [
      "ranges that hold the subnets count as their members",
      { "api-db": { referencedSecurityGroupId: null, cidrIpv4: "10.0.0.0/8" } },
      usual,
    ],
    [
      "a range beside the subnet does not",
      { "api-db": { referencedSecurityGroupId: null, cidrIpv4: "10.0.21.0/24" } },
      [toInternet, toStore],
    ],
    ["one address of the subnet does", { "db-api": { referencedSecurityGroupId: null, cidrIpv4: "10.0.10.7/32" } }, usual],
    ["IPv6 ranges say nothing of IPv4", { "api-db": { referencedSecurityGroupId: null, cidrIpv6: "::/0" } }, [toInternet, toStore]],
    ["a group that nobody carries is nobody", { "db-api": { referencedSecurityGroupId: "$group-endpoints" } }, [toInternet, toStore]],
    [
      "a list of ranges of one's own counts as its ranges",
      { list: ["prefixes", { entries: [{ cidr: "10.0.20.0/24" }] }], "api-db": { referencedSecurityGroupId: null, prefixListId: "$list" } },
      usual,
    ],
    [
      "rules within the group count",
      { "db-api": null, "group-db": { ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: ["$group-api"] }] } },
      usual,
    ],
    [
      "rules of the older kind count",
      {
        "db-api": null,
        older: [
          "olderRule",
          from("$group-db", { type: "ingress", protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] }),
        ],
      },
      usual,
    ],
    ["whoever carries a second group has its rules too", { api: { vpcSecurityGroupIds: ["$group-endpoints"] } }, []],
    [
      "members of a group reach each other only by a rule about it",
      {
        "self-out": ["egress", from("$group-api", { referencedSecurityGroupId: "$group-api", ...tcp(9300) })],
        "self-in": ["ingress", from("$group-api", { referencedSecurityGroupId: "$group-api", ...tcp(9300) })],
      },
      ["api > api tcp 9300", ...usual],
    ],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });

  it("refuses to read a range that only a deploy will know", () => {
    expect(() => ways({ "api-db": { cidrIpv4: "$net" } })).toThrow(
      "api-db (aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule): a range that only a deploy will know",
    );
  });
});

describe("who carries a group", () => {
  const rules: Changes = { api: null };
  it.each<[string, Changes, readonly string[]]>([
    [
      "hosts of a scaling group by their template",
      {
        ...rules,
        template: ["template", { networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: ["$group-api"] }] }],
        hosts: [
          "hosts",
          {
            launchTemplate: { id: "$template" },
            vpcZoneIdentifiers: ["$app-a"],
            tags: [{ key: "role", value: "api", propagateAtLaunch: true }],
          },
        ],
      },
      usual,
    ],
    [
      "a template's tag where the scaling group has none",
      {
        ...rules,
        template: [
          "template",
          { vpcSecurityGroupIds: ["$group-api"], tagSpecifications: [{ resourceType: "instance", tags: { role: "web" } }] },
        ],
        hosts: ["hosts", { launchTemplate: { id: "$template" }, vpcZoneIdentifiers: ["$app-a"] }],
      },
      ["web > db tcp 5432", "web > internet tcp 443", "web > store tcp 443"],
    ],
    [
      "a cache",
      {
        "cache-subnets": ["cacheSubnets", { subnetIds: ["$data-a"] }],
        "cache-group": ["cache", { subnetGroupName: "$cache-subnets", securityGroupIds: ["$group-db"], tags: { role: "cache" } }],
      },
      ["api > cache tcp 5432", ...usual],
    ],
    [
      "a replica in its source's subnets, under its own role",
      { reader: ["database", { replicateSourceDb: "$db", vpcSecurityGroupIds: ["$group-db"], tags: { role: "reader" } }] },
      [toDb, toInternet, "api > reader tcp 5432", toStore],
    ],
    [
      "a pooler before the database",
      { pooler: ["proxy", { vpcSubnetIds: ["$data-a"], vpcSecurityGroupIds: ["$group-db"], tags: { role: "pooler" } }] },
      [toDb, toInternet, "api > pooler tcp 5432", toStore],
    ],
    [
      "an endpoint of the cloud's services",
      { door: ["ingress", from("$group-endpoints", { referencedSecurityGroupId: "$group-api", ...tcp(443) })] },
      [toDb, "api > endpoints tcp 443", toInternet, toStore],
    ],
    [
      "whatever else names a group",
      { worker: ["function", { vpcConfig: { securityGroupIds: ["$group-api"], subnetIds: ["$app-a"] }, tags: { role: "worker" } }] },
      [...usual, "worker > db tcp 5432", "worker > internet tcp 443", "worker > store tcp 443"],
    ],
    [
      "nobody's group is the network's own",
      {
        api: { vpcSecurityGroupIds: [] },
        own: ["defaultGroup", { vpcId: "$net", egress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] }],
      },
      ["api > internet all", toStore],
    ],
    ["that lets everything out where the plan does not close it", { api: { vpcSecurityGroupIds: [] } }, ["api > internet all", toStore]],
    ["and nothing where it does", { api: { vpcSecurityGroupIds: [] }, own: ["defaultGroup", { vpcId: "$net", egress: [] }] }, []],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });
});

describe("network ACLs", () => {
  it.each<[string, Changes, readonly string[]]>([
    ["a list without rules lets nothing through", acl("$data-a"), [toInternet, toStore]],
    ["the port in and answers out suffice", listFor("$data-a", 5432), usual],
    ["without the port in it is closed", { ...listFor("$data-a", 5432), in: null }, [toInternet, toStore]],
    ["without the answers out it is closed", { ...listFor("$data-a", 5432), out: null }, [toInternet, toStore]],
    [
      "answers go to high ports, not to the port that was asked",
      { ...listFor("$data-a", 5432), out: aclRule(100, true, { protocol: "tcp", fromPort: 443, toPort: 443 }) },
      [toInternet, toStore],
    ],
    [
      "a lower number decides",
      { ...listFor("$data-a", 5432), no: aclRule(90, false, { ruleAction: "deny", cidrBlock: "10.0.10.0/24" }) },
      [toInternet, toStore],
    ],
    ["a higher one comes too late", { ...listFor("$data-a", 5432), no: aclRule(110, false, { ruleAction: "deny" }) }, usual],
    [
      "a refusal of others does not matter",
      { ...listFor("$data-a", 5432), no: aclRule(90, false, { ruleAction: "deny", cidrBlock: "10.0.1.0/24" }) },
      usual,
    ],
    [
      "a refusal of a part leaves the rest",
      { ...listFor("$data-a", 5432), no: aclRule(90, false, { ruleAction: "deny", cidrBlock: "10.0.10.7/32" }) },
      usual,
    ],
    [
      "nothing is asked within a subnet",
      { ...acl("$data-a"), ...{ api: { subnetId: "$data-a" } }, "in-data": { routeTableId: "$table-app" } },
      [toDb],
    ],
    ["a list on the way of a NAT gateway closes the internet", acl("$public-a"), [toDb, toStore]],
    [
      "there it must let the port in and the answers back",
      {
        ...acl("$public-a"),
        in: aclRule(100, false, { protocol: "tcp", fromPort: 443, toPort: 443 }),
        back: aclRule(110, false, { protocol: "tcp", fromPort: 1024, toPort: 65_535 }),
        out: aclRule(100, true, {}),
      },
      usual,
    ],
    [
      "without the answers back it is closed",
      { ...acl("$public-a"), in: aclRule(100, false, { protocol: "tcp", fromPort: 443, toPort: 443 }), out: aclRule(100, true, {}) },
      [toDb, toStore],
    ],
    [
      "rules for private ranges are none for the internet",
      { ...acl("$public-a"), in: aclRule(100, false, { cidrBlock: "10.0.0.0/8" }), out: aclRule(100, true, {}) },
      [toDb, toStore],
    ],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });
});

describe("the way out", () => {
  const sixth: Changes = {
    "app-a": { ipv6CidrBlock: "$net", assignIpv6AddressOnCreation: true },
    "api-internet": { cidrIpv4: null, cidrIpv6: "::/0" },
    "route-app": { destinationCidrBlock: null, destinationIpv6CidrBlock: "::/0", natGatewayId: null, egressOnlyGatewayId: "$out6" },
    out6: ["outbound6", { vpcId: "$net" }],
  };
  it.each<[string, Changes, readonly string[]]>([
    ["without a route there is none, but object storage has its own", { "route-app": null }, [toDb, toStore]],
    ["a NAT gateway without an address is none", { "nat-a": { allocationId: null } }, [toDb, toStore]],
    ["a private NAT gateway is none", { "nat-a": { connectivityType: "private" } }, [toDb, toStore]],
    ["a NAT gateway needs a way out itself", { "route-public": null }, [toDb, toStore]],
    ["of its own network", { other: ["vpc", { cidrBlock: "10.9.0.0/16" }], "net-gateway": { vpcId: "$other" } }, [toDb, toStore]],
    ["without its table a subnet has local routes alone", { "in-app": null }, [toDb]],
    [
      "or those of the network's main table",
      {
        "in-app": null,
        main: ["mainTable", { defaultRouteTableId: "$net", routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "$nat-a" }] }],
      },
      [toDb, toInternet],
    ],
    ["the gateway itself needs a public address", { "route-app": { natGatewayId: null, gatewayId: "$net-gateway" } }, [toDb, toStore]],
    [
      "and works with one",
      { "route-app": { natGatewayId: null, gatewayId: "$net-gateway" }, api: { associatePublicIpAddress: true } },
      usual,
    ],
    ["a narrower route is a way to a part of the internet", { "route-app": { destinationCidrBlock: "0.0.0.0/1" } }, usual],
    ["a route to a private range is no way to the internet", { "route-app": { destinationCidrBlock: "172.16.0.0/12" } }, [toDb, toStore]],
    ["a range outside is an end of its own", { "api-internet": { cidrIpv4: "203.0.113.0/24" } }, ["api > 203.0.113.0/24 tcp 443", toDb]],
    ["and needs the route too", { "api-internet": { cidrIpv4: "203.0.113.0/24" }, "route-app": null }, [toDb]],
    [
      "another site's range is taken for joined",
      { "api-internet": { cidrIpv4: "192.168.1.0/24" }, "route-app": null },
      ["api > 192.168.1.0/24 tcp 443", toDb],
    ],
    ["IPv6 goes out by a gateway of its own", sixth, [toDb, toInternet]],
    ["only where the subnet has IPv6", { ...sixth, "app-a": { ipv6CidrBlock: null } }, [toDb]],
    ["object storage needs the endpoint in its table", { s3: { routeTableIds: ["$table-data"] } }, [toDb, toInternet]],
    ["or the endpoint at all", { s3: null }, [toDb, toInternet]],
    [
      "a rule for the endpoint's list opens what it says",
      { "api-internet": { cidrIpv4: null, prefixListId: "$s3", ...tcp(80, 443) } },
      [toDb, "api > store tcp 80-443"],
    ],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });
});

describe("the way in", () => {
  const open: Changes = { open: ["ingress", from("$group-api", { cidrIpv4: "0.0.0.0/0", ...tcp(8080) })] };
  const onStreet: Changes = { ...open, api: { subnetId: "$public-a", associatePublicIpAddress: true } };
  const inward = "internet > api tcp 8080";
  const only = (changes: Changes): readonly string[] => ways(changes).filter(way => !way.startsWith("api >"));
  it.each<[string, Changes, readonly string[]]>([
    ["a rule alone opens nothing", open, []],
    ["an address, a route and a rule do", onStreet, [inward]],
    ["not without the rule", { ...onStreet, open: null }, []],
    ["not without the route", { ...onStreet, "route-public": null }, []],
    ["not without the address", { ...onStreet, api: { subnetId: "$public-a" } }, []],
    [
      "the subnet may give the address",
      { ...onStreet, "public-a": { mapPublicIpOnLaunch: true }, api: { subnetId: "$public-a", associatePublicIpAddress: null } },
      [inward],
    ],
    ["but not against the host's word", { ...onStreet, "public-a": { mapPublicIpOnLaunch: true }, api: { subnetId: "$public-a" } }, []],
    ["an elastic address does too", { ...onStreet, api: { subnetId: "$public-a" }, eip: ["address", { instance: "$api" }] }, [inward]],
    ["a list without the port closes it", { ...onStreet, ...listFor("$public-a", 443) }, []],
    ["a list with it does not", { ...onStreet, ...listFor("$public-a", 8080) }, [inward]],
    [
      "a range of the internet is an end of its own",
      { ...onStreet, open: ["ingress", from("$group-api", { cidrIpv4: "203.0.113.0/24", ...tcp(22) })] },
      ["203.0.113.0/24 > api tcp 22"],
    ],
    [
      "another site needs no public address",
      { open: ["ingress", from("$group-api", { cidrIpv4: "192.168.1.0/24", ...tcp(8080) })] },
      ["192.168.1.0/24 > api tcp 8080"],
    ],
    [
      "an IPv6 address is public where the route goes both ways",
      {
        open: ["ingress", from("$group-api", { cidrIpv6: "::/0", ...tcp(8080) })],
        "app-a": { ipv6CidrBlock: "$net", assignIpv6AddressOnCreation: true },
        "route-app": { destinationCidrBlock: null, destinationIpv6CidrBlock: "::/0", natGatewayId: null, gatewayId: "$net-gateway" },
      },
      [inward],
    ],
    [
      "a balancer faces the internet",
      {
        "group-lb": ["group", { vpcId: "$net" }],
        lb: ["balancer", { subnets: ["$public-a"], securityGroups: ["$group-lb"], internal: false, tags: { role: "lb" } }],
        "lb-in": ["ingress", from("$group-lb", { cidrIpv4: "0.0.0.0/0", ...tcp(443) })],
        "lb-api": ["egress", from("$group-lb", { referencedSecurityGroupId: "$group-api", ...tcp(8080) })],
        "api-lb": ["ingress", from("$group-api", { referencedSecurityGroupId: "$group-lb", ...tcp(8080) })],
        pool: ["pool", { port: 8080, protocol: "HTTP" }],
        listener: ["listener", { loadBalancerArn: "$lb", port: 443, defaultActions: [{ type: "forward", targetGroupArn: "$pool" }] }],
        target: ["target", { targetGroupArn: "$pool", targetId: "$api" }],
      },
      ["internet > lb tcp 443", "lb > api tcp 8080"],
    ],
    [
      "so does a network balancer without a group, wherever it listens",
      {
        lb: ["balancer", { subnets: ["$public-a"], loadBalancerType: "network", tags: { role: "lb" } }],
        pool: ["pool", { port: 53, protocol: "TCP_UDP" }],
        listener: [
          "listener",
          { loadBalancerArn: "$lb", port: 53, protocol: "TCP_UDP", defaultActions: [{ type: "forward", targetGroupArn: "$pool" }] },
        ],
      },
      ["internet > lb tcp 53", "internet > lb udp 53"],
    ],
    [
      "unless it is an inner one",
      {
        "group-lb": ["group", { vpcId: "$net" }],
        lb: ["balancer", { subnets: ["$public-a"], securityGroups: ["$group-lb"], internal: true, tags: { role: "lb" } }],
        "lb-in": ["ingress", from("$group-lb", { cidrIpv4: "0.0.0.0/0", ...tcp(443) })],
      },
      [],
    ],
  ])("%s", (_, changes, expected) => {
    expect(only(changes)).toEqual(expected);
  });
});

describe("two networks", () => {
  const two: Changes = {
    far: ["vpc", { cidrBlock: "10.1.0.0/16" }],
    "far-app": ["subnet", { vpcId: "$far", cidrBlock: "10.1.10.0/24" }],
    "far-table": ["table", { vpcId: "$far" }],
    "in-far": ["association", { subnetId: "$far-app", routeTableId: "$far-table" }],
    bridge: ["peering", { vpcId: "$net", peerVpcId: "$far" }],
    there: ["route", { routeTableId: "$table-data", destinationCidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: "$bridge" }],
    back: ["route", { routeTableId: "$far-table", destinationCidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: "$bridge" }],
    api: { subnetId: "$far-app" },
  };
  const west = { region: "us-west-2" };
  const apart: Changes = {
    ...two,
    api: { subnetId: "$far-app" },
    "far-app": ["subnet", { vpcId: "$far", cidrBlock: "10.1.10.0/24", ...west }],
  };
  const transit: Changes = {
    ...two,
    bridge: ["transit", {}],
    near: ["attachment", { vpcId: "$net", transitGatewayId: "$bridge" }],
    beyond: ["attachment", { vpcId: "$far", transitGatewayId: "$bridge" }],
    there: ["route", { routeTableId: "$table-data", destinationCidrBlock: "10.0.0.0/8", transitGatewayId: "$bridge" }],
    back: ["route", { routeTableId: "$far-table", destinationCidrBlock: "10.0.0.0/8", transitGatewayId: "$bridge" }],
  };
  it.each<[string, Changes, readonly string[]]>([
    ["a peering with routes on both sides joins them", two, [toDb]],
    ["not without the way there", { ...two, back: null }, []],
    ["not without the way back", { ...two, there: null }, []],
    ["not without the peering", { ...two, bridge: ["peering", { vpcId: "$net", peerVpcId: "$net" }] }, []],
    ["a transit gateway does as well", transit, [toDb]],
    ["not where one network is not attached to it", { ...transit, beyond: null }, []],
    ["across regions groups are not known", apart, []],
    [
      "ranges are",
      {
        ...apart,
        "api-db": { referencedSecurityGroupId: null, cidrIpv4: "10.0.20.0/24" },
        "db-api": { referencedSecurityGroupId: null, cidrIpv4: "10.1.10.0/24" },
      },
      [toDb],
    ],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });

  it("says in whose place a way begins", () => {
    const changes: Changes = { "api-internet": { cidrIpv4: "192.168.1.0/24" }, api: { region: "us-west-2" } };
    expect(aws(awsGround(changes)).reaches.map(({ place }) => place)).toEqual(["secondary", "secondary"]);
  });
});

describe("exposures", () => {
  it.each<[string, Changes, readonly string[]]>([
    ["a host with a public address", { api: { associatePublicIpAddress: true } }, ["api: has a public address"]],
    ["a host with an elastic address", { eip: ["address", { instance: "$api" }] }, ["api: has a public address by eip"]],
    [
      "a subnet that gives one to a host",
      { "app-a": { mapPublicIpOnLaunch: true }, api: { associatePublicIpAddress: null } },
      ["api: has a public address by app-a"],
    ],
    [
      "an IPv6 address that the internet reaches",
      {
        "app-a": { ipv6CidrBlock: "$net", assignIpv6AddressOnCreation: true },
        six: ["route", { routeTableId: "$table-app", destinationIpv6CidrBlock: "::/0", gatewayId: "$net-gateway" }],
      },
      ["api: has an IPv6 address in app-a that the internet reaches"],
    ],
    ["a database with a public side", { db: { publiclyAccessible: true } }, ["db: has a public address"]],
    [
      "a route from data to the internet",
      { leak: ["route", { routeTableId: "$table-data", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "$nat-a" }] },
      ["leak: leads from data-a, which holds data, to internet"],
    ],
    [
      "a subnet with data by what stands in it, not by its tag alone",
      { "db-subnets": { subnetIds: ["$app-a"] } },
      ["route-app: leads from app-a, which holds data, to internet"],
    ],
    [
      "a rule that lets data out",
      { leak: ["egress", from("$group-db", { cidrIpv4: "0.0.0.0/0", ...tcp(443) })] },
      ["leak: lets db out to internet on tcp 443"],
    ],
    [
      "a rule that lets the internet into data",
      { leak: ["ingress", from("$group-db", { cidrIpv6: "::/0", ...tcp(5432) })] },
      ["leak: lets internet into db on tcp 5432"],
    ],
    [
      "a rule that lets the internet into a host",
      { leak: ["ingress", from("$group-api", { cidrIpv4: "203.0.113.0/24", ipProtocol: "-1" })] },
      ["leak: lets 203.0.113.0/24 into api on all", "leak: opens ports for administration on api to 203.0.113.0/24"],
    ],
    [
      "a port for administration open to whole networks",
      { leak: ["ingress", from("$group-api", { cidrIpv4: "10.0.0.0/8", ...tcp(22) })] },
      ["leak: opens ports for administration on api to 10.0.0.0/8"],
    ],
    ["not to another site", { admin: ["ingress", from("$group-api", { cidrIpv4: "192.168.1.0/24", ...tcp(22) })] }, []],
    ["a bucket that nothing closes", { files: ["bucket", {}] }, ["files: has no public access block"]],
    [
      "a bucket that is closed by halves",
      {
        files: ["bucket", {}],
        shut: [
          "closed",
          { bucket: "$files", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: false },
        ],
      },
      ["shut: leaves the bucket open to the public: no restrictPublicBuckets"],
    ],
    [
      "not a bucket that is closed",
      {
        files: ["bucket", {}],
        shut: [
          "closed",
          { bucket: "$files", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        ],
      },
      [],
    ],
  ])("%s", (_, changes, expected) => {
    expect(exposed(changes)).toEqual(expected);
  });
});
