/** Server-Sent Events: what changed, as it changes. */
import type { RequestHandler } from 'express';
import { findPerson } from '../people.ts';
import type { WorkspaceState } from '../state.ts';

/** Keeps proxies and browsers from dropping a quiet connection. */
const KEEP_ALIVE_MS = 20_000;

export function streamEvents(state: WorkspaceState): RequestHandler {
  return (request, response) => {
    const person = String(request.query.person ?? '');
    if (!findPerson(state, person)) {
      response.status(404).json({ ok: false, error: 'user_not_found' });
      return;
    }
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
    response.write('retry: 1000\n\n');
    const unsubscribe = state.hub.subscribe({
      person,
      send: (event) => response.write(`data: ${JSON.stringify(event)}\n\n`),
      end: () => response.end(),
    });
    const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
    response.on('close', () => {
      clearInterval(keepAlive);
      unsubscribe();
    });
  };
}
