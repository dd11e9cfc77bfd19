/** The real platform in front of the tests' own Teams, in one server, with people who use it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { TeamsDeps } from '../../../src/chat/teams/config.ts';
import { createTeams, type TeamsPlatform } from '../../../src/chat/teams/index.ts';
import { limits } from '../../../src/chat/teams/limits.ts';
import type { Dispatch } from '../../../src/chat/types.ts';
import type { ConnectedProbe } from '../../contracts/chat-connected.ts';
import { PNG, type Received, recordingLog } from '../slack/slack-stand-in.ts';
import { createMemory, type MemoryInTests } from './memory.ts';
import { type StandInOptions, startTeamsStandIn, type TeamsStandIn } from './teams-stand-in.ts';
import { textOfMessage } from './teams-stand-in-cards.ts';
import { SEARCH, TENANT } from './teams-stand-in-world.ts';

export interface ConnectedTeams {
  readonly platform: TeamsPlatform;
  readonly teams: TeamsStandIn;
  readonly memory: MemoryInTests;
  readonly log: Received[];
  /** Waits the platform asked for, in milliseconds; none of them takes any time. */
  readonly waits: number[];
  stop(): Promise<void>;
}

export interface ConnectOptions extends StandInOptions {
  /** Whether the app was added to the team before; yes unless told. */
  readonly added?: boolean;
  readonly deps?: Partial<TeamsDeps>;
}

export async function connectTeams(
  dispatch: Dispatch,
  { added = true, deps = {}, ...options }: ConnectOptions = {},
): Promise<ConnectedTeams> {
  const teams = await startTeamsStandIn(options);
  const { entries: log, logger } = recordingLog();
  const memory = createMemory();
  const waits: number[] = [];
  const platform = createTeams(teams.config, {
    dispatch,
    drawChart: async () => PNG,
    log: logger,
    memory,
    wait: async (pause) => {
      waits.push(pause);
      // An answer that is late at once would be another answer.
      if (pause === limits.invokeMs) await sleep(pause, undefined, { ref: false });
    },
    ...(options.now ? { now: options.now } : {}),
    ...deps,
  });
  const app = express();
  app.use('/api/messages', platform.http);
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  teams.connectApp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
  await platform.start();
  if (added) await memory.remember({ conversation: knownChannel(teams), people: [] });

  return {
    platform,
    teams,
    memory,
    log,
    waits,
    async stop() {
      await platform.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await teams.close();
    },
  };
}

/** What adding the app to the team has taught. */
function knownChannel({ serviceUrl, world, config }: TeamsStandIn) {
  const group = world.conversations.get(SEARCH)?.team?.aadGroupId ?? '';
  return {
    id: SEARCH,
    workspace: TENANT,
    kind: 'channel',
    serviceUrl: serviceUrl.replace(/\/$/, ''),
    botId: `28:${config.appId}`,
    name: 'search',
    groupId: group,
  } as const;
}

/** For the contract of every chat platform: the channel "search", and Mira. */
export async function connectToTeams(dispatch: Dispatch): Promise<ConnectedProbe> {
  const { platform, teams, stop } = await connectTeams(dispatch);
  const mira = teams.as('mira');
  return {
    platform,
    channel: { platform: 'teams', workspace: TENANT, channel: SEARCH },
    posted: () => teams.posted(SEARCH),
    postedCount: async (count) => void (await teams.postedCount(count, SEARCH)),
    loseNextAnswer: () => teams.failNext({ lost: true }),
    mention: async (words) => void (await mira.says(words, { in: SEARCH })),
    async openHome() {
      await mira.installs();
      const [home] = await teams.postedCount(1, mira.direct);
      return textOfMessage(home?.activity);
    },
    stop,
  };
}
