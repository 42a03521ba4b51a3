/**
 * The engine's protocol: each request is read, handed to the books of the simulated clouds, and answered.
 * What each message means: pulumi/pulumi `proto/pulumi/provider.proto`.
 */

import { isDeepStrictEqual } from "node:util";
import * as grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { named } from "./autoname.ts";
import type { Method } from "./faults.ts";
import type { CloudKinds, Kind } from "./kinds.ts";
import { type CloudObject, type Objects, Refusal } from "./objects.ts";
import { isAutonamed, outputsOf, previewOf, withoutMarks } from "./outputs.ts";
import { initFailed, PartlyMade } from "./partlyMade.ts";
import { deleteFirst, judge } from "./rules.ts";
import { bareMap, notYetKnown, read, type Values, write } from "./wire.ts";

/** What the simulated clouds keep: objects, and the record of calls. */
export interface Books {
  readonly objects: Objects;
  readonly kindOf: (type: string) => Kind;
  readonly lookups: CloudKinds["lookups"];
  /** Does what a call asks for, between whatever is to go wrong. */
  readonly doing: <T>(method: Method, urn: string, act: () => T) => Promise<T>;
  /** How often the resource was checked before. */
  readonly checkedBefore: (urn: string) => number;
}

/** Newer than any SDK asks for. */
const version = "999.0.0";

export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
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

/** About the provider itself, whichever package it stands for. */
const plumbing = {
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
};

const questions = ({ objects, kindOf, lookups, doing, checkedBefore }: Books) => ({
  check: unary((req: protocol.CheckRequest) => {
    const urn = req.getUrn();
    const type = typeOf(urn);
    const nameless = { type, urn, logical: nameOf(urn), nameInput: kindOf(type).nameInput, before: checkedBefore(urn) };
    const reply = new protocol.CheckResponse();
    reply.setInputs(write(named(nameless, read(req.getNews()), read(req.getOlds()))));
    return reply;
  }),
  diff: unary((req: protocol.DiffRequest) => {
    const type = typeOf(req.getUrn());
    // Azure's provider deletes first unless it made the name up itself; the others only where two names would collide.
    return differs(req, kindOf(type).nameInput === null && !type.startsWith("azure-native:"));
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
  invoke: unary((req: protocol.InvokeRequest) => {
    const answer = lookups[req.getTok()];
    if (answer === undefined) throw new Refusal(`the simulated clouds cannot answer ${req.getTok()}`);
    const reply = new protocol.InvokeResponse();
    reply.setReturn(write(answer(read(req.getArgs()))));
    return reply;
  }),
});

/** An object that exists although the call then failed is told to the engine, if the fault lets it. */
async function made({ objects, kindOf, doing }: Books, urn: string, inputs: Values): Promise<CloudObject> {
  let object: CloudObject | undefined;
  try {
    return await doing("create", urn, () => {
      object = objects.create({ type: typeOf(urn), urn, inputs });
      return object;
    });
  } catch (error) {
    throw error instanceof PartlyMade && object !== undefined
      ? initFailed(error, object.id, outputsOf(object, kindOf(object.type)))
      : error;
  }
}

const deeds = (books: Books) => ({
  create: unary(async (req: protocol.CreateRequest) => {
    const { objects, kindOf } = books;
    const [urn, inputs] = [req.getUrn(), read(req.getProperties())];
    const kind = kindOf(typeOf(urn));
    const reply = new protocol.CreateResponse();
    if (req.getPreview()) {
      reply.setProperties(write(previewOf(objects.sketch({ type: typeOf(urn), urn, inputs }), kind)));
      return reply;
    }
    const object = await made(books, urn, inputs);
    reply.setId(object.id);
    reply.setProperties(write(outputsOf(object, kind)));
    return reply;
  }),
  update: unary(async (req: protocol.UpdateRequest) => {
    const { objects, kindOf, doing } = books;
    const [urn, inputs] = [req.getUrn(), read(req.getNews())];
    const type = typeOf(urn);
    const reply = new protocol.UpdateResponse();
    if (req.getPreview()) {
      const olds = read(req.getOlds());
      const after = outputsOf(objects.sketch({ type, urn, inputs }, req.getId()), kindOf(type));
      // What would be another value then, such as a version, nobody knows yet.
      const moved = Object.keys(after).filter(key => !(key in inputs) && key in olds && !isDeepStrictEqual(after[key], olds[key]));
      reply.setProperties(write({ ...olds, ...withoutMarks(inputs), ...Object.fromEntries(moved.map(key => [key, notYetKnown])) }));
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
  delete: unary(async (req: protocol.DeleteRequest) => {
    const urn = req.getUrn();
    await books.doing("delete", urn, () => books.objects.remove(typeOf(urn), req.getId()));
    return new empty.Empty();
  }),
});

export const handlersOf = (books: Books) => ({ ...plumbing, ...questions(books), ...deeds(books) });
