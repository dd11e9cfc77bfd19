/** Stand-in for AWS Cost Explorer (and for the one call of STS that goes with it). */
import { type BillEntry, faultOf, holds } from './aws-filter.ts';
import { createPages, type Group, groupsOf, periodsOf, type UsageRequest } from './aws-groups.ts';
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts';
import type { TruthCharge } from './truth.ts';

export interface AwsOptions {
  readonly port?: number;
  /** Groups per page. */
  readonly pageSize?: number;
  /** Milliseconds that its clock is ahead. */
  readonly skew?: number;
  /** As emulators do that know no filters. */
  readonly ignoresFilters?: boolean;
  /** Whether hourly granularity is switched on. */
  readonly hourly?: boolean;
  /** How many pages after a first are refused because the bill changed. */
  readonly breaksPages?: number;
  /** Operations that the credentials may not call. */
  readonly denied?: readonly string[];
  readonly today?: string;
}

export interface AwsStandIn extends StandIn {
  /** What it bills, in AWS's own words. */
  enter(entries: readonly Partial<BillEntry>[]): void;
  /** Parsed bodies of the requests for costs that were answered. */
  readonly usageRequests: readonly UsageRequest[];
}

const KEY = 'AKIASTANDIN000000001';
const SECRET = 'standInSecretKeyThatMustNeverBeShown0001';
const ROLE_KEY = 'ASIASTANDIN000000002';
const METRICS = ['UnblendedCost', 'AmortizedCost', 'NetUnblendedCost', 'NetAmortizedCost', 'BlendedCost'];

export async function startAwsCostExplorer(options: AwsOptions = {}): Promise<AwsStandIn> {
  const today = options.today ?? '2026-11-21';
  let entries: BillEntry[] = [];
  let isRevoked = false;
  let breaks = options.breaksPages ?? 0;
  const usageRequests: UsageRequest[] = [];
  const pages = createPages(options.pageSize ?? 500);
  const clock = () => Date.now() + (options.skew ?? 0);

  const usage = (request: UsageRequest): StandInAnswer => {
    const fault = invalid(request, options);
    if (fault) return refusal(fault[0], fault[1]);
    const { Filter, NextPageToken } = request;
    if (NextPageToken !== undefined && breaks > 0) {
      breaks -= 1;
      return refusal('RequestChangedException', 'Your request parameters changed between pages.');
    }
    const page = pages.pageOf(request, entries, () =>
      groupsOf(
        entries.filter((entry) => !Filter || options.ignoresFilters || holds(Filter, entry)),
        request,
      ),
    );
    if (!page) return refusal('InvalidNextTokenException', 'Invalid pagination token.');
    usageRequests.push(request);
    const grouped = (request.GroupBy ?? []).length > 0;
    return {
      body: {
        GroupDefinitions: request.GroupBy ?? [],
        ResultsByTime: periodsOf(request).map((period) => ({
          TimePeriod: period,
          Total: {},
          Groups: page.groups.filter(({ start }) => start === period.Start).map(shown),
          Estimated: period.Start.slice(0, 7) >= today.slice(0, 7),
        })),
        DimensionValueAttributes: grouped
          ? page.groups.flatMap(({ keys }) =>
              keys
                .filter((key) => /^\d{12}$/.test(key))
                .map((Value) => ({ Value, Attributes: { description: `Account ${Value.slice(-3)}` } })),
            )
          : [],
        ...(page.next && { NextPageToken: page.next }),
      },
    };
  };

  const answer = (request: StandInRequest): StandInAnswer => {
    if (request.body.includes('Action=AssumeRole')) return assumedRole(new URLSearchParams(request.body));
    const date = { date: new Date(clock()).toUTCString() };
    const refused = refuseAuth(request, isRevoked, clock());
    if (refused) return { ...refused, headers: { ...refused.headers, ...date } };
    const operation =
      /^AWSInsightsIndexService\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
    if (options.denied?.includes(operation))
      return refusal(
        'AccessDeniedException',
        `User: arn:aws:iam::111111111111:user/pennywatch is not authorized to perform: ce:${operation} on resource: * because no identity-based policy allows the ce:${operation} action`,
      );
    const body = JSON.parse(request.body) as Record<string, unknown>;
    const answered = () => {
      switch (operation) {
        case 'GetCostAndUsage':
          return usage(body as unknown as UsageRequest);
        case 'GetCostForecast':
          return forecast(body);
        case 'GetAnomalies':
          return ANOMALIES;
        default:
          return refusal('UnknownOperationException', '');
      }
    };
    const given = answered();
    return { ...given, headers: { 'content-type': 'application/x-amz-json-1.1', ...given.headers, ...date } };
  };

  const server = await startStandIn(
    {
      answer,
      refuse: (status) =>
        status === 429
          ? refusal(
              'LimitExceededException',
              'You made too many calls in a short period of time. Try again later.',
            )
          : {
              ...refusal(status === 503 ? 'ServiceUnavailableException' : 'InternalServerException', ''),
              status,
            },
    },
    options.port,
  );
  return {
    url: server.url,
    requests: server.requests,
    trouble: server.trouble,
    close: server.close,
    usageRequests,
    variables: {
      AWS_ACCESS_KEY_ID: KEY,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_ENDPOINT_URL_COST_EXPLORER: server.url,
      AWS_ENDPOINT_URL_STS: server.url,
    },
    options: { account: '999999999999', tags: ['team', 'model'] },
    revoke(revoked) {
      isRevoked = revoked;
    },
    bill(charges) {
      entries = charges.map(entryOf);
    },
    enter(list) {
      entries = list.map((entry) => ({
        day: today,
        hour: '05',
        dimensions: {},
        tags: {},
        categories: {},
        metrics: {},
        currency: 'USD',
        ...entry,
      }));
    },
  };
}

function entryOf(charge: TruthCharge): BillEntry {
  return {
    day: charge.day,
    hour: '05',
    dimensions: {
      SERVICE: charge.service,
      LINKED_ACCOUNT: charge.account,
      RECORD_TYPE: charge.service === 'Tax' ? 'Tax' : 'Usage',
      REGION: 'us-east-1',
    },
    tags: charge.tags,
    categories: {},
    metrics: Object.fromEntries(METRICS.map((metric) => [metric, charge.amount])),
    currency: charge.currency,
  };
}

function shown({ keys, metrics, currency }: Group) {
  return {
    Keys: keys,
    Metrics: Object.fromEntries(
      Object.entries(metrics).map(([metric, Amount]) => [metric, { Amount, Unit: currency }]),
    ),
  };
}

/** Name and message of what AWS refuses a request for. */
function invalid(request: UsageRequest, options: AwsOptions): [string, string] | undefined {
  const { TimePeriod, Granularity, Metrics, GroupBy = [], Filter } = request;
  const hourly = Granularity === 'HOURLY';
  const form = hourly ? /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/ : /^\d{4}-\d\d-\d\d$/;
  if (!form.test(TimePeriod?.Start ?? '') || !form.test(TimePeriod?.End ?? ''))
    return ['ValidationException', 'Start and end dates are not in the expected form.'];
  if (TimePeriod.Start >= TimePeriod.End)
    return ['ValidationException', 'Start date (and hour) should be before end date (and hour)'];
  if (!['DAILY', 'MONTHLY', 'HOURLY'].includes(Granularity))
    return ['ValidationException', 'Granularity is invalid'];
  if (hourly && !options.hourly)
    return [
      'AccessDeniedException',
      'Hourly granularity is not enabled for this account; opt in through the preferences.',
    ];
  if (!Metrics?.length || Metrics.some((metric) => !METRICS.includes(metric)))
    return ['ValidationException', 'Metrics are invalid'];
  if (GroupBy.length > 2) return ['ValidationException', 'The maximum number of GroupBy definitions is 2'];
  if (GroupBy.some(({ Type, Key }) => !Key || !['DIMENSION', 'TAG', 'COST_CATEGORY'].includes(Type)))
    return ['ValidationException', 'GroupBy is invalid'];
  const fault = Filter && faultOf(Filter);
  return fault === undefined ? undefined : ['ValidationException', fault];
}

function refusal(name: string, message: string, status = 400): StandInAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': name },
    body: { __type: `com.amazonaws.ce#${name}`, Message: message, message },
  };
}

function refuseAuth({ headers }: StandInRequest, isRevoked: boolean, now: number): StandInAnswer | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/\d{8}\/us-east-1\/ce\/aws4_request, SignedHeaders=[\w;-]+, Signature=[0-9a-f]{64}$/.exec(
      String(headers.authorization),
    );
  if (!match) return refusal('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  if (isRevoked || ![KEY, ROLE_KEY].includes(match[1] ?? ''))
    return refusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (match[1] === ROLE_KEY && headers['x-amz-security-token'] !== 'role-session')
    return refusal('ExpiredTokenException', 'The security token included in the request is expired');
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(now - signed) < 300_000))
    return refusal(
      'InvalidSignatureException',
      'Signature expired: it is now earlier or later than it may be.',
    );
  return undefined;
}

function forecast(body: Readonly<Record<string, unknown>>): StandInAnswer {
  if (typeof body.Metric !== 'string' || !/^[A-Z_]+$/.test(body.Metric))
    return refusal('ValidationException', 'Metric is invalid');
  const amounts = {
    MeanValue: '1234.5',
    PredictionIntervalLowerBound: '1100.25',
    PredictionIntervalUpperBound: '1400',
  };
  return {
    body: {
      Total: { Amount: '1234.5', Unit: 'USD' },
      ForecastResultsByTime: [{ TimePeriod: body.TimePeriod, ...amounts }],
    },
  };
}

const ANOMALIES: StandInAnswer = {
  body: {
    Anomalies: [
      {
        AnomalyId: 'a-1',
        AnomalyStartDate: '2026-11-12T00:00:00Z',
        AnomalyEndDate: '2026-11-14T00:00:00Z',
        DimensionValue: 'Amazon SageMaker',
        RootCauses: [
          {
            Service: 'Amazon SageMaker',
            Region: 'us-east-1',
            LinkedAccount: '111111111111',
            UsageType: 'ml.p4d',
            Impact: { Contribution: 812.4 },
          },
        ],
        AnomalyScore: { MaxScore: 0.9, CurrentScore: 0.5 },
        Impact: { MaxImpact: 400.5, TotalImpact: 812.4 },
        MonitorArn: 'arn:aws:ce::111111111111:anomalymonitor/1',
      },
    ],
  },
};

function assumedRole(form: URLSearchParams): StandInAnswer {
  const xml = { 'content-type': 'text/xml' };
  if (form.get('ExternalId') !== 'ext-1')
    return {
      status: 403,
      headers: xml,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to perform: sts:AssumeRole on resource</Message></Error></ErrorResponse>',
    };
  return {
    headers: xml,
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${ROLE_KEY}</AccessKeyId><SecretAccessKey>roleSecret</SecretAccessKey><SessionToken>role-session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
}
