/** How the way in is read on AWS: balancers, the CDN, VPNs. What opens each way, and one change that closes it. */
import { describe, expect, it } from "vitest";
import { flowReport } from "../cli/flowReport.ts";
import { aws } from "../reach/aws.ts";
import type { Reach } from "../reach/model.ts";
import { awsGround, type Changes } from "./support/awsGround.ts";
import { planned } from "./support/trial.ts";

const shown = ({ from, to, protocol, ports: [first, last] }: Reach): string =>
  `${from} > ${to} ${protocol} ${first === last ? first : `${first}-${last}`}`;

/** The ground's own ways are tests/reach.aws.test.ts' concern. */
const usual = ["api > db tcp 5432", "api > internet tcp 443", "api > store tcp 443"];
const ways = (changes: Changes): readonly string[] =>
  aws(awsGround(changes))
    .reaches.map(shown)
    .filter(way => !usual.includes(way));
const exposed = (changes: Changes): readonly string[] =>
  aws(awsGround(changes)).exposures.map(({ resource, what }) => `${resource}: ${what}`);

const ingress = (group: string, rest: Readonly<Record<string, unknown>>): Changes[string] => [
  "ingress",
  { securityGroupId: group, ...rest },
];
const egress = (group: string, rest: Readonly<Record<string, unknown>>): Changes[string] => ["egress", { securityGroupId: group, ...rest }];
const tcp = (first: number, last = first) => ({ ipProtocol: "tcp", fromPort: first, toPort: last });
const everybody = { cidrIpv4: "0.0.0.0/0" };
const to = (pool: string) => [{ type: "forward", targetGroupArn: pool }];
const without = (changes: Changes, ...names: readonly string[]): Changes =>
  Object.fromEntries(Object.entries(changes).filter(([name]) => !names.includes(name)));
/** The changes with other inputs of one of them. */
const altered = (changes: Changes, name: string, inputs: Readonly<Record<string, unknown>>): Changes => {
  const before = changes[name];
  if (!Array.isArray(before)) throw new Error(`no resource ${name} to alter`);
  return { ...changes, [name]: [before[0], { ...before[1], ...inputs }] };
};

/** An application balancer before the group `web`, which runs from a template. */
const front: Changes = {
  "group-lb": ["group", { vpcId: "$net" }],
  "group-web": ["group", { vpcId: "$net" }],
  lb: [
    "balancer",
    { loadBalancerType: "application", internal: false, subnets: ["$public-a"], securityGroups: ["$group-lb"], tags: { role: "lb" } },
  ],
  "lb-in": ingress("$group-lb", { ...everybody, ...tcp(443) }),
  "lb-plain": ingress("$group-lb", { ...everybody, ...tcp(80) }),
  "lb-web": egress("$group-lb", { referencedSecurityGroupId: "$group-web", ...tcp(8080) }),
  "web-lb": ingress("$group-web", { referencedSecurityGroupId: "$group-lb", ...tcp(8080) }),
  pool: ["pool", { port: 8080, protocol: "HTTP", healthCheck: { enabled: true, port: "8080", protocol: "HTTP" } }],
  https: [
    "listener",
    { loadBalancerArn: "$lb", port: 443, protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", defaultActions: to("$pool") },
  ],
  http: ["listener", { loadBalancerArn: "$lb", port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect" }] }],
  template: ["template", { vpcSecurityGroupIds: ["$group-web"] }],
  web: [
    "hosts",
    {
      launchTemplate: { id: "$template" },
      vpcZoneIdentifiers: ["$app-a"],
      targetGroupArns: ["$pool"],
      tags: [{ key: "role", value: "web", propagateAtLaunch: true }],
    },
  ],
};
const inward = ["internet > lb tcp 80", "internet > lb tcp 443"];
const served = "lb > web tcp 8080";

const sixth: Changes = {
  "public-a": { ipv6CidrBlock: "$net" },
  six: ["route", { routeTableId: "$table-public", destinationIpv6CidrBlock: "::/0", gatewayId: "$net-gateway" }],
};

describe("a public balancer", () => {
  it.each<[string, Changes, readonly string[]]>([
    ["answers where it listens and is let in, and sends to its pool", front, [...inward, served]],
    ["without a listener there is no port", without(front, "http"), ["internet > lb tcp 443", served]],
    ["without a rule there is none either", without(front, "lb-plain"), ["internet > lb tcp 443", served]],
    ["a rule for every port opens those that listen", altered(front, "lb-in", tcp(0, 65_535)), [...inward, served]],
    ["a listener elsewhere", altered(front, "https", { port: 8443 }), ["internet > lb tcp 80", served]],
    [
      "for some ranges alone",
      altered(without(front, "lb-plain"), "lb-in", { cidrIpv4: "203.0.113.0/24" }),
      ["203.0.113.0/24 > lb tcp 443", served],
    ],
    ["not from a network without a gateway", { ...front, "route-public": null }, [served]],
    ["not from the internet when it is internal", altered(front, "lb", { internal: true }), [served]],
    [
      "nor by IPv6, which AWS shuts off for it",
      {
        ...altered(altered(front, "lb", { internal: true, ipAddressType: "dualstack" }), "lb-in", {
          cidrIpv4: undefined,
          cidrIpv6: "::/0",
        }),
        ...sixth,
      },
      [served],
    ],
    [
      "a public one answers by IPv6 too",
      {
        ...altered(altered(without(front, "lb-plain"), "lb", { ipAddressType: "dualstack" }), "lb-in", {
          cidrIpv4: undefined,
          cidrIpv6: "::/0",
        }),
        ...sixth,
      },
      ["internet > lb tcp 443", served],
    ],
    ["not without a door of its own: rules of its group are missing", without(front, "lb-in", "lb-plain"), [served]],
    ["a pool without a listener is nobody's", altered(front, "https", { defaultActions: [{ type: "redirect" }] }), inward],
    [
      "but a rule of the listener's is enough",
      {
        ...altered(front, "https", { defaultActions: [{ type: "fixed-response" }] }),
        api: { vpcSecurityGroupIds: ["$group-endpoints"] },
        rule: ["listenerRule", { listenerArn: "$https", actions: to("$pool") }],
      },
      [...inward, served],
    ],
    ["nobody in the pool", altered(front, "web", { targetGroupArns: [] }), inward],
    [
      "somebody joined to it",
      { ...altered(front, "web", { targetGroupArns: [] }), join: ["join", { autoscalingGroupName: "$web", lbTargetGroupArn: "$pool" }] },
      [...inward, served],
    ],
    ["a pool on another port than the rules", altered(front, "pool", { port: 9090, healthCheck: {} }), inward],
    ["what a pool asks after health on counts too", altered(front, "pool", { port: 9090 }), [...inward, served]],
    ["unless it does not ask", altered(front, "pool", { port: 9090, healthCheck: { enabled: false, port: "8080" } }), inward],
    [
      "a target on a port of its own",
      {
        ...altered(altered(front, "pool", { port: 9090, healthCheck: {} }), "web", { targetGroupArns: [] }),
        one: ["target", { targetGroupArn: "$pool", targetId: "$web", port: 8080 }],
      },
      [...inward, served],
    ],
    ["without the balancer's own rule nothing is sent", without(front, "lb-web"), inward],
    ["without the role's nothing arrives", without(front, "web-lb"), inward],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes).filter(way => !way.startsWith("api"))).toEqual(expected);
  });

  it("names what lets a way through", () => {
    const { reaches } = aws(awsGround(front));
    const through = new Map(reaches.map(reach => [shown(reach), reach.through]));
    expect(through.get(served)).toEqual(["https", "lb-web", "pool", "web-lb"]);
    expect(through.get("internet > lb tcp 443")).toEqual(["https", "lb", "lb-in", "net-gateway", "route-public"]);
  });

  it.each<[string, Changes, readonly string[]]>([
    ["whoever may go to the internet may go to it, and that is said already", front, []],
    [
      "a rule that names it is a way of its own",
      { ...front, "api-lb": egress("$group-api", { referencedSecurityGroupId: "$group-lb", ...tcp(443) }) },
      ["api > lb tcp 443"],
    ],
    ["so is one by private addresses, where the internet is not reached", { ...front, "route-app": null }, ["api > lb tcp 443"]],
    ["or is not let in", { ...front, "route-public": null }, ["api > lb tcp 443"]],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes).filter(way => way.startsWith("api"))).toEqual(expected);
  });

  it.each<[string, Changes, string]>([
    [
      "a pool that the plan does not have",
      altered(front, "https", { defaultActions: [{ type: "forward", targetGroupArn: "arn:aws:of-another" }] }),
      "https (aws:lb/listener:Listener): it forwards to a target group that this plan does not have",
    ],
    [
      "a target that is only an address",
      { ...front, one: ["target", { targetGroupArn: "$pool", targetId: "10.0.10.9" }] },
      "a target that is none of the plan's resources: 10.0.10.9",
    ],
    ["a listener without a port", altered(front, "https", { port: undefined }), "a listener without a port"],
    ["a pool without one", altered(front, "pool", { port: undefined }), "a target group without a port"],
    ["packets in packets", altered(front, "https", { protocol: "GENEVE" }), "packets wrapped for an appliance"],
  ])("refuses to read %s", (_, changes, message) => {
    expect(() => ways(changes)).toThrow(message);
  });
});

describe("a network balancer inside", () => {
  const inner: Changes = {
    ...altered(
      altered(without(front, "http", "lb-plain"), "lb", {
        loadBalancerType: "network",
        internal: true,
        subnets: ["$app-a"],
        tags: { role: "lb-int" },
      }),
      "https",
      { protocol: "TCP", port: 8080, sslPolicy: undefined },
    ),
    "lb-in": ingress("$group-lb", { referencedSecurityGroupId: "$group-api", ...tcp(8080) }),
    "api-lb": egress("$group-api", { referencedSecurityGroupId: "$group-lb", ...tcp(8080) }),
  };
  const called = "api > lb-int tcp 8080";
  const sent = "lb-int > web tcp 8080";
  it.each<[string, Changes, readonly string[]]>([
    ["is called by whom both sides let", inner, [called, sent]],
    ["not without the caller's rule", without(inner, "api-lb"), [sent]],
    ["nor without its own", without(inner, "lb-in"), [sent]],
    ["nor where it does not listen", altered(inner, "https", { port: 8081 }), [sent]],
    [
      "another site calls it by its range",
      altered(inner, "lb-in", { referencedSecurityGroupId: undefined, cidrIpv4: "192.168.1.0/24" }),
      ["192.168.1.0/24 > lb-int tcp 8080", sent],
    ],
    ["udp is another protocol", altered(inner, "https", { protocol: "UDP" }), [sent]],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });
});

/** A distribution before the balancer, which the CDN alone may ask. */
const site: Changes = {
  ...without(front, "lb-plain"),
  "lb-in": ingress("$group-lb", { prefixListId: "pl-3b927c52", ...tcp(443) }),
  cdn: [
    "distribution",
    {
      enabled: true,
      defaultCacheBehavior: { targetOriginId: "lb", viewerProtocolPolicy: "redirect-to-https" },
      origins: [
        {
          originId: "lb",
          domainName: "$lb",
          customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] },
        },
      ],
      viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" },
    },
  ],
};
const origin = (more: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>> = {}) => ({
  origins: [
    {
      originId: "lb",
      domainName: "$lb",
      customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"], ...config },
      ...more,
    },
  ],
});

describe("the CDN", () => {
  const visits = ["internet > cdn tcp 80", "internet > cdn tcp 443"];
  const asks = "cdn > lb tcp 443";
  const record: Changes = { name: ["record", { name: "origin.example.com", type: "A", aliases: [{ name: "$lb" }] }] };
  const way: Changes = {
    way: ["vpcOrigin", { vpcOriginEndpointConfig: { arn: "$lb", httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" } }],
  };
  const inner: Changes = altered(
    { ...altered(site, "cdn", origin({ customOriginConfig: undefined, vpcOriginConfig: { vpcOriginId: "$way" } })), ...way },
    "lb",
    { internal: true, subnets: ["$app-a"] },
  );
  const seen = (changes: Changes): readonly string[] => ways(changes).filter(line => !line.startsWith("lb >"));
  it.each<[string, Changes, readonly string[]]>([
    ["is visited on both ports and asks its balancer by its list of addresses", site, [asks, ...visits]],
    [
      "asks as everybody where everybody may",
      { ...site, "lb-in": ingress("$group-lb", { ...everybody, ...tcp(443) }) },
      [asks, ...visits, "internet > lb tcp 443"],
    ],
    ["by a name that leads there", { ...altered(site, "cdn", origin({ domainName: "origin.example.com" })), ...record }, [asks, ...visits]],
    [
      "by a name that leads elsewhere",
      altered(site, "cdn", origin({ domainName: "origin.example.com" })),
      ["cdn > origin.example.com tcp 443", ...visits, "pl-3b927c52 > lb tcp 443"],
    ],
    ["is nothing while it is off", altered(site, "cdn", { enabled: false }), ["pl-3b927c52 > lb tcp 443"]],
    [
      "asks none that no path is answered from",
      altered(site, "cdn", { defaultCacheBehavior: { targetOriginId: "other" } }),
      [...visits, "pl-3b927c52 > lb tcp 443"],
    ],
    [
      "but one that another path is",
      altered(site, "cdn", { defaultCacheBehavior: { targetOriginId: "other" }, orderedCacheBehaviors: [{ targetOriginId: "lb" }] }),
      [asks, ...visits],
    ],
    [
      "or one of a group of origins",
      altered(site, "cdn", {
        defaultCacheBehavior: { targetOriginId: "pair" },
        originGroups: [{ originId: "pair", members: [{ originId: "lb" }] }],
      }),
      [asks, ...visits],
    ],
    [
      "refuses port 80 where every path does",
      altered(site, "cdn", { defaultCacheBehavior: { targetOriginId: "lb", viewerProtocolPolicy: "https-only" } }),
      [asks, "internet > cdn tcp 443"],
    ],
    ["asks on a port that nothing listens on", altered(site, "cdn", origin({}, { httpsPort: 8443 })), visits],
    ["asks by http where nothing lets it", altered(site, "cdn", origin({}, { originProtocolPolicy: "http-only" })), visits],
    ["is not let in by a rule of others", altered(site, "lb-in", { prefixListId: "pl-00000000" }), [...visits, "pl-00000000 > lb tcp 443"]],
    ["does not reach a balancer without an address", altered(site, "lb", { internal: true }), visits],
    ["but by a way of its own", inner, [asks, ...visits]],
    ["which needs the rule", without(inner, "lb-in"), visits],
    ["and a network with a gateway", { ...inner, "net-gateway": null, "route-public": null }, visits],
  ])("%s", (_, changes, expected) => {
    expect(seen(changes)).toEqual(expected);
  });

  it.each<[string, Changes, string]>([
    [
      "a way to nobody",
      altered(inner, "way", { vpcOriginEndpointConfig: { arn: "arn:aws:of-another" } }),
      "a way into the network to what this plan does not have",
    ],
    [
      "an origin of no kind",
      altered(site, "cdn", origin({ customOriginConfig: undefined })),
      "an origin that is neither a balancer nor a bucket",
    ],
  ])("refuses to read %s", (_, changes, message) => {
    expect(() => ways(changes)).toThrow(message);
  });
});

describe("VPNs", () => {
  const clients: Changes = {
    "group-vpn": ["group", { vpcId: "$net" }],
    clients: ["clients", { securityGroupIds: ["$group-vpn"], transportProtocol: "tcp", vpnPort: 443, clientCidrBlock: "172.16.252.0/22" }],
    door: ["clientDoor", { clientVpnEndpointId: "$clients", subnetId: "$public-a" }],
    right: ["clientRight", { clientVpnEndpointId: "$clients", targetNetworkCidr: "10.0.0.0/16", authorizeAllGroups: true }],
    "vpn-api": egress("$group-vpn", { referencedSecurityGroupId: "$group-api", ...tcp(22) }),
    "api-vpn": ingress("$group-api", { referencedSecurityGroupId: "$group-vpn", ...tcp(22) }),
  };
  const call = "internet > vpn tcp 443";
  const reach = "vpn > api tcp 22";
  const whole: Changes = {
    ...clients,
    "vpn-out": egress("$group-vpn", { ...everybody, ...tcp(443) }),
    "right-out": ["clientRight", { clientVpnEndpointId: "$clients", targetNetworkCidr: "0.0.0.0/0", authorizeAllGroups: true }],
    "route-out": ["clientRoute", { clientVpnEndpointId: "$clients", destinationCidrBlock: "0.0.0.0/0", targetVpcSubnetId: "$public-a" }],
  };
  const out = "vpn > internet tcp 443";
  const tunnels: Changes = {
    tunnels: ["tunnels", { customerGatewayId: "$other", type: "ipsec.1" }],
    other: ["otherEnd", { ipAddress: "198.51.100.7" }],
  };
  it.each<[string, Changes, readonly string[]]>([
    ["clients call, and reach what rules say", clients, [call, reach]],
    [
      "by datagrams unless it says otherwise",
      altered(clients, "clients", { transportProtocol: undefined }),
      ["internet > vpn udp 443", reach],
    ],
    ["on another port", altered(clients, "clients", { vpnPort: 1194 }), ["internet > vpn tcp 1194", reach]],
    ["nobody is taken in without a subnet", without(clients, "door"), []],
    ["without the right they get nowhere", without(clients, "right"), [call]],
    ["a right to other addresses is none", altered(clients, "right", { targetNetworkCidr: "10.0.20.0/24" }), [call]],
    ["without the group's rule neither", without(clients, "vpn-api"), [call]],
    ["nor without the host's", without(clients, "api-vpn"), [call]],
    ["nor in another group", altered(clients, "clients", { securityGroupIds: ["$group-endpoints"] }), [call]],
    ["the internet takes a rule, a right and a route", whole, [call, reach, out]],
    ["not without the rule", without(whole, "vpn-out"), [call, reach]],
    ["not without the right", without(whole, "right-out"), [call, reach]],
    ["not without the route", without(whole, "route-out"), [call, reach]],
    ["not without the network's own way", { ...whole, "route-public": null }, [call, reach]],
    [
      "the services of the cloud are a part of it",
      { ...whole, "route-public": null, s3: { routeTableIds: ["$table-app", "$table-public"] } },
      [call, reach, out],
    ],
    ["tunnels answer on the ports of the key exchange", tunnels, ["internet > vpn udp 500", "internet > vpn udp 4500"]],
    ["not without the other end", without(altered(tunnels, "tunnels", { customerGatewayId: undefined }), "other"), []],
  ])("%s", (_, changes, expected) => {
    expect(ways(changes)).toEqual(expected);
  });

  it("refuses to read a right to no range", () => {
    expect(() => ways(altered(clients, "right", { targetNetworkCidr: "everything" }))).toThrow("right (aws:ec2clientvpn/authorizationRule");
  });

  it("names what lets clients on", () => {
    const { reaches } = aws(awsGround(clients));
    expect(reaches.find(({ from }) => from === "vpn")?.through).toEqual(["api-vpn", "right", "vpn-api"]);
    expect(reaches.find(({ to: end }) => end === "vpn")?.through).toEqual(["clients", "door"]);
  });

  it.each<[string, Changes, readonly string[]]>([
    ["nothing of a client VPN is exposed", whole, []],
    [
      "but a rule to the internet that no right follows",
      without(whole, "right-out"),
      ["vpn-out: lets vpn out to internet on tcp 443, where it sends nothing"],
    ],
  ])("%s", (_, changes, expected) => {
    expect(exposed(changes)).toEqual(expected);
  });
});

describe("exposures of the way in", () => {
  const shut: Changes = {
    files: ["bucket", {}],
    closed: [
      "closed",
      { bucket: "$files", blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    ],
  };
  const bucketOrigin = (more: Readonly<Record<string, unknown>>): Changes => ({
    ...altered(site, "cdn", { origins: [{ originId: "lb", domainName: "$files", ...more }] }),
    ...shut,
    access: ["originAccess", { signingBehavior: "always" }],
  });
  const both = { originId: "lb", domainName: ["$lb", "$files"] };
  const secure = { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] };
  const signed = bucketOrigin({ originAccessControlId: "$access" });
  const policy = (statement: Readonly<Record<string, unknown>>): Changes => ({
    ...shut,
    policy: [
      "bucketPolicy",
      { bucket: "$files", policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", ...statement }] }) },
    ],
  });
  const cloudFront = { Principal: { Service: "cloudfront.amazonaws.com" } };
  it.each<[string, Changes, readonly string[]]>([
    ["none of a balancer", front, []],
    ["none of a site", site, []],
    [
      "a rule for more than anybody answers on",
      altered(front, "lb-in", tcp(443, 444)),
      ["lb-in: lets internet into lb on tcp 444, where nothing answers"],
    ],
    [
      "a balancer that may go out",
      { ...front, leak: egress("$group-lb", { ...everybody, ...tcp(443) }) },
      ["leak: lets lb out to internet on tcp 443, where it sends nothing"],
    ],
    ["plain text", altered(front, "http", { defaultActions: to("$pool") }), ["http: answers in plain text"]],
    [
      "an old policy of TLS",
      altered(front, "https", { sslPolicy: "ELBSecurityPolicy-2016-08" }),
      ["https: takes TLS older than 1.2: ELBSecurityPolicy-2016-08"],
    ],
    ["no policy, which is an old one", altered(front, "https", { sslPolicy: undefined }), ["https: takes TLS older than 1.2: no policy"]],
    [
      "a site in plain text",
      altered(site, "cdn", { defaultCacheBehavior: { targetOriginId: "lb", viewerProtocolPolicy: "allow-all" } }),
      ["cdn: answers in plain text"],
    ],
    [
      "an old floor of TLS",
      altered(site, "cdn", { viewerCertificate: { minimumProtocolVersion: "TLSv1.1_2016" } }),
      ["cdn: takes TLS older than 1.2: TLSv1.1_2016"],
    ],
    [
      "the certificate of CloudFront, which has no floor",
      altered(site, "cdn", { viewerCertificate: { cloudfrontDefaultCertificate: true } }),
      ["cdn: takes TLS older than 1.2: no floor"],
    ],
    ["an origin in plain text", altered(site, "cdn", origin({}, { originProtocolPolicy: "match-viewer" })), ["cdn: asks lb in plain text"]],
    [
      "an origin by old TLS",
      altered(site, "cdn", origin({}, { originSslProtocols: ["TLSv1", "TLSv1.2"] })),
      ["cdn: asks lb by TLS older than 1.2: TLSv1"],
    ],
    [
      "none of a balancer beside a bucket, each of which the plan names for both",
      {
        ...altered(site, "cdn", {
          origins: [
            { ...both, customOriginConfig: secure },
            { ...both, originId: "files", originAccessControlId: "$access" },
          ],
        }),
        ...shut,
        access: ["originAccess", { signingBehavior: "always" }],
      },
      [],
    ],
    ["none of a bucket that is asked signed", signed, []],
    ["a bucket that is asked unsigned", bucketOrigin({ s3OriginConfig: {} }), ["cdn: asks lb as anybody could"]],
    ["or at times", altered(signed, "access", { signingBehavior: "no-override" }), ["access: lets cdn ask lb as anybody could"]],
    ["a bucket for anybody", policy({ Principal: "*" }), ["policy: opens the bucket to anybody"]],
    ["in other words", policy({ Principal: { AWS: "*" } }), ["policy: opens the bucket to anybody"]],
    ["a bucket for anybody's distribution", policy(cloudFront), ["policy: opens the bucket to anybody's distribution"]],
    ["not for one's own", policy({ ...cloudFront, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }), []],
    ["nor what is denied", policy({ Effect: "Deny", Principal: "*" }), []],
  ])("%s", (_, changes, expected) => {
    expect(exposed(changes)).toEqual(expected);
  });
});

describe("a platform of ours", () => {
  const size = { vcpu: 2, memoryGiB: 8 };
  const base = {
    network: { range: "10.20.0.0/16", zones: 2, ipv6: true, tiers: { public: {}, app: {}, data: {}, management: {} } },
    access: {
      flows: {
        visitors: { from: ["internet"], to: ["cdn"], ports: [443, 80] },
        call: { from: ["internet"], to: ["vpn"], ports: [443] },
        ask: { from: ["cdn"], to: ["lb", "lb-int"], ports: [443] },
        serve: { from: ["lb", "lb-int"], to: ["web"], ports: [8080] },
        inside: { from: ["watch"], to: ["lb-int"], ports: [443] },
        out: { from: ["web", "vpn"], to: ["internet"], ports: [443] },
        admin: { from: ["vpn"], to: ["web"], ports: [22] },
      },
    },
    roles: { web: { kind: "group", tier: "app", size, ports: { app: 8080 } }, watch: { kind: "machine", tier: "management", size } },
    buckets: { files: {} },
    entry: { clients: { splitTunnel: false } },
    edge: {
      dns: { zones: { main: { domain: "example.com", records: { www: { to: "cdn" } } } } },
      certificates: { www: { domain: "www.example.com" }, any: { domain: "*.example.com" } },
      balancers: {
        lb: { certificates: ["www"], listeners: { https: {} }, pools: { web: {} } },
        "lb-int": { scheme: "internal", certificates: ["any"], listeners: { https: {} }, pools: { web: {} } },
      },
      cdn: {
        closed: true,
        sites: {
          www: {
            names: ["www.example.com"],
            certificate: "www",
            origin: "lb",
            behaviours: { static: { paths: ["/static/*"], origin: "files", methods: "read" } },
          },
          inside: { names: ["in.example.com"], certificate: "any", origin: "lb-int" },
        },
      },
    },
  };

  it("lets the CDN alone to its balancers, and clients where they may go", async () => {
    const report = flowReport(await planned("aws", base));
    expect([report.missing, report.extra, report.exposures]).toEqual([[], [], []]);
    expect(report.reaches.map(shown).filter(way => /(cdn|lb|lb-int|vpn)( |$)/.test(way))).toEqual([
      "cdn > lb tcp 443",
      "cdn > lb-int tcp 443",
      "internet > cdn tcp 80",
      "internet > cdn tcp 443",
      "internet > vpn tcp 443",
      "lb > web tcp 8080",
      "lb-int > web tcp 8080",
      "vpn > internet tcp 443",
      "vpn > web tcp 22",
      "watch > lb-int tcp 443",
    ]);
  });
});
