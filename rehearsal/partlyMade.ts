/** An object that exists though its creation failed: the engine is told its id along with the error, and remembers it. */
import * as grpc from "@grpc/grpc-js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import { type Values, write } from "./wire.ts";

export class PartlyMade extends Error {}

/** The protocol hides the detail in a header: grpc-js has no richer errors. */
export function initFailed({ message }: PartlyMade, id: string, outputs: Values): Error {
  const detail = new protocol.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(write(outputs));
  detail.setReasonsList([message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return Object.assign(new Error(message), { code: grpc.status.UNKNOWN, details: message, metadata });
}
