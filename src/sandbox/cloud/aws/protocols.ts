/** AWS's wire protocols: what a request asks for, and how answers and refusals are written. */
import { randomUUID } from 'node:crypto';
import type { FaultKind } from '../types.ts';
import { AwsFault } from './types.ts';

export interface Incoming {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Protocol {
  read(incoming: Incoming): Asked;
  answer(operation: string, output: Readonly<Record<string, unknown>>): Written;
  refuse(fault: AwsFault): Written;
  readonly faults: Readonly<
    Record<'denied' | 'throttled' | 'broken', readonly [code: string, status: number]>
  >;
}

/** The protocol of each service, by its name in the scope of a signature. */
export const protocols: Readonly<Record<string, Protocol>> = {
  ec2: {
    read: readForm,
    answer: (operation, output) =>
      xml(
        `<${operation}Response>${nodes(output, 'item')}<requestId>${randomUUID()}</requestId></${operation}Response>`,
      ),
    refuse: ({ code, message, status }) =>
      xml(
        `<Response><Errors><Error>${nodes({ Code: code, Message: message }, 'item')}</Error></Errors><RequestID>${randomUUID()}</RequestID></Response>`,
        status,
      ),
    faults: {
      denied: ['UnauthorizedOperation', 403],
      throttled: ['RequestLimitExceeded', 503],
      broken: ['InternalError', 500],
    },
  },
  autoscaling: query('http://autoscaling.amazonaws.com/doc/2011-01-01/'),
  sts: query('https://sts.amazonaws.com/doc/2011-06-15/'),
  ecs: json(),
  sagemaker: json(),
  eks: {
    read: readRest,
    answer: (_operation, output) => jsonText(output),
    refuse: ({ code, message, status }) => jsonText({ message }, status, { 'x-amzn-errortype': code }),
    faults: {
      denied: ['AccessDeniedException', 403],
      throttled: ['ThrottlingException', 429],
      broken: ['ServerException', 500],
    },
  },
};

/** What a fault handed to the stand-in says on the wire. */
export function faultOf(kind: Exclude<FaultKind, 'lost'>, protocol: Protocol, permission: string): AwsFault {
  const [code, status] = protocol.faults[kind];
  switch (kind) {
    case 'denied':
      return new AwsFault(
        code,
        `User: arn:aws:iam::111122223333:user/pennywatch is not authorized to perform: ${permission} because no identity-based policy allows the ${permission} action`,
        status,
      );
    case 'throttled':
      return new AwsFault(code, 'Rate exceeded', status);
    case 'broken':
      return new AwsFault(code, 'An internal error has occurred', status);
  }
}

function query(namespace: string): Protocol {
  return {
    read: readForm,
    answer: (operation, output) =>
      xml(
        `<${operation}Response xmlns="${namespace}"><${operation}Result>${nodes(output, 'member')}</${operation}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
      ),
    refuse: ({ code, message, status }) =>
      xml(
        `<ErrorResponse xmlns="${namespace}"><Error>${nodes({ Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }, 'member')}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
        status,
      ),
    faults: {
      denied: ['AccessDenied', 403],
      throttled: ['Throttling', 400],
      broken: ['InternalFailure', 500],
    },
  };
}

function json(): Protocol {
  return {
    read: readTarget,
    answer: (_operation, output) => jsonText(output),
    refuse: ({ code, message, status }) => jsonText({ __type: code, message }, status),
    faults: {
      denied: ['AccessDeniedException', 400],
      throttled: ['ThrottlingException', 400],
      broken: ['InternalFailure', 500],
    },
  };
}

function readForm({ body }: Incoming): Asked {
  const { Action = '', Version: _, ...input } = Object.fromEntries(new URLSearchParams(body));
  return { operation: Action, input };
}

function readTarget({ headers, body }: Incoming): Asked {
  return { operation: String(headers['x-amz-target'] ?? '').replace(/^.*\./, ''), input: parse(body) };
}

const ROUTES: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/clusters\/([^/]+)\/node-groups\/([^/]+)$/, 'DescribeNodegroup'],
  ['POST', /^\/clusters\/([^/]+)\/node-groups\/([^/]+)\/update-config$/, 'UpdateNodegroupConfig'],
];

function readRest({ method, url, body }: Incoming): Asked {
  const { pathname } = new URL(url, 'http://aws');
  for (const [verb, path, operation] of ROUTES) {
    const found = verb === method ? path.exec(pathname) : null;
    if (!found) continue;
    const [clusterName, nodegroupName] = found.slice(1).map(decodeURIComponent);
    return { operation, input: { ...parse(body), clusterName, nodegroupName } };
  }
  return { operation: `${method} ${pathname}`, input: {} };
}

function parse(body: string): Record<string, unknown> {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    throw new AwsFault('SerializationException', 'The body is not JSON.');
  }
  throw new AwsFault('SerializationException', 'The body is not an object.');
}

/** Times are seconds since the epoch in JSON, ISO texts in XML. */
function jsonText(output: unknown, status = 200, headers = {}): Written {
  const body = JSON.stringify(seconds(output));
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers }, body };
}

function seconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(seconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, seconds(inner)]));
}

function xml(body: string, status = 200): Written {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

function nodes(value: unknown, each: string): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one) => `<${each}>${nodes(one, each)}</${each}>`).join('');
  if (typeof value !== 'object')
    return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `<${key}>${nodes(inner, each)}</${key}>`)
    .join('');
}
