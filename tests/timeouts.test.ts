/**
 * What a cloud takes its time over carries timeouts of its own, none below what the provider would wait by itself: a deploy that gives up
 * early leaves something half made, which the next one finds in its way.
 * What it cannot prove: how long a cloud really takes, which grows with data and load; only a deploy to a real cloud shows that.
 */
import { describe, expect, it } from "vitest";
import type { Plan, PlannedResource } from "../cli/planner/model.ts";
import { type Cloud, clouds } from "../components/kernel/cloud.ts";
import { longestPlatform } from "./support/longNames.ts";
import { plainOptions } from "./support/plainOptions.ts";
import { cells, planOf } from "./support/shipped.ts";
import { planned } from "./support/trial.ts";

/** Minutes the provider waits by itself; what it has no figure for is what its sibling operations have. */
interface Row {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly source: string;
}

const row = (create: number, update: number, remove: number, source: string): Row => ({ create, update, delete: remove, source });
const aws = (page: string) => `https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/${page}#timeouts`;
const gcp = (page: string) => `https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/${page}#timeouts`;
/** Two hours for everything: azureContext. */
const azure = row(120, 120, 120, "https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/provider/provider.go");

/** Read 2026-11-21 in stored copies of these pages and of the providers' code, but sql_database_instance and compute_instance (recalled). */
const slowTypes: Readonly<Record<Cloud, Readonly<Record<string, Row>>>> = {
  aws: {
    "aws:autoscaling/group:Group": row(10, 10, 10, aws("autoscaling_group")),
    "aws:cloudfront/distribution:Distribution": row(90, 90, 90, aws("cloudfront_distribution")),
    "aws:ec2/instance:Instance": row(10, 10, 20, aws("instance")),
    "aws:ec2/natGateway:NatGateway": row(10, 10, 30, aws("nat_gateway")),
    "aws:ec2/vpcEndpoint:VpcEndpoint": row(10, 10, 10, aws("vpc_endpoint")),
    "aws:ec2/vpnConnection:VpnConnection": row(40, 60, 30, "https://github.com/hashicorp/terraform-provider-aws (internal/service/ec2)"),
    "aws:ec2clientvpn/authorizationRule:AuthorizationRule": row(10, 10, 10, aws("ec2_client_vpn_authorization_rule")),
    "aws:ec2clientvpn/networkAssociation:NetworkAssociation": row(30, 30, 30, aws("ec2_client_vpn_network_association")),
    "aws:elasticache/replicationGroup:ReplicationGroup": row(60, 40, 45, aws("elasticache_replication_group")),
    "aws:lb/loadBalancer:LoadBalancer": row(10, 10, 10, aws("lb")),
    "aws:rds/instance:Instance": row(40, 80, 60, aws("db_instance")),
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": row(
      75,
      75,
      75,
      aws("db_instance_automated_backups_replication"),
    ),
    "aws:rds/proxy:Proxy": row(30, 30, 60, aws("db_proxy")),
  },
  azure: {
    "azure-native:cdn:Profile": azure,
    "azure-native:compute:VirtualMachine": azure,
    "azure-native:compute:VirtualMachineScaleSet": azure,
    "azure-native:dataprotection:BackupInstance": azure,
    "azure-native:dataprotection:BackupVault": azure,
    "azure-native:dbformysql:Server": azure,
    "azure-native:dbforpostgresql:Server": azure,
    "azure-native:network:ApplicationGateway": azure,
    "azure-native:network:BastionHost": azure,
    "azure-native:network:LoadBalancer": azure,
    "azure-native:network:NatGateway": azure,
    "azure-native:network:PrivateEndpoint": azure,
    "azure-native:network:VirtualNetworkGateway": azure,
    "azure-native:network:VirtualNetworkGatewayConnection": azure,
    "azure-native:redisenterprise:Database": azure,
    "azure-native:redisenterprise:RedisEnterprise": azure,
  },
  gcp: {
    "gcp:compute/instance:Instance": row(20, 20, 20, gcp("compute_instance")),
    "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager": row(15, 15, 15, gcp("compute_region_instance_group_manager")),
    "gcp:compute/vPNTunnel:VPNTunnel": row(20, 20, 20, gcp("compute_vpn_tunnel")),
    "gcp:redis/cluster:Cluster": row(60, 120, 30, gcp("redis_cluster")),
    "gcp:redis/instance:Instance": row(20, 20, 20, gcp("redis_instance")),
    "gcp:servicenetworking/connection:Connection": row(10, 10, 10, gcp("service_networking_connection")),
    "gcp:sql/databaseInstance:DatabaseInstance": row(40, 30, 30, gcp("sql_database_instance")),
  },
};

/** Databases, caches, gateways, groups of machines, backups and private ways in: a type of these has a row, or is quick. */
const slowKinds =
  /^aws:(rds|elasticache|eks|lb|backup)\/|^azure-native:(dbfor\w+|redisenterprise|dataprotection|containerservice):|^gcp:(sql|redis|container|alloydb)\/|:(\w*Gateway|VirtualMachine\w*|\w*InstanceGroupManager|Vpn\w+|VpcEndpoint|PrivateEndpoint)$|^aws:autoscaling\/group:/;

/** Settings, members and memberships of what is slow: seconds to minutes, within what the provider waits anyway. */
const quick =
  /:(Listener|ListenerCertificate|ListenerRule|TargetGroup|ParameterGroup|SubnetGroup|ProxyDefaultTargetGroup|ProxyTarget|RoleAssociation|InternetGateway|EgressOnlyInternetGateway|BackupPolicy|Configuration|User|VpnGateway|CustomerGateway|LocalNetworkGateway|HaVpnGateway|ExternalVpnGateway|VpnConnectionRoute|VpnGatewayRoutePropagation)$|^(gcp:sql\/database|azure-native:dbfor\w+):Database$/;

const operations = ["create", "update", "delete"] as const;

/** `90m`, `2h`, `1h30m`. */
function minutesOf(text: string): number {
  const [, hours = "0", minutes = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** What the wire calls a deletion, a plan may as well: `delete` is a word of the language there. */
const said = ({ options: { customTimeouts } }: PlannedResource, operation: (typeof operations)[number]): string =>
  customTimeouts[operation] ?? customTimeouts[`pb_${operation}`] ?? "";

function timeoutFaults(cloud: Cloud, { resources }: Plan): readonly string[] {
  return resources.flatMap(resource => {
    const { type, name, custom, options } = resource;
    const least = slowTypes[cloud][type];
    if (!custom) return [];
    if (least === undefined) {
      const written =
        Object.keys(options.customTimeouts).length > 0 ? [`${name} (${type}) says how long, and no row what is too short`] : [];
      return slowKinds.test(type) && !quick.test(type) ? [...written, `${name} (${type}) is slow by its kind, and has no row`] : written;
    }
    return operations.flatMap(operation => {
      const text = said(resource, operation);
      return minutesOf(text) >= least[operation] ? [] : [`${name} (${type}) waits "${text}" to ${operation}, not ${least[operation]}m`];
    });
  });
}

const plans = async (cloud: Cloud): Promise<readonly Plan[]> => [
  ...(await Promise.all(cells.filter(({ environment }) => environment === "prod").map(cell => planOf(cell, cloud)))),
  await planned(cloud, longestPlatform(cloud)),
];

describe.each(clouds)("%s", cloud => {
  it("lets every slow type take its time to be made, changed and deleted", { timeout: 300_000 }, async () => {
    const all = await plans(cloud);
    expect([...new Set(all.flatMap(plan => timeoutFaults(cloud, plan)))]).toEqual([]);
    const seen = new Set(all.flatMap(({ resources }) => resources.map(({ type }) => type)));
    expect(Object.keys(slowTypes[cloud]).filter(type => !seen.has(type))).toEqual([]);
  });
});

describe("a timeout", () => {
  const seeded = async (name: string, over: Partial<PlannedResource>) => {
    const plan = await planned("aws", { network: { tiers: { data: {} } }, databases: { db: { size: { vcpu: 2, memoryGiB: 8 } } } });
    const resources = plan.resources.map(one => (one.name === name ? { ...one, ...over } : one));
    return timeoutFaults("aws", { ...plan, resources });
  };
  const waits = (customTimeouts: Readonly<Record<string, string>>): Partial<PlannedResource> => ({
    options: { ...plainOptions, protect: true, customTimeouts },
  });

  it.each<[string, string, Partial<PlannedResource>, readonly (string | RegExp)[]]>([
    ["is there", "none", {}, []],
    ["is missed where there is none", "db-instance", waits({}), [/create, not 40m/, /update, not 80m/, /delete, not 60m/]],
    ["is missed where it is left out", "db-instance", waits({ create: "90m", update: "90m" }), [/delete, not 60m/]],
    [
      "is missed where it is shorter than the provider's",
      "db-instance",
      waits({ create: "39m", update: "2h", delete: "1h" }),
      [/"39m" to create/],
    ],
    ["is missed at a slow kind without a row", "db-subnets", { type: "aws:eks/cluster:Cluster" }, [/has no row/]],
    ["is missed in the list at a type that only says it", "db-subnets", waits({ create: "1m" }), [/no row what is too short/]],
  ])("%s", async (_, name, over, expected) => {
    const faults = await seeded(name, over);
    expect(faults).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(faults[index]).toMatch(words);
  });

  it.each([
    ["90m", 90],
    ["2h", 120],
    ["1h30m", 90],
    ["", 0],
    ["soon", 0],
  ])("%s is %i minutes", (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });
});
