/** The configuration of a stack that is rehearsed: what a person said, and made-up values for what only a person could say. */
import { type Flags, stackConfig } from "../cli/planner/config.ts";
import type { StackConfig } from "../cli/planner/planner.ts";
import { planStack } from "../cli/planner/strata.ts";
import type { CloudFacts } from "../components/contract.ts";
import type { Account } from "../components/foundation/model.ts";
import { clouds } from "../components/kernel/cloud.ts";
import { factsOf } from "../providers/facts.ts";
import type { Landlord } from "./kinds.ts";

export interface Rehearsed extends StackConfig {
  readonly landlord: Landlord;
}

/** Stands for a secret that a person would supply, by its name: nobody's, and easy to find where it should not be. */
export const madeUpSecret = (name: string): string => `rehearsed-secret-of-${name}`;

/** What a person keeps elsewhere, by the names that the platform asks for: nobody's, and of the shape that the cloud takes. */
function madeUpCertificates(placeholders: readonly string[], { limits }: CloudFacts): Readonly<Record<string, string>> {
  const { serverCertificate, rootCertificate } = limits.entry;
  const kept: Readonly<Record<string, string | undefined>> = {
    "vpn-server": serverCertificate?.example,
    "vpn-clients": rootCertificate.example,
  };
  return Object.fromEntries(
    placeholders.flatMap(path => {
      const [, name] = /^strata:account\.certificates\.(.+)$/.exec(path) ?? [];
      if (name === undefined) return [];
      const made = (Object.hasOwn(kept, name) ? kept[name] : undefined) ?? limits.certificates.reference?.example.replace(/[^/]+$/, name);
      return made === undefined ? [] : [[name, made]];
    }),
  );
}

function madeUpZones(placeholders: readonly string[], { limits }: CloudFacts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    placeholders.flatMap(path => {
      const [, domain] = /^strata:account\.dnsZones\["(.+)"\]$/.exec(path) ?? [];
      if (domain === undefined) return [];
      const { example } = limits.dns.zoneId;
      return [[domain, example.replace("example.com", domain).replace("example-com", domain.replaceAll(".", "-"))]];
    }),
  );
}

export async function rehearsed(flags: Flags, root: URL): Promise<Rehearsed> {
  const config = stackConfig(flags, root);
  const { suppliedSecrets, placeholders, cloud: name, region } = await planStack(config);
  const cloud = clouds.find(known => known === name) ?? "aws";
  const facts = factsOf(cloud);
  const given = { ...facts.placeholders, ...parsed(config.values["strata:account"]) };
  const account = {
    ...given,
    dnsZones: { ...madeUpZones(placeholders, facts), ...given.dnsZones },
    certificates: { ...madeUpCertificates(placeholders, facts), ...given.certificates },
  };
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

const parsed = (text: string | undefined): Partial<Account> => (text === undefined ? {} : JSON.parse(text));
