/** Values as the engine's protocol carries them. */
import { runtime } from "@pulumi/pulumi";
import structs from "google-protobuf/google/protobuf/struct_pb.js";

const { specialSigKey: mark, specialSecretSig: secret, unknownValue: unknown } = runtime;

export type Values = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

/** A value that only the deploy itself will know. */
export const notYetKnown: unknown = unknown;

const isSecret = (value: unknown): value is { readonly value: unknown } => isMap(value) && value[mark] === secret;

export const asSecret = (value: unknown): unknown => (isSecret(value) ? value : { [mark]: secret, value });

/** Without the marks: what is inside a secret stands in its place. */
export function bare(value: unknown): unknown {
  if (isSecret(value)) return bare(value.value);
  if (Array.isArray(value)) return value.map(bare);
  return isMap(value) ? bareMap(value) : value;
}

export const bareMap = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, bare(value)]));

/** Every text within, whole; not keys. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const member of value) yield* textsIn(member);
  else if (isMap(value)) for (const member of Object.values(value)) yield* textsIn(member);
}

export const read = (struct: structs.Struct | undefined): Values => ({ ...struct?.toJavaScript() });

type Plain = Parameters<typeof structs.Struct.fromJavaScript>[0];

export const write = (values: Values): structs.Struct => structs.Struct.fromJavaScript(asPlain(values));

/** The message knows no undefined. */
function asPlain(values: Values): Plain {
  return JSON.parse(JSON.stringify(values));
}
