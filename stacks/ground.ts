/** The foundation: account values, tags, containers. */
import type { CloudFacts } from "../components/contract.ts";
import type { Account, FoundationSpec, Tags } from "../components/foundation/model.ts";
import type { Known } from "../components/kernel/known.ts";
import { pathText } from "../components/kernel/path.ts";
import { bothPlaces } from "../components/kernel/places.ts";
import { tagText } from "../components/kernel/tags.ts";
import type { PlatformArgs } from "./platform.ts";
import type { Settings } from "./settings.ts";

/** Stands where a value is neither needed on this cloud nor given. */
const none: Account = {
  awsAccountId: "",
  azureSubscriptionId: "",
  azureTenantId: "",
  azureSshPublicKey: "",
  gcpProject: "",
  gcpProjectNumber: "",
  dnsZones: {},
  certificates: {},
};

/** The account as given, placeholders where this cloud needs a value and has none. */
export function decideAccount(settings: Settings, facts: CloudFacts): { readonly account: Account; readonly missing: readonly string[] } {
  const missing = Object.keys(facts.placeholders).filter(key => settings.account[key as keyof Account] === undefined);
  return { account: { ...none, ...facts.placeholders, ...settings.account }, missing: missing.map(key => `strata:account.${key}`) };
}

const ownTags = ["system", "env", "role"];

function tagsOf(args: PlatformArgs, settings: Settings, { system, environment, findings }: Known): Tags {
  const tags: Record<string, string> = { system: tagText(system), env: tagText(environment) };
  for (const [key, value] of Object.entries({ ...args.tags, ...(settings.commit === null ? {} : { commit: settings.commit }) })) {
    if (ownTags.includes(tagText(key)))
      findings.refuse(
        pathText(["tags", key]),
        `expected a key that the program does not set itself (${ownTags.join(", ")}), got "${key}"`,
        "choose another key",
      );
    if (tagText(value) !== value)
      findings.note(pathText(["tags", key]), `"${value}" becomes "${tagText(value)}", which all three clouds take`);
    tags[tagText(key)] = tagText(value);
  }
  return tags;
}

export function decideFoundation(args: PlatformArgs, settings: Settings, account: Account, known: Known): FoundationSpec {
  const { facts, places, system, environment } = known;
  const all = bothPlaces(places);
  return {
    system,
    environment,
    cloud: facts.cloud,
    places: all,
    account,
    offline: settings.offline,
    tags: tagsOf(args, settings, known),
    services: facts.services,
    groupNames: facts.groups ? Object.fromEntries(all.map(place => [place.key, `${system}-${environment}${place.suffix}`])) : {},
  };
}
