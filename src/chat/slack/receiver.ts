/** Where requests come from: Socket Mode when there is an app token, else signed HTTP on one path. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { createSlackLog } from './bolt-log.ts';
import { createReplayGuard } from './replay.ts';

export const SLACK_PATH = '/slack/events';

/**
 * What http.ts mounts with `app.use`, before any body parser (the signature is over the raw bytes).
 * Requests for other paths go on to the next handler.
 */
export type SlackHttp = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface ReceiverConfig {
  readonly signingSecret?: string;
  readonly appToken?: string;
  readonly apiUrl?: string;
}

/** Throws CONFIG when neither an app token nor a signing secret is there. */
export function createReceiver(
  config: ReceiverConfig,
  log: Logger,
  now: () => number,
): { receiver: Receiver; http?: SlackHttp } {
  const logger = createSlackLog(log);
  if (config.appToken) {
    const clientOptions = config.apiUrl ? { slackApiUrl: config.apiUrl } : {};
    return {
      receiver: new SocketModeReceiver({
        appToken: config.appToken,
        logger,
        installerOptions: { clientOptions },
      }),
    };
  }
  if (!config.signingSecret) {
    throw new AppError(
      'CONFIG',
      'Slack cannot send requests: there is neither a signing secret nor an app token.',
      {
        hint: 'Set SLACK_SIGNING_SECRET (Basic Information → App Credentials), or SLACK_APP_TOKEN (xapp-…) for Socket Mode.',
      },
    );
  }
  const guard = createReplayGuard(now);
  const receiver = new HTTPReceiver({
    signingSecret: config.signingSecret,
    endpoints: [SLACK_PATH],
    logger,
    // Runs once the signature is proven: two copies that arrive together are told apart here.
    customPropertiesExtractor: (request) => ({
      replayed: !guard.accept(header(request, 'x-slack-signature') ?? ''),
    }),
  });
  return {
    receiver,
    http: (request, response, next) => {
      if (new URL(request.url ?? '/', 'http://localhost').pathname !== SLACK_PATH) return next();
      if (request.method !== 'POST') return refuse(response, 405);
      const timestamp = header(request, 'x-slack-request-timestamp');
      if (!guard.mayEnter(timestamp, header(request, 'x-slack-signature'))) {
        log.warn({ timestamp }, 'A Slack request was refused: replayed, unsigned or from the future');
        return refuse(response, 401);
      }
      receiver.requestListener(request, response);
    },
  };
}

function header(request: { readonly headers: IncomingMessage['headers'] }, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
