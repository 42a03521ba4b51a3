/** The member of a record that a decided spec names; a miss is a fault of this program, never of a person's file. */
export function pick<T>(record: Readonly<Record<string, T>>, key: string): T {
  const member = record[key];
  if (member === undefined) throw new Error(`no member "${key}" among ${Object.keys(record).join(", ")}`);
  return member;
}
