/** Requests that are not taken: the status each reason has, and a log that a flood of them cannot fill. */
import type { Response } from 'express';
import type { Logger } from '../../core/log.ts';

/** What a request was refused for, with its HTTP status and what the sender is told. */
const REASONS = {
  method: [405, 'Activities are told with POST.'],
  'media-type': [415, 'The body is not JSON.'],
  size: [413, 'The body is over 256 KiB.'],
  json: [400, 'The body cannot be read as JSON.'],
  shape: [400, 'The body is not an activity of Teams.'],
  local: [403, 'Without credentials, only this machine is answered.'],
  token: [401, 'The token is missing or not valid.'],
  keys: [503, "The keys that prove Teams' tokens cannot be read now. Try again later."],
  'service-url': [403, 'That service is not one of Teams.'],
  tenant: [403, 'This tenant is not served.'],
  age: [403, 'The activity is too old, or its clock is wrong.'],
  replay: [409, 'The activity was received before.'],
} as const;

export type RefusalReason = keyof typeof REASONS;

/** Refusals written one by one in a minute; the rest is counted. */
const LOGGED_A_MINUTE = 30;

/** Logs a refusal; `detail` must hold nothing of a token. */
export type NoteRefusal = (reason: RefusalReason, detail?: string) => void;

/** `refused` is told every one, also those not logged: for figures. `now` gives milliseconds. */
export function createRefusals({
  log,
  now,
  refused,
}: {
  readonly log: Logger;
  readonly now: () => number;
  readonly refused?: (reason: RefusalReason) => void;
}): NoteRefusal {
  let minute = -1;
  let count = 0;
  return (reason, detail) => {
    refused?.(reason);
    // Probes ask with GET or HEAD whether somebody is there.
    if (reason === 'method') return;
    const current = Math.floor(now() / 60_000);
    if (current !== minute) {
      if (count > LOGGED_A_MINUTE)
        log.warn({ more: count - LOGGED_A_MINUTE }, 'more requests to the Teams endpoint were refused');
      [minute, count] = [current, 0];
    }
    count += 1;
    if (count > LOGGED_A_MINUTE) return;
    log.warn({ reason, ...(detail && { detail }) }, 'a request to the Teams endpoint was refused');
  };
}

/** Answers a refused request. */
export function sendRefusal(response: Response, reason: RefusalReason): void {
  const [status, message] = REASONS[reason];
  if (reason === 'method') response.set('Allow', 'POST');
  if (reason === 'token') response.set('WWW-Authenticate', 'Bearer');
  if (reason === 'keys') response.set('Retry-After', '30');
  // What is left of an oversized body is not waited for.
  if (reason === 'size') response.set('Connection', 'close');
  response.status(status).json({ error: { code: reason, message } });
}
