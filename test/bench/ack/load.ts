/** Sends signed slash commands at a steady pace, whether or not the ones before are acknowledged. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { signatureHeaders } from '../../../src/sandbox/app/sign.ts';
import { modelName } from '../big-store.ts';
import { listenToParent } from './child.ts';
import { BIG, type LoadResult, type LoadStart, SIGNING_SECRET } from './words.ts';

const WARM_UP_SECONDS = 2;
const agent = new Agent({ keepAlive: true });

listenToParent('', {
  async send({ url, answerUrl, perSecond, seconds }: LoadStart): Promise<LoadResult> {
    await sendFor(WARM_UP_SECONDS);
    return sendFor(seconds);

    async function sendFor(howLong: number): Promise<LoadResult> {
      const waiting: Promise<number | string>[] = [];
      const start = performance.now();
      for (let index = 0; index < howLong * perSecond; index++) {
        await sleep(Math.max(0, start + (index * 1000) / perSecond - performance.now()));
        waiting.push(post(url, commandBody(index, answerUrl)));
      }
      const all = await Promise.all(waiting);
      return {
        times: all.filter((one) => typeof one === 'number'),
        refused: all.filter((one) => typeof one === 'string'),
      };
    }
  },
});

/** One in ten asks for a model; the others look something up. */
function commandText(index: number): string {
  if (index % 10 === 0) return `model ${modelName((index / 10) % BIG.models)} 30d`;
  return index % 10 === 5 ? 'sources' : 'help';
}

function commandBody(index: number, answerUrl: string): string {
  return new URLSearchParams({
    command: '/cost',
    text: commandText(index),
    user_id: `U${index % 200}`,
    user_name: 'somebody',
    channel_id: `C${index % 200}`,
    channel_name: 'somewhere',
    team_id: 'T1',
    response_url: answerUrl,
    trigger_id: `${Date.now()}.${index}`,
  }).toString();
}

/** Milliseconds until the acknowledgement is here, or why there is none. */
async function post(url: string, body: string): Promise<number | string> {
  const start = performance.now();
  const seconds = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    ...signatureHeaders(SIGNING_SECRET, body, seconds),
  };
  for (;;) {
    const { status, error, again } = await sendOnce(url, body, headers);
    if (status === 200) return performance.now() - start;
    if (!again) return error ?? `HTTP ${status}`;
  }
}

/** `again`: the server was just closing a connection that had been idle; HTTP clients then take another. */
function sendOnce(
  url: string,
  body: string,
  headers: Readonly<Record<string, string | number>>,
): Promise<{ status?: number; error?: string; again: boolean }> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, again: false }));
    });
    sent.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ error: error.message, again: sent.reusedSocket && error.code === 'ECONNRESET' }),
    );
    sent.end(body);
  });
}
