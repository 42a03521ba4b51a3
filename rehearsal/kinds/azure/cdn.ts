/** What the simulated Azure knows of Front Door: everything lies within a profile. */
import { guidOf, onlyOne, type Row } from "./arm.ts";

const profile = "Microsoft.Cdn/profiles/{profileName}";

export const cdn = {
  "azure-native:cdn:Profile": { path: profile, outputs: birth => ({ frontDoorId: guidOf(birth, "front door") }) },
  "azure-native:cdn:AFDEndpoint": {
    path: "Microsoft.Cdn/profiles/{profileName}/afdEndpoints/{endpointName}",
    outputs: ({ name, hex }) => ({ hostName: `${name}-${hex(16, "host")}.z01.azurefd.net` }),
  },
  "azure-native:cdn:AFDCustomDomain": {
    path: "Microsoft.Cdn/profiles/{profileName}/customDomains/{customDomainName}",
    outputs: ({ hex }) => ({ validationProperties: { validationToken: `_${hex(31, "token")}`, expirationDate: "2026-12-31T00:00:00Z" } }),
    unique: onlyOne("hostName"), // a name is one profile's alone
  },
  "azure-native:cdn:AFDOriginGroup": { path: "Microsoft.Cdn/profiles/{profileName}/originGroups/{originGroupName}" },
  "azure-native:cdn:AFDOrigin": { path: "Microsoft.Cdn/profiles/{profileName}/originGroups/{originGroupName}/origins/{originName}" },
  "azure-native:cdn:Route": {
    path: "Microsoft.Cdn/profiles/{profileName}/afdEndpoints/{endpointName}/routes/{routeName}",
    // "An origin group must have at least one enabled origin": https://github.com/hashicorp/terraform-provider-azurerm/issues/18339
    asks: ({ originGroup }, others) => {
      const group = typeof originGroup === "object" && originGroup !== null && "id" in originGroup ? originGroup.id : "";
      return others.some(({ type, id }) => type === "azure-native:cdn:AFDOrigin" && id.startsWith(`${group}/`))
        ? null
        : `the origin group ${group} has no origin`;
    },
  },
  "azure-native:cdn:RuleSet": { path: "Microsoft.Cdn/profiles/{profileName}/ruleSets/{ruleSetName}" },
  "azure-native:cdn:Rule": { path: "Microsoft.Cdn/profiles/{profileName}/ruleSets/{ruleSetName}/rules/{ruleName}" },
  "azure-native:cdn:SecurityPolicy": { path: "Microsoft.Cdn/profiles/{profileName}/securityPolicies/{securityPolicyName}" },
} satisfies Readonly<Record<string, Row>>;
