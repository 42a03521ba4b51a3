/** What every visitor's browser is told, so that three clouds say the same. The origin's own word on all but HSTS comes first where the cloud can tell. */
export const hstsSeconds = 31_536_000;

/** HSTS speaks for the name alone: what stands below it may not be ours. */
export const securityHeaders = {
  "Strict-Transport-Security": `max-age=${hstsSeconds}`,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
} as const;
