/** A program of any size: blocks of ten AWS resources, all alike. No platform. */
import * as aws from "@pulumi/aws";

export const perBlock = 10;

function block(index: number): void {
  const name = (part: string): string => `block-${index}-${part}`;
  const vpc = new aws.ec2.Vpc(name("vpc"), { cidrBlock: "10.0.0.0/16", tags: { Name: name("vpc") } });
  for (const zone of [1, 2, 3])
    new aws.ec2.Subnet(name(`subnet-${zone}`), { vpcId: vpc.id, cidrBlock: `10.0.${zone}.0/24`, tags: { Name: name(`subnet-${zone}`) } });
  const web = new aws.ec2.SecurityGroup(name("web"), { vpcId: vpc.id, description: "Web." });
  new aws.ec2.SecurityGroup(name("app"), {
    vpcId: vpc.id,
    description: "App.",
    ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [web.id] }],
  });
  const role = new aws.iam.Role(name("role"), { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) });
  const bucket = new aws.s3.Bucket(name("bucket"), { tags: { Name: name("bucket") } });
  new aws.iam.RolePolicy(name("policy"), {
    role: role.id,
    policy: bucket.arn.apply(arn => JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*` }] })),
  });
  new aws.cloudwatch.LogGroup(name("logs"), { retentionInDays: 30 });
}

export const sample = (resources: number) => async (): Promise<void> => {
  for (let index = 0; index < resources / perBlock; index += 1) block(index);
};
