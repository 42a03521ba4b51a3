/**
 * Lists of addresses that AWS keeps, as rules name them: `com.amazonaws.global.cloudfront.origin-facing`, from which CloudFront asks origins.
 * One a region, for good: https://aws.amazon.com/blogs/networking-and-content-delivery/limit-access-to-your-origins-using-the-aws-managed-prefix-list-for-amazon-cloudfront/
 * (read 2026-11-21). Any other list that is no resource of the plan is an end of its own, by its id.
 */
export const cloudFrontLists: ReadonlySet<string> = new Set([
  "pl-3b927c52", // us-east-1
  "pl-b6a144df", // us-east-2
  "pl-82a045eb", // us-west-2
  "pl-38a64351", // ca-central-1
  "pl-5da64334", // sa-east-1
  "pl-4fa04526", // eu-west-1
  "pl-93a247fa", // eu-west-2
  "pl-75b1541c", // eu-west-3
  "pl-a3a144ca", // eu-central-1
  "pl-fab65393", // eu-north-1
  "pl-1bbc5972", // eu-south-1
  "pl-9aa247f3", // ap-south-1
  "pl-31a34658", // ap-southeast-1
  "pl-b8a742d1", // ap-southeast-2
  "pl-58a04531", // ap-northeast-1
  "pl-22a6434b", // ap-northeast-2
  "pl-31a14458", // ap-northeast-3
  "pl-14b2577d", // ap-east-1
  "pl-17b2577e", // me-south-1
  "pl-c0aa4fa9", // af-south-1
]);
