import { describe, expect, it } from 'vitest';
import { vertexCustomJobCancel } from '../../../src/actions/gcp/vertex-custom-job-cancel.ts';
import { testAction } from '../../contracts/action.ts';
import { type GcpStage, openStage } from './stage.ts';

const PATH = 'projects/702946158330/locations/europe-west4/customJobs/5280417369102847561';
const ID = `//aiplatform.googleapis.com/${PATH}`;

function stage(state?: string): Promise<GcpStage> {
  return openStage(ID, {
    projects: [{ id: 'acme-ml-dev', number: '702946158330' }],
    customJobs: [
      {
        project: 'acme-ml-dev',
        location: 'europe-west4',
        id: '5280417369102847561',
        displayName: 'bert-retrain-7',
        accelerator: { type: 'NVIDIA_TESLA_A100', count: 1 },
        replicas: 4,
        ...(state !== undefined && { state }),
      },
    ],
  });
}

testAction<GcpStage>(vertexCustomJobCancel, {
  stage: () => stage(),
  gone: ({ cloud }) => cloud.remove('5280417369102847561'),
  already: (at) => at.cloud.byHand(`/v1/${PATH}:cancel`),
  refused: {},
});

describe('gcp.vertex-custom-job-cancel', () => {
  it('shows the machines, and cannot be undone', async () => {
    const { access, input, cloud } = await stage();
    const { live, effect } = await vertexCustomJobCancel.plan(access, input);
    expect(live?.details).toContainEqual({
      label: 'Machines',
      value: '4 × a2-highgpu-1g with 1 × NVIDIA_TESLA_A100',
    });
    expect(effect).toMatch(/cannot be resumed/);
    expect(vertexCustomJobCancel.undo).toBeUndefined();
    expect(vertexCustomJobCancel.about.risk).toBe('high');
    await cloud.close();
  });

  it.each(['JOB_STATE_SUCCEEDED', 'JOB_STATE_FAILED', 'JOB_STATE_PAUSED'])('refuses %s', async (state) => {
    const { access, input, cloud } = await stage(state);
    const planned = await vertexCustomJobCancel.plan(access, input);
    expect(planned.refusal).toContain(state);
    expect(planned.already).toBeUndefined();
    await cloud.close();
  });

  it.each(['JOB_STATE_QUEUED', 'JOB_STATE_PENDING'])('cancels %s', async (state) => {
    const at = await stage(state);
    const planned = await vertexCustomJobCancel.plan(at.access, at.input);
    await vertexCustomJobCancel.run(at.access, planned, 'k');
    at.settle();
    expect(await vertexCustomJobCancel.verify(at.access, planned)).toMatchObject({ outcome: 'reached' });
    await at.cloud.close();
  });

  it('does not say it cancelled what ended by itself', async () => {
    const ended = await stage('JOB_STATE_SUCCEEDED');
    const planned = { input: ended.input, calls: [], effect: '', before: {} };
    await expect(vertexCustomJobCancel.run(ended.access, planned, 'k')).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await vertexCustomJobCancel.verify(ended.access, planned)).toMatchObject({ outcome: 'elsewhere' });
    await ended.cloud.close();
  });
});
