/**
 * Foundation: what everything else of one stack stands on.
 *
 * | here     | aws                       | azure                          | gcp                        |
 * |----------|---------------------------|--------------------------------|----------------------------|
 * | provider | aws.Provider              | azure-native.Provider          | gcp.Provider               |
 * | group    | (none; tags)              | resource group, one per place  | (the project, adopted)     |
 * | services | (always on)               | (registered by a person)       | project services           |
 * | tags     | provider default tags     | on every resource              | provider default labels    |
 * | anchor   | random id that remembers system, cloud and region; always protected            |||
 */
import type { Cloud } from "../kernel/cloud.ts";
import type { Place } from "../kernel/places.ts";

/** Values a deploy needs and a preview must not look up. Documented placeholders stand in for a plan. */
export interface Account {
  /** AWS account id, twelve digits. */
  readonly awsAccountId: string;
  readonly azureSubscriptionId: string;
  readonly azureTenantId: string;
  /** Public half of the SSH key that Azure demands at birth of every Linux machine. */
  readonly azureSshPublicKey: string;
  readonly gcpProject: string;
  readonly gcpProjectNumber: string;
  /** Ids of adopted public zones, by domain. */
  readonly dnsZones: Readonly<Record<string, string>>;
  /** Where a person keeps certificates that the cloud does not make, by the platform's name for them. */
  readonly certificates: Readonly<Record<string, string>>;
}

export type Tags = Readonly<Record<string, string>>;

export interface FoundationSpec {
  readonly system: string;
  readonly environment: string;
  readonly cloud: Cloud;
  readonly places: readonly Place[];
  readonly account: Account;
  /** Configure the provider with what it needs to plan without an account. */
  readonly offline: boolean;
  /** Tags of the whole stack; a scope adds the role. */
  readonly tags: Tags;
  /** APIs to enable before anything else (Google); empty elsewhere. */
  readonly services: readonly string[];
  /** Name of the container that holds each place (Azure's resource group), by place key. */
  readonly groupNames: Readonly<Record<string, string>>;
}
