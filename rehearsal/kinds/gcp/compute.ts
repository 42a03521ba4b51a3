/** Instances, their groups and their disks on Google Cloud. Ids: "import" sections of the SDK's comments (9.37.0). */
import type { Kinds } from "../../kinds.ts";
import { compute, digitsOf, linkTo, projectOf, textOf } from "./shapes.ts";

export const computeKinds: Kinds = {
  "gcp:compute/healthCheck:HealthCheck": compute("global", "healthChecks", {
    outputs: ({ inputs }) => ({
      type: ["http", "https", "http2", "ssl", "grpc"].find(way => `${way}HealthCheck` in inputs)?.toUpperCase() ?? "TCP",
    }),
  }),
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": compute("regions", "instanceTemplates", {
    outputs: made => ({ selfLinkUnique: `${linkTo(made.id)}?uniqueId=${digitsOf(made, 19)}` }),
  }),
  "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager": compute("regions", "instanceGroupManagers", {
    outputs: made => ({
      instanceGroup: linkTo(made.id.replace("/instanceGroupManagers/", "/instanceGroups/")),
      instanceGroupManagerId: Number(digitsOf(made, 12)),
    }),
  }),
  "gcp:compute/regionAutoscaler:RegionAutoscaler": compute("regions", "autoscalers", {
    unique: ({ inputs }) => textOf(inputs, "target"), // one scaler a group
  }),
  "gcp:compute/instance:Instance": compute("zones", "instances", {
    outputs: made => ({ instanceId: digitsOf(made, 19), currentStatus: "RUNNING" }),
    keeps: ({ deletionProtection }) => (deletionProtection === true ? "deletionProtection is true" : null),
  }),
  "gcp:compute/disk:Disk": compute("zones", "disks", { outputs: made => ({ diskId: digitsOf(made, 19) }) }),
  "gcp:compute/resourcePolicy:ResourcePolicy": compute("regions", "resourcePolicies"),
  "gcp:compute/securityPolicy:SecurityPolicy": compute("global", "securityPolicies"),
  "gcp:compute/diskResourcePolicyAttachment:DiskResourcePolicyAttachment": {
    nameInput: "name",
    id: birth => `${projectOf(birth)}/${textOf(birth.inputs, "zone")}/${textOf(birth.inputs, "disk")}/${birth.name}`,
  },
};
