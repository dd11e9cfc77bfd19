/** A stage with one thing at SageMaker's stand-in, and its states as somebody else would change them in the console. */
import { type SageMakerSeed, thingsOf } from '../../../src/sandbox/cloud/aws/sagemaker-seed.ts';
import type { Fields, Thing } from '../../../src/sandbox/cloud/aws/sagemaker-state.ts';
import { ACCOUNT, type AwsStage, CREATED, openStage, REGION } from './stage.ts';

/** `things` by ARN: what the stand-in holds. */
export type SagemakerStage = AwsStage & { readonly things: Map<string, Thing> };

export const COMMON = {
  account: ACCOUNT,
  region: REGION,
  created: CREATED,
  tags: { owner: 'mira', note: '<b>&"' },
};

export async function openSagemaker(resourceId: string, seed: SageMakerSeed): Promise<SagemakerStage> {
  const things = thingsOf(seed);
  return { ...(await openStage(resourceId, { sageMaker: { things } })), things };
}

export function arn(kind: string, name: string): string {
  return `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${kind}/${name}`;
}

/** Puts it into another state, with other fields. */
export function change(id: string, changes: Partial<Pick<Thing, 'status'>>, fields: Fields = {}) {
  return ({ things }: SagemakerStage): void => {
    const thing = things.get(id);
    if (!thing) throw new Error(`${id} is not there`);
    things.set(id, { ...thing, ...changes, fields: { ...thing.fields, ...fields } });
  };
}

export function remove(id: string) {
  return ({ things }: SagemakerStage): void => void things.delete(id);
}

export function thingOf({ things }: SagemakerStage, id: string): Thing {
  const thing = things.get(id);
  if (!thing) throw new Error(`${id} is not there`);
  return thing;
}
