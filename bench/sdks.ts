/** Each cloud's SDK, for what is measured against loading it. */
import type { Cloud } from "../components/kernel/cloud.ts";

export const sdks: Readonly<Record<Cloud, string>> = { aws: "@pulumi/aws", azure: "@pulumi/azure-native", gcp: "@pulumi/gcp" };
