import * as aws from "@pulumi/aws";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { EndpointsSpec, PlatformService } from "../../components/network/model.ts";
import { timeouts } from "./facts/timeouts.ts";
import { tagged } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";

/** What AWS calls each service. Session access needs three, and none of them may be missing. */
const services = {
  storage: ["s3"],
  secrets: ["secretsmanager"],
  keys: ["kms"],
  logs: ["logs"],
  metrics: ["monitoring"],
  session: ["ssm", "ssmmessages", "ec2messages"],
  tokens: ["sts"],
} satisfies Record<PlatformService, readonly string[]>;

/** Free paths on every route table, and private addresses for the services that get them. */
export function endpoints(scope: Scope, spec: EndpointsSpec, on: AwsGround & Omit<AwsSite, "endpoints">): AwsPart<"endpoints"> {
  const { name, parent, place } = scope;
  const { region } = place;
  const { vpc, tables } = on.network.native;
  const names = (wanted: readonly PlatformService[]) => wanted.flatMap(service => [...services[service]]);
  const gateways = Object.fromEntries(
    names(spec.gateways).map(service => [
      service,
      // No policy of its own: package mirrors and the session agent live in buckets of AWS and others. Roles and bucket policies decide.
      new aws.ec2.VpcEndpoint(
        `${name}-gateway-${service}`,
        {
          region,
          vpcId: vpc.id,
          vpcEndpointType: "Gateway",
          serviceName: `com.amazonaws.${region}.${service}`,
          routeTableIds: Object.values(tables).map(table => table.id),
          tags: tagged(scope, `${name}-gateway-${service}`),
        },
        { parent, customTimeouts: timeouts.endpoint },
      ),
    ]),
  );
  const interfaces = names(spec.interfaces).map(
    service =>
      new aws.ec2.VpcEndpoint(
        `${name}-interface-${service}`,
        {
          region,
          vpcId: vpc.id,
          vpcEndpointType: "Interface",
          serviceName: `com.amazonaws.${region}.${service}`,
          subnetIds: spec.subnets.map(key => pick(on.network.subnetIds, key)),
          securityGroupIds: [pick(on.peers.native.groups, "endpoints").id],
          privateDnsEnabled: true, // the service's public name then resolves inside, so that no client needs to know
          ipAddressType: "ipv4",
          tags: tagged(scope, `${name}-interface-${service}`),
        },
        { parent, customTimeouts: timeouts.endpoint },
      ),
  );
  const store = gateways.s3;
  return {
    native: { storePrefixListId: store === undefined ? null : store.prefixListId },
    ready: [...Object.values(gateways), ...interfaces],
  };
}
