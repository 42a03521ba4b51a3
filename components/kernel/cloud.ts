/** The clouds Strata knows. A new one starts here: the compiler then lists what it still needs. */
export const clouds = ["aws", "azure", "gcp"] as const;
export type Cloud = (typeof clouds)[number];
