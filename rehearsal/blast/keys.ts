/** Every key that a platform may say, by its schema: `roles.*.size.vcpu`, with what may stand there. */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** The parts of JSON Schema that the platform's schema uses. */
const Node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  get properties() {
    return z.record(z.string(), Node).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), Node]).optional();
  },
  get anyOf() {
    return z.array(Node).optional();
  },
  get oneOf() {
    return z.array(Node).optional();
  },
});
type Node = z.output<typeof Node>;

export interface Key {
  /** `*` stands for the name of a member. */
  readonly path: readonly string[];
  /** The schemas of what may stand there; of its members, where it is a map. */
  readonly nodes: readonly Node[];
  /** A map whose members a person names. */
  readonly map: boolean;
}

const asMap = ({ additionalProperties: inside }: Node): Node | null => (typeof inside === "object" ? inside : null);

function keysIn(node: Node, path: readonly string[]): readonly Key[] {
  const either = node.anyOf ?? node.oneOf;
  if (either !== undefined) return either.flatMap(one => keysIn(one, path));
  const inside = asMap(node);
  const members = Object.entries(node.properties ?? {}).flatMap(([key, inner]) => keysIn(inner, [...path, key]));
  if (inside !== null) return [...members, { path, nodes: [inside], map: true }, ...keysIn(inside, [...path, "*"])];
  return node.properties === undefined ? [{ path, nodes: [node], map: false }] : members;
}

function merged(keys: readonly Key[]): readonly Key[] {
  const byPath = Map.groupBy(keys, ({ path, map }) => `${path.join(".")} ${map}`);
  return [...byPath.values()].flatMap(same => (same[0] === undefined ? [] : [{ ...same[0], nodes: same.flatMap(({ nodes }) => nodes) }]));
}

const schema: unknown = JSON.parse(readFileSync(new URL("../../stacks/schema/platform.schema.json", import.meta.url), "utf8"));

/** In the order of the schema. A member without keys of its own, such as a database by name, is the map's alone. */
export const platformKeys: readonly Key[] = merged(keysIn(Node.parse(schema), [])).filter(
  ({ path, nodes }) =>
    path.length > 0 && !nodes.every(node => node.type === "object" && node.properties !== undefined && path.at(-1) === "*"),
);
