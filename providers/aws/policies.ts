/** Policy documents, as text that the plan can show. */
import * as pulumi from "@pulumi/pulumi";

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly string[]>>>>;
}

export const document = (statements: readonly Statement[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });

/** Lets a service act as a role. */
export const trust = (service: string): pulumi.Output<string> =>
  document([{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }]);

/** The same, on behalf of this account alone: else a stranger's resource could borrow the role. Not every service sends the account. */
export const trustWithin = (accountId: string, service: string): pulumi.Output<string> =>
  document([
    {
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);

/** What reading and writing under a key take. */
export const keyActions = {
  read: ["kms:Decrypt", "kms:DescribeKey"],
  write: ["kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
  readWrite: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:DescribeKey"],
} as const;
