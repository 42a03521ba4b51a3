/**
 * Stands between every class of resource and the SDK's own: sees each one as the program asks for it, and may ask for another.
 * Works under the plan and under a real engine, since both begin with the same constructor.
 */
import * as pulumi from "@pulumi/pulumi";

export interface Asked {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly props: pulumi.Inputs;
  readonly opts: pulumi.CustomResourceOptions;
}

export interface Hook {
  /** What is asked for instead; null makes nothing. */
  readonly ask: (asked: Asked) => Asked | null;
  readonly made: (resource: pulumi.Resource, asked: Asked) => void;
  /** What a component, or the stack, hands on instead. */
  readonly outputs: (type: string, outputs: unknown) => unknown;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isInputs = (value: unknown): value is pulumi.Inputs => typeof value === "object" && value !== null;

/** From here on, for the whole process, until the answer is called. */
export function hook({ ask, made, outputs }: Hook): () => void {
  const unmade = new WeakSet<object>();
  /** Nobody can wait for what is not made. */
  const waiting = (opts: Asked["opts"]): Asked["opts"] =>
    Array.isArray(opts.dependsOn)
      ? { ...opts, dependsOn: opts.dependsOn.filter(other => !(typeof other === "object" && unmade.has(other))) }
      : opts;
  const between = new Proxy(pulumi.Resource, {
    construct(target, [type, name, custom, props = {}, opts = {}, ...rest]: unknown[], newTarget: new (...args: never[]) => object) {
      const silent = rest[1] === true; // stands for a resource that somebody else made
      if (silent || !isText(type) || !isText(name) || !isInputs(props) || !isInputs(opts))
        return Reflect.construct(target, [type, name, custom, props, opts, ...rest], newTarget);
      const asked: Asked = { type, name, custom: custom === true, props, opts: waiting(opts) };
      const instead = ask(asked);
      if (instead === null) {
        const nothing: object = Object.create(newTarget.prototype);
        unmade.add(nothing);
        return nothing;
      }
      const resource = Reflect.construct(target, [instead.type, instead.name, custom, instead.props, instead.opts, ...rest], newTarget);
      if (pulumi.Resource.isInstance(resource)) made(resource, asked);
      return resource;
    },
  });
  Object.setPrototypeOf(pulumi.CustomResource, between);
  Object.setPrototypeOf(pulumi.ComponentResource, between);

  const prototype: object = pulumi.ComponentResource.prototype;
  const register: unknown = Reflect.get(prototype, "registerOutputs");
  if (typeof register !== "function") throw new Error("the SDK registers outputs in another way than it did");
  Reflect.set(prototype, "registerOutputs", function (this: object, given: unknown) {
    return Reflect.apply(register, this, [outputs(String(Reflect.get(this, "__pulumiType")), given)]);
  });
  return () => {
    Object.setPrototypeOf(pulumi.CustomResource, pulumi.Resource);
    Object.setPrototypeOf(pulumi.ComponentResource, pulumi.Resource);
    Reflect.set(prototype, "registerOutputs", register);
  };
}
