/** SageMaker for the length of one step: its calls in the resource's region, and the tags of what it names. */
import type { ListTagsCommandOutput, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput } from '../types.ts';
import { callAws, unlessGone } from './call.ts';
import { connectSageMaker } from './connect.ts';
import { part } from './input.ts';

type Sdk = typeof import('@aws-sdk/client-sagemaker');
type Send<T> = (client: SageMakerClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>;

export interface SagemakerApi {
  readonly sdk: Sdk;
  /** Undefined when it does not exist. `task` stands after "AWS refused to". */
  read<T>(operation: string, task: string, send: Send<T>): Promise<T | undefined>;
  write<T>(operation: string, task: string, send: Send<T>): Promise<T>;
  /** Throws when they cannot be read: a protecting tag must not be overlooked. */
  tags(arn: string | undefined, name: string): Promise<Readonly<Record<string, string>>>;
}

/** Training jobs say "not found" in words of their own. */
const GONE = /^Requested resource not found/;
/** What something new refers to; it is not itself what cannot be found. */
const LACKING = /could not find|not found|does not exist/i;

/** Connects, and lets go of the connection in the end. */
export async function withSagemaker<T>(
  access: ActionAccess,
  input: ActionInput,
  use: (api: SagemakerApi) => Promise<T>,
): Promise<T> {
  const { sdk, client } = await connectSageMaker(access, part(input, 'region'));
  const call = <R>(operation: string, task: string, write: boolean, send: Send<R>): Promise<R> =>
    callAws(access, { permission: `sagemaker:${operation}`, operation, task, write }, (abortSignal) =>
      inPlainWords({ operation, task }, send(client, { abortSignal })),
    );
  const read: SagemakerApi['read'] = (operation, task, send) =>
    unlessGone(call(operation, task, false, send));
  try {
    return await use({
      sdk,
      read,
      write: (operation, task, send) => call(operation, task, true, send),
      tags: (arn, name) => readTags({ sdk, read }, arn, name),
    });
  } finally {
    client.destroy();
  }
}

/** The resource's name at SageMaker. */
export function nameOf(input: ActionInput): string {
  return part(input, 'name');
}

/** "bert-retrain in us-east-1" */
export function placeOf(input: ActionInput): string {
  return `${nameOf(input)} in ${part(input, 'region')}`;
}

async function inPlainWords<T>(about: { operation: string; task: string }, sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    if (about.operation.startsWith('Create') && isRefusal(error) && LACKING.test(words))
      throw new AppError('UPSTREAM', `AWS refused to ${about.task}: ${words.trim().replace(/\.$/, '')}.`, {
        hint: 'It needs what was there when it was made first: bring that back, then try again.',
      });
    if (GONE.test(words)) throw new AppError('NOT_FOUND', `AWS cannot ${about.task}: it does not exist.`);
    throw error;
  }
}

/** Of the SDK: answered, and with a plain no. */
function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$fault' in error && error.$fault === 'client';
}

async function readTags(
  { sdk, read }: Pick<SagemakerApi, 'sdk' | 'read'>,
  arn: string | undefined,
  name: string,
) {
  const tags: Record<string, string> = {};
  // Answers write some ARNs in small letters, by which their tags are not found.
  const spelled = [...new Set([arn?.replace(/\/[^/]*$/, `/${name}`), arn])].filter(
    (one) => one !== undefined,
  );
  for (const ResourceArn of spelled) {
    let page: ListTagsCommandOutput | undefined;
    do {
      const NextToken = page?.NextToken;
      page = await read('ListTags', `read the tags of ${name}`, (client, options) =>
        client.send(new sdk.ListTagsCommand({ ResourceArn, NextToken }), options),
      );
      for (const { Key, Value } of page?.Tags ?? []) if (Key !== undefined) tags[Key] = Value ?? '';
    } while (page?.NextToken);
    if (page) return tags;
  }
  throw new AppError('UPSTREAM', `AWS did not tell the tags of ${name}, so it may be protected.`, {
    hint: 'Look at its tags in the AWS console, then try again.',
  });
}
