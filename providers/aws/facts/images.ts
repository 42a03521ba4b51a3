/**
 * Machine images of AWS as public SSM parameters: the launch template resolves them, nothing is looked up while planning.
 * The parameter moves with each release: a new template version takes the new image. Dated 2026-11-21:
 * every path is one that current public programs use; the end dates are recalled.
 */
import type { ImageRow } from "../../../components/kernel/tables.ts";

const ubuntu = "https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/";

export const images = {
  "ubuntu-22.04": {
    x86_64: "resolve:ssm:/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
    arm64: "resolve:ssm:/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id",
    login: "ubuntu",
    endOfLife: "2027-04-01",
    source: ubuntu,
  },
  // 24.04 is published under ebs-gp3 only.
  "ubuntu-24.04": {
    x86_64: "resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
    arm64: "resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
    login: "ubuntu",
    endOfLife: "2029-04-01",
    source: ubuntu,
  },
  // Regular security support ended 2026-06-10; the date is the end of LTS.
  "debian-12": {
    x86_64: "resolve:ssm:/aws/service/debian/release/12/latest/amd64",
    arm64: "resolve:ssm:/aws/service/debian/release/12/latest/arm64",
    login: "admin",
    endOfLife: "2028-06-30",
    source: "https://wiki.debian.org/Cloud/AmazonEC2Image/Bookworm",
  },
  "amazon-linux-2023": {
    x86_64: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    arm64: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    login: "ec2-user",
    endOfLife: "2029-06-30",
    source: "https://docs.aws.amazon.com/linux/al2023/ug/ec2.html",
  },
} satisfies Record<string, ImageRow>;
