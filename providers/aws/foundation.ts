import * as aws from "@pulumi/aws";
import type { FoundationOutputs, Scope } from "../../components/contract.ts";
import type { FoundationSpec } from "../../components/foundation/model.ts";
import type { AwsPart } from "./natives.ts";

/** Enough for the provider to plan without an account: without any key it fails even though every check is skipped. */
const withoutAccount = {
  accessKey: "offline",
  secretKey: "offline",
  skipCredentialsValidation: true,
  skipRequestingAccountId: true,
  skipMetadataApiCheck: true,
  skipRegionValidation: true,
};

/** The one provider. It serves every region: each regional resource names its own, so that a second region costs no second process. */
export function foundation(
  { name, parent, place }: Scope,
  spec: FoundationSpec,
  on: Pick<FoundationOutputs, "suffix">,
): AwsPart<"foundation"> {
  const accountId = spec.account.awsAccountId;
  const provider = new aws.Provider(
    `${name}-provider`,
    {
      region: place.region,
      defaultTags: { tags: spec.tags },
      ...(spec.offline ? withoutAccount : { allowedAccountIds: [accountId] }), // credentials of another account fail before anything is touched
    },
    { parent },
  );
  return { providers: [provider], suffix: on.suffix, native: { provider, accountId, places: spec.places }, ready: [provider] };
}
