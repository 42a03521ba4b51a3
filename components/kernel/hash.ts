/** FNV-1a, 32 bits: spreads short names well and is the same everywhere. Not for anything secret. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
