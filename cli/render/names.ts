/** Type tokens and resource names as short as they can be said under their component. */

/** `aws:rds/instance:Instance` is `rds.Instance`; `pulumi:providers:aws` is `provider aws`. */
export function shortType(type: string): string {
  const [pack = "", module = "", name = ""] = type.split(":");
  if (pack === "pulumi" && module === "providers") return `provider ${name}`;
  const room = module.split("/")[0] ?? "";
  return room === "" || room === "index" ? `${pack}.${name}` : `${room}.${name}`;
}

/** The class of a component: `strata:index:Network` is `Network`. */
export const shortClass = (type: string): string => type.split(":").at(-1) ?? type;

/** What a resource is called within its component; the part that repeats the component's name says nothing. */
export const shortName = (name: string, component: string): string =>
  name.startsWith(`${component}-`) ? name.slice(component.length + 1) : name;
