/**
 * Marketplace images of Azure, generation 2 (Trusted Launch wants it). `latest` is resolved when a machine is made. Dated 2026-11-21:
 * every path is one that current public programs use; the end dates are recalled.
 * Trusted Launch on ARM needs a size and an image that both support it.
 */
import type { ImageRow } from "../../../components/kernel/tables.ts";

const ubuntu = "https://documentation.ubuntu.com/azure/azure-how-to/instances/find-ubuntu-images/";

export const images = {
  "ubuntu-22.04": {
    x86_64: "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest",
    arm64: "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-arm64:latest",
    login: "azureuser",
    endOfLife: "2027-04-01",
    source: ubuntu,
  },
  // From 24.04 on the plain SKU is generation 2; generation 1 is `server-gen1`.
  "ubuntu-24.04": {
    x86_64: "Canonical:ubuntu-24_04-lts:server:latest",
    arm64: "Canonical:ubuntu-24_04-lts:server-arm64:latest",
    login: "azureuser",
    endOfLife: "2029-04-01",
    source: ubuntu,
  },
  // Regular security support ended 2026-06-10; the date is the end of LTS.
  "debian-12": {
    x86_64: "Debian:debian-12:12-gen2:latest",
    arm64: "Debian:debian-12:12-arm64:latest",
    login: "azureuser",
    endOfLife: "2028-06-30",
    source: "https://wiki.debian.org/Cloud/MicrosoftAzure",
  },
} satisfies Record<string, ImageRow>;
