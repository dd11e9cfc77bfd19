/** SageMaker of the stand-in: jobs, notebooks, endpoints and tags, each turning its status after a while. */
import { hostingOperations } from './sagemaker-hosting.ts';
import { jobOperations } from './sagemaker-jobs.ts';
import { notebookOperations } from './sagemaker-notebooks.ts';
import { type SageMakerSeed, thingsOf } from './sagemaker-seed.ts';
import { arnOf, createSagemakerState, type Fields, invalid, type Operation } from './sagemaker-state.ts';
import { type AwsService, isThere, textOf, unknownOperation } from './types.ts';

export type { SageMakerSeed } from './sagemaker-seed.ts';

const operations: Readonly<Record<string, Operation>> = {
  ...jobOperations,
  ...notebookOperations,
  ...hostingOperations,
  ListTags(request, state) {
    const thing = state.byArn(textOf(request.input, 'ResourceArn'));
    if (!thing || !isThere(request, thing)) throw invalid('Resource does not exist.');
    return { Tags: Object.entries(thing.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
};

export function createSageMaker(seed: SageMakerSeed, lag: number): AwsService {
  const state = createSagemakerState(seed.things ?? thingsOf(seed), lag);
  return {
    id: 'sagemaker',
    writes: (operation) => !/^(Describe|List)/.test(operation),
    target: ({ input }) => targetOf(input),
    handle(request) {
      const operation = Object.hasOwn(operations, request.operation)
        ? operations[request.operation]
        : undefined;
      if (!operation) throw unknownOperation(request);
      state.settle(request.now);
      return operation(request, state);
    },
    snapshot(now) {
      state.settle(now);
      return structuredClone(Object.fromEntries(state.all().map((thing) => [arnOf(thing), thing])));
    },
  };
}

/** The first name it is called with, or the tail of an ARN. */
function targetOf(input: Fields): string {
  const [, name] = Object.entries(input).find(([field]) => /Name(Equals)?$/.test(field)) ?? [];
  if (typeof name === 'string') return name;
  return textOf(input, 'ResourceArn').replace(/^.*\//, '');
}
