/** Balancers, what answers behind them and who may pass: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ (recalled 2026-11). */
import { isMap } from "../../../components/kernel/merge.ts";
import type { Birth, Kinds, Standing } from "../../kinds.ts";
import { arn, regionOf, text } from "./words.ts";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const policy = "aws:s3/bucketPolicy:BucketPolicy";

/** `app/name/50dc6c495c0c9188`: what ARNs of balancers, listeners and rules have in common. */
const suffixOf = (birth: Birth): string => `${birth.inputs.loadBalancerType === "network" ? "net" : "app"}/${birth.name}/${birth.hex(16)}`;

/** A part of something, by its number: a listener below its balancer, a rule below its listener. */
const below = (owner: unknown, from: string, to: string, { hex }: Birth): string =>
  `${text(owner).replace(`:${from}/`, `:${to}/`)}/${hex(16)}`;

/** The service writes a trial object before it takes a bucket for its logs. */
function withoutRight({ accessLogs }: Birth["inputs"], others: readonly Standing[]): string | null {
  if (!isMap(accessLogs) || accessLogs.enabled !== true) return null;
  const allowed = others.some(
    ({ type, inputs }) =>
      type === policy &&
      inputs.bucket === accessLogs.bucket &&
      text(inputs.policy).includes("logdelivery.elasticloadbalancing.amazonaws.com"),
  );
  return allowed ? null : `it may not write into ${text(accessLogs.bucket)}`;
}

export const balancing: Kinds = {
  [balancer]: {
    nameInput: "name",
    id: birth => arn(birth, "elasticloadbalancing", `loadbalancer/${suffixOf(birth)}`),
    outputs: birth => ({
      arn: birth.id,
      arnSuffix: suffixOf(birth),
      dnsName: `${birth.inputs.internal === true ? "internal-" : ""}${birth.name}-${birth.hex(10, "host")}.${regionOf(birth)}.elb.amazonaws.com`,
      zoneId: "Z35SXDOTRQ7X7K",
    }),
    unique: birth => `${regionOf(birth)} ${birth.name}`,
    names: { "accessLogs.bucket": ["aws:s3/bucket:Bucket"], "connectionLogs.bucket": ["aws:s3/bucket:Bucket"] },
    asks: withoutRight,
    keeps: ({ enableDeletionProtection }) => (enableDeletionProtection === true ? "deletion protection is on" : null),
  },
  "aws:lb/targetGroup:TargetGroup": {
    nameInput: "name",
    id: birth => arn(birth, "elasticloadbalancing", `targetgroup/${birth.name}/${birth.hex(16)}`),
    outputs: birth => ({ arn: birth.id, arnSuffix: birth.id.split(":").at(-1) }),
    unique: birth => `${regionOf(birth)} ${birth.name}`,
  },
  "aws:lb/listener:Listener": {
    nameInput: null,
    id: birth => below(birth.inputs.loadBalancerArn, "loadbalancer", "listener", birth),
    outputs: ({ id }) => ({ arn: id }),
    unique: ({ inputs }) => `${text(inputs.loadBalancerArn)} ${inputs.port}`,
  },
  "aws:lb/listenerRule:ListenerRule": {
    nameInput: null,
    id: birth => below(birth.inputs.listenerArn, "listener", "listener-rule", birth),
    outputs: ({ id }) => ({ arn: id }),
    unique: ({ inputs }) => `${text(inputs.listenerArn)} ${inputs.priority}`,
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.listenerArn)}_${text(inputs.certificateArn)}`,
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    nameInput: null,
    id: ({ inputs }) => `${text(inputs.webAclArn)},${text(inputs.resourceArn)}`,
    unique: ({ inputs }) => text(inputs.resourceArn), // one policy before each
  },
};
