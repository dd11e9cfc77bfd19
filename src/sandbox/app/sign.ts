/** Slack's request signature, version 0. */
import { createHmac } from 'node:crypto';

/** Headers for a body sent at `seconds` since the epoch. */
export function signatureHeaders(
  signingSecret: string,
  body: string,
  seconds: number,
): Record<string, string> {
  const digest = createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-signature': `v0=${digest}`, 'x-slack-request-timestamp': String(seconds) };
}
