/** Stopping a job of SageMaker: the same for training, processing and tuning, which differ in what they tell. */
import type { Risk } from '../../core/action.ts';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionFacts, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { otherAccount } from './account.ts';
import { nameOf, placeOf, type SagemakerApi, withSagemaker } from './sagemaker-api.ts';
import { sagemakerInput, toChange, toLook } from './sagemaker-input.ts';
import { already, detailsOf, gone, refused, span, verified } from './sagemaker-words.ts';

/** A job as it is now. */
export interface Job {
  readonly name: string;
  readonly arn: string | undefined;
  readonly status: string;
  readonly createdAt: Date | undefined;
  readonly startedAt: Date | undefined;
  /** "1 × ml.p4d.24xlarge" */
  readonly machines?: string;
  /** Label and value, after machines and running time. */
  readonly details: readonly (readonly [string, string | undefined])[];
  /** What is kept and what is lost. */
  readonly effect: string;
  readonly refusal?: string;
  /** Where it differs from that of the kind. */
  readonly risk?: Risk;
  /** See Planned.before; empty where there is no way back. */
  readonly before: Readonly<Record<string, unknown>>;
}

export interface JobKind {
  readonly about: Omit<
    ActionFacts,
    'provider' | 'kinds' | 'verb' | 'past' | 'validStates' | 'permissions' | 'savesPercent'
  >;
  readonly id: string;
  /** As in ResourceRef.kind. */
  readonly kind: string;
  /** As in ARNs. */
  readonly type: string;
  readonly noun: string;
  /** "TrainingJob" in StopTrainingJob. */
  readonly suffix: string;
  /** Beside looking and stopping. */
  readonly permissions?: ActionFacts['permissions'];
  read(api: SagemakerApi, name: string): Promise<Job | undefined>;
  stop(api: SagemakerApi, name: string): Promise<unknown>;
}

const UNDER_WAY = ['Stopping', 'Stopped'];

/** The action for one kind of job. */
export function stopJob(kind: JobKind): ProviderAction {
  return {
    id: kind.id,
    about: {
      ...kind.about,
      provider: 'aws',
      kinds: [kind.kind],
      verb: 'stop',
      past: 'stopped',
      validStates: ['InProgress'],
      permissions: [
        ...toLook(`Describe${kind.suffix}`, kind.type),
        toChange(`Stop${kind.suffix}`, kind.type),
        ...(kind.permissions ?? []),
      ],
      savesPercent: 100,
    },
    input: sagemakerInput(kind.kind),
    plan: (access, input) => withSagemaker(access, input, (api) => plan(kind, api, access, input)),
    run: (access, { input }) => withSagemaker(access, input, (api) => run(kind, api, input)),
    verify: (access, { input }) => withSagemaker(access, input, (api) => verify(kind, api, input)),
  };
}

async function plan(
  kind: JobKind,
  api: SagemakerApi,
  access: ActionAccess,
  input: ActionInput,
): Promise<Planned> {
  const job = await kind.read(api, nameOf(input));
  if (!job) return gone(input, kind.noun);
  const foreign = otherAccount(input.ref, job.arn);
  if (foreign !== undefined) return refused(input, foreign);
  const since = job.startedAt ?? job.createdAt;
  const running = job.status === 'InProgress' && since !== undefined;
  const live = {
    state: job.status,
    ...(job.createdAt && { createdAt: job.createdAt }),
    tags: await api.tags(job.arn, job.name),
    details: detailsOf([
      ['Instances', job.machines],
      ['Running for', running ? span(access.now() - since.getTime()) : undefined],
      ...job.details,
    ]),
  };
  if (job.status === 'Stopping') return already(input, live, `${job.name} is being stopped already.`);
  if (job.status === 'Stopped') return already(input, live, `${job.name} is stopped already.`);
  const refusal = whyNot(job) ?? job.refusal;
  if (refusal !== undefined) return refused(input, refusal, live);
  return {
    input,
    live,
    calls: [`Stop${kind.suffix} ${placeOf(input)}`],
    effect: job.effect,
    ...(job.risk && { risk: job.risk }),
    before: job.before,
  };
}

function whyNot({ name, status }: Job): string | undefined {
  switch (status) {
    case 'InProgress':
      return undefined;
    case 'Completed':
    case 'Failed':
      return `${name} has ended by itself (${status}): nothing of it is running.`;
    default:
      return `${name} is ${status}: only a job that is InProgress can be stopped.`;
  }
}

async function run(kind: JobKind, api: SagemakerApi, input: ActionInput): Promise<void> {
  const name = nameOf(input);
  const job = await kind.read(api, name);
  if (job && UNDER_WAY.includes(job.status)) return;
  if (job?.status !== 'InProgress')
    throw new AppError(
      'CONFLICT',
      `${name} was not stopped: ${job ? `it is ${job.status}` : 'it is gone'}.`,
      {
        hint: 'It changed after it was planned; nothing of it is running.',
      },
    );
  try {
    await kind.stop(api, name);
  } catch (error) {
    if (error instanceof AppError && error.uncertain) throw error;
    // Refused because somebody else's request, or our own of a moment ago, came first.
    const now = await kind.read(api, name);
    if (!now || !UNDER_WAY.includes(now.status)) throw error;
  }
}

async function verify(kind: JobKind, api: SagemakerApi, input: ActionInput): Promise<Verified> {
  const name = nameOf(input);
  const status = (await kind.read(api, name))?.status;
  switch (status) {
    case undefined:
      return verified('elsewhere', 'gone', `${name} does not exist any more.`);
    case 'Stopped':
      return verified('reached', status, `${name} is stopped.`);
    case 'Stopping':
      return verified('moving', status, `${name} is stopping; it may take some minutes to save.`);
    case 'InProgress':
      return verified('unchanged', status, `${name} is still running.`);
    default:
      return verified('elsewhere', status, `${name} ended by itself (${status}) before it was stopped.`);
  }
}
