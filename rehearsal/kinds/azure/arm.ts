/**
 * How Azure addresses things: an ARM id says where an object lies, what it is part of and what it is set upon.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/overview and, for ids read back after a create, the provider's own
 * source (pulumi-azure-native, "Read the canonical ID from the response"), read 2026-11-21. Ids are shaped like the real ones, not proven.
 */
import { valueAt } from "../../changes.ts";
import type { Birth, Kind } from "../../kinds.ts";
import type { Inputs } from "../../rules.ts";

/** One type: its path below `/providers/`, and what else is known of it. */
export interface Row extends Omit<Kind, "id" | "nameInput"> {
  /** As ARM writes it, path parameters by the names of their inputs; the last one names the object. */
  readonly path: string;
  /** What the path stands under, a resource group unless said. */
  readonly under?: (birth: Birth) => string;
  /** The name that ends the id, where it is not the one that was asked for. */
  readonly called?: (birth: Birth) => string;
}

/** A text or number at a dotted path; nothing where there is none. */
export function textAt(inputs: Inputs, path: string): string {
  const value = valueAt(inputs, path.split("."));
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}

function needed(inputs: Inputs, input: string): string {
  const text = textAt(inputs, input);
  if (text === "") throw new Error(`${input} is needed for an address, and not given`);
  return text;
}

/** What only one object of a type may have: the texts at these paths together; nothing where one of them is left out. */
export const onlyOne =
  (...paths: readonly string[]) =>
  ({ inputs }: Birth): string | null => {
    const texts = paths.map(path => textAt(inputs, path));
    return texts.includes("") ? null : texts.join(" ");
  };

export const underGroup = ({ inputs, landlord }: Birth): string =>
  `/subscriptions/${landlord.subscriptionId}/resourceGroups/${needed(inputs, "resourceGroupName")}`;
export const underSubscription = ({ landlord }: Birth): string => `/subscriptions/${landlord.subscriptionId}`;
/** For what is set upon another object, whose id an input gives. */
export const upon =
  (input: string) =>
  ({ inputs }: Birth): string =>
    needed(inputs, input);

/** A GUID that is the object's own for life. */
export function guidOf({ hex }: Birth, salt: string): string {
  const digits = hex(32, salt);
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20)].join("-");
}

const parameter = /^\{(\w+)\}$/;
const parameterOf = (segment: string): string | undefined => parameter.exec(segment)?.[1];

/** What a row says, as the simulated cloud asks for it. Every Azure object answers its `name`. */
export function kindOf({ path, under = underGroup, called = ({ name }) => name, outputs, ...rest }: Row): Kind {
  const segments = path.split("/");
  const nameInput = parameterOf(segments.at(-1) ?? "");
  if (nameInput === undefined) throw new Error(`${path} does not end with a name`);
  const part = (birth: Birth) => (segment: string) => {
    const input = parameterOf(segment);
    if (input === undefined) return segment;
    return input === nameInput ? called(birth) : needed(birth.inputs, input);
  };
  return {
    ...rest,
    nameInput,
    id: birth => `${under(birth)}/providers/${segments.map(part(birth)).join("/")}`,
    outputs: birth => ({ name: called(birth), ...outputs?.(birth) }),
  };
}

/** `Microsoft.Network/virtualNetworks/subnets`: what stands at the places of types. */
export const typeOf = (path: string): string =>
  path
    .split("/")
    .filter((_, place) => place === 0 || place % 2 === 1)
    .join("/");

/** Azure makes the first of these, and a watcher in it, by itself; in the others people keep zones and certificates, as the placeholders say. */
const isAzures = (group: string): boolean => ["networkwatcherrg", "dns", "certificates"].includes(group.toLowerCase());

interface Address {
  readonly group: string;
  /** What it is set upon; the group where it is a resource itself. */
  readonly scope: string;
  /** What follows the last `/providers/`. */
  readonly path: string;
}

/** Null for what lies in no group of this stack. */
function addressOf(id: string): Address | null {
  const [, group, name = ""] = /^(\/subscriptions\/[^/]+\/resourceGroups\/([^/]+))\//.exec(id) ?? [];
  if (group === undefined || isAzures(name)) return null;
  const cut = id.lastIndexOf("/providers/");
  return { group, scope: id.slice(0, cut), path: id.slice(cut + "/providers/".length) };
}

/** `Microsoft.X/a/1/b/2/c/3` lies within `…/a/1` and `…/a/1/b/2`. */
const above = (path: string): readonly string[] => {
  const segments = path.split("/");
  return segments.flatMap((_, place) => (place >= 3 && place % 2 === 1 ? [segments.slice(0, place).join("/")] : []));
};

/** These come with what they are part of: nobody has to make them first. */
const comesAlong = (path: string): boolean => path.endsWith("/blobServices/default");

/**
 * The group, and what the object is part of. Of what it is set upon, only the resource itself is asked for: a right may name a secret of a
 * vault that is yet to be written, and a log the blob service that comes with every account.
 */
export function parents(id: string): readonly string[] {
  const address = addressOf(id);
  if (address === null) return [];
  const { group, scope, path } = address;
  if (scope === group)
    return [
      group,
      ...above(path)
        .filter(part => !comesAlong(part))
        .map(part => `${scope}/providers/${part}`),
    ];
  const [tracked = ""] = /^.*?\/providers\/[^/]+\/[^/]+\/[^/]+/.exec(scope) ?? [];
  return [group, tracked];
}

/** What a lock stands on: that, and all below, is not deleted. */
export const lockedBy = (id: string): string | null => /^(.*)\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/.exec(id)?.[1] ?? null;

/** Named as the scope of a right or a log alone, where Azure does not ask whether they exist. */
const unasked: readonly string[] = [
  "Microsoft.KeyVault/vaults/keys",
  "Microsoft.KeyVault/vaults/secrets",
  "Microsoft.Storage/storageAccounts/blobServices",
];

/** Azure's own roles have GUIDs of version 4, those of this program version 5. */
const ownRole = /^\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/;
const keyAddress = /^https:\/\/[A-Za-z0-9-]+\.vault\.azure\.net\/keys\/[^/\s]+(?:\/[0-9a-f]+)?$/;

/** Resource groups, objects of the types that are known, custom roles, keys by their URI. An image of somebody's own is none of these. */
export function referenceOf(paths: readonly string[]): (text: string, subscriptionId: string) => boolean {
  const types = new Set(paths.map(typeOf).filter(type => !unasked.includes(type)));
  return (text, subscriptionId) => {
    if (keyAddress.test(text)) return true;
    const root = `/subscriptions/${subscriptionId}`;
    if (!text.startsWith(`${root}/`) || /\s/.test(text)) return false;
    if (ownRole.test(text.slice(root.length))) return true;
    const [, group] = /^\/resourceGroups\/([^/]+)$/.exec(text.slice(root.length)) ?? [];
    if (group !== undefined) return !isAzures(group);
    const address = addressOf(text);
    return address !== null && types.has(typeOf(address.path));
  };
}
