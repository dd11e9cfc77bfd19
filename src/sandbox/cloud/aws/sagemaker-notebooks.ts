/** Notebook instances of the stand-in of SageMaker. */
import {
  arnOf,
  type Fields,
  invalid,
  type Operation,
  onThing,
  type SagemakerState,
  type Thing,
} from './sagemaker-state.ts';
import type { AwsRequest } from './types.ts';

const NAME = 'NotebookInstanceName';

export const notebookOperations: Readonly<Record<string, Operation>> = {
  DescribeNotebookInstance: onThing('notebook-instance', NAME, described),
  StopNotebookInstance: onThing('notebook-instance', NAME, turn(['InService'], 'Stopping', 'Stopped')),
  StartNotebookInstance: onThing(
    'notebook-instance',
    NAME,
    turn(['Stopped', 'Failed'], 'Pending', 'InService'),
  ),
};

function described(thing: Thing): Fields {
  return {
    ...thing.fields,
    [NAME]: thing.name,
    NotebookInstanceArn: arnOf(thing),
    NotebookInstanceStatus: thing.status,
    CreationTime: thing.created,
    LastModifiedTime: thing.modified,
  };
}

function turn(from: readonly string[], through: string, to: string) {
  return (thing: Thing, { now }: AwsRequest, state: SagemakerState): Fields => {
    if (!from.includes(thing.status))
      throw invalid(
        `Status (${thing.status}) not in ([${from.join(', ')}]). Unable to transition to (${through}) for Notebook Instance (${arnOf(thing)}).`,
      );
    state.put({
      ...thing,
      status: through,
      modified: new Date(now),
      turn: { at: now + state.lag, status: to },
    });
    return {};
  };
}
