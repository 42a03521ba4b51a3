/** A value as an error shows it: JSON, at most 60 characters, and nothing that looks like a private key or a ciphertext. */
const secretive = /-----BEGIN|PRIVATE KEY|^v1:[A-Za-z0-9+/=]+:/;

export const hiddenValue = "a value that is not shown";

const longest = 60;

export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string" && secretive.test(value)) return hiddenValue;
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
