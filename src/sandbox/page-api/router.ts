/** The HTTP face for the page: what somebody sees and does. JSON only. */
import express, { type Request, type Response, type Router } from 'express';
import { runAction } from '../app/action.ts';
import { runCommand } from '../app/command.ts';
import { openAppHome } from '../app/home.ts';
import type { AppLink } from '../app/send.ts';
import { runShortcut } from '../app/shortcut.ts';
import { dismissView, submitView } from '../app/view.ts';
import { openDirect } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';
import type {
  ActionRequest,
  CommandRequest,
  HomeRequest,
  PageAnswer,
  ShortcutRequest,
  ViewRequest,
} from '../wire.ts';
import { streamEvents } from './events.ts';
import { say } from './say.ts';
import { takeSnapshot } from './snapshot.ts';

export function createPageRouter(state: WorkspaceState, link: AppLink): Router {
  const router = express.Router();

  router.get('/sandbox/events', streamEvents(state));
  router.get('/sandbox/state', (request, response) =>
    answer(link, response, () => {
      const snapshot = takeSnapshot(state, String(request.query.person ?? ''));
      openDirect(state, [snapshot.me]);
      return takeSnapshot(state, snapshot.me);
    }),
  );

  // A strict content type keeps other sites in the same browser from posting here.
  const post = <T>(path: string, run: (body: T) => PageAnswer | Promise<PageAnswer>): void => {
    router.post(path, express.json({ limit: '1mb' }), (request: Request, response: Response) => {
      if (!request.is('application/json'))
        return response.status(415).json({ ok: false, error: 'json_only' });
      return answer(link, response, () => run(request.body as T));
    });
  };

  post<CommandRequest>('/sandbox/message', async (request) => {
    if (request.text.trimStart().startsWith('/')) await runCommand(state, link, request);
    else say(state, request);
    return { ok: true };
  });
  post<ActionRequest>('/sandbox/action', async (request) => {
    const ack = await runAction(state, link, request);
    return ack.ok ? { ok: true } : { ok: false, error: ack.error };
  });
  post<ShortcutRequest>('/sandbox/shortcut', async (request) => {
    const ack = await runShortcut(state, link, request);
    return ack.ok ? { ok: true } : { ok: false, error: ack.error };
  });
  post<HomeRequest>('/sandbox/home', (request) => {
    openAppHome(state, request);
    return { ok: true };
  });
  post<ViewRequest>('/sandbox/view/submit', (request) => submitView(state, link, request));
  post<ViewRequest>('/sandbox/view/close', async (request) => {
    await dismissView(state, link, request);
    return { ok: true };
  });
  return router;
}

async function answer(link: AppLink, response: Response, run: () => unknown): Promise<void> {
  try {
    response.json(await run());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    link.log.info({ error: error.code, problems: error.problems }, 'the sandbox refused what somebody did');
    response.status(400).json({ ok: false, error: [error.code, ...error.problems].join('\n') });
  }
}
