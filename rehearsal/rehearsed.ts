/** The configuration of a stack that is rehearsed: what a person said, and made-up values for what only a person could say. */
import { type Flags, stackConfig } from "../cli/planner/config.ts";
import type { StackConfig } from "../cli/planner/planner.ts";
import { planStack } from "../cli/planner/strata.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { factsOf } from "../providers/index.ts";
import type { Landlord } from "./kinds.ts";

export interface Rehearsed extends StackConfig {
  readonly landlord: Landlord;
}

/** Stands for a secret that a person would supply, by its name: nobody's, and easy to find where it should not be. */
export const madeUpSecret = (name: string): string => `rehearsed-secret-of-${name}`;

export async function rehearsed(flags: Flags, root: URL): Promise<Rehearsed> {
  const config = stackConfig(flags, root);
  const { suppliedSecrets, placeholders, cloud: name, region } = await planStack(config);
  const cloud = clouds.find(known => known === name) ?? "aws";
  const facts = factsOf(cloud);
  const given = { ...facts.placeholders, ...parsed(config.values["strata:account"]) };
  const { serverCertificate, rootCertificate } = facts.limits.entry;
  const kept = { "vpn-server": serverCertificate?.example, "vpn-clients": rootCertificate.example };
  const lacking = Object.entries(kept).filter(([key]) => placeholders.includes(`strata:account.certificates.${key}`));
  const account = lacking.length === 0 ? given : { ...given, certificates: { ...Object.fromEntries(lacking), ...given.certificates } };
  const { "strata:offline": _offline, ...values } = config.values;
  return {
    stack: config.stack,
    values: {
      ...values,
      "pulumi:disable-default-providers": JSON.stringify(["*"]),
      "strata:account": JSON.stringify(account),
      ...(suppliedSecrets.length === 0
        ? {}
        : { "strata:secrets": JSON.stringify(Object.fromEntries(suppliedSecrets.map(secret => [secret, madeUpSecret(secret)]))) }),
    },
    secretKeys: [...config.secretKeys, "strata:secrets"],
    landlord: {
      awsAccountId: account.awsAccountId ?? "",
      subscriptionId: account.azureSubscriptionId ?? "",
      project: account.gcpProject ?? "",
      projectNumber: account.gcpProjectNumber ?? "",
      region,
    },
  };
}

const parsed = (text: string | undefined): object => (text === undefined ? {} : JSON.parse(text));
