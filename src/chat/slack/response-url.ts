/** Answers through a `response_url`: private, without the bot being in the channel, five times within 30 minutes. */
import type { Wait } from './api.ts';
import { SlackRefusal, slackError } from './errors.ts';
import type { SlackMessage } from './render.ts';

const TRIES = 3;

/** `replace` rewrites the message the person acted on, or our own earlier answer. Throws UPSTREAM when Slack refuses. */
export async function respondTo(
  url: string,
  message: SlackMessage,
  options: { readonly replace: boolean; readonly thread?: string; readonly wait: Wait },
): Promise<void> {
  const body = JSON.stringify({
    response_type: 'ephemeral',
    replace_original: options.replace,
    ...(options.thread ? { thread_ts: options.thread } : {}),
    text: message.text,
    blocks: message.blocks,
    mrkdwn: false,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await post(url, body);
    } catch (error) {
      const seconds = error instanceof SlackRefusal ? error.retryAfter : undefined;
      if (seconds === undefined || attempt >= TRIES || seconds > 60)
        throw slackError(error, 'the answer to a command or click');
      await options.wait(seconds * 1_000);
    }
  }
}

async function post(url: string, body: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.text();
  if (response.status === 429)
    throw new SlackRefusal('ratelimited', Number(response.headers.get('retry-after')) || 1);
  const code = /"error"\s*:\s*"([\w-]+)"/.exec(answer)?.[1] ?? /^[a-z_]+$/.exec(answer.trim())?.[0];
  if (!response.ok) throw new SlackRefusal(code ?? `http_${response.status}`);
  // Slack answers "ok" in plain text, and refuses some layouts with HTTP 200.
  if (/"ok"\s*:\s*false/.test(answer)) throw new SlackRefusal(code ?? 'unknown_error');
}
