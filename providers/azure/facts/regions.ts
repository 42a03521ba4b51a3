/**
 * Public regions of Azure: zones, border, pair, neutral name. Every pair is itself a row, so that its border can be compared.
 * Pairs that cross a border: brazilsouth (to us), southeastasia and eastasia (to each other).
 * francesouth, germanynorth, swedensouth, switzerlandwest, norwaywest, koreasouth, uaecentral and southafricawest are open on request only.
 */
import type { RegionRow, RegionTable } from "../../../components/kernel/tables.ts";

const three = ["1", "2", "3"];
const none: readonly string[] = [];

const row = (zones: readonly string[], border: RegionRow["border"], pair: string | null, neutral: string | null): RegionRow => ({
  zones,
  border,
  pair,
  wide: null,
  neutral,
});

export const regions = {
  source: "https://learn.microsoft.com/azure/reliability/regions-list (MicrosoftDocs/azure-docs@04495fc, page of 2025-03-21)",
  asOf: "2026-11-21",
  rows: {
    eastus: row(three, "us", "westus", "us-east"),
    eastus2: row(three, "us", "centralus", null),
    centralus: row(three, "us", "eastus2", "us-central"),
    southcentralus: row(three, "us", "northcentralus", null),
    northcentralus: row(none, "us", "southcentralus", null),
    westus: row(none, "us", "eastus", null),
    westus2: row(three, "us", "westcentralus", "us-west"),
    westus3: row(three, "us", "eastus", null),
    westcentralus: row(none, "us", "westus2", null),
    canadacentral: row(three, "ca", "canadaeast", "ca-central"),
    canadaeast: row(none, "ca", "canadacentral", null),
    mexicocentral: row(three, "mx", null, null),
    brazilsouth: row(three, "br", "southcentralus", "br-south"),
    northeurope: row(three, "eu", "westeurope", "eu-west"),
    westeurope: row(three, "eu", "northeurope", null),
    francecentral: row(three, "eu", "francesouth", null),
    francesouth: row(none, "eu", "francecentral", null),
    germanywestcentral: row(three, "eu", "germanynorth", "eu-central"),
    germanynorth: row(none, "eu", "germanywestcentral", null),
    swedencentral: row(three, "eu", "swedensouth", "eu-north"),
    swedensouth: row(none, "eu", "swedencentral", null),
    italynorth: row(three, "eu", null, null),
    spaincentral: row(three, "eu", null, null),
    polandcentral: row(three, "eu", null, null),
    uksouth: row(three, "uk", "ukwest", "uk-south"),
    ukwest: row(none, "uk", "uksouth", null),
    switzerlandnorth: row(three, "ch", "switzerlandwest", "ch-north"),
    switzerlandwest: row(none, "ch", "switzerlandnorth", null),
    norwayeast: row(three, "no", "norwaywest", null),
    norwaywest: row(none, "no", "norwayeast", null),
    centralindia: row(three, "in", "southindia", "in-west"),
    southindia: row(none, "in", "centralindia", null),
    southeastasia: row(three, "sg", "eastasia", "ap-southeast"),
    eastasia: row(three, "hk", "southeastasia", "hk-east"),
    japaneast: row(three, "jp", "japanwest", "ap-northeast"),
    japanwest: row(three, "jp", "japaneast", null),
    koreacentral: row(three, "kr", "koreasouth", "kr-central"),
    koreasouth: row(none, "kr", "koreacentral", null),
    indonesiacentral: row(three, "id", null, "id-west"),
    australiaeast: row(three, "au", "australiasoutheast", "au-east"),
    australiasoutheast: row(none, "au", "australiaeast", null),
    newzealandnorth: row(three, "nz", null, null),
    israelcentral: row(three, "il", null, "il-central"),
    uaenorth: row(three, "ae", "uaecentral", null),
    uaecentral: row(none, "ae", "uaenorth", null),
    qatarcentral: row(three, "qa", null, null),
    southafricanorth: row(three, "za", "southafricawest", "za-south"),
    southafricawest: row(none, "za", "southafricanorth", null),
  },
} satisfies RegionTable;
