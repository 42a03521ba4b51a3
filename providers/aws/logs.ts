import * as aws from "@pulumi/aws";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import type { Place } from "../../components/kernel/places.ts";
import type { LogsSpec } from "../../components/logs/model.ts";
import { orNothing, tagged } from "./lookup.ts";
import type { AwsGround, AwsPart } from "./natives.ts";

/** A log group in each place that has the key for it: flow logs and cache logs cannot leave their region. The first place's is the stack's destination. */
export function logs(scope: Scope, spec: LogsSpec, on: Omit<AwsGround, "logs" | "identities">): AwsPart<"logs"> {
  const { name, parent, protection } = scope;
  const keyIn = ({ key }: Place) => (spec.encryptionKey === null ? null : orNothing(on.keys[key])?.keyIds[spec.encryptionKey]);
  const places = on.foundation.native.places.filter(place => keyIn(place) !== undefined);
  const groups = Object.fromEntries(
    places.map(place => [
      place.key,
      new aws.cloudwatch.LogGroup(
        `${name}-group${place.suffix}`,
        {
          region: place.region,
          retentionInDays: spec.retentionDays,
          kmsKeyId: orNothing(keyIn(place)),
          deletionProtectionEnabled: protection,
          tags: tagged(scope, `${name}-group${place.suffix}`),
        },
        { parent, protect: protection },
      ),
    ]),
  );
  // Handed on as it was given: read back from a group that has none, it would be unknown at every preview.
  const keyIds = Object.fromEntries(places.map(place => [place.key, orNothing(keyIn(place))]));
  return { destination: pick(groups, scope.place.key).arn, native: { groups, keyIds }, ready: Object.values(groups) };
}
