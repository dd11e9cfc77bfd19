/** Azure's Query API and its sign-in, from their documentation and recorded answers. */
import { createHash } from 'node:crypto';
import { type AzureCharge, type QueryBody, refusalOf, runQuery, subscriptionOf } from './azure-query.ts';
import { CLIENT, createSignIn, SECRET, TENANT } from './azure-sign-in.ts';
import {
  type StandIn,
  type StandInAnswer,
  type StandInRequest,
  type StandInServer,
  startStandIn,
} from './server.ts';
import type { TruthCharge } from './truth.ts';

export interface AzureOptions {
  readonly port?: number;
  readonly pageSize?: number;
  readonly maxGroupings?: number;
  readonly chargeType?: (charge: TruthCharge) => string;
  /** What is charged by one of the two cost types; all the same unless told. */
  readonly costs?: (charges: readonly TruthCharge[], type: string) => readonly TruthCharge[];
}

export interface AzureStandIn extends StandIn {
  /** Where tokens are given out; it has troubles of its own. */
  readonly signIn: StandInServer;
  /** What was asked, with its definition. */
  readonly queries: readonly (StandInRequest & { readonly definition: QueryBody })[];
  /** Answers in place of the Query API as long as it gives something. */
  intercept(answer: ((request: StandInRequest) => StandInAnswer | undefined) | undefined): void;
  /** Tokens given out are no longer taken. */
  expire(): void;
}

export const MANAGEMENT_GROUP = '/providers/Microsoft.Management/managementGroups/contoso';
export const THROTTLE_HEADERS = ['qpu', 'entity', 'tenant', 'client'].map(
  (quota) => `x-ms-ratelimit-microsoft.costmanagement-${quota}-retry-after`,
);
const QUERY = /^(?<scope>\/.+?)\/providers\/Microsoft\.CostManagement\/query$/i;

export async function startAzureCostManagement(options: AzureOptions = {}): Promise<AzureStandIn> {
  const { pageSize = 1000, maxGroupings = 2, costs = (charges) => charges } = options;
  const chargeType = options.chargeType ?? (() => 'Usage');
  const signIn = createSignIn();
  let billed: readonly TruthCharge[] = [];
  let throttled = 0;
  let intercept: ((request: StandInRequest) => StandInAnswer | undefined) | undefined;

  function query(request: StandInRequest): StandInAnswer {
    const scope = decodeURIComponent(QUERY.exec(request.url.pathname)?.groups?.scope ?? '');
    if (!signIn.isValid(request.headers.authorization))
      return armError(401, 'InvalidAuthenticationToken', 'The access token is invalid or has expired.');
    if (!/^\d{4}-\d\d-\d\d/.test(request.url.searchParams.get('api-version') ?? ''))
      return armError(400, 'MissingApiVersionParameter', 'The api-version query parameter is required.');
    const charges = within(scope, billed);
    if (!charges) return armError(404, 'SubscriptionNotFound', `The scope '${scope}' could not be found.`);
    const body: QueryBody = JSON.parse(request.body);
    const refusal = refusalOf(body, maxGroupings);
    if (refusal) return armError(400, 'BadRequest', refusal);
    const found = costs(charges, body.type).map(
      (each): AzureCharge => ({ ...each, chargeType: chargeType(each) }),
    );
    return page(request, runQuery(body, found, request.body.length), pageSize);
  }

  const server = await startStandIn(
    {
      answer(request) {
        if (request.method !== 'POST' || !QUERY.test(request.url.pathname))
          return armError(404, 'NotFound', 'There is nothing here.');
        return intercept?.(request) ?? query(request);
      },
      refuse(status) {
        if (status !== 429) return armError(status, 'ServiceUnavailable', 'The service is unavailable.');
        throttled += 1;
        const header = THROTTLE_HEADERS[throttled % THROTTLE_HEADERS.length] ?? '';
        return { ...armError(429, '429', 'Too many requests. Please retry.'), headers: { [header]: '2' } };
      },
    },
    options.port,
  );
  // Signing in is another place than asking, as in the cloud.
  const signInServer = await startStandIn({
    answer: (request) => signIn.answer(request) ?? { status: 404, body: '' },
    refuse: (status) => ({ status, body: { error: 'temporarily_unavailable' } }),
  });
  return {
    ...server,
    signIn: signInServer,
    get requests() {
      return [...server.requests, ...signInServer.requests];
    },
    trouble(faults) {
      server.trouble(faults);
      // Answers that never come never come from either; other troubles of the sign-in are its own.
      signInServer.trouble(faults?.kinds?.includes('hung') ? faults : undefined);
    },
    async close() {
      await server.close();
      await signInServer.close();
    },
    variables: {
      AZURE_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: CLIENT,
      AZURE_CLIENT_SECRET: SECRET,
      AZURE_AUTHORITY_HOST: signInServer.url,
      AZURE_RESOURCE_MANAGER_URL: server.url,
    },
    options: { scopes: [MANAGEMENT_GROUP], tags: ['team', 'model'], queries: '500' },
    get queries() {
      return server.requests
        .filter(({ url }) => QUERY.test(url.pathname))
        .map((request) => ({ ...request, definition: JSON.parse(request.body) }));
    },
    bill(charges) {
      billed = charges;
    },
    revoke: signIn.revoke,
    expire: signIn.expire,
    intercept(answer) {
      intercept = answer;
    },
  };
}

/** A management group or billing account holds everything; a subscription its own. Undefined: not known. */
function within(scope: string, charges: readonly TruthCharge[]): readonly TruthCharge[] | undefined {
  if (!/^\/subscriptions\//i.test(scope))
    return scope.toLowerCase().startsWith('/providers/') ? charges : undefined;
  const own = charges.filter(({ account }) => scope === `/subscriptions/${subscriptionOf(account)}`);
  return own.length > 0 ? own : undefined;
}

/** The page that $skiptoken names; the definition has to be the same on every page. */
function page(
  { url, headers, body }: StandInRequest,
  table: ReturnType<typeof runQuery>,
  size: number,
): StandInAnswer {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 8);
  const token = url.searchParams.get('$skiptoken');
  const [from = '0', of = digest] = token ? Buffer.from(token, 'base64').toString().split(':') : [];
  if (of !== digest) return armError(400, 'BadRequest', 'The skiptoken belongs to another query.');
  const end = Number(from) + size;
  const next = encodeURIComponent(Buffer.from(`${end}:${digest}`).toString('base64'));
  const api = url.searchParams.get('api-version');
  return {
    headers: {
      'x-ms-ratelimit-microsoft.costmanagement-qpu-remaining': 'QueriesPerHour:577,QueriesPerMin:59',
    },
    body: {
      id: `${url.pathname.slice(1)}/5eb960c9-2fc7-4650-bc09-8e6c4e8eb13f`,
      name: '5eb960c9-2fc7-4650-bc09-8e6c4e8eb13f',
      type: 'Microsoft.CostManagement/query',
      properties: {
        nextLink:
          end < table.rows.length
            ? `http://${headers.host}${url.pathname}?api-version=${api}&$skiptoken=${next}`
            : null,
        columns: table.columns,
        rows: table.rows.slice(Number(from), end),
      },
    },
  };
}

export function armError(status: number, code: string, message: string): StandInAnswer {
  return { status, body: { error: { code, message } } };
}
