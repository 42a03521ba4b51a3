/** Every simulated cloud. */
import type { CloudKinds } from "../kinds.ts";
import { awsKinds } from "./aws.ts";
import { azureKinds } from "./azure.ts";
import { gcpKinds } from "./gcp.ts";
import { randomKinds } from "./random.ts";

export const clouds: readonly CloudKinds[] = [awsKinds, azureKinds, gcpKinds, randomKinds];
