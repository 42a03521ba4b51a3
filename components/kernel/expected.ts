/** Says in a few words what a schema takes, so that every error can. Read from its JSON Schema, which is public. */
import { z } from "zod";

type Shape = z.core.JSONSchema.BaseSchema;

const formats: Readonly<Record<string, string>> = {
  cidrv4: 'a range such as "10.0.0.0/16"',
  ipv4: 'an address such as "10.0.0.10"',
};

const quoted = (values: readonly unknown[]): string => {
  const words = values.map(value => JSON.stringify(value));
  return words.length === 1 ? words.join() : `one of ${words.join(", ")}`;
};

function number({ minimum, maximum, exclusiveMinimum }: Shape): string {
  const from = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? null : minimum;
  const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? null : maximum;
  if (from !== null && to !== null) return `${from} to ${to}`;
  if (from !== null) return `${from} or more`;
  if (to !== null) return `${to} or less`;
  return typeof exclusiveMinimum === "number" ? `a number over ${exclusiveMinimum}` : "a number";
}

function text({ format, minLength, maxLength }: Shape): string {
  const known = format === undefined ? undefined : formats[format];
  if (known !== undefined) return known;
  if (minLength !== undefined && maxLength !== undefined) return `text of ${minLength} to ${maxLength} characters`;
  if (minLength !== undefined) return `text of at least ${minLength} ${minLength === 1 ? "character" : "characters"}`;
  return maxLength === undefined ? "text" : `text of at most ${maxLength} characters`;
}

function words(shape: Shape): string {
  if (shape.const !== undefined) return quoted([shape.const]);
  if (shape.enum !== undefined) return quoted(shape.enum);
  const options = (shape.anyOf ?? shape.oneOf)?.filter(option => typeof option === "object");
  if (options !== undefined) {
    if (options.every(option => option.const !== undefined)) return quoted(options.map(option => option.const));
    return [...new Set(options.map(words))].join(" or ");
  }
  if (Array.isArray(shape.type)) return shape.type.map(type => words({ ...shape, type })).join(" or ");
  switch (shape.type) {
    case "boolean":
      return "true or false";
    case "integer":
    case "number":
      return number(shape);
    case "string":
      return text(shape);
    case "array":
      return shape.minItems === undefined ? "a list" : `a list of at least ${shape.minItems}`;
    case "object":
      return "a map";
    case "null":
      return "null";
    default:
      return "a value";
  }
}

const shapeOf = (schema: z.core.$ZodType): Shape => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

/** `1 to 1000`, `one of "tcp", "udp"`, `true or false`, `a map`. */
export const expected = (schema: z.core.$ZodType): string => words(shapeOf(schema));

/** The keys that a map may have, where they are a fixed list. */
export function keysAllowed(schema: z.core.$ZodType): readonly string[] {
  const { properties, propertyNames } = shapeOf(schema);
  if (properties !== undefined) return Object.keys(properties);
  return typeof propertyNames === "object" ? (propertyNames.enum ?? []).filter(key => typeof key === "string") : [];
}
