/** Stops a notebook instance of SageMaker, which keeps its volume, and starts it again. */
import { AppError } from '../../core/errors.ts';
import type { ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { otherAccount } from './account.ts';
import { nameOf, placeOf, type SagemakerApi, withSagemaker } from './sagemaker-api.ts';
import { sagemakerInput, toChange, toLook } from './sagemaker-input.ts';
import { already, because, detailsOf, gone, refused, verified } from './sagemaker-words.ts';

/** One way or the other. */
interface Turn {
  readonly operation: 'StopNotebookInstance' | 'StartNotebookInstance';
  readonly verb: string;
  readonly from: readonly string[];
  readonly through: readonly string[];
  readonly to: string;
}

const STOP: Turn = {
  operation: 'StopNotebookInstance',
  verb: 'stop',
  from: ['InService'],
  through: ['Stopping'],
  to: 'Stopped',
};
const START: Turn = {
  operation: 'StartNotebookInstance',
  verb: 'start',
  from: ['Stopped', 'Failed'],
  through: ['Pending'],
  to: 'InService',
};

export const sagemakerNotebookStop: ProviderAction = {
  id: 'aws.sagemaker-notebook-stop',
  about: {
    provider: 'aws',
    kinds: ['aws.sagemaker.notebook'],
    title: 'Stop SageMaker notebook',
    verb: 'stop',
    past: 'stopped',
    consequence:
      'What runs in it ends and what is only in memory or outside /home/ec2-user/SageMaker is lost; its volume is kept and goes on costing a little.',
    risk: 'medium',
    validStates: STOP.from,
    permissions: [
      ...toLook('DescribeNotebookInstance', 'notebook-instance'),
      toChange('StopNotebookInstance', 'notebook-instance'),
      toChange('StartNotebookInstance', 'notebook-instance', 'undo'),
    ],
    example: 'arn:aws:sagemaker:us-east-1:123456789012:notebook-instance/homefeed-lab',
    savesPercent: 95,
  },
  input: sagemakerInput('aws.sagemaker.notebook'),
  plan: (access, input) => withSagemaker(access, input, (api) => plan(api, input)),
  run: (access, { input }) => withSagemaker(access, input, (api) => turn(api, input, STOP)),
  verify: (access, { input }) => withSagemaker(access, input, (api) => verify(api, input, STOP, START)),
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 168,
    run: (access, { input }) => withSagemaker(access, input, (api) => turn(api, input, START)),
    verify: (access, { input }) => withSagemaker(access, input, (api) => verify(api, input, START, STOP)),
  },
};

function describe({ sdk, read }: SagemakerApi, NotebookInstanceName: string) {
  return read('DescribeNotebookInstance', `read the state of ${NotebookInstanceName}`, (client, options) =>
    client.send(new sdk.DescribeNotebookInstanceCommand({ NotebookInstanceName }), options),
  );
}

function isUnderWay({ to, through }: Turn, state: string): boolean {
  return state === to || through.includes(state);
}

async function plan(api: SagemakerApi, input: ActionInput): Promise<Planned> {
  const name = nameOf(input);
  const notebook = await describe(api, name);
  if (!notebook) return gone(input, 'notebook');
  const foreign = otherAccount(input.ref, notebook.NotebookInstanceArn);
  if (foreign !== undefined) return refused(input, foreign);
  const state = notebook.NotebookInstanceStatus ?? 'Unknown';
  const live = {
    state,
    ...(notebook.CreationTime && { createdAt: notebook.CreationTime }),
    tags: await api.tags(notebook.NotebookInstanceArn, name),
    details: detailsOf([
      ['Instance type', notebook.InstanceType],
      ['Volume', notebook.VolumeSizeInGB === undefined ? undefined : `${notebook.VolumeSizeInGB} GB`],
    ]),
  };
  if (isUnderWay(STOP, state)) return already(input, live, `${name} is ${state} already.`);
  if (!STOP.from.includes(state))
    return refused(input, `${name} is ${state}: only a notebook that is InService can be stopped.`, live);
  return {
    input,
    live,
    calls: [`StopNotebookInstance ${placeOf(input)}`],
    effect: `${name} is shut down with what runs in it; files under /home/ec2-user/SageMaker are kept, and it can be started again.`,
    before: { state },
  };
}

async function turn(api: SagemakerApi, input: ActionInput, wanted: Turn): Promise<void> {
  const NotebookInstanceName = nameOf(input);
  const { operation, verb, from } = wanted;
  const under = async () => (await describe(api, NotebookInstanceName))?.NotebookInstanceStatus ?? 'gone';
  const state = await under();
  if (isUnderWay(wanted, state)) return;
  if (!from.includes(state))
    throw new AppError('CONFLICT', `AWS was not asked to ${verb} ${NotebookInstanceName}: it is ${state}.`, {
      hint: `That works when it is ${from.join(' or ')}: look again in a few minutes.`,
    });
  const { sdk, write } = api;
  try {
    await write(operation, `${verb} ${NotebookInstanceName}`, (client, options) =>
      operation === 'StopNotebookInstance'
        ? client.send(new sdk.StopNotebookInstanceCommand({ NotebookInstanceName }), options)
        : client.send(new sdk.StartNotebookInstanceCommand({ NotebookInstanceName }), options),
    );
  } catch (error) {
    if (error instanceof AppError && error.uncertain) throw error;
    if (!isUnderWay(wanted, await under())) throw error;
  }
}

async function verify(
  api: SagemakerApi,
  input: ActionInput,
  wanted: Turn,
  opposite: Turn,
): Promise<Verified> {
  const name = nameOf(input);
  const notebook = await describe(api, name);
  if (!notebook) return verified('elsewhere', 'gone', `${name} does not exist any more.`);
  const state = notebook.NotebookInstanceStatus ?? 'Unknown';
  if (state === wanted.to) return verified('reached', state, `${name} is ${state}.`);
  if (wanted.through.includes(state)) return verified('moving', state, `${name} is ${state}.`);
  if (state === opposite.to) return verified('unchanged', state, `${name} is still ${state}.`);
  return verified('elsewhere', state, `${name} is ${state}${because(notebook.FailureReason)}.`);
}
