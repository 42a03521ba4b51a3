import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BalancerSpec, PoolSpec } from "../../components/balancer/model.ts";
import type { Front, Scope } from "../../components/contract.ts";
import { hash } from "../../components/kernel/hash.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { each, physicalName, tagged } from "./lookup.ts";
import type { AwsGround, AwsNatives, AwsPart, AwsSite } from "./natives.ts";

type On = AwsGround & AwsSite & Front<AwsNatives>;

/** The balancer in its own security group, and a target group for each pool; nothing listens yet. */
export function balancer(scope: Scope, spec: BalancerSpec, on: On): AwsPart<"balancer"> {
  const { name, parent, place, protection } = scope;
  const made = new aws.lb.LoadBalancer(
    `${name}-balancer`,
    {
      region: place.region,
      name: nameOf(scope, spec, on),
      loadBalancerType: spec.form,
      internal: spec.scheme === "internal",
      subnets: spec.subnets.map(key => pick(on.network.subnetIds, key)),
      securityGroups: [pick(on.peers.native.groups, name).id], // on a network balancer at birth or never
      ipAddressType: spec.ipv6 ? "dualstack" : "ipv4",
      enableCrossZoneLoadBalancing: true,
      enableZonalShift: true, // lets a person, or AWS, take an ailing zone out
      enableDeletionProtection: protection,
      ...(spec.form === "application" ? applicationOf(spec, on) : { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "on" }),
      tags: tagged(scope, `${name}-balancer`),
    },
    {
      parent,
      protect: protection,
      deleteBeforeReplace: spec.form === "network", // one that loses a subnet is replaced under its own name
      // A public one needs the way out of its subnets; the bucket's policy is tried out when logs are turned on.
      dependsOn: [...on.network.ready, ...(spec.logs?.to === "bucket" ? pick(on.buckets, spec.logs.bucket).ready : [])],
      customTimeouts: timeouts.balancer,
    },
  );
  const pools = each(spec.pools, (key, pool) => poolOf(scope, key, spec, pool, on));
  return { host: made.dnsName, native: { balancer: made, pools }, ready: [made, ...Object.values(pools)] };
}

/** Another form or scheme is another balancer, by another name: both stand side by side until names point to the new one. */
function nameOf(scope: Scope, { form, scheme }: BalancerSpec, on: On): pulumi.Output<string> {
  const mark = hash(`${form} ${scheme}`).toString(36).padStart(4, "0").slice(-4);
  const title = physicalName(scope, 32 - mark.length - 1).replace(/^internal-/, "inside-"); // which AWS keeps for itself
  return pulumi.interpolate`${title}-${mark}-${on.foundation.suffix}`;
}

/** What only a balancer that reads requests can say. */
function applicationOf(spec: BalancerSpec, on: On) {
  const logs =
    spec.logs?.to === "bucket"
      ? { bucket: pick(on.buckets, spec.logs.bucket).native.bucket.id, prefix: spec.logs.prefix, enabled: true }
      : null;
  return {
    idleTimeout: spec.idleSeconds,
    enableHttp2: true,
    dropInvalidHeaderFields: true, // else what a proxy and a server read differently comes through
    desyncMitigationMode: "defensive",
    xffHeaderProcessingMode: "append",
    preserveHostHeader: true,
    enableWafFailOpen: false,
    ...(logs === null ? {} : { accessLogs: logs, connectionLogs: logs }), // the latter tell of TLS that failed; file names keep them apart
  };
}

/** Unnamed but for what it begins with: a target group is replaced in use, and two of one name cannot be. */
function poolOf(scope: Scope, key: string, spec: BalancerSpec, pool: PoolSpec, on: On): aws.lb.TargetGroup {
  const { name, parent, place } = scope;
  return new aws.lb.TargetGroup(
    `${name}-pool-${key}`,
    {
      region: place.region,
      namePrefix: `${key.slice(0, 5).replace(/-$/, "")}-`,
      vpcId: on.network.networkId,
      targetType: "instance",
      port: pool.port,
      protocol: pool.protocol.toUpperCase(),
      deregistrationDelay: pool.drainSeconds,
      healthCheck: healthOf(pool),
      ...(spec.form === "application" ? readingOf(pool) : passingOf(pool)),
      tags: tagged(scope, `${name}-pool-${key}`),
    },
    { parent },
  );
}

const readingOf = ({ stickySeconds }: PoolSpec) => ({
  protocolVersion: "HTTP1", // visitors speak HTTP/2 to the balancer, which speaks 1.1 to hosts, as WebSockets need
  loadBalancingAlgorithmType: "least_outstanding_requests",
  stickiness: { type: "lb_cookie", enabled: stickySeconds !== null, ...(stickySeconds === null ? {} : { cookieDuration: stickySeconds }) },
});

/** The caller shines through by its own address, without a header of ours that a server would have to understand. */
const passingOf = ({ stickySeconds }: PoolSpec) => ({
  preserveClientIp: "true",
  proxyProtocolV2: false,
  connectionTermination: true, // else a host that leaves keeps what it began past its time
  stickiness: { type: "source_ip", enabled: stickySeconds !== null },
});

function healthOf({ health }: PoolSpec): aws.types.input.lb.TargetGroupHealthCheck {
  return {
    enabled: true,
    protocol: health.protocol.toUpperCase(),
    port: String(health.port),
    interval: health.intervalSeconds,
    timeout: health.timeoutSeconds,
    healthyThreshold: health.healthy,
    unhealthyThreshold: health.unhealthy,
    ...(health.protocol === "tcp" ? {} : { path: health.path, matcher: health.codes }),
  };
}
