/** How Google Cloud writes ids, links, addresses and numbers: https://cloud.google.com/apis/design/resource_names, read 2026-11-21. */
import type { Birth, Kind } from "../../kinds.ts";
import type { Inputs } from "../../rules.ts";

type Made = Birth & { readonly id: string };

/** Empty where it is left out. */
export const textOf = (inputs: Inputs, key: string): string => (typeof inputs[key] === "string" ? inputs[key] : "");

export const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(text => typeof text === "string") : []);

export const projectOf = ({ inputs, landlord }: Birth): string => textOf(inputs, "project") || landlord.project;
export const regionOf = ({ inputs, landlord }: Birth): string => textOf(inputs, "region") || landlord.region;

/** Digits of a number that is the object's own; no zero in front. */
export const digitsOf = ({ hex }: Birth, length: number): string =>
  `1${BigInt(`0x${hex(24, "number")}`)}`.slice(0, length).padEnd(length, "7");

/** When it came to be: another moment for another object. */
export const bornAt = ({ hex }: Birth): string => new Date(Date.UTC(2026, 0, 1) + Number.parseInt(hex(7, "time"), 16)).toISOString();

/** An address of a network class. `salt` gives a further one. */
export function addressOf({ hex }: Birth, first: number, salt = ""): string {
  const [second, third, last] = [...Buffer.from(hex(6, `address${salt}`), "hex")].map(octet => 2 + (octet % 250));
  return `${first}.${second}.${third}.${last}`;
}

/** The first address of a range is its gateway. */
export const gatewayOf = (range: string): string => (range.split("/")[0] ?? "").replace(/\d+$/, last => `${Number(last) + 1}`);

/** Where other things say a name, and the service wants what stands under it. */
export const rangeId = (birth: Birth, name: string): string => `projects/${projectOf(birth)}/global/addresses/${name}`;
export const connectionId = (network: string, service: string): string => [network, service].map(encodeURIComponent).join(":");

const apiOfCompute = "https://www.googleapis.com/compute/v1/";
export const linkTo = (id: string): string => `${apiOfCompute}${id}`;
export const withoutHost = (text: string): string => text.replace(/^https:\/\/[a-z]+\.googleapis\.com\/(?:[a-z]+\/)?v1(?:beta\d)?\//, "");

const within = {
  global: (birth: Birth) => `projects/${projectOf(birth)}/global`,
  regions: (birth: Birth) => `projects/${projectOf(birth)}/regions/${regionOf(birth)}`,
  zones: (birth: Birth) => `projects/${projectOf(birth)}/zones/${textOf(birth.inputs, "zone")}`,
} satisfies Record<string, (birth: Birth) => string>;

/** A thing of Compute Engine: its id says where it lies, its link is the id as an address. */
export const compute = (scope: keyof typeof within, collection: string, more: Omit<Partial<Kind>, "id"> = {}): Kind => ({
  nameInput: "name",
  ...more,
  id: birth => `${within[scope](birth)}/${collection}/${birth.name}`,
  outputs: (made: Made) => ({ selfLink: linkTo(made.id), creationTimestamp: bornAt(made), ...more.outputs?.(made) }),
});

/** A thing of the newer services: `region` or `location` by the service's own word. */
export const located = (where: "region" | "location", collection: string, more: Omit<Partial<Kind>, "id"> = {}): Kind => ({
  nameInput: "name",
  ...more,
  id: birth => `projects/${projectOf(birth)}/locations/${textOf(birth.inputs, where) || birth.landlord.region}/${collection}/${birth.name}`,
});
