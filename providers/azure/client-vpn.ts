import type * as azure from "@pulumi/azure-native";
import type { ClientVpnSpec } from "../../components/entry/model.ts";

/** The VPN client's own name in every tenant: https://learn.microsoft.com/azure/vpn-gateway/point-to-site-entra-gateway (2026-11-21). */
const audience = "c632b3df-fb67-4d84-bdcf-b95ad541b5c8";

/** OpenVPN for whoever has a certificate of this root, or an account of this directory. */
export function clientConfiguration({
  range,
  rootCertificate,
  directory,
}: ClientVpnSpec): azure.types.input.network.VpnClientConfigurationArgs {
  const base = { vpnClientAddressPool: { addressPrefixes: [range] }, vpnClientProtocols: ["OpenVPN"] };
  if (directory !== null)
    return {
      ...base,
      vpnAuthenticationTypes: ["AAD"],
      aadTenant: `https://login.microsoftonline.com/${directory}`,
      aadAudience: audience,
      aadIssuer: `https://sts.windows.net/${directory}/`,
    };
  if (rootCertificate === null) throw new Error("clients have neither a certificate nor a directory");
  return {
    ...base,
    vpnAuthenticationTypes: ["Certificate"],
    vpnClientRootCertificates: [{ name: "clients", publicCertData: rootCertificate }],
  };
}
