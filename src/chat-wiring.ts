/** Makes the chat platforms that have credentials. */
import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { createSlack } from './chat/slack/index.ts';
import { createTeams } from './chat/teams/index.ts';
import type { ChatPlatform, Dispatch, DrawChart } from './chat/types.ts';
import type { Environment } from './config.ts';
import type { Logger } from './core/log.ts';
import { createChartAddresses } from './http-charts.ts';
import type { StoredPicture } from './store/chat-pictures.ts';
import { createMemory } from './threads/chat-memory.ts';
import type { Threads } from './threads/pools.ts';
import type { ChartSpec } from './view/charts/types.ts';

export interface Chat {
  /** By id. */
  readonly platforms: Readonly<Record<string, ChatPlatform>>;
  /** What receives over HTTP; each verifies for itself who sends. */
  readonly routes: readonly { readonly path: string; readonly handler: RequestHandler }[];
  /** Requests that were refused before anybody was answered, by platform and reason. */
  refusals(): readonly { readonly platform: string; readonly reason: string; readonly count: number }[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ChatDeps {
  readonly dispatch: Dispatch;
  readonly threads: Threads;
  readonly log: Logger;
  readonly now: () => number;
  /** Absent: charts travel inside the messages. */
  readonly charts?: ChartAddress;
}

/** Throws CONFIG where credentials are missing that belong together. */
export function createChat(
  environment: Environment,
  { dispatch, threads, log, now, charts }: ChatDeps,
): Chat {
  const drawChart: DrawChart = (chart, options = {}) => threads.run('draw', { chart, ...options });
  const slack = environment.slack && createSlack(environment.slack, { dispatch, drawChart, log });
  const chartUrl = charts && addressesOf(charts, { threads, now });
  const refused = new Map<string, number>();
  const teams =
    environment.teams &&
    createTeams(environment.teams, {
      dispatch,
      drawChart,
      log,
      now,
      memory: createMemory((request) => threads.run('chatMemory', request)),
      ...(chartUrl && { chartUrl }),
      refused: (reason) => refused.set(reason, (refused.get(reason) ?? 0) + 1),
    });
  const platforms: Record<string, ChatPlatform> = { ...(slack && { slack }), ...(teams && { teams }) };
  return {
    platforms,
    routes: [
      ...(slack?.http ? [{ path: '/', handler: slack.http }] : []),
      ...(teams ? [{ path: '/api/messages', handler: teams.http }] : []),
    ],
    refusals: () => [...refused].map(([reason, count]) => ({ platform: 'teams', reason, count })),
    start: async () => void (await Promise.all(Object.values(platforms).map((one) => one.start()))),
    stop: async () => void (await Promise.all(Object.values(platforms).map((one) => one.stop()))),
  };
}

/** How chat clients load charts from us, and what signs the addresses: a new secret makes the old ones end. */
export interface ChartAddress {
  readonly publicUrl: () => string;
  readonly secret: string;
}

/**
 * Absent where no client can reach us, or no secret outlives the process. A client on this machine reaches us where we
 * listen (`ownUrl`), for as long as we run.
 */
export function chartAddressOf(
  { publicUrl, teams }: Environment,
  ownUrl: () => string,
): ChartAddress | undefined {
  if (teams?.local)
    return { publicUrl: () => publicUrl ?? ownUrl(), secret: randomBytes(32).toString('hex') };
  if (!publicUrl || !teams?.appPassword) return undefined;
  return { publicUrl: () => publicUrl, secret: teams.appPassword };
}

function addressesOf(
  { publicUrl, secret }: ChartAddress,
  { threads, now }: Pick<ChatDeps, 'threads' | 'now'>,
): (chart: ChartSpec) => Promise<string> {
  const save = async (picture: StoredPicture) => void (await threads.run('savePicture', picture));
  let addresses: ReturnType<typeof createChartAddresses> | undefined;
  return (chart) => {
    // Where we listen is known once somebody asks.
    addresses ??= createChartAddresses({ publicUrl: publicUrl(), secret, now, save });
    return addresses(chart);
  };
}
