import * as gcp from "@pulumi/gcp";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { KeysSpec } from "../../components/keys/model.ts";
import { secondsOf } from "./lookup.ts";
import type { On, Out } from "./natives.ts";

/** Cloud Storage's multi-regions by their name at Cloud KMS. */
const wideRings: Readonly<Record<string, string>> = { us: "us", eu: "europe", asia: "asia" };

/**
 * The ring of one place (or of a multi-region) and a key per purpose.
 * Rings and keys can never be deleted: a destroy forgets them, so a fixed name would collide on the way back. Pulumi names them.
 */
export function keys({ name, parent, tags, protection }: Scope, spec: KeysSpec, on: On<"keys">): Out<"keys"> {
  const location = spec.place === "wide" ? pick(wideRings, spec.location) : spec.location;
  const ring = new gcp.kms.KeyRing(`${name}-ring`, { location }, { parent, protect: protection, dependsOn: [...on.foundation.ready] });
  const made = Object.entries(spec.keys).map(([purpose, key]) => {
    const cryptoKey = new gcp.kms.CryptoKey(
      `${name}-key-${purpose}`,
      {
        keyRing: ring.id,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: secondsOf(key.rotationDays),
        destroyScheduledDuration: secondsOf(spec.deletionDays),
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
        labels: tags,
      },
      { parent, protect: protection },
    );
    // Additive members: an authoritative binding would throw out whoever was granted elsewhere.
    const users = key.users.map(
      user =>
        new gcp.kms.CryptoKeyIAMMember(
          `${name}-user-${purpose}-${user}`,
          { cryptoKeyId: cryptoKey.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member: on.foundation.native.agents[user] },
          { parent },
        ),
    );
    return { purpose, cryptoKey, users };
  });
  return {
    keyIds: Object.fromEntries(made.map(({ purpose, cryptoKey }) => [purpose, cryptoKey.id])),
    native: { keys: Object.fromEntries(made.map(({ purpose, cryptoKey }) => [purpose, cryptoKey])) },
    ready: made.flatMap(({ cryptoKey, users }) => [cryptoKey, ...users]),
  };
}
