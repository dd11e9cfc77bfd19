/** Spelling that does not matter: "Cost Center", "cost-center" and "COSTCENTER" are one key. */

/** A tag key or name without case, spaces, "-", "_" and ".". */
export function foldKey(key: string): string {
  return key.toLowerCase().replace(/[\s\-_.]+/g, '');
}

/** A value without case and surrounding space. */
export function foldValue(value: string): string {
  return value.trim().toLowerCase();
}
