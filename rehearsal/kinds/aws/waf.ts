/** Web ACLs, the lists they name and where they log, on AWS: ids are GUIDs, addresses say the scope. One names another by its address. */
import type { Birth, Kinds } from "../../kinds.ts";
import { arn, text, uuid } from "./words.ts";

const scopeOf = ({ inputs }: Birth): string => (text(inputs.scope) === "CLOUDFRONT" ? "global" : "regional");

export const waf: Kinds = {
  "aws:wafv2/ipSet:IpSet": {
    nameInput: "name",
    id: birth => uuid(birth),
    outputs: birth => ({ arn: arn(birth, "wafv2", `${scopeOf(birth)}/ipset/${birth.name}/${birth.id}`), lockToken: uuid(birth, "lock") }),
  },
  "aws:wafv2/webAcl:WebAcl": {
    nameInput: "name",
    id: birth => uuid(birth),
    outputs: birth => ({ arn: arn(birth, "wafv2", `${scopeOf(birth)}/webacl/${birth.name}/${birth.id}`), lockToken: uuid(birth, "lock") }),
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    nameInput: null,
    id: ({ inputs }) => text(inputs.resourceArn),
  },
};
