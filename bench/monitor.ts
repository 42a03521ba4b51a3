/** Stands where the engine would for a program that the SDK's runner starts: knows the stack, and nothing else. */
import * as grpc from "@grpc/grpc-js";
import engines from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import monitors from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import monitor from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

const stackType = "pulumi:pulumi:Stack";

export interface Monitor {
  readonly address: string;
  /** What programs complained of. */
  readonly complaints: readonly string[];
  readonly close: () => void;
}

type Unary<Request, Reply> = grpc.handleUnaryCall<Request, Reply>;

export async function listen(): Promise<Monitor> {
  const complaints: string[] = [];
  const registerResource: Unary<monitor.RegisterResourceRequest, monitor.RegisterResourceResponse> = ({ request }, reply) => {
    // Another resource gets no answer: whoever makes one has been measured.
    if (request.getType() === stackType)
      reply(null, new monitor.RegisterResourceResponse().setUrn(`urn:pulumi:bench::strata::${stackType}::strata-bench`));
  };
  const supportsFeature: Unary<monitor.SupportsFeatureRequest, monitor.SupportsFeatureResponse> = (_, reply) =>
    reply(null, new monitor.SupportsFeatureResponse().setHassupport(true));
  const log: Unary<engine.LogRequest, empty.Empty> = ({ request }, reply) => {
    if (request.getSeverity() === engine.LogSeverity.ERROR) complaints.push(request.getMessage());
    reply(null, new empty.Empty());
  };
  const setRootResource: Unary<engine.SetRootResourceRequest, engine.SetRootResourceResponse> = (_, reply) =>
    reply(null, new engine.SetRootResourceResponse());
  const server = new grpc.Server();
  server.addService(monitors.ResourceMonitorService, { registerResource, supportsFeature });
  server.addService(engines.EngineService, { log, setRootResource });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { address: `127.0.0.1:${port}`, complaints, close: () => server.forceShutdown() };
}
