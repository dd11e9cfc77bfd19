/** Makes the chat platforms that have credentials. */
import type { RequestHandler } from 'express';
import { createSlack } from './chat/slack/index.ts';
import { createTeams } from './chat/teams/index.ts';
import type { ChatPlatform, Dispatch } from './chat/types.ts';
import type { Environment } from './config.ts';
import type { Logger } from './core/log.ts';
import { createChartAddresses } from './http-charts.ts';
import { createMemory } from './threads/chat-memory.ts';
import type { Threads } from './threads/pools.ts';

export interface Chat {
  /** By id. */
  readonly platforms: Readonly<Record<string, ChatPlatform>>;
  /** What receives over HTTP; each verifies for itself who sends. */
  readonly routes: readonly { readonly path: string; readonly handler: RequestHandler }[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ChatDeps {
  readonly dispatch: Dispatch;
  readonly threads: Threads;
  readonly log: Logger;
  readonly now: () => number;
}

/** Throws CONFIG where credentials are missing that belong together. */
export function createChat(environment: Environment, { dispatch, threads, log, now }: ChatDeps): Chat {
  const drawChart = (chart: Parameters<typeof threads.run<'draw'>>[1]) => threads.run('draw', chart);
  const slack = environment.slack && createSlack(environment.slack, { dispatch, drawChart, log });
  const chartSecret = chartSecretOf(environment);
  const chartUrl =
    chartSecret &&
    createChartAddresses({
      ...chartSecret,
      now,
      save: async (picture) => void (await threads.run('savePicture', picture)),
    });
  const teams =
    environment.teams &&
    createTeams(environment.teams, {
      dispatch,
      drawChart,
      log,
      now,
      memory: createMemory((request) => threads.run('chatMemory', request)),
      ...(chartUrl && { chartUrl }),
    });
  const platforms: Record<string, ChatPlatform> = { ...(slack && { slack }), ...(teams && { teams }) };
  return {
    platforms,
    routes: [
      ...(slack?.http ? [{ path: '/', handler: slack.http }] : []),
      ...(teams ? [{ path: '/api/messages', handler: teams.http }] : []),
    ],
    start: async () => void (await Promise.all(Object.values(platforms).map((one) => one.start()))),
    stop: async () => void (await Promise.all(Object.values(platforms).map((one) => one.stop()))),
  };
}

/** What signs the addresses of charts, where chat clients can load them from us; a new secret makes the old ones end. */
export function chartSecretOf({
  publicUrl,
  teams,
}: Environment): { readonly publicUrl: string; readonly secret: string } | undefined {
  if (!publicUrl || !teams?.appPassword) return undefined;
  return { publicUrl, secret: teams.appPassword };
}
