/**
 * Public image families of Google Cloud: a template takes the newest image of the family when a machine is made. Dated 2026-11-21:
 * every path is one that current public programs use; the end dates are recalled.
 * `login` is the account of the image; with OS Login each person has their own.
 */
import type { ImageRow } from "../../../components/kernel/tables.ts";

const source = "https://cloud.google.com/compute/docs/images/os-details";

export const images = {
  "ubuntu-22.04": {
    x86_64: "projects/ubuntu-os-cloud/global/images/family/ubuntu-2204-lts",
    arm64: "projects/ubuntu-os-cloud/global/images/family/ubuntu-2204-lts-arm64",
    login: "ubuntu",
    endOfLife: "2027-04-01",
    source,
  },
  // From 24.04 on the family names the architecture on both sides.
  "ubuntu-24.04": {
    x86_64: "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-amd64",
    arm64: "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-arm64",
    login: "ubuntu",
    endOfLife: "2029-04-01",
    source,
  },
  // Regular security support ended 2026-06-10; the date is the end of LTS.
  "debian-12": {
    x86_64: "projects/debian-cloud/global/images/family/debian-12",
    arm64: "projects/debian-cloud/global/images/family/debian-12-arm64",
    login: "debian",
    endOfLife: "2028-06-30",
    source,
  },
} satisfies Record<string, ImageRow>;
