/** Where things live. A second region holds further instances of the same components under names that end in `-dr`. */
export type PlaceKey = "primary" | "secondary";

export interface Place {
  readonly key: PlaceKey;
  /** Appended to the name of every component that lives here. */
  readonly suffix: "" | "-dr";
  /** The cloud's own region name. */
  readonly region: string;
  /** Zone letter of the platform to the cloud's zone name, in order; as many as the platform uses. */
  readonly zones: Readonly<Record<string, string>>;
}

export interface Places {
  readonly primary: Place;
  readonly secondary: Place | null;
}

/** What exists once in each place. */
export type PerPlace<T> = { readonly primary: T; readonly secondary: T | null };

export const bothPlaces = ({ primary, secondary }: Places): readonly Place[] => (secondary === null ? [primary] : [primary, secondary]);
