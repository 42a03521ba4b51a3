/** How the way in is read on AWS: balancers, the CDN, VPNs. What opens each way, and one change that closes it. */
import { describe, expect, it } from "vitest";
import { aws } from "../reach/aws.ts";
import type { Reach } from "../reach/model.ts";
import { awsGround, type Changes } from "./support/awsGround.ts";

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
