/** Makes the directories that say who people are on the chat platforms: light enough for every thread. */
import { createSlackDirectory } from './chat/slack/directory.ts';
import type { TeamsConfig } from './chat/teams/config.ts';
import { createTeamsDirectory } from './chat/teams/directory.ts';
import type { Directory } from './chat/types.ts';
import type { Environment } from './config.ts';
import type { Logger } from './core/log.ts';
import type { Store } from './store/open.ts';
import { chatMemoryOf, createMemory } from './threads/chat-memory.ts';

/** Where threads ask who people are; the secret that proves Slack's requests is not among it. */
export interface DirectoryAccess {
  readonly slack?: { readonly botToken: string; readonly apiUrl?: string };
  readonly teams?: TeamsConfig;
}

export function directoryAccess({ slack, teams }: Pick<Environment, 'slack' | 'teams'>): DirectoryAccess {
  return {
    ...(slack && { slack: { botToken: slack.botToken, ...(slack.apiUrl && { apiUrl: slack.apiUrl }) } }),
    ...(teams && { teams }),
  };
}

/** Calls nothing until somebody is asked for. */
export function createDirectories(
  { slack, teams }: DirectoryAccess,
  {
    store,
    log,
    now = Date.now,
  }: { readonly store: Store; readonly log: Logger; readonly now?: () => number },
): Record<string, Directory> {
  const memory = createMemory((request) => chatMemoryOf(store, { log, now }).answer(request));
  return {
    ...(slack && { slack: createSlackDirectory(slack, { log, now }) }),
    ...(teams && { teams: createTeamsDirectory(teams, { memory, log, now }) }),
  };
}
