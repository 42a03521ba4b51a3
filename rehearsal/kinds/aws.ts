/**
 * What the simulated AWS knows of each type: all that this program makes there. Ids and addresses are shaped like those of provider 7
 * (import formats in the doc comments of SDK 7.48, ids in the Terraform provider's source, read 2026-11); the shapes are not proven.
 */
import type { CloudKinds, Landlord } from "../kinds.ts";
import { balancing } from "./aws/balancer.ts";
import { cdn } from "./aws/cdn.ts";
import { data } from "./aws/data.ts";
import { ec2 } from "./aws/ec2.ts";
import { entry } from "./aws/entry.ts";
import { names } from "./aws/names.ts";
import { vpc } from "./aws/network.ts";
import { storage } from "./aws/storage.ts";
import { trust } from "./aws/trust.ts";
import { waf } from "./aws/waf.ts";

/** Numbers that EC2 gives. Images and prefix lists are AWS' own. */
const number =
  /^(?:vpc|subnet|sg|sgr|rtb|igw|eigw|nat|eipalloc|acl|vpce|lt|i|vol|fl|eni|vgw|cgw|vpn|cvpn-endpoint|cvpn-assoc)-[0-9a-f]{17}$/;

const bucket = /^arn:aws:s3:::[^*/]+(?:\/\*)?$/;

/** What AWS keeps in every account by itself: roles of its services, keys of its services. */
const builtIn = /:role\/aws-service-role\/|:alias\/aws\//;

/** Something named, in this account: not the account itself, nor everything of a kind. */
const arnIn = ({ awsAccountId }: Landlord): RegExp =>
  new RegExp(`^arn:aws:[a-z0-9-]+:[a-z0-9-]*:${awsAccountId}:[A-Za-z-]+[:/][^*]+?(?:[:/]\\*)?$`);

const isReference = (text: string, landlord: Landlord): boolean =>
  number.test(text) || bucket.test(text) || (text.startsWith("arn:aws:") && arnIn(landlord).test(text) && !builtIn.test(text));

export const awsKinds: CloudKinds = {
  kinds: { ...vpc, ...ec2, ...trust, ...storage, ...data, ...names, ...waf, ...balancing, ...entry, ...cdn },
  parents: () => [], // no id on AWS says where its object lies, but by names that the inputs say as well
  isReference,
  lookups: {}, // the program asks AWS nothing
};
