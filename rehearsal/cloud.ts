/**
 * The simulated clouds: one provider that the real engine attaches to for every package, over gRPC on the loopback.
 * It speaks the engine's protocol; what exists is in objects.ts, what replaces in rules.ts, what each type is in kinds/.
 * A double for clouds, never for the engine: quotas, timing and bugs of real providers are not in it.
 */
import * as grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { named } from "./autoname.ts";
import type { Call, Fault, Method } from "./faults.ts";
import type { CloudKinds, Kind, Landlord } from "./kinds.ts";
import { type CloudObject, type Objects, objectsOf, Refusal } from "./objects.ts";
import { isAutonamed, outputsOf, previewOf, withoutMarks } from "./outputs.ts";
import { initFailed, PartlyMade } from "./partlyMade.ts";
import { deleteFirst, judge } from "./rules.ts";
import { bareMap, read, type Values, write } from "./wire.ts";

export interface SimulatedCloud {
  /** For `PULUMI_DEBUG_PROVIDERS`. */
  readonly attach: string;
  readonly objects: Objects;
  /** What was asked and done, in order. */
  readonly calls: readonly Call[];
  /** From the next call on; answers how to end it. */
  readonly inject: (fault: Fault) => () => void;
  readonly close: () => void;
}

const packages = ["aws", "azure-native", "gcp", "kubernetes", "random"];

/** Newer than any SDK asks for. */
const version = "999.0.0";

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

const unary =
  <Request, Reply>(answer: (request: Request) => Reply | Promise<Reply>): grpc.handleUnaryCall<Request, Reply> =>
  async ({ request }, reply) => {
    try {
      reply(null, await answer(request));
    } catch (error) {
      reply(isStatus(error) ? error : { code: grpc.status.UNKNOWN, details: messageOf(error) });
    }
  };

/** An error that already speaks the protocol. */
const isStatus = (error: unknown): error is Error & Pick<grpc.StatusObject, "code" | "details" | "metadata"> =>
  error instanceof Error && "metadata" in error && error.metadata instanceof grpc.Metadata;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the engine learns of a change: which inputs differ, which of them replace, which goes first. `unnamed`: two can stand side by side. */
function differs(req: protocol.DiffRequest, unnamed: boolean): protocol.DiffResponse {
  const [before, after] = [bareMap(read(req.getOldInputs())), bareMap(read(req.getNews()))];
  const type = typeOf(req.getUrn());
  const verdict = judge(type, withoutMarks(before), withoutMarks(after), req.getIgnorechangesList());
  const reply = new protocol.DiffResponse();
  reply.setChanges(verdict.op === "same" ? protocol.DiffResponse.DiffChanges.DIFF_NONE : protocol.DiffResponse.DiffChanges.DIFF_SOME);
  reply.setDiffsList([...new Set(verdict.changed.map(path => path.split(/[.[]/)[0] ?? path))]);
  reply.setReplacesList([...verdict.because]);
  reply.setDeletebeforereplace(
    verdict.op === "replace" && deleteFirst(type, withoutMarks(before), withoutMarks(after), unnamed || isAutonamed(after)),
  );
  reply.setHasdetaileddiff(true);
  for (const path of verdict.changed) {
    const entry = new protocol.PropertyDiff();
    entry.setKind(verdict.because.includes(path) ? protocol.PropertyDiff.Kind.UPDATE_REPLACE : protocol.PropertyDiff.Kind.UPDATE);
    entry.setInputdiff(true);
    reply.getDetaileddiffMap().set(path, entry);
  }
  return reply;
}

export async function simulateCloud(clouds: readonly CloudKinds[], landlord: Landlord): Promise<SimulatedCloud> {
  const objects = objectsOf(clouds, landlord);
  const calls: Call[] = [];
  const faults = new Set<Fault>();
  const counts = new Map<Method, number>();
  const checks = new Map<string, number>();

  function kindOf(type: string): Kind {
    const kind = clouds.map(({ kinds }) => kinds[type]).find(found => found !== undefined);
    if (kind === undefined) throw new Refusal(`the simulated clouds do not know ${type}; describe it in rehearsal/kinds`);
    return kind;
  }

  /** Does what a call asks for, between whatever is to go wrong. */
  async function doing<T>(method: Method, urn: string, act: () => T): Promise<T> {
    const nth = (counts.get(method) ?? 0) + 1;
    counts.set(method, nth);
    const call: Call = { method, type: typeOf(urn), urn, nth };
    calls.push(call);
    for (const fault of [...faults]) await fault.before?.(call);
    const done = act();
    for (const fault of [...faults]) await fault.after?.(call);
    return done;
  }

  async function create(urn: string, inputs: Values): Promise<CloudObject> {
    let made: CloudObject | undefined;
    try {
      return await doing("create", urn, () => {
        made = objects.create({ type: typeOf(urn), urn, inputs });
        return made;
      });
    } catch (error) {
      throw error instanceof PartlyMade && made !== undefined ? initFailed(error, made.id, outputsOf(made, kindOf(made.type))) : error;
    }
  }

  const handlers = {
    handshake: unary(() => {
      const reply = new protocol.ProviderHandshakeResponse();
      reply.setAcceptSecrets(true);
      return reply;
    }),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
    getPluginInfo: unary(() => {
      const reply = new plugins.PluginInfo();
      reply.setVersion(version);
      return reply;
    }),
    checkConfig: unary((req: protocol.CheckRequest) => {
      const reply = new protocol.CheckResponse();
      reply.setInputs(req.getNews());
      return reply;
    }),
    diffConfig: unary((req: protocol.DiffRequest) => differs(req, false)),
    configure: unary(() => {
      const reply = new protocol.ConfigureResponse();
      reply.setAcceptsecrets(true);
      reply.setSupportspreview(true);
      return reply;
    }),
    check: unary((req: protocol.CheckRequest) => {
      const type = typeOf(req.getUrn());
      const reply = new protocol.CheckResponse();
      const urn = req.getUrn();
      const before = checks.get(urn) ?? 0;
      checks.set(urn, before + 1);
      const nameless = { type, urn, logical: nameOf(urn), nameInput: kindOf(type).nameInput, before };
      reply.setInputs(write(named(nameless, read(req.getNews()), read(req.getOlds()))));
      return reply;
    }),
    diff: unary((req: protocol.DiffRequest) => {
      const type = typeOf(req.getUrn());
      // Azure's provider deletes first unless it made the name up itself; the others only where two names would collide.
      return differs(req, kindOf(type).nameInput === null && !type.startsWith("azure-native:"));
    }),
    create: unary(async (req: protocol.CreateRequest) => {
      const [urn, inputs] = [req.getUrn(), read(req.getProperties())];
      const reply = new protocol.CreateResponse();
      const type = typeOf(urn);
      if (req.getPreview()) {
        reply.setProperties(write(previewOf(objects.sketch({ type, urn, inputs }), kindOf(type))));
        return reply;
      }
      const object = await create(urn, inputs);
      reply.setId(object.id);
      reply.setProperties(write(outputsOf(object, kindOf(type))));
      return reply;
    }),
    update: unary(async (req: protocol.UpdateRequest) => {
      const [urn, inputs] = [req.getUrn(), read(req.getNews())];
      const reply = new protocol.UpdateResponse();
      const type = typeOf(urn);
      if (req.getPreview()) {
        reply.setProperties(write({ ...read(req.getOlds()), ...withoutMarks(inputs) }));
        return reply;
      }
      const { refused } = judge(type, withoutMarks(bareMap(read(req.getOldInputs()))), withoutMarks(bareMap(inputs)));
      const object = await doing("update", urn, () => {
        if (refused.length > 0) throw new Refusal(`${req.getId()} (${type}) cannot change ${refused.join(", ")} once it exists`);
        return objects.update(req.getId(), { type, urn, inputs });
      });
      reply.setProperties(write(outputsOf(object, kindOf(type))));
      return reply;
    }),
    read: unary(async (req: protocol.ReadRequest) => {
      const object = await doing("read", req.getUrn(), () => objects.find(typeOf(req.getUrn()), req.getId()));
      const reply = new protocol.ReadResponse();
      if (object === undefined) return reply; // no id: it is gone
      reply.setId(object.id);
      reply.setInputs(write(object.inputs));
      reply.setProperties(write(outputsOf(object, kindOf(object.type))));
      return reply;
    }),
    delete: unary(async (req: protocol.DeleteRequest) => {
      await doing("delete", req.getUrn(), () => objects.remove(typeOf(req.getUrn()), req.getId()));
      return new empty.Empty();
    }),
    invoke: unary((req: protocol.InvokeRequest) => {
      const answer = clouds.map(({ lookups }) => lookups[req.getTok()]).find(found => found !== undefined);
      if (answer === undefined) throw new Refusal(`the simulated clouds cannot answer ${req.getTok()}`);
      const reply = new protocol.InvokeResponse();
      reply.setReturn(write(answer(read(req.getArgs()))));
      return reply;
    }),
  };

  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(services.ResourceProviderService, handlers);
  const port = await bound(server);
  return {
    attach: packages.map(name => `${name}:${port}`).join(","),
    objects,
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

/** Any free port, on the loopback alone. */
const bound = (server: grpc.Server): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  );
