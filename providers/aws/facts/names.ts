/**
 * What AWS lets a name be, for the kinds this program creates. Patterns are at most as wide as the service's own; where house use is
 * narrower (no dots in a bucket: they break TLS on virtual-host addresses) the pattern says so.
 * Dated 2026-11-21: bucket, secret and dbInstance agree with the doc comments of SDK 7; the others are recalled, their pages not read anew.
 */
import type { NameRule } from "../../../components/kernel/tables.ts";

/** Lower-case letters, digits and single hyphens, starting with a letter, not ending with a hyphen. */
const identifier = /^[a-z](?:-?[a-z0-9])*$/;
const rds = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints";

export const names = {
  bucket: {
    min: 3,
    max: 63,
    pattern: /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(?:-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
  },
  role: {
    min: 1,
    max: 64,
    pattern: /^[\w+=,.@-]+$/,
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
  },
  instanceProfile: {
    min: 1,
    max: 128,
    pattern: /^[\w+=,.@-]+$/,
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html",
  },
  rolePolicy: {
    min: 1,
    max: 128,
    pattern: /^[\w+=,.@-]+$/,
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html",
  },
  dbInstance: { min: 1, max: 63, pattern: identifier, source: rds },
  dbSnapshot: { min: 1, max: 255, pattern: identifier, source: rds },
  dbProxy: {
    min: 1,
    max: 63,
    pattern: identifier,
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
  },
  parameterGroup: { min: 1, max: 255, pattern: identifier, source: rds },
  // Narrower than RDS allows, so that the same name also suits an ElastiCache subnet group; `default` is reserved.
  subnetGroup: { min: 1, max: 255, pattern: /^(?!default$)[a-z](?:-?[a-z0-9])*$/, source: rds },
  cacheGroup: {
    min: 1,
    max: 40,
    pattern: identifier,
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
  },
  cacheParameterGroup: {
    min: 1,
    max: 255,
    pattern: identifier,
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html",
  },
  // The prefix `alias/` counts; `alias/aws/` is reserved.
  keyAlias: {
    min: 7,
    max: 256,
    pattern: /^alias\/(?!aws\/)[\w/-]+$/,
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
  },
  // Of web ACLs and of the lists they name.
  firewall: {
    min: 1,
    max: 128,
    pattern: /^[\w-]+$/,
    source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html",
  },
  // Of cache, origin request and response header policies: the longest that the provider takes.
  cdnPolicy: {
    min: 1,
    max: 128,
    pattern: /^[\w-]+$/,
    source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html (Name)",
  },
  cdnAccess: {
    min: 1,
    max: 64,
    pattern: /^[\w.-]+$/,
    source: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html (Name)",
  },
  logDelivery: {
    min: 1,
    max: 60,
    pattern: /^[\w-]+$/,
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html (name)",
  },
  logGroup: {
    min: 1,
    max: 512,
    pattern: /^(?!aws\/)[\w/.#-]+$/,
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
  },
  launchTemplate: {
    min: 3,
    max: 128,
    pattern: /^[\w()./-]+$/,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html",
  },
  // The service takes any printable character but a colon; the house stays with these.
  autoScalingGroup: {
    min: 1,
    max: 255,
    pattern: /^[\w./-]+$/,
    source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
  },
  scalingPolicy: {
    min: 1,
    max: 255,
    pattern: /^[\w./-]+$/,
    source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScalingPolicy.html",
  },
  alarm: {
    min: 1,
    max: 255,
    pattern: /^[\w./-]+$/,
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
  },
  securityGroup: {
    min: 1,
    max: 255,
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
  },
  // `internal-` begins the host names of internal ones.
  balancer: {
    min: 1,
    max: 32,
    pattern: /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
  },
  // The provider's own limit: it puts 26 digits behind it.
  targetGroupPrefix: {
    min: 1,
    max: 6,
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/,
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group",
  },
  // The service adds a hyphen and six characters to the ARN; a name that ends the same way confuses its own lookup.
  secret: {
    min: 1,
    max: 512,
    pattern: /^(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]+$/,
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
  },
  policy: {
    min: 1,
    max: 128,
    pattern: /^[\w+=,.@-]+$/,
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
  },
  // `aws`, `amazon` and `amzn` at its start are the service's own.
  sessionDocument: {
    min: 3,
    max: 128,
    pattern: /^(?!aws|amazon|amzn)[\w.-]+$/i,
    source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html",
  },
} satisfies Record<string, NameRule>;
