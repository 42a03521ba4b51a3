/** The configuration of a stack that is rehearsed: what a person said, and made-up values for what only a person could say. */
import { type Flags, stackConfig } from "../cli/planner/config.ts";
import type { StackConfig } from "../cli/planner/planner.ts";
import { planStack } from "../cli/planner/strata.ts";
import type { CloudFacts } from "../components/contract.ts";
import type { Account } from "../components/foundation/model.ts";
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
  const certificates = { ...madeUpCertificates(facts.limits, placeholders), ...given.certificates };
  const account = Object.keys(certificates).length === 0 ? given : { ...given, certificates };
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

/** What stands for certificates that a person keeps: the cloud's own examples. */
function madeUpCertificates({ entry, certificates }: CloudFacts["limits"], placeholders: readonly string[]): Account["certificates"] {
  const prefix = "strata:account.certificates.";
  const ofVpn = new Map([
    ["vpn-server", entry.serverCertificate?.example],
    ["vpn-clients", entry.rootCertificate.example],
  ]);
  const names = placeholders.flatMap(path => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
  return Object.fromEntries(names.map(name => [name, ofVpn.get(name) ?? certificates.reference?.example.replace(/[^/]*$/, name) ?? name]));
}
