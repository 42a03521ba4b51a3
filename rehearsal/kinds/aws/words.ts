/** How AWS writes addresses: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (read 2026-11). */
import type { Birth } from "../../kinds.ts";

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

export const regionOf = ({ inputs, landlord }: Birth): string => text(inputs.region) || landlord.region;

export const arn = (birth: Birth, service: string, resource: string): string =>
  `arn:aws:${service}:${regionOf(birth)}:${birth.landlord.awsAccountId}:${resource}`;

/** IAM knows no region. */
export const iamArn = ({ landlord }: Birth, resource: string): string => `arn:aws:iam::${landlord.awsAccountId}:${resource}`;

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;

/** Another `salt` gives another one. */
export const uuid = ({ hex }: Birth, salt = ""): string => hex(32, salt).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** An address within 10.0.0.0/8: whose range an object lies in, only other objects know. */
export const privateIp = ({ hex }: Birth): string =>
  `10.${[...(hex(6, "private").match(/../g) ?? [])].map(byte => Number.parseInt(byte, 16)).join(".")}`;

/** What `unique` says of an object is a handle of it, written so in births.ts: lets `names` find what another input than its id names. */
export const uniqueOf = (type: string): string => `only ${type}`;
