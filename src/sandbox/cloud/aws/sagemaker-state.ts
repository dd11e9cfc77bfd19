/** What the stand-in of SageMaker holds: named things of eight kinds, each with a status that turns over time. */
import { AwsFault, type AwsRequest, isThere, textOf } from './types.ts';

export type SagemakerKind =
  | 'training-job'
  | 'processing-job'
  | 'hyper-parameter-tuning-job'
  | 'notebook-instance'
  | 'endpoint'
  | 'endpoint-config'
  | 'model'
  | 'inference-component';

export type Fields = Readonly<Record<string, unknown>>;

export interface Thing {
  readonly kind: SagemakerKind;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly created: Date;
  readonly modified: Date;
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What the API tells beside name, ARN, status and times, in its own shapes. */
  readonly fields: Fields;
  /** A change that comes by itself, at milliseconds since the epoch; without a status it is gone then. */
  readonly turn?: { readonly at: number; readonly status?: string; readonly fields?: Fields };
}

export interface SagemakerState {
  readonly lag: number;
  /** Undefined when the signer's account holds none in that region. */
  get(request: AwsRequest, kind: SagemakerKind, name: string): Thing | undefined;
  byArn(arn: string): Thing | undefined;
  list(request: AwsRequest, kind: SagemakerKind): readonly Thing[];
  put(thing: Thing): void;
  /** What should have turned by then turns. */
  settle(now: number): void;
  all(): readonly Thing[];
}

/** One of its operations on what it holds; throws AwsFault. */
export type Operation = (request: AwsRequest, state: SagemakerState) => Fields;

export function arnOf({
  kind,
  name,
  region,
  account,
}: Pick<Thing, 'kind' | 'name' | 'region' | 'account'>): string {
  return `arn:aws:sagemaker:${region}:${account}:${kind}/${name}`;
}

/** Over what is given, by ARN, which whoever gave it may change as somebody else would in the console. */
export function createSagemakerState(things: Map<string, Thing>, lag: number): SagemakerState {
  const list: SagemakerState['list'] = (request, kind) =>
    [...things.values()].filter((thing) => thing.kind === kind && isThere(request, thing));
  return {
    lag,
    list,
    get: (request, kind, name) => list(request, kind).find((thing) => thing.name === name),
    byArn: (arn) => things.get(arn),
    put: (thing) => void things.set(arnOf(thing), thing),
    settle(now) {
      for (const [arn, { turn, ...thing }] of things) {
        if (!turn || now < turn.at) continue;
        const { at, status, fields } = turn;
        if (status === undefined) things.delete(arn);
        else
          things.set(arn, {
            ...thing,
            status,
            modified: new Date(at),
            fields: { ...thing.fields, ...fields },
          });
      }
    },
    all: () => [...things.values()],
  };
}

/** An operation on one thing that must be there. */
export function onThing(
  kind: SagemakerKind,
  nameField: string,
  act: (thing: Thing, request: AwsRequest, state: SagemakerState) => Fields,
): Operation {
  return (request, state) => {
    const name = textOf(request.input, nameField);
    const thing = state.get(request, kind, name);
    if (!thing) throw notFound(kind, name, request);
    return act(thing, request, state);
  };
}

export function invalid(message: string): AwsFault {
  return new AwsFault('ValidationException', message);
}

/** Each kind has its own words for there being none of that name. */
export function notFound(kind: SagemakerKind, name: string, { region, account }: AwsRequest): AwsFault {
  const arn = arnOf({ kind, name, region, account: account ?? '000000000000' });
  switch (kind) {
    case 'training-job':
      return invalid('Requested resource not found.');
    case 'processing-job':
      return invalid(`Could not find requested job with name: ${name}`);
    case 'hyper-parameter-tuning-job':
      return new AwsFault(
        'ResourceNotFound',
        `Amazon SageMaker can't find a tuning job with the name ${name}`,
      );
    case 'notebook-instance':
      return invalid('RecordNotFound');
    case 'endpoint':
      return invalid(`Could not find endpoint "${arn}".`);
    case 'endpoint-config':
      return invalid(`Could not find endpoint configuration "${arn}".`);
    case 'model':
      return invalid(`Could not find model "${arn}".`);
    case 'inference-component':
      return invalid(`Could not find inference component "${arn}".`);
  }
}

/** Tags as a request gives them. */
export function tagsOf({ input }: AwsRequest): Record<string, string> {
  const list = Array.isArray(input.Tags) ? input.Tags : [];
  const entries = list.map((tag): [string, string] => [String(tag.Key), String(tag.Value)]);
  if (entries.some(([key]) => /^aws:/i.test(key)))
    throw invalid('aws: prefixed tag key names are not allowed for external use.');
  return Object.fromEntries(entries);
}
