/**
 * Tags and labels, written once in the strictest cloud's alphabet (Google's: lower case, digits, dash and underscore, 63 characters),
 * so that the same tag finds the same thing everywhere.
 */
export const tagText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, "-")
    .slice(0, 63);
