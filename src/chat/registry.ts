/** Every chat platform, by the name of its folder. */
import { createSlack } from './slack/index.ts';

export const chatPlatforms = [{ id: 'slack', create: createSlack }] as const;

export type ChatPlatformId = (typeof chatPlatforms)[number]['id'];
