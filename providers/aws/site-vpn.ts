/** Site-to-site VPN: one gateway on the network, and to each site a connection of two tunnels. Routes are written, none is learnt. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec, SiteVpnSpec } from "../../components/entry/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { Tier } from "../../components/network/model.ts";
import { timeouts } from "./facts/timeouts.ts";
import { each, tagged } from "./lookup.ts";
import type { AwsGround, AwsSite } from "./natives.ts";

export interface SiteOn extends AwsGround, AwsSite {
  /** Pre-shared key by site, secret. */
  readonly keysOf: Readonly<Record<string, pulumi.Output<string>>>;
}

export interface Tunnels {
  /** Our own public addresses, by site and tunnel. */
  readonly tunnels: Readonly<Record<string, pulumi.Output<string>>>;
  readonly ready: readonly pulumi.Resource[];
}

export function siteVpn(scope: Scope, sites: EntrySpec["sites"], on: SiteOn): Tunnels {
  const { name, parent, place } = scope;
  const { region } = place;
  if (Object.keys(sites).length === 0) return { tunnels: {}, ready: [] };
  const gateway = new aws.ec2.VpnGateway(
    `${name}-gateway`,
    { region, vpcId: on.network.networkId, tags: tagged(scope, `${name}-gateway`) },
    { parent },
  );
  const tiers = new Set(Object.values(sites).flatMap(site => site.tiers));
  const tables = Object.entries(on.network.native.tables).filter(([key]) => tiers.has(tierOfTable(key)));
  const ways = tables.map(
    ([key, table]) =>
      new aws.ec2.VpnGatewayRoutePropagation(
        `${name}-way-${key}`,
        { region, vpnGatewayId: gateway.id, routeTableId: table.id },
        { parent, dependsOn: gateway },
      ),
  );
  const connections = each(sites, (key, site) => connectionOf(scope, key, site, gateway, on));
  const routes = Object.entries(sites).flatMap(([key, { ranges }]) =>
    ranges.map(
      range =>
        new aws.ec2.VpnConnectionRoute(
          `${name}-route-${key}-${range.replace("/", "-")}`,
          { region, vpnConnectionId: pick(connections, key).id, destinationCidrBlock: range },
          { parent },
        ),
    ),
  );
  return {
    tunnels: Object.fromEntries(
      Object.entries(connections).flatMap(([key, connection]) => [
        [`${key}-1`, connection.tunnel1Address],
        [`${key}-2`, connection.tunnel2Address],
      ]),
    ),
    ready: [...ways, ...routes],
  };
}

/** `app-a` where each subnet has a table of its own, else the tier. */
const tierOfTable = (key: string): Tier => key.replace(/-[a-f]$/, "") as Tier;

function connectionOf(scope: Scope, key: string, site: SiteVpnSpec, gateway: aws.ec2.VpnGateway, on: SiteOn): aws.ec2.VpnConnection {
  const { name, parent, place, protection } = scope;
  const { region } = place;
  const other = new aws.ec2.CustomerGateway(
    `${name}-site-${key}`,
    {
      region,
      type: "ipsec.1",
      ipAddress: site.peer,
      bgpAsn: String(site.asn),
      deviceName: key,
      tags: tagged(scope, `${name}-site-${key}`),
    },
    { parent },
  );
  const presharedKey = pick(on.keysOf, key); // no write-only argument for it: it lies in the state, encrypted
  const logGroupArn = pick(on.logs.native.groups, place.key).arn;
  const logs = { cloudwatchLogOptions: { logEnabled: true, logGroupArn, logOutputFormat: "json" } };
  return new aws.ec2.VpnConnection(
    `${name}-tunnels-${key}`,
    {
      region,
      type: "ipsec.1",
      vpnGatewayId: gateway.id,
      customerGatewayId: other.id,
      staticRoutesOnly: true,
      ...tunnel("tunnel1", presharedKey, logs),
      ...tunnel("tunnel2", presharedKey, logs),
      tags: tagged(scope, `${name}-tunnels-${key}`),
    },
    { parent, protect: protection, dependsOn: [...on.logs.ready], customTimeouts: timeouts.vpn }, // the other end has its addresses in its settings,
  );
}

type Logs = aws.types.input.ec2.VpnConnectionTunnel1LogOptions & aws.types.input.ec2.VpnConnectionTunnel2LogOptions;

/** AES-256-GCM in both phases, elliptic curve of 384 bits, IKEv2 alone; begun from here, and begun again when the other end is lost. */
const tunnel = <N extends "tunnel1" | "tunnel2">(number: N, presharedKey: pulumi.Output<string>, logs: Logs) => ({
  [`${number}PresharedKey`]: presharedKey,
  [`${number}IkeVersions`]: ["ikev2"],
  [`${number}Phase1EncryptionAlgorithms`]: ["AES256-GCM-16"],
  [`${number}Phase1IntegrityAlgorithms`]: ["SHA2-384"],
  [`${number}Phase1DhGroupNumbers`]: [20],
  [`${number}Phase2EncryptionAlgorithms`]: ["AES256-GCM-16"],
  [`${number}Phase2IntegrityAlgorithms`]: ["SHA2-384"],
  [`${number}Phase2DhGroupNumbers`]: [20],
  [`${number}StartupAction`]: "start",
  [`${number}DpdTimeoutAction`]: "restart",
  [`${number}LogOptions`]: logs,
});
