/** The Slack platform: Bolt in front, our renderer and the few API calls behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@slack/bolt';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { ChatPlatform, Dispatch, DrawChart } from '../types.ts';
import { createAnswer, type Request } from './answer.ts';
import { createApi, type Wait } from './api.ts';
import { checkSlack } from './check.ts';
import { createDelivery } from './deliver.ts';
import { createSlackDirectory } from './directory.ts';
import type { Self } from './event-requests.ts';
import { createPictures } from './pictures.ts';
import { registerListeners } from './receive.ts';
import { createReceiver, type SlackHttp } from './receiver.ts';
import { renderMessage } from './render.ts';
import { createSeenEvents } from './seen-events.ts';

export interface SlackConfig {
  readonly botToken: string;
  /** HTTP mode: proves that requests come from Slack. */
  readonly signingSecret?: string;
  /** Present → Socket Mode, and no public address is needed. */
  readonly appToken?: string;
  /** Another server than Slack's own, ending in /api/. */
  readonly apiUrl?: string;
}

export interface SlackDeps {
  readonly dispatch: Dispatch;
  readonly drawChart: DrawChart;
  readonly log: Logger;
  /** Milliseconds since 1970, and a pause; the real clock unless a test says otherwise. */
  readonly now?: () => number;
  readonly wait?: Wait;
}

export interface SlackPlatform extends ChatPlatform {
  /** HTTP mode only: mount it in front of any body parser. Absent in Socket Mode. */
  readonly http?: SlackHttp;
}

/** How long `stop` waits for answers under way, in milliseconds. */
const STOP_PATIENCE = 10_000;

/** Throws CONFIG when a credential is missing. Calls nothing until it is used. */
export function createSlack(config: SlackConfig, deps: SlackDeps): SlackPlatform {
  if (!config.botToken) {
    throw new AppError('CONFIG', 'There is no Slack bot token.', {
      hint: 'Set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-…) of the installed app.',
    });
  }
  const { log } = deps;
  const wait: Wait = deps.wait ?? ((milliseconds) => sleep(milliseconds));
  const now = deps.now ?? Date.now;
  const api = createApi({
    token: config.botToken,
    ...(config.apiUrl ? { apiUrl: config.apiUrl } : {}),
    log,
    wait,
    now,
  });
  const makePictures = createPictures({ api, drawChart: deps.drawChart, log, wait });
  const delivery = createDelivery({ api, makePictures, log, now });
  const answer = createAnswer({ api, dispatch: deps.dispatch, delivery, makePictures, log, wait });
  const underWay = new Set<Promise<void>>();
  const { receiver, http } = createReceiver(config, log, now);
  const app = new App({
    receiver,
    convoStore: false,
    ignoreSelf: false,
    // Asking Slack who we are before the acknowledgement could make it late: the token is all we need.
    authorize: async () => ({ botToken: config.botToken }),
  });
  registerListeners(app, { answer: track, isNew: createSeenEvents(now), self: onlyOnce(whoWeAre), log });

  async function whoWeAre(): Promise<Self | undefined> {
    try {
      return await api.whoAmI();
    } catch (error) {
      log.warn({ err: error }, 'Slack did not say who the bot is');
      return undefined;
    }
  }

  function track(request: Request): Promise<void> {
    const running = answer(request).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  }

  return {
    id: 'slack',
    ...(http ? { http } : {}),
    render: (view) => renderMessage(view),
    deliver: delivery.deliver,
    update: delivery.update,
    directory: createSlackDirectory(config, { log, now, wait }),
    async start() {
      if (!http) await app.start();
    },
    async stop() {
      if (!http) await app.stop();
      const patience = new AbortController();
      await Promise.race([
        Promise.allSettled(underWay),
        sleep(STOP_PATIENCE, undefined, { signal: patience.signal, ref: false }).catch(() => undefined),
      ]);
      patience.abort();
    },
    check: () => checkSlack(api, http ? 'http' : 'socket'),
  };
}

/** Asks again only while there was no answer. */
function onlyOnce<Result>(ask: () => Promise<Result | undefined>): () => Promise<Result | undefined> {
  let known: Promise<Result | undefined> | undefined;
  return async () => {
    known ??= ask();
    const answer = await known;
    if (answer === undefined) known = undefined;
    return answer;
  };
}
