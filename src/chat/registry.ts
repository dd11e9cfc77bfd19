/** Every chat platform, by the name of its folder. */
import { createSlack } from './slack/index.ts';
import { createTeams } from './teams/index.ts';

export const chatPlatforms = [
  { id: 'slack', create: createSlack },
  { id: 'teams', create: createTeams },
] as const;

export type ChatPlatformId = (typeof chatPlatforms)[number]['id'];
