/** Sessions and VPNs. Ids: "import" sections of the SDK's comments (9.37.0). */
import type { Birth, Kinds } from "../../kinds.ts";
import { addressOf, compute, projectOf, regionOf, textOf } from "./shapes.ts";

const ofRouter = (birth: Birth): string => `${projectOf(birth)}/${regionOf(birth)}/${textOf(birth.inputs, "router")}/${birth.name}`;

export const entryKinds: Kinds = {
  "gcp:compute/haVpnGateway:HaVpnGateway": compute("regions", "vpnGateways", {
    outputs: made => ({ vpnInterfaces: [0, 1].map(id => ({ id, ipAddress: addressOf(made, 35, `${id}`) })) }),
  }),
  "gcp:compute/externalVpnGateway:ExternalVpnGateway": compute("global", "externalVpnGateways"),
  "gcp:compute/vPNTunnel:VPNTunnel": compute("regions", "vpnTunnels", {
    unique: ({ inputs }) => ["vpnGateway", "vpnGatewayInterface", "peerExternalGateway"].map(key => `${inputs[key]}`).join(" "),
  }),
  "gcp:compute/routerInterface:RouterInterface": {
    nameInput: "name",
    id: ofRouter,
    unique: ({ inputs }) => `${textOf(inputs, "router")} ${textOf(inputs, "ipRange")}`,
  },
  "gcp:compute/routerPeer:RouterPeer": {
    nameInput: "name",
    id: birth => `projects/${projectOf(birth)}/regions/${regionOf(birth)}/routers/${textOf(birth.inputs, "router")}/${birth.name}`,
    unique: ({ inputs }) => `${textOf(inputs, "router")} ${textOf(inputs, "peerIpAddress")}`,
  },
  "gcp:projects/iAMAuditConfig:IAMAuditConfig": {
    nameInput: null,
    id: birth => `${projectOf(birth)}/audit_config/${textOf(birth.inputs, "service")}`,
  },
};
