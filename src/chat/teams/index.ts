/** The Teams platform: the Bot Framework in front, our renderer and the few calls of its connector behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { ChatPlatform } from '../types.ts';
import { createAnswers } from './answers.ts';
import { createApi } from './api.ts';
import { createBotFramework } from './bot-framework.ts';
import { checkTeams } from './check.ts';
import { abilitiesOf } from './client.ts';
import type { TeamsConfig, TeamsDeps } from './config.ts';
import { createDelivery } from './deliver.ts';
import { createTeamsDirectory } from './directory.ts';
import { createGraphMessages } from './graph-messages.ts';
import { createGreet } from './greet.ts';
import { createNotice } from './notice.ts';
import { createPictures } from './pictures.ts';
import { createReceive } from './receive.ts';
import { renderMessage } from './render.ts';
import { originOf } from './requests.ts';
import type { Receive } from './types.ts';
import { createUnderWay } from './under-way.ts';

export interface TeamsPlatform extends ChatPlatform {
  /** POST /api/messages: mount it in front of any body parser. */
  readonly http: RequestHandler;
}

/** How long `stop` waits for answers under way, in milliseconds. */
const STOP_PATIENCE = 10_000;

/** Throws CONFIG for a configuration that would leave the door open. Calls nothing until it is used. */
export function createTeams(config: TeamsConfig, deps: TeamsDeps): TeamsPlatform {
  const { dispatch, drawChart, chartUrl, log, memory } = deps;
  const { now = Date.now, random = Math.random } = deps;
  const wait = deps.wait ?? ((milliseconds: number) => sleep(milliseconds));
  const client = abilitiesOf(config);
  const framework = createBotFramework(config, {
    log,
    now,
    receive: (activity) => receive(activity),
    ...(deps.refused && { refused: deps.refused }),
  });
  const api = createApi({ framework, log, now, wait, random });
  const makePictures = createPictures({ drawChart, ...(chartUrl && { chartUrl }), log });
  const graph = createGraphMessages(config, { wait, now });
  const delivery = createDelivery({
    api,
    memory,
    makePictures,
    log,
    now,
    graph,
    client,
  });
  const underWay = createUnderWay(log);
  const notice = createNotice({ memory, member: api.member, log, now });
  const answers = createAnswers({
    dispatch,
    delivery,
    makePictures,
    log,
    // An answer that is there keeps nobody waiting, and no process alive.
    wait: deps.wait ?? ((milliseconds) => sleep(milliseconds, undefined, { ref: false })),
    typing: async (address) => void (await api.send(address, { type: 'typing' })),
    client,
    track: underWay.track,
  });
  const greet = createGreet({
    memory: { conversation: memory.conversation, forget: notice.forget },
    delivery,
    remember: notice.remember,
    showHome: (request) => answers.byMessage(request, Promise.resolve()),
    log,
  });
  const receive: Receive = createReceive({
    ...answers,
    greet,
    refuse: async (activity, view) => void (await delivery.post(originOf(activity).conversation, view)),
    remember: notice.remember,
    whoIs: notice.whoIs,
    inBackground: underWay.track,
    log,
  });

  return {
    id: 'teams',
    http: framework.http,
    render: (view) => renderMessage(view, client),
    deliver: delivery.deliver,
    update: delivery.update,
    directory: createTeamsDirectory(config, { memory, log, now }),
    // Nobody's first request waits for the SDK to load.
    start: () => framework.ready(),
    stop: () => underWay.finish(STOP_PATIENCE),
    check: () => checkTeams(config),
  };
}
