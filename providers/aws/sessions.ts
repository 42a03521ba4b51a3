/** Session Manager: the agent of every host calls out, so no port is open. What is typed and shown goes to the stack's logs. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { EntrySpec } from "../../components/entry/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { present, tagged } from "./lookup.ts";
import type { AwsGround } from "./natives.ts";
import { document } from "./policies.ts";

type Session = NonNullable<EntrySpec["session"]>;

/** One line that opens a session on a running host of the first role. */
export interface Sessions {
  readonly line: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

const idleMinutes = 20;

/** The document that sessions run by, and the right to run it on the reached roles and nowhere else. */
export function sessions(scope: Scope, spec: Session, on: AwsGround): Sessions {
  const { name, parent, place, tags } = scope;
  const { region } = place;
  const group = pick(on.logs.native.groups, place.key);
  const settings = new aws.ssm.Document(
    `${name}-session`, // named by Pulumi: the account's own `SSM-SessionManagerRunShell` is one for all stacks
    {
      region,
      documentType: "Session",
      documentFormat: "JSON",
      content: contentOf(spec, spec.logs ? group.name : "", on.logs.native.keyIds[place.key] !== undefined),
      tags: tagged(scope, `${name}-session`),
    },
    { parent },
  );
  const policy = new aws.iam.Policy(
    `${name}-operators`,
    {
      description: `Opens sessions on hosts of ${pick(tags, "system")} ${pick(tags, "env")}`, // cannot change without a new policy
      policy: rightsOf(scope, spec, settings, on.foundation.native.accountId),
      tags: tagged(scope, `${name}-operators`),
    },
    { parent },
  );
  const attachments = spec.people.map(person => {
    const role = person.replace("role:", "");
    return new aws.iam.RolePolicyAttachment(`${name}-operator-${role}`, { role, policyArn: policy.arn }, { parent });
  });
  const first = present(spec.roles[0], "role that sessions reach");
  const filters = `Name=tag:system,Values=${pick(tags, "system")} Name=tag:env,Values=${pick(tags, "env")} Name=tag:role,Values=${first} Name=instance-state-name,Values=running`;
  const target = `$(aws ec2 describe-instances --region ${region} --filters ${filters} --query 'Reservations[0].Instances[0].InstanceId' --output text)`;
  return {
    line: pulumi.interpolate`aws ssm start-session --region ${region} --document-name ${settings.name} --target ${target}`,
    ready: [settings, policy, ...attachments],
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html */
function contentOf(spec: Session, logGroup: pulumi.Input<string>, encrypted: boolean): pulumi.Output<string> {
  return pulumi.jsonStringify({
    schemaVersion: "1.0",
    description: "Shell sessions of operators",
    sessionType: "Standard_Stream",
    inputs: {
      s3BucketName: "",
      s3KeyPrefix: "",
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: logGroup,
      cloudWatchEncryptionEnabled: spec.logs && encrypted, // a session is refused where the group has no own key and this asks for one
      cloudWatchStreamingEnabled: spec.logs, // while it is typed, not after the session
      kmsKeyId: "", // TLS all the way; a further key would have to be every host's and every person's
      idleSessionTimeout: String(idleMinutes),
      maxSessionDuration: String(spec.maxHours * 60),
      runAsEnabled: false,
      runAsDefaultUser: "",
      shellProfile: { linux: "", windows: "" },
    },
  });
}

/** Sessions by this document alone, on instances of the reached roles, and an end to one's own. */
function rightsOf({ place, tags }: Scope, { roles }: Session, settings: aws.ssm.Document, accountId: string): pulumi.Output<string> {
  const { region } = place;
  return document([
    {
      Sid: "OpenOnHosts",
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: `arn:aws:ec2:${region}:${accountId}:instance/*`,
      Condition: {
        StringEquals: {
          "ssm:resourceTag/system": pick(tags, "system"),
          "ssm:resourceTag/env": pick(tags, "env"),
          "ssm:resourceTag/role": roles,
        },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" }, // else a session without the document, and so without its log, passes
      },
    },
    { Sid: "OpenAsWritten", Effect: "Allow", Action: "ssm:StartSession", Resource: settings.arn },
    {
      Sid: "EndOnesOwn",
      Effect: "Allow",
      Action: ["ssm:TerminateSession", "ssm:ResumeSession"],
      Resource: `arn:aws:ssm:${region}:${accountId}:session/\${aws:userid}-*`,
    },
    {
      Sid: "FindHosts",
      Effect: "Allow",
      Action: ["ssm:DescribeSessions", "ssm:DescribeInstanceInformation", "ssm:GetConnectionStatus", "ec2:DescribeInstances"],
      Resource: "*",
    },
  ]);
}
