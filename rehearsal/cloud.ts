/**
 * The simulated clouds: one provider that the real engine attaches to for every package, over gRPC on the loopback.
 * What exists is in objects.ts, what replaces in rules.ts, what each type is in kinds/, how the engine is answered in handlers.ts.
 * A double for clouds, never for the engine: quotas, timing and bugs of real providers are not in it.
 */
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Call, Fault } from "./faults.ts";
import { type Books, handlersOf, typeOf } from "./handlers.ts";
import type { CloudKinds, Kind, Landlord } from "./kinds.ts";
import { type Objects, objectsOf, Refusal } from "./objects.ts";

export interface SimulatedCloud {
  /** For `PULUMI_DEBUG_PROVIDERS`. */
  readonly attach: string;
  readonly objects: Objects;
  /** What was done, in order; questions are not written down. */
  readonly calls: readonly Call[];
  /** From the next call on; answers how to end it. */
  readonly inject: (fault: Fault) => () => void;
  readonly close: () => void;
}

const packages = ["aws", "azure-native", "gcp", "kubernetes", "random"];

/** `port` of the loopback; 0 takes any free one. */
export async function simulateCloud(clouds: readonly CloudKinds[], landlord: Landlord, port = 0): Promise<SimulatedCloud> {
  const faults = new Set<Fault>();
  const { calls, ...books } = booksOf(clouds, landlord, faults);
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(services.ResourceProviderService, handlersOf(books));
  const bound = await listening(server, port);
  return {
    attach: packages.map(name => `${name}:${bound}`).join(","),
    objects: books.objects,
    calls,
    inject: fault => {
      faults.add(fault);
      return () => {
        faults.delete(fault);
      };
    },
    close: () => server.forceShutdown(),
  };
}

function booksOf(
  clouds: readonly CloudKinds[],
  landlord: Landlord,
  faults: ReadonlySet<Fault>,
): Books & { readonly calls: readonly Call[] } {
  const kinds = new Map<string, Kind>(clouds.flatMap(cloud => Object.entries(cloud.kinds)));
  const calls: Call[] = [];
  const checks = new Map<string, number>();
  return {
    calls,
    objects: objectsOf(clouds, landlord),
    lookups: Object.assign({}, ...clouds.map(({ lookups }) => lookups)),
    kindOf: type => {
      const kind = kinds.get(type);
      if (kind === undefined) throw new Refusal(`the simulated clouds do not know ${type}; describe it in rehearsal/kinds`);
      return kind;
    },
    doing: async (method, urn, act) => {
      const call: Call = { method, type: typeOf(urn), urn, nth: 1 + calls.filter(done => done.method === method).length };
      calls.push(call);
      for (const fault of [...faults]) await fault.before?.(call);
      const done = act();
      for (const fault of [...faults]) await fault.after?.(call);
      return done;
    },
    checkedBefore: urn => {
      const before = checks.get(urn) ?? 0;
      checks.set(urn, before + 1);
      return before;
    },
  };
}

/** On the loopback alone. */
const listening = (server: grpc.Server, port: number): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null
        ? resolve(bound)
        : reject(new Error(`port ${port} is in use: end what listens there, or leave the port out to take a free one`)),
    ),
  );
