/** Finds a secret in a text in whatever form it may have got there. */
import { gunzipSync } from "node:zlib";

/** Long enough to hold a part of a secret; shorter ones are everywhere. */
const encodedWord = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

function gunzipped(bytes: Buffer): string | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null;
  try {
    return gunzipSync(bytes).toString("latin1");
  } catch {
    return null; // cut off, or no gzip after all
  }
}

/** What a word of base64 says; it may begin anywhere within a longer one. */
const decodings = (word: string): readonly string[] =>
  [0, 1, 2, 3].map(skip => {
    const bytes = Buffer.from(word.slice(skip), "base64");
    return gunzipped(bytes) ?? bytes.toString("latin1");
  });

function urlDecoded(text: string): string {
  return text.replace(/(%[0-9A-Fa-f]{2})+/g, run => Buffer.from(run.replaceAll("%", ""), "hex").toString("latin1"));
}

/** The secrets of `secrets` that `text` holds: plain, URL-encoded, as JSON within JSON, in base64, gzipped in base64, or some of these in turn. */
export function leaksIn(text: string, secrets: readonly string[], depth = 3): readonly string[] {
  const plain = urlDecoded(text).replaceAll("\\", "");
  const here = secrets.filter(secret => text.includes(secret) || plain.includes(secret.replaceAll("\\", "")));
  if (depth === 0) return here;
  const words = [...new Set(plain.match(encodedWord) ?? [])];
  const within = words.flatMap(decodings).filter(inner => inner.length >= 8);
  return [...new Set([...here, ...leaksIn(within.join("\n"), secrets, within.length === 0 ? 0 : depth - 1)])];
}
