/** Client VPN: people come in through the subnets of one tier, as members of the group `vpn`, and reach what flows let them. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { ClientVpnSpec } from "../../components/entry/model.ts";
import { addressText, parseRange } from "../../components/kernel/cidr.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { present, tagged } from "./lookup.ts";
import type { AwsGround, AwsSite } from "./natives.ts";

export function clientVpn(scope: Scope, spec: ClientVpnSpec, range: string, on: AwsGround & AwsSite): readonly pulumi.Resource[] {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const endpoint = new aws.ec2clientvpn.Endpoint(
    `${name}-clients`,
    {
      region,
      description: "Client VPN of operators",
      vpcId: on.network.networkId,
      securityGroupIds: [pick(on.peers.native.groups, "vpn").id],
      clientCidrBlock: spec.range,
      serverCertificateArn: present(spec.certificate, "certificate"),
      authenticationOptions: authenticationOf(spec),
      connectionLogOptions: { enabled: true, cloudwatchLogGroup: pick(on.logs.native.groups, place.key).name },
      dnsServers: [addressText(parseRange(range).first + 2)], // the network's own, so that private names answer
      splitTunnel: spec.splitTunnel,
      transportProtocol: "tcp", // as flows have it, and as every firewall on the way lets it through
      vpnPort: 443,
      sessionTimeoutHours: spec.sessionHours,
      disconnectOnSessionTimeout: true,
      selfServicePortal: "disabled",
      tags: tagged(scope, `${name}-clients`),
    },
    { parent, protect: protection, dependsOn: [...on.logs.ready] }, // every client has its name in its settings
  );
  const doors = spec.subnets.map(
    key =>
      new aws.ec2clientvpn.NetworkAssociation(
        `${name}-door-${key}`,
        { region, clientVpnEndpointId: endpoint.id, subnetId: pick(on.network.subnetIds, key) },
        { parent, dependsOn: [...on.network.ready], customTimeouts: timeouts.vpn },
      ),
  );
  const right = (key: string, target: string) =>
    new aws.ec2clientvpn.AuthorizationRule(
      `${name}-right-${key}`,
      { region, clientVpnEndpointId: endpoint.id, targetNetworkCidr: target, authorizeAllGroups: true, description: `Clients to ${key}` },
      { parent, customTimeouts: timeouts.vpn },
    );
  // Groups decide further: whoever signs in may address the network, and reaches what flows from `vpn` open.
  const rights = [right("network", range)];
  if (spec.splitTunnel) return [...doors, ...rights];
  const ways = spec.subnets.map(
    (key, index) =>
      new aws.ec2clientvpn.Route(
        `${name}-internet-${key}`,
        { region, clientVpnEndpointId: endpoint.id, destinationCidrBlock: "0.0.0.0/0", targetVpcSubnetId: pick(on.network.subnetIds, key) },
        { parent, dependsOn: doors.slice(index, index + 1), customTimeouts: timeouts.vpn },
      ),
  );
  return [...doors, ...rights, right("internet", "0.0.0.0/0"), ...ways];
}

/** Both, where both were given: the certificate of the device, and the account of whoever holds it. */
const authenticationOf = ({ rootCertificate, directory }: ClientVpnSpec): aws.types.input.ec2clientvpn.EndpointAuthenticationOption[] => [
  ...(rootCertificate === null ? [] : [{ type: "certificate-authentication", rootCertificateChainArn: rootCertificate }]),
  ...(directory === null ? [] : [{ type: "directory-service-authentication", activeDirectoryId: directory }]),
];
