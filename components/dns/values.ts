/** Values of plain records: what a type takes, and one way to write it. */
import { z } from "zod";
import type { RecordArgs } from "./model.ts";

export type PlainType = NonNullable<z.output<typeof RecordArgs>["type"]>;

const isIpv4 = (text: string): boolean => z.ipv4().safeParse(text).success;
const isIpv6 = (text: string): boolean => z.ipv6().safeParse(text).success;
export const isAddress = isIpv4;

const host = "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const number = (text: string | undefined, max: number): boolean => text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= max;

/** What stands in a record of a type, and an example; `write` answers null for what does not. */
interface Form {
  readonly example: string;
  readonly write: (value: string) => string | null;
}

const asHost = (text: string): string | null => {
  const name = text.toLowerCase().replace(/\.$/, "");
  return new RegExp(`^${host}$`).test(name) && name.length <= 253 && !isIpv4(name) ? name : null;
};

/** Numbers and a host after them: `10 mail.example.com`. */
const asNumbered =
  (count: number) =>
  (text: string): string | null => {
    const words = text.trim().split(/\s+/);
    const name = asHost(words.at(-1) ?? "");
    const numbers = words.slice(0, -1);
    return name !== null && numbers.length === count && numbers.every(word => number(word, 65_535))
      ? [...numbers.map(Number), name].join(" ")
      : null;
  };

const asCaa = (text: string): string | null => {
  const [, flags, tag, quoted, bare] = /^(\d+) +(issue|issuewild|iodef) +(?:"([^"\\]*)"|([^"\\ ]+))$/.exec(text.trim()) ?? [];
  return flags !== undefined && number(flags, 255) ? `${Number(flags)} ${tag} "${quoted ?? bare ?? ""}"` : null;
};

const forms: Readonly<Record<PlainType, Form>> = {
  A: { example: "203.0.113.10", write: text => (isIpv4(text) ? text : null) },
  AAAA: { example: "2001:db8::10", write: text => (isIpv6(text) ? text.toLowerCase() : null) },
  CNAME: { example: "www.example.com", write: asHost },
  NS: { example: "ns1.example.com", write: asHost },
  MX: { example: "10 mail.example.com", write: asNumbered(1) },
  SRV: { example: "10 5 5060 sip.example.com", write: asNumbered(3) },
  CAA: { example: '0 issue "letsencrypt.org"', write: asCaa },
  // Without quotes: each cloud is given its own.
  TXT: { example: "v=spf1 -all", write: text => (/^[\x20-\x7e]+$/.test(text) && !/^".*"$/.test(text) ? text : null) },
};

export const exampleOf = (type: PlainType): string => forms[type].example;
/** The value as every cloud is told it: small letters, no dot at the end of hosts. Null for what the type does not take. */
export const writtenAs = (type: PlainType, value: string): string | null => forms[type].write(value);
