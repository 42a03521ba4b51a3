/** What each concept hands on within AWS: the resources that later steps of this adapter read. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Ground, Natives, Part, Site } from "../../components/contract.ts";
import type { Place } from "../../components/kernel/places.ts";

export interface AwsNatives extends Natives {
  foundation: { readonly provider: aws.Provider; readonly accountId: string; readonly places: readonly Place[] };
  /** By purpose. */
  keys: { readonly keys: Readonly<Record<string, aws.kms.Key>> };
  /** By role; hosts also carry a profile. */
  identities: {
    readonly roles: Readonly<Record<string, aws.iam.Role>>;
    /** Of databases that export: `roles` holds the one they import by. */
    readonly exporters: Readonly<Record<string, aws.iam.Role>>;
    readonly profiles: Readonly<Record<string, aws.iam.InstanceProfile>>;
  };
  /** By place: nothing on AWS writes to a log group of another region. */
  logs: {
    readonly groups: Readonly<Record<string, aws.cloudwatch.LogGroup>>;
    /** The key that the groups of a place are under; none where there is none. */
    readonly keyIds: Readonly<Record<string, pulumi.Output<string> | undefined>>;
  };
  network: {
    readonly vpc: aws.ec2.Vpc;
    readonly subnets: Readonly<Record<string, aws.ec2.Subnet>>;
    readonly tables: Readonly<Record<string, aws.ec2.RouteTable>>;
    /** Zone letter by subnet key. */
    readonly zones: Readonly<Record<string, string>>;
  };
  /** By peer name. */
  peers: { readonly groups: Readonly<Record<string, aws.ec2.SecurityGroup>> };
  endpoints: {
    /** Addresses of object storage on the private path; null without one. */
    readonly storePrefixListId: pulumi.Output<string> | null;
  };
  secrets: { readonly secrets: Readonly<Record<string, aws.secretsmanager.Secret>>; readonly keyArn: pulumi.Output<string> | null };
  bucket: { readonly bucket: aws.s3.Bucket; readonly keyArn: pulumi.Output<string> | null };
  database: {
    readonly instance: aws.rds.Instance;
    readonly region: string;
    /** Own key of a login that RDS keeps itself; null where it keeps none, or under the platform's key. */
    readonly loginKeyArn: pulumi.Output<string> | null;
  };
  cache: { readonly group: aws.elasticache.ReplicationGroup };
  /** By principal. */
  grants: {
    readonly policies: Readonly<Record<string, aws.iam.RolePolicy>>;
    /** By principal. */
    readonly of: Readonly<Record<string, readonly pulumi.Resource[]>>;
  };
  group: { readonly template: aws.ec2.LaunchTemplate; readonly group: aws.autoscaling.Group };
  machine: { readonly instances: Readonly<Record<string, aws.ec2.Instance>>; readonly volumes: Readonly<Record<string, aws.ebs.Volume>> };
  zones: {
    /** Id of the hosted zone by zone key, made or adopted. */
    readonly zones: Readonly<Record<string, { readonly zoneId: pulumi.Output<string>; readonly domain: string }>>;
    readonly internal: aws.route53.Zone | null;
  };
  certificates: {
    /** ARN by name, in the region and in us-east-1; of the validation where it is waited for. */
    readonly regional: Readonly<Record<string, pulumi.Output<string>>>;
    readonly global: Readonly<Record<string, pulumi.Output<string>>>;
  };
  waf: { readonly regional: aws.wafv2.WebAcl | null; readonly global: aws.wafv2.WebAcl | null };
  balancer: { readonly balancer: aws.lb.LoadBalancer; readonly pools: Readonly<Record<string, aws.lb.TargetGroup>> };
  /** By listener name. */
  routes: { readonly listeners: Readonly<Record<string, aws.lb.Listener>> };
  /** By site. */
  cdn: { readonly distributions: Readonly<Record<string, aws.cloudfront.Distribution>> };
  records: object;
  entry: object;
  flows: {
    readonly ingress: Readonly<Record<string, aws.vpc.SecurityGroupIngressRule>>;
    readonly egress: Readonly<Record<string, aws.vpc.SecurityGroupEgressRule>>;
  };
}

export type AwsPart<K extends keyof Natives> = Part<AwsNatives, K>;
export type AwsGround = Ground<AwsNatives>;
export type AwsSite = Site<AwsNatives>;
