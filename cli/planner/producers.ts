/** What a shown value hangs on: what a plan says of an unknown one, and what a made-up one lets see. */
import { isMap } from "../../components/kernel/merge.ts";
import type { PlannedResource } from "./model.ts";

export const isUnknown = (value: unknown): value is { readonly unknown: true; readonly from: readonly string[] } =>
  isMap(value) && value.unknown === true && Array.isArray(value.from);

export const isSecret = (value: unknown): boolean => isMap(value) && value.secret === true;

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** Made-up answers that do not hold the name of whose they are (answers.ts), and whose they may be. */
const nameless: readonly (readonly [answer: string, of: RegExp])[] = [
  ["192.0.2.1", /address|interface|instance:|server$/i],
  ["arn:made-up:::login", /^aws:rds\/instance:/],
];

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** The resources that a property of `resource` hangs on, for every value in it. */
export type Producers = (value: unknown, resource: PlannedResource) => readonly string[];

/** In a plan with unknowns: what the whole property hangs on. */
export const producersShown: Producers = value => (isUnknown(value) ? value.from : []);

/**
 * In a plan with made-up answers: the dependencies whose names begin an answer within the text, `db-server-id`.
 * `names`: of all resources, since one may begin another.
 */
export function producersIn(names: readonly string[]): Producers {
  const longer = new Map<string, readonly string[]>();
  const longerThan = (name: string): readonly string[] => {
    const found = longer.get(name) ?? names.filter(other => other.startsWith(`${name}-`));
    longer.set(name, found);
    return found;
  };
  return (value, { dependencies }) => {
    if (typeof value !== "string") return [];
    const [, of] = nameless.find(([answer]) => value.includes(answer)) ?? [];
    return dependencies.filter(urn => {
      if (of?.test(typeOf(urn)) === true) return true;
      const name = nameOf(urn);
      if (!value.includes(name)) return false;
      const own = longerThan(name).reduce((text, other) => text.replaceAll(`${other}-`, ""), value);
      return own.includes(`${name}-`) || own.includes(`:::${name}`);
    });
  };
}
