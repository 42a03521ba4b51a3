/** The shapes of the dated tables that each cloud's facts hold. No figure lives here. */
import type { SizeTable } from "./sizing.ts";

/** One region of a cloud. */
export interface RegionRow {
  /** Zone names as the cloud takes them, in the house order: letter `a` of a platform is the first, `b` the second. */
  readonly zones: readonly string[];
  /** Jurisdiction the data stays in; a second region across a border must be said out loud. */
  readonly border:
    | "us"
    | "ca"
    | "br"
    | "eu"
    | "uk"
    | "ch"
    | "no"
    | "in"
    | "jp"
    | "kr"
    | "sg"
    | "id"
    | "au"
    | "il"
    | "ae"
    | "sa"
    | "qa"
    | "za"
    | "hk"
    | "tw"
    | "mx"
    | "cl"
    | "my"
    | "th"
    | "nz"
    | "bh";
  /** Where geo-redundant copies of this region go when the cloud chooses; null where it has no pair or leaves it open. */
  readonly pair: string | null;
  /** Location that holds copies in several regions around this one (Google's `us`, `eu`, `asia`); null elsewhere. */
  readonly wide: string | null;
  /** The neutral name that may stand for this region (`us-east`, `eu-west`, …); null where it has none. */
  readonly neutral: string | null;
}

export interface RegionTable {
  readonly source: string;
  readonly asOf: string;
  readonly rows: Readonly<Record<string, RegionRow>>;
}

/** One version of an engine that can be created now. */
export interface VersionRow {
  /** What a person writes: `15`, `8.4`, `7.1`. */
  readonly version: string;
  /** What the cloud takes. */
  readonly literal: string;
  /** Parameter group family or its kin; null where the cloud has none. */
  readonly family: string | null;
  /** ISO date on which the cloud's standard support ends; a test fails half a year before the last one. */
  readonly endOfLife: string;
  readonly source: string;
}

export interface VersionTable {
  readonly asOf: string;
  readonly postgres: readonly VersionRow[];
  readonly mysql: readonly VersionRow[];
  readonly redis: readonly VersionRow[];
}

/** What a service lets a name be. `pattern` judges the whole name. */
export interface NameRule {
  readonly min: number;
  readonly max: number;
  readonly pattern: RegExp;
  readonly source: string;
}

/** One operating system image for one architecture: text that a cloud's template takes without a look-up. */
export interface ImageRow {
  /** AWS: `resolve:ssm:…`; Azure: `publisher:offer:sku:version`; Google: `projects/<project>/global/images/family/<family>`. */
  readonly x86_64: string;
  readonly arm64: string | null;
  /** Account that administers the machine by default (`ubuntu`, `azureuser`, …). */
  readonly login: string;
  readonly endOfLife: string;
  readonly source: string;
}

/** Every table of one cloud that sizing reads, and the house ladder: exact steps `vcpu/GiB` chosen once. */
export interface SizeTables {
  readonly compute: SizeTable;
  readonly postgres: SizeTable;
  readonly mysql: SizeTable;
  readonly cache: SizeTable;
  readonly ladder: Readonly<Record<string, string>>;
}
