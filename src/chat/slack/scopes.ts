/** What Pennywatch calls and hears in Slack and the least permission each needs; the manifest and `check` follow these tables. */

/** Web API method → bot scopes it needs; none where any token will do. */
export const methodScopes = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  // Public channels, private channels and direct messages have a scope each.
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.join': ['channels:join'],
  'conversations.open': ['im:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  // Without it users.info leaves the e-mail out, too.
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
} as const satisfies Record<string, readonly string[]>;

export type SlackMethod = keyof typeof methodScopes;

/** Event we subscribe to → bot scope it needs. */
export const eventScopes = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
} as const satisfies Record<string, readonly string[]>;

/** Shortcuts in a message's menu, by callback id. */
export const SHORTCUT_PREFIX = 'pennywatch_';

/**
 * Scopes no call or event asks for by name: the slash command, posting to public channels nobody invited the bot to, and
 * reading back the hidden key of our own messages.
 */
const otherScopes = ['commands', 'chat:write.public', 'metadata.message:read'];

/** Every bot scope of the app, sorted. */
export const requiredScopes: readonly string[] = [
  ...new Set([...otherScopes, ...Object.values(methodScopes).flat(), ...Object.values(eventScopes).flat()]),
].sort();
