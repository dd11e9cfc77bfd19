/** A local Slack-compatible workspace: Web API for the app, page for people, everything in memory. */
import { createServer, type Server } from 'node:http';
import express, { type Router } from 'express';
import { createApiRouter } from './api/router.ts';
import { createEventSender } from './app/event.ts';
import type { AppLink } from './app/send.ts';
import { createAssetRouter } from './page-api/assets.ts';
import { createPageRouter } from './page-api/router.ts';
import { createState, type WorkspaceState } from './state.ts';
import type { SandboxOptions } from './types.ts';

const ACK_TIMEOUT_MS = 3000;

export interface Sandbox {
  /** For an own express app; it answers only its own paths and leaves other bodies unread. */
  readonly router: Router;
  readonly state: WorkspaceState;
  /** Serves the workspace alone and resolves to its address, without a slash at the end; port 0 takes any. */
  listen(port: number, host?: string): Promise<string>;
  /** Ends the pages' event streams and the own server, if there is one. */
  close(): Promise<void>;
}

/** Nothing runs until it is listened to or mounted. With an own server, give `publicUrl`. */
export function createSandbox(options: SandboxOptions): Sandbox {
  let server: Server | undefined;
  let address: string | undefined;
  const state = createState(options, () => address ?? options.publicUrl?.().replace(/\/$/, ''));
  const link: AppLink = {
    signingSecret: options.signingSecret,
    appUrl: options.appUrl,
    ackTimeoutMs: options.ackTimeoutMs ?? ACK_TIMEOUT_MS,
    log: options.log,
  };
  const events = createEventSender(state, link, options.eventRetryMs);
  state.tellApp = events.send;
  const router = express.Router();
  router.use(createApiRouter(state, options.log));
  router.use(createPageRouter(state, link));
  router.use(createAssetRouter(state, options.pageDir));

  return {
    router,
    state,
    async listen(port, host = '127.0.0.1') {
      const started = createServer(express().disable('x-powered-by').use(router));
      server = started;
      await new Promise<void>((resolve, reject) => {
        started.once('error', reject);
        started.listen(port, host, resolve);
      });
      const bound = started.address();
      const actual = typeof bound === 'object' && bound ? bound.port : port;
      address = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
      return address;
    },
    async close() {
      events.stop();
      state.hub.close();
      const closing = server;
      server = undefined;
      if (!closing) return;
      closing.closeAllConnections();
      await new Promise((resolve) => closing.close(resolve));
    },
  };
}
