/** Sends what a person did to the app, signed, and waits for its acknowledgement. */
import type { SandboxLog } from '../types.ts';
import { signatureHeaders } from './sign.ts';

export interface AppLink {
  readonly signingSecret: string;
  readonly appUrl: () => string;
  readonly ackTimeoutMs: number;
  readonly log: SandboxLog;
}

/** Slack's own words for an app that is too slow, or not there. */
export type AckFailure = 'operation_timeout' | 'dispatch_failed';

export type Ack =
  /** `body` is the parsed JSON, the plain text, or undefined when the answer was empty. */
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: AckFailure };

/** A form, as Slack sends commands and clicks. Never throws. */
export function sendToApp(link: AppLink, form: Readonly<Record<string, string>>): Promise<Ack> {
  const body = new URLSearchParams(form).toString();
  return postToApp(link, body, { 'content-type': 'application/x-www-form-urlencoded' });
}

/** Signs the body and posts it. Never throws. */
export async function postToApp(
  link: AppLink,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Ack> {
  // The app compares this with the machine's clock, whatever the workspace's clock says.
  const seconds = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(link.appUrl(), {
      method: 'POST',
      headers: { ...headers, ...signatureHeaders(link.signingSecret, body, seconds) },
      body,
      signal: AbortSignal.timeout(link.ackTimeoutMs),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, body: parse(text) };
    link.log.warn({ status: response.status, answer: text.slice(0, 500) }, 'the app refused a request');
    return { ok: false, error: 'dispatch_failed' };
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    link.log.warn({ err: error }, slow ? 'the app did not acknowledge in time' : 'the app cannot be reached');
    return { ok: false, error: slow ? 'operation_timeout' : 'dispatch_failed' };
  }
}

/** What a person did in a message or modal; Slack sends it as JSON in a form field. */
export function sendPayload(link: AppLink, payload: Record<string, unknown>): Promise<Ack> {
  return sendToApp(link, { payload: JSON.stringify(payload) });
}

function parse(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
