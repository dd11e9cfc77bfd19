/** A person's ids on chat platforms, as mentions carry them. */

/** The first id per platform. */
export function idsOf(
  identities: readonly { readonly platform: string; readonly id: string }[],
): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const { platform, id } of identities) ids[platform] ??= id;
  return ids;
}

/** Whether a person can be mentioned anywhere. */
export function isOnAnyPlatform(ids: Readonly<Record<string, string>>): boolean {
  return Object.keys(ids).length > 0;
}
