/** What the app's manifest (templates/install/slack-manifest.yaml) asks Slack for; a test keeps the two equal. */
import type { SeedShortcut } from './types.ts';

export const MANIFEST_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'chat:write',
  'chat:write.public',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'im:history',
  'im:write',
  'metadata.message:read',
  'usergroups:read',
  'users:read',
  'users:read.email',
];

export const MANIFEST_EVENTS: readonly string[] = ['app_home_opened', 'app_mention', 'message.im'];

export const MANIFEST_SHORTCUTS: readonly SeedShortcut[] = [
  {
    callbackId: 'pennywatch_share',
    name: 'Share answer',
    description: 'Answer what this message asks, in its thread',
  },
  {
    callbackId: 'pennywatch_pin',
    name: 'Pin to weekly',
    description: "Put this message into the team's next weekly report",
  },
];
