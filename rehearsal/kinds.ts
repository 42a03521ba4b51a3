/** What the simulated clouds know of each type: how an object is named and addressed, what it names, what the cloud fills in. Types only. */
import type { Inputs } from "./rules.ts";

/** Where everything lies: said to the provider when it was configured. */
export interface Landlord {
  readonly awsAccountId: string;
  readonly subscriptionId: string;
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string;
}

/** An object as it comes to be, or as it is after an update. */
export interface Birth {
  readonly type: string;
  /** Pulumi's name. */
  readonly logical: string;
  /** The cloud's name: what the program said or what the provider made up; the logical name where there is none. */
  readonly name: string;
  /** As the program gave them, without their secret marks. */
  readonly inputs: Inputs;
  readonly landlord: Landlord;
  /** Digits that are this object's own for life; `salt` gives it further ones. */
  readonly hex: (digits: number, salt?: string) => string;
  /** 1 at birth, one more with each update. */
  readonly generation: number;
}

/** Another object, as a cloud sees it when it judges one. */
export interface Standing {
  readonly type: string;
  readonly id: string;
  readonly inputs: Inputs;
  readonly filled: Inputs;
}

export interface Kind {
  /** Input that names the object and that the provider makes up when it is left out; null where there is none. */
  readonly nameInput: string | null;
  readonly id: (birth: Birth) => string;
  /** What the cloud fills in and the program reads. An object is laid over the input of the same name. */
  readonly outputs?: (birth: Birth & { readonly id: string }) => Readonly<Record<string, unknown>>;
  /** Outputs that the provider marks secret. */
  readonly secrets?: readonly string[];
  /** Inputs (dotted path, `*` for every member) that hold the id of an object of one of these types. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Handles of what must exist besides: named by name alone, or asked for by no name at all. */
  readonly needs?: (birth: Birth) => readonly string[];
  /** What no second object may have, besides the id; null where nothing. */
  readonly unique?: (birth: Birth) => string | null;
  /** Why the cloud does not delete it as it is; null where nothing stands against it. `held` counts what was put into it. */
  readonly keeps?: (inputs: Inputs, held: number, others: readonly Standing[]) => string | null;
  /** Why the cloud does not make it as the others are: a right that is not given yet. */
  readonly asks?: (inputs: Inputs, others: readonly Standing[]) => string | null;
  /** Ids of others from which something goes with it: a private endpoint's connection on its target. */
  readonly takes?: (inputs: Inputs) => readonly string[];
  /** Deleting it only puts the service's own values back. */
  readonly resets?: boolean;
  /** The name stays taken after a delete: a key ring, a vault in its soft-delete time, a Cloud SQL instance. */
  readonly remains?: boolean;
  /** Deleting it takes everything whose id lies below its own. */
  readonly contains?: boolean;
}

export type Kinds = Readonly<Record<string, Kind>>;

export interface CloudKinds {
  readonly kinds: Kinds;
  /** What else must exist for an id to exist: the objects it lies within. */
  readonly parents: (id: string) => readonly string[];
  /** Whether a whole text can only be the id or address of an object of this account. */
  readonly isReference: (text: string, landlord: Landlord) => boolean;
  /** Below which id nothing is deleted while the object of this id stands; null for what locks nothing. */
  readonly guards?: (id: string) => string | null;
  /** What look-ups answer, by token. */
  readonly lookups: Readonly<Record<string, (args: Inputs) => Inputs>>;
}
