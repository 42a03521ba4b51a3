/** Account values as a person writes them: whatever a preview must not look up. Placeholders for a plan stand elsewhere. */
import { z } from "zod";
import { domain } from "../components/dns/model.ts";
import { memberName } from "../components/kernel/schema.ts";

/** Digits are often written without quotes, and a command line turns them into a number. */
const digits = (pattern: RegExp, error: string) =>
  z.preprocess(value => (typeof value === "number" ? String(value) : value), z.string({ error }).regex(pattern, error));

const guid = (what: string) => {
  const error = `the GUID of a ${what}, such as "00000000-0000-4000-8000-000000000000"`;
  return z.string({ error }).regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, error);
};

const publicKey = 'the text of an OpenSSH public key, "ssh-ed25519 AAAA…" or "ssh-rsa AAAA…"';
const projectId = "a project id: 6 to 30 lower-case letters, digits and dashes, starting with a letter";

export const AccountArgs = z.strictObject({
  awsAccountId: digits(/^\d{12}$/, "an account id of twelve digits").exactOptional(),
  azureSubscriptionId: guid("subscription").exactOptional(),
  azureTenantId: guid("tenant").exactOptional(),
  azureSshPublicKey: z
    .string({ error: publicKey })
    .regex(/^ssh-(ed25519|rsa) [A-Za-z0-9+/]{40,}={0,2}( [^\r\n]*)?\n?$/, publicKey)
    .exactOptional(),
  gcpProject: z
    .string({ error: projectId })
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, projectId)
    .exactOptional(),
  gcpProjectNumber: digits(/^\d{6,19}$/, "a project number of 6 to 19 digits").exactOptional(),
  dnsZones: z.record(domain, z.string().min(1)).exactOptional(),
  certificates: z.record(memberName, z.string().min(1)).exactOptional(),
});
