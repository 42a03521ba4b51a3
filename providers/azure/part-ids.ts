import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { OnFoundation } from "./natives.ts";

/** Fixed, since the parts of a balancer name each other by ids that hold it; unique within the group, as balancers' names are. */
export const partName = ({ name }: Scope): string => `${name}-balancer`;

/** The id of a part, written before Azure has made it: https://github.com/pulumi/pulumi-azure-native/issues/631. */
export const idsOf =
  (scope: Scope, kind: "applicationGateways" | "loadBalancers", { foundation: { native } }: OnFoundation) =>
  (collection: string, part: string): { readonly id: string } => ({
    id: [
      `/subscriptions/${native.account.azureSubscriptionId}/resourceGroups/${pick(native.groupNames, scope.place.key)}`,
      `providers/Microsoft.Network/${kind}/${partName(scope)}/${collection}/${part}`,
    ].join("/"),
  });
