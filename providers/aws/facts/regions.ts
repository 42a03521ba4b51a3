/**
 * Commercial regions of AWS: name, zone letters in house order, border, neutral name.
 * A zone letter is mapped anew for each account and a few old accounts see other letters; us-west-1 is left out because its two letters differ by account.
 * us-east-1e is left out: it lacks most recent instance families. AWS pairs no regions.
 */
import type { RegionRow, RegionTable } from "../../../components/kernel/tables.ts";

const row = (region: string, letters: string, border: RegionRow["border"], neutral: string | null): RegionRow => ({
  zones: [...letters].map(letter => region + letter),
  border,
  pair: null,
  wide: null,
  neutral,
});

export const regions = {
  source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; zone letters recalled",
  asOf: "2026-11-21",
  rows: {
    "us-east-1": row("us-east-1", "abcdf", "us", "us-east"),
    "us-east-2": row("us-east-2", "abc", "us", "us-central"),
    "us-west-2": row("us-west-2", "abcd", "us", "us-west"),
    "ca-central-1": row("ca-central-1", "abd", "ca", "ca-central"),
    "ca-west-1": row("ca-west-1", "abc", "ca", null),
    "mx-central-1": row("mx-central-1", "abc", "mx", null),
    "sa-east-1": row("sa-east-1", "abc", "br", "br-south"),
    "eu-west-1": row("eu-west-1", "abc", "eu", "eu-west"),
    "eu-west-3": row("eu-west-3", "abc", "eu", null),
    "eu-central-1": row("eu-central-1", "abc", "eu", "eu-central"),
    "eu-north-1": row("eu-north-1", "abc", "eu", "eu-north"),
    "eu-south-1": row("eu-south-1", "abc", "eu", null),
    "eu-south-2": row("eu-south-2", "abc", "eu", null),
    "eu-west-2": row("eu-west-2", "abc", "uk", "uk-south"),
    "eu-central-2": row("eu-central-2", "abc", "ch", "ch-north"),
    "ap-south-1": row("ap-south-1", "abc", "in", "in-west"),
    "ap-south-2": row("ap-south-2", "abc", "in", null),
    "ap-southeast-1": row("ap-southeast-1", "abc", "sg", "ap-southeast"),
    "ap-southeast-2": row("ap-southeast-2", "abc", "au", "au-east"),
    "ap-southeast-3": row("ap-southeast-3", "abc", "id", "id-west"),
    "ap-southeast-4": row("ap-southeast-4", "abc", "au", null),
    "ap-southeast-5": row("ap-southeast-5", "abc", "my", null),
    "ap-southeast-7": row("ap-southeast-7", "abc", "th", null),
    "ap-northeast-1": row("ap-northeast-1", "acd", "jp", "ap-northeast"),
    "ap-northeast-2": row("ap-northeast-2", "abcd", "kr", "kr-central"),
    "ap-northeast-3": row("ap-northeast-3", "abc", "jp", null),
    "ap-east-1": row("ap-east-1", "abc", "hk", "hk-east"),
    "il-central-1": row("il-central-1", "abc", "il", "il-central"),
    "me-central-1": row("me-central-1", "abc", "ae", null),
    "me-south-1": row("me-south-1", "abc", "bh", null),
    "af-south-1": row("af-south-1", "abc", "za", "za-south"),
  },
} satisfies RegionTable;
