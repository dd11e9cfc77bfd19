/** The real platform in front of the local workspace, in one server, with an answer that can get lost on the way. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { createSlack, type SlackPlatform } from '../../../src/chat/slack/index.ts';
import type { Dispatch } from '../../../src/chat/types.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { Message } from '../../../src/sandbox/state.ts';
import type { SandboxOptions } from '../../../src/sandbox/types.ts';
import { PNG, SEED } from '../../sandbox/workspace.ts';
import { type Received, recordingLog } from './slack-stand-in.ts';

export interface Connected {
  readonly platform: SlackPlatform;
  readonly sandbox: Sandbox;
  readonly log: Received[];
  /** Waits the platform asked for, in milliseconds; none of them takes any time. */
  readonly waits: number[];
  /** The next message is taken, and the connection cut before the platform hears of it. */
  loseNextAnswer(): void;
  /** What a person does in the page: 'message', 'home', 'shortcut', 'action'. */
  page(path: string, body: object): Promise<void>;
  messages(channel: string): readonly Message[];
  stop(): Promise<void>;
}

export async function connectToWorkspace(
  dispatch: Dispatch,
  options: Partial<SandboxOptions> = {},
): Promise<Connected> {
  const { entries: log, logger } = recordingLog();
  const waits: number[] = [];
  const outer = express();
  const server = createServer(outer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandbox = createSandbox({
    signingSecret: 's',
    botToken: 'xoxb-1',
    appUrl: () => `${url}/slack/events`,
    workspace: SEED,
    now: Date.now,
    log: logger,
    publicUrl: () => url,
    rateLimit: false,
    fileProcessingMs: 0,
    eventRetryMs: [],
    ...options,
  });
  const platform = createSlack(
    { botToken: 'xoxb-1', signingSecret: 's', apiUrl: `${url}/api/` },
    { dispatch, drawChart: async () => PNG, log: logger, wait: async (pause) => void waits.push(pause) },
  );
  let losing = false;
  if (platform.http) outer.use(platform.http);
  outer.use('/api/chat.postMessage', (request, response, next) => {
    if (losing) {
      losing = false;
      response.json = () => {
        request.socket.destroy();
        return response;
      };
    }
    next();
  });
  outer.use(sandbox.router);

  return {
    platform,
    sandbox,
    log,
    waits,
    loseNextAnswer() {
      losing = true;
    },
    async page(path, body) {
      const answer = await fetch(`${url}/sandbox/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { ok, error } = (await answer.json()) as { ok: boolean; error?: string };
      if (!ok) throw new Error(error);
    },
    messages: (channel) => sandbox.state.messages.get(channel) ?? [],
    async stop() {
      await platform.stop();
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Resolves with the first value `look` finds. */
export async function found<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const value = look();
    if (value !== undefined) return value;
    await sleep(10);
  }
  throw new Error('It never came.');
}
