/**
 * Regions of Google Cloud: name, zone letters in house order, border, neutral name.
 * The wide location follows from the border: `us` for us, `eu` for eu. Google's `asia` spans several countries, and `eu` is foreign to
 * uk and ch, so those regions have none: a copy never crosses a border by default.
 */
import type { RegionRow, RegionTable } from "../../../components/kernel/tables.ts";

const row = (region: string, letters: string, border: RegionRow["border"], neutral: string | null): RegionRow => ({
  zones: [...letters].map(letter => `${region}-${letter}`),
  border,
  pair: null,
  wide: border === "us" || border === "eu" ? border : null,
  neutral,
});

export const regions = {
  source:
    "https://cloud.google.com/compute/docs/regions-zones (zones: Cyclenerd/google-cloud-pricing-cost-calculator@29a09a6 tools/zones.csv; us-south1, northamerica-south1, europe-west10, europe-west12, europe-north2, me-*, africa-south1 recalled)",
  asOf: "2026-11-21",
  rows: {
    "us-east1": row("us-east1", "bcd", "us", "us-east"),
    "us-east4": row("us-east4", "abc", "us", null),
    "us-east5": row("us-east5", "abc", "us", null),
    "us-central1": row("us-central1", "abcf", "us", "us-central"),
    "us-south1": row("us-south1", "abc", "us", null),
    "us-west1": row("us-west1", "abc", "us", "us-west"),
    "us-west2": row("us-west2", "abc", "us", null),
    "us-west3": row("us-west3", "abc", "us", null),
    "us-west4": row("us-west4", "abc", "us", null),
    "northamerica-northeast1": row("northamerica-northeast1", "abc", "ca", "ca-central"),
    "northamerica-northeast2": row("northamerica-northeast2", "abc", "ca", null),
    "northamerica-south1": row("northamerica-south1", "abc", "mx", null),
    "southamerica-east1": row("southamerica-east1", "abc", "br", "br-south"),
    "southamerica-west1": row("southamerica-west1", "abc", "cl", null),
    "europe-west1": row("europe-west1", "bcd", "eu", "eu-west"),
    "europe-west3": row("europe-west3", "abc", "eu", "eu-central"),
    "europe-west4": row("europe-west4", "abc", "eu", null),
    "europe-west8": row("europe-west8", "abc", "eu", null),
    "europe-west9": row("europe-west9", "abc", "eu", null),
    "europe-west10": row("europe-west10", "abc", "eu", null),
    "europe-west12": row("europe-west12", "abc", "eu", null),
    "europe-southwest1": row("europe-southwest1", "abc", "eu", null),
    "europe-north1": row("europe-north1", "abc", "eu", "eu-north"),
    "europe-north2": row("europe-north2", "abc", "eu", null),
    "europe-central2": row("europe-central2", "abc", "eu", null),
    "europe-west2": row("europe-west2", "abc", "uk", "uk-south"),
    "europe-west6": row("europe-west6", "abc", "ch", "ch-north"),
    "asia-south1": row("asia-south1", "abc", "in", "in-west"),
    "asia-south2": row("asia-south2", "abc", "in", null),
    "asia-southeast1": row("asia-southeast1", "abc", "sg", "ap-southeast"),
    "asia-southeast2": row("asia-southeast2", "abc", "id", "id-west"),
    "asia-east1": row("asia-east1", "abc", "tw", null),
    "asia-east2": row("asia-east2", "abc", "hk", "hk-east"),
    "asia-northeast1": row("asia-northeast1", "abc", "jp", "ap-northeast"),
    "asia-northeast2": row("asia-northeast2", "abc", "jp", null),
    "asia-northeast3": row("asia-northeast3", "abc", "kr", "kr-central"),
    "australia-southeast1": row("australia-southeast1", "abc", "au", "au-east"),
    "australia-southeast2": row("australia-southeast2", "abc", "au", null),
    "me-west1": row("me-west1", "abc", "il", "il-central"),
    "me-central1": row("me-central1", "abc", "qa", null),
    "me-central2": row("me-central2", "abc", "sa", null),
    "africa-south1": row("africa-south1", "abc", "za", "za-south"),
  },
} satisfies RegionTable;
