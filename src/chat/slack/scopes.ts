/** What Pennywatch calls in Slack and the least permission each call needs; the manifest and `check` follow this table. */

/** Web API method → bot scope it needs; `none` where any token will do. */
export const methodScopes = {
  'auth.test': 'none',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'conversations.open': 'im:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'files.info': 'files:read',
  'views.open': 'none',
} as const satisfies Record<string, string>;

export type SlackMethod = keyof typeof methodScopes;

/** Scopes no method asks for: the slash command, and posting to public channels nobody invited the bot to. */
const otherScopes = ['commands', 'chat:write.public'];

/** Every bot scope of the app, sorted. */
export const requiredScopes: readonly string[] = [
  ...new Set([...otherScopes, ...Object.values(methodScopes).filter((scope) => scope !== 'none')]),
].sort();
