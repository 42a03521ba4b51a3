/** The `number`th /64 of a network's /56: `2600:1f18:42:5600::/56` and 11 make `2600:1f18:42:560b::/64`. */
export function subnet64(block: string, number: number): string {
  const [first = "0", second = "0", third = "0", fourth = "0"] = block.replace(/::.*$/, "").split(":");
  return `${first}:${second}:${third}:${(Number.parseInt(fourth, 16) + number).toString(16)}::/64`;
}
