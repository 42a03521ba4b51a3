import * as aws from "@pulumi/aws";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { AclRuleSpec, AclSpec, NetworkSpec } from "../../components/network/model.ts";
import { present, tagged } from "./lookup.ts";

const protocols = { tcp: "tcp", udp: "udp", all: "-1" } satisfies Record<AclRuleSpec["protocol"], string>;

/** A network ACL for each tier that asks for one; the others keep AWS' own, which lets everything pass. */
export function acl(scope: Scope, spec: NetworkSpec, vpc: aws.ec2.Vpc, subnets: Readonly<Record<string, aws.ec2.Subnet>>) {
  const { name, parent, place } = scope;
  const { region } = place;
  return Object.entries(spec.acl).flatMap(([tier, rules]) => {
    const list = new aws.ec2.NetworkAcl(
      `${name}-acl-${tier}`,
      { region, vpcId: vpc.id, tags: tagged(scope, `${name}-acl-${tier}`) },
      { parent },
    );
    const made = [...rulesOf(scope, tier, list, rules, false), ...rulesOf(scope, tier, list, rules, true)];
    const members = Object.keys(spec.subnets).filter(key => pick(spec.subnets, key).tier === tier);
    const bound = members.map(
      key =>
        new aws.ec2.NetworkAclAssociation(
          `${name}-aclbinding-${key}`,
          { region, networkAclId: list.id, subnetId: pick(subnets, key).id },
          { parent, dependsOn: made }, // an empty list drops everything: the rules must be in before a subnet is bound to it
        ),
    );
    return [list, ...made, ...bound];
  });
}

function rulesOf({ name, parent, place }: Scope, tier: string, list: aws.ec2.NetworkAcl, rules: AclSpec | undefined, egress: boolean) {
  const { inbound, outbound } = present(rules, `rules of tier ${tier}`);
  const way = egress ? "out" : "in";
  return Object.entries(egress ? outbound : inbound).map(
    ([number, rule]) =>
      new aws.ec2.NetworkAclRule(
        `${name}-aclrule-${tier}-${way}-${number}`,
        {
          region: place.region,
          networkAclId: list.id,
          egress,
          ruleNumber: Number(number),
          ruleAction: rule.action,
          protocol: protocols[rule.protocol],
          cidrBlock: rule.cidr,
          // The API answers "all protocols" without ports; naming them would show a change at every preview.
          ...(rule.protocol === "all" ? {} : { fromPort: rule.fromPort, toPort: rule.toPort }),
        },
        { parent, deleteBeforeReplace: true }, // a number is free only when its rule has gone
      ),
  );
}
