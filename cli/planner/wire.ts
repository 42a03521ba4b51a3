/** The few messages of the engine's protocol that the planner reads and writes. */
import type { Alias } from "@pulumi/pulumi/proto/alias_pb.js";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";

export type RegisterRequest = RegisterResourceRequest;
export type RegisterOutputsRequest = RegisterResourceOutputsRequest;
export type AliasSpec = Alias.Spec;
export type Reply = (failure: Error | null, reply?: unknown) => void;

/** Values as a message holds them; the SDK reads them back by this one method. */
export const values = (plain: object) => ({ toJavaScript: () => plain });

/** The answer to a registration, as far as the SDK reads it. Result 0 is success. */
export const registered = (urn: string, id: string, outputs: object) => ({
  getUrn: () => urn,
  getId: () => id,
  getObject: () => values(outputs),
  getPropertydependenciesMap: () => undefined,
  getResult: () => 0,
  getUnknown: () => false,
});
