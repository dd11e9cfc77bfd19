/** Reads messages of a channel or chat from Microsoft Graph: bots have no history of their own. */
import { z } from 'zod';
import type { TeamsConfig } from './config.ts';
import { TeamsRefusal } from './errors.ts';
import { createTokens } from './graph-token.ts';
import type { Wait } from './limiter.ts';
import { limits } from './limits.ts';

export interface GraphMessages {
  /** One page, newest first. Rejects with a TeamsRefusal. `path` begins with "/"; `next` is what an earlier page named. */
  page(tenant: string, path: string, next?: string): Promise<GraphPage>;
}

export interface GraphPage {
  readonly messages: readonly GraphMessage[];
  /** Where the next page is. */
  readonly next?: string;
}

export interface GraphMessage {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly removed: boolean;
  /** Written by the bot: not by a person or another app, who can post any card. */
  readonly ours: boolean;
  /** Contents of its cards, as JSON text. */
  readonly cards: readonly string[];
}

const GRAPH = 'https://graph.microsoft.com/v1.0';
/** Graph gives no more at once. */
const PAGE = 50;
const TIMEOUT = 10_000;
const TRIES = 3;
const LONGEST_PAUSE = 10_000;

const Page = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      createdDateTime: z.string(),
      deletedDateTime: z.string().nullish(),
      from: z
        .object({
          user: z.looseObject({}).nullish(),
          application: z.object({ id: z.string().nullish() }).nullish(),
        })
        .nullish(),
      attachments: z
        .array(z.object({ contentType: z.string().nullish(), content: z.string().nullish() }))
        .nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

/** Undefined where there is nothing to ask with: no credentials. */
export function createGraphMessages(
  config: TeamsConfig,
  { wait, now }: { readonly wait: Wait; readonly now?: () => number },
): GraphMessages | undefined {
  const bot = config.appId;
  if (!bot || !config.appPassword) return undefined;
  const url = config.endpoints?.graph ?? GRAPH;
  const tokens = createTokens(config, now ? { now } : {});

  async function ask(tenant: string, bot: string, address: string): Promise<GraphPage> {
    const token = await tokens('graph', tenant);
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((error: unknown) => {
      throw new TeamsRefusal('Microsoft Graph did not answer.', { uncertain: false }, error);
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refused(response, body);
    const page = Page.safeParse(body);
    if (!page.success)
      throw new TeamsRefusal('Microsoft Graph answered something else.', { uncertain: false });
    return toPage(page.data, bot);
  }

  return {
    async page(tenant, path, next) {
      const address = next ?? `${url}${path}?$top=${PAGE}`;
      // The token must not go where an answer points to, unless that is Graph itself.
      if (!address.startsWith(`${url}/`))
        throw new TeamsRefusal('Microsoft Graph pointed elsewhere.', { uncertain: false });
      for (let tries = 1; ; tries += 1) {
        try {
          return await ask(tenant, bot, address);
        } catch (error) {
          const pause = error instanceof TeamsRefusal ? pauseAfter(error, tries) : undefined;
          if (pause === undefined) throw error;
          await wait(pause);
        }
      }
    },
  };
}

function toPage({ value, '@odata.nextLink': next }: z.infer<typeof Page>, bot: string): GraphPage {
  return {
    messages: value.map(({ id, createdDateTime, deletedDateTime, from, attachments }) => ({
      id,
      at: Date.parse(createdDateTime),
      removed: deletedDateTime != null,
      ours: !from?.user && (from?.application?.id ?? bot).toLowerCase() === bot.toLowerCase(),
      cards: (attachments ?? []).flatMap(({ contentType, content }) =>
        contentType === 'application/vnd.microsoft.card.adaptive' && content ? [content] : [],
      ),
    })),
    ...(next ? { next } : {}),
  };
}

function refused({ status, headers }: Response, body: unknown): TeamsRefusal {
  const code = z.object({ error: z.object({ code: z.string().max(100) }) }).safeParse(body).data?.error.code;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new TeamsRefusal(`Microsoft Graph answered with HTTP ${status}${code ? `, ${code}` : ''}.`, {
    status,
    ...(code ? { code } : {}),
    ...(Number.isFinite(seconds) ? { retryAfter: seconds * 1_000 } : {}),
    uncertain: false,
  });
}

/** Milliseconds until the next try; undefined when there is none. */
function pauseAfter(
  { facts: { status, retryAfter, code } }: TeamsRefusal,
  tries: number,
): number | undefined {
  if (tries >= TRIES || code === 'NotSupported') return undefined;
  if (status !== undefined && status !== 429 && status < 500) return undefined;
  const pause = retryAfter ?? limits.retry.firstMs * 2 ** (tries - 1);
  return pause > LONGEST_PAUSE ? undefined : pause;
}
