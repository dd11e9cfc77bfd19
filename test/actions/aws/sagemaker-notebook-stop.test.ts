/** Stopping and starting notebook instances, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { sagemakerNotebookStop as action } from '../../../src/actions/aws/sagemaker-notebook-stop.ts';
import { testAction } from '../../contracts/action.ts';
import {
  arn,
  COMMON,
  change,
  openSagemaker,
  remove,
  type SagemakerStage,
  thingOf,
} from './sagemaker-stage.ts';

const ID = arn('notebook-instance', 'homefeed-lab');

const open = () =>
  openSagemaker(ID, { notebooks: [{ ...COMMON, name: 'homefeed-lab', instanceType: 'ml.g5.xlarge' }] });

testAction<SagemakerStage>(action, {
  stage: open,
  gone: remove(ID),
  already: change(ID, { status: 'Stopped' }),
  elsewhere: change(ID, { status: 'Failed' }, { FailureReason: 'out of capacity' }),
  settings: (stage) => {
    stage.cloud.snapshot();
    const { status, tags, fields } = thingOf(stage, ID);
    return { status, tags, fields };
  },
  refused: {
    'still starting': { put: change(ID, { status: 'Pending' }), words: /is Pending: only a notebook/ },
    failed: { put: change(ID, { status: 'Failed' }), words: /is Failed/ },
    'in maintenance': { put: change(ID, { status: 'InMaintenance' }), words: /is InMaintenance/ },
  },
});

describe('aws.sagemaker-notebook-stop', () => {
  it('is not started while it is still stopping', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    await expect(action.undo?.run(stage.access, planned, 'key')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'AWS was not asked to start homefeed-lab: it is Stopping.',
    });
    await stage.cloud.close();
  });

  it('says why it did not come back', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    change(ID, { status: 'Failed' }, { FailureReason: 'No ml.g5.xlarge\nis left.' })(stage);
    const verified = await action.undo?.verify(stage.access, planned);
    await stage.cloud.close();
    expect(verified).toMatchObject({
      outcome: 'elsewhere',
      said: 'homefeed-lab is Failed: No ml.g5.xlarge is left.',
    });
  });
});
