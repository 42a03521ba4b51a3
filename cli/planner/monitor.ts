/** Stands where Pulumi's engine would: writes down every registration and answers as a preview of a new stack does. */
import type { runtime } from "@pulumi/pulumi";
import { answer, lookUpAnswer } from "./answers.ts";
import type { PlannedResource, Shown } from "./model.ts";
import { asSecret, notYetKnown, shown, unknownSecret } from "./shown.ts";
import { type AliasSpec, type RegisterOutputsRequest, type RegisterRequest, type Reply, registered, values } from "./wire.ts";

export const stackType = "pulumi:pulumi:Stack";

export interface Recording {
  readonly resources: PlannedResource[];
  /** What the program gave back. */
  outputs: Readonly<Record<string, Shown>>;
  /** Look-ups that a plan could not answer without an account. */
  readonly lookups: string[];
}

export interface MonitorOptions {
  readonly stack: string;
  /** Answer with made-up values instead of unknowns. */
  readonly known: boolean;
  /** Output properties that a resource declares, by type and name. */
  readonly declared: (type: string, name: string) => readonly string[];
  /** Waits before a registration is answered. */
  readonly settle: ((name: string) => Promise<void>) | null;
}

/** As the engine writes it: the chain of types leaves the stack out. */
function urnOf(stack: string, parent: string, type: string, name: string): string {
  const above = parent.split("::")[2];
  const chain = above === undefined || above === stackType ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::strata::${chain}::${name}`;
}

/** Only what differed. */
const formerName = (spec: AliasSpec): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries({ name: spec.getName(), type: spec.getType(), parent: spec.getParenturn(), noParent: spec.getNoparent() }).filter(
      ([, value]) => value !== "" && value !== false,
    ),
  );

function planned(req: RegisterRequest, urn: string, inputs: Record<string, unknown>): PlannedResource {
  const from = req.getPropertydependenciesMap();
  const parent = req.getParent();
  const timeouts = req.getCustomtimeouts();
  return {
    urn,
    type: req.getType(),
    name: req.getName(),
    parent: parent.split("::")[2] === stackType ? null : parent,
    // A provider is referred to as `urn::id`, and its id is not known yet.
    provider: req.getProvider() === "" ? null : req.getProvider().split("::").slice(0, 4).join("::"),
    custom: req.getCustom(),
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, shown(value, [...(from.get(key)?.getUrnsList() ?? [])].sort())]),
    ),
    dependencies: [...req.getDependenciesList()].sort(),
    options: {
      protect: req.getProtect() ?? false,
      retainOnDelete: req.getRetainondelete() ?? false,
      deletedWith: req.getDeletedwith() === "" ? null : req.getDeletedwith(),
      ignoreChanges: req.getIgnorechangesList(),
      replaceOnChanges: req.getReplaceonchangesList(),
      aliases: req.getAliasesList().map(alias => {
        const spec = alias.getSpec();
        return spec === undefined ? alias.getUrn() : formerName(spec);
      }),
      customTimeouts: Object.fromEntries(
        Object.entries({ create: timeouts?.getCreate(), update: timeouts?.getUpdate(), delete: timeouts?.getDelete() }).flatMap(
          ([act, value]) => (value === undefined || value === "" ? [] : [[act, value]]),
        ),
      ),
    },
  };
}

/** Azure makes the principal, and says it within what was asked. */
const ownIdentity = (asked: unknown): asked is { readonly type: "SystemAssigned" } =>
  typeof asked === "object" && asked !== null && "type" in asked && asked.type === "SystemAssigned";

/** What the cloud would have said: inputs come back as outputs, the rest is unknown, or made up. */
function outputsOf(req: RegisterRequest, inputs: Record<string, unknown>, { known, declared }: MonitorOptions): Record<string, unknown> {
  const state = { ...inputs };
  if (ownIdentity(inputs.identity)) {
    const principalId = known ? answer(req.getType(), req.getName(), "principalId", inputs) : notYetKnown;
    state.identity = { ...inputs.identity, principalId };
  }
  if (known && req.getCustom()) {
    for (const property of declared(req.getType(), req.getName()))
      state[property] ??= answer(req.getType(), req.getName(), property, inputs);
  }
  for (const property of req.getAdditionalsecretoutputsList())
    state[property] = state[property] === undefined ? unknownSecret : asSecret(state[property]);
  return state;
}

export function listen(monitor: NonNullable<ReturnType<typeof runtime.getMonitor>>, options: MonitorOptions): Recording {
  const recording: Recording = { resources: [], outputs: {}, lookups: [] };
  const stackUrns = new Set<string>();

  const registerResource = async (req: RegisterRequest, reply: Reply): Promise<void> => {
    const urn = urnOf(options.stack, req.getParent(), req.getType(), req.getName());
    const inputs = plain(req.getObject());
    if (req.getType() === stackType) stackUrns.add(urn);
    else recording.resources.push(planned(req, urn, inputs));
    if (options.settle !== null) await options.settle(req.getName());
    const id = options.known && req.getCustom() ? `${req.getName()}-id` : "";
    reply(null, registered(urn, id, outputsOf(req, inputs, options)));
  };
  const registerResourceOutputs = (req: RegisterOutputsRequest, reply: Reply): void => {
    if (stackUrns.has(req.getUrn())) {
      recording.outputs = Object.fromEntries(Object.entries(plain(req.getOutputs())).map(([key, value]) => [key, shown(value, [])]));
    }
    reply(null, {});
  };
  const invoke = (req: { getTok(): string }, reply: Reply): void => {
    if (!options.known) recording.lookups.push(req.getTok());
    reply(null, { getReturn: () => values(options.known ? lookUpAnswer(req.getTok()) : {}), getFailuresList: () => [] });
  };
  const readResource = (req: { getType(): string; getName(): string }, reply: Reply): void => {
    recording.lookups.push(`${req.getName()} (${req.getType()})`);
    reply(new Error("an existing resource cannot be read during a plan"));
  };
  Object.assign(monitor, { registerResource, registerResourceOutputs, invoke, readResource });
  return recording;
}

const plain = (message: { toJavaScript(): object } | undefined): Record<string, unknown> => ({ ...message?.toJavaScript() });
