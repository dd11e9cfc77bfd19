/** A LiteLLM proxy: daily activity in pages of rows, requests in pages, teams, and keys of three kinds. */
import { createHash } from 'node:crypto';
import { activityPage, logPage } from './litellm-answers.ts';
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts';
import type { TruthCharge } from './truth.ts';

export const MASTER_KEY = 'sk-litellm-stand-in-master-4711';
/** Sees its own spend only: nothing, and without an error. */
export const MEMBER_KEY = 'sk-litellm-stand-in-member-0815';

/** A request that went through the proxy; the truth's charges are served as one each. */
export interface ProxyRequest {
  readonly day: string;
  readonly time: string;
  readonly model: string | null;
  readonly provider: string;
  /** Hash, alias and team of the key. */
  readonly key: string;
  readonly alias: string | null;
  readonly teamId: string | null;
  readonly teamAlias: string | null;
  readonly user: string;
  /** Decimal text. */
  readonly spend: string;
  readonly tokens: TruthCharge['tokens'];
  readonly tags: readonly string[];
}

export interface LiteLlmStandIn extends StandIn {
  /** Requests as they are, in place of charges. */
  serve(requests: readonly ProxyRequest[]): void;
}

export async function startLiteLlm(options: { readonly port?: number } = {}): Promise<LiteLlmStandIn> {
  let served: readonly ProxyRequest[] = [];
  let revoked = false;
  const server = await startStandIn(
    {
      answer(request) {
        const role = revoked ? undefined : roleOf(request);
        if (!role) return unauthorised(request);
        return answer(request, role, served);
      },
      refuse: (status) => failure(status, status === 429 ? 'throttling_error' : 'internal_server_error'),
    },
    options.port,
  );
  return {
    ...server,
    variables: { LITELLM_MASTER_KEY: MASTER_KEY, LITELLM_BASE_URL: server.url },
    options: {},
    bill(charges) {
      served = charges.map(requestOf);
    },
    serve(requests) {
      served = requests;
    },
    revoke(value) {
      revoked = value;
    },
  };
}

type Role = 'admin' | 'member';

function roleOf({ headers }: StandInRequest): Role | undefined {
  if (headers.authorization === `Bearer ${MASTER_KEY}`) return 'admin';
  return headers.authorization === `Bearer ${MEMBER_KEY}` ? 'member' : undefined;
}

function answer({ method, url }: StandInRequest, role: Role, all: readonly ProxyRequest[]): StandInAnswer {
  if (method !== 'GET') return { status: 405, body: { detail: 'Method Not Allowed' } };
  const requests = role === 'admin' ? all : [];
  switch (url.pathname) {
    case '/team/list':
      return role === 'admin'
        ? { body: teamsOf(all) }
        : detail(401, 'Only admin users can query all teams/other teams. Your user role=internal_user');
    case '/user/daily/activity':
      return activityPage(url.searchParams, requests);
    case '/spend/logs/v2':
      return logPage(url.searchParams, requests);
    default:
      return { status: 404, body: { detail: 'Not Found' } };
  }
}

/** One request per charge; each account and team has a key. */
function requestOf(charge: TruthCharge, index: number): ProxyRequest {
  const { team } = charge.tags;
  const teamId = team === undefined ? null : `team-${hashOf(team).slice(0, 6)}`;
  const keyName = `${charge.account}-${team ?? ''}`;
  const second = String(index % 60).padStart(2, '0');
  return {
    day: charge.day,
    time: `${charge.day} 23:59:${second}.${String(index % 1000).padStart(3, '0')}100`,
    model: charge.model,
    provider: 'openai',
    key: hashOf(keyName),
    alias: charge.account.endsWith('1') ? keyName : null,
    teamId,
    teamAlias: team || null,
    user: charge.service,
    spend: charge.amount,
    tokens: charge.tokens,
    tags: [...Object.entries(charge.tags).map(([name, value]) => `${name}:${value}`), 'User-Agent: probe'],
  };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function teamsOf(requests: readonly ProxyRequest[]) {
  const teams = new Map(requests.map(({ teamId, teamAlias }) => [teamId, teamAlias]));
  return [...teams]
    .filter(([id]) => id !== null)
    .map(([id, alias]) => ({ team_id: id, team_alias: alias, members_with_roles: [], metadata: {} }));
}

export function detail(status: number, error: string): StandInAnswer {
  return { status, body: { detail: { error } } };
}

function failure(status: number, type: string): StandInAnswer {
  return { status, body: { error: { message: 'Trouble.', type, param: 'None', code: String(status) } } };
}

/** As the proxy does, with the end of the key and its hash. */
function unauthorised({ headers }: StandInRequest): StandInAnswer {
  const key = headers.authorization?.replace('Bearer ', '') ?? '';
  const message = `Authentication Error, Invalid proxy server token passed. Received API Key = sk-...${key.slice(-4)}, Key Hash (Token) =${hashOf(key)}. Unable to find token in cache or \`LiteLLM_VerificationTokenTable\``;
  return {
    status: 401,
    body: { error: { message, type: 'token_not_found_in_db', param: 'key', code: '401' } },
  };
}
