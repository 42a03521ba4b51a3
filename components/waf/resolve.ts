/** Decides the web application firewall. */
import type { Known } from "../kernel/known.ts";
import type { WafArgs, WafSpec } from "./model.ts";

export function resolveWaf(
  _args: WafArgs | null,
  _stands: { readonly regional: boolean; readonly global: boolean },
  _known: Known,
): WafSpec | null {
  return null;
}
