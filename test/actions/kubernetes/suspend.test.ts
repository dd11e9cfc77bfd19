/** Jobs and CronJobs are suspended and resumed. */
import { afterEach, describe, expect, it } from 'vitest';
import { cronJobSuspend } from '../../../src/actions/kubernetes/cronjob-suspend.ts';
import { jobSuspend } from '../../../src/actions/kubernetes/job-suspend.ts';
import { testAction } from '../../contracts/action.ts';
import { type KubernetesStage, kubernetesStage } from './stage.ts';

const JOB = 'k8s://ml-west/search/job/bert-retrain-7';
const CRON = 'ml-west/search/cronjob/nightly-embeddings';
const job = { namespace: 'search', name: 'bert-retrain-7', pods: 4 };
const cron = { namespace: 'search', name: 'nightly-embeddings', schedule: '0 2 * * *' };
const jobOf = ({ cloud }: KubernetesStage) => cloud.object('jobs/search/bert-retrain-7');
const cronOf = ({ cloud }: KubernetesStage) => cloud.object('cronjobs/search/nightly-embeddings');
const owner = (kind: string) => ({
  ownerReferences: [{ apiVersion: 'v1', kind, name: 'bert', uid: 'u', controller: true }],
});

testAction<KubernetesStage>(jobSuspend, {
  stage: () => kubernetesStage(JOB, { jobs: [job] }),
  gone: ({ cloud }) => cloud.remove('jobs/search/bert-retrain-7'),
  already: (stage) => void Object.assign(jobOf(stage)?.spec ?? {}, { suspend: true }),
  elsewhere: (stage) =>
    void Object.assign(jobOf(stage)?.status ?? {}, {
      active: 0,
      conditions: [{ type: 'Complete', status: 'True' }],
    }),
  refused: {
    'it is over': {
      put: (stage) =>
        void Object.assign(jobOf(stage)?.status ?? {}, { conditions: [{ type: 'Failed', status: 'True' }] }),
      words: /over already \(Failed\)/,
    },
    'a controller has it': {
      put: (stage) => void Object.assign(jobOf(stage)?.metadata ?? {}, owner('RayJob')),
      words: /belongs to RayJob bert/,
    },
    'Kueue queues it': {
      put: (stage) =>
        void Object.assign(jobOf(stage)?.metadata.labels ?? {}, { 'kueue.x-k8s.io/queue-name': 'gpu' }),
      words: /Kueue.*would resume it/,
    },
  },
  settings: (stage) => jobOf(stage)?.spec.suspend,
  permissionOf: ({ operation }) => operation,
});

testAction<KubernetesStage>(cronJobSuspend, {
  stage: () => kubernetesStage(CRON, { cronjobs: [cron] }),
  gone: ({ cloud }) => cloud.remove('cronjobs/search/nightly-embeddings'),
  already: (stage) => void Object.assign(cronOf(stage)?.spec ?? {}, { suspend: true }),
  refused: {
    'a controller has it': {
      put: (stage) => void Object.assign(cronOf(stage)?.metadata ?? {}, owner('CronWorkflow')),
      words: /belongs to CronWorkflow bert/,
    },
  },
  settings: (stage) => cronOf(stage)?.spec.suspend,
  permissionOf: ({ operation }) => operation,
});

describe('suspending', () => {
  let stage: KubernetesStage;
  afterEach(() => stage.cloud.close());

  it('counts pods that are ending as not ended', async () => {
    stage = await kubernetesStage(JOB, { jobs: [job] });
    const planned = await jobSuspend.plan(stage.access, stage.input);
    expect(planned.effect).toContain('its 4 pods end');
    await jobSuspend.run(stage.access, planned, 'key');
    stage.settle();
    Object.assign(jobOf(stage)?.status ?? {}, { terminating: 1 });
    expect(await jobSuspend.verify(stage.access, planned)).toMatchObject({
      outcome: 'moving',
      said: expect.stringContaining('1 pod still ends'),
    });
  });

  it('takes a job that a CronJob made, and one that waits for room', async () => {
    stage = await kubernetesStage(JOB, {
      jobs: [{ ...job, pods: 0, owner: { kind: 'CronJob', name: 'bert' } }],
    });
    const planned = await jobSuspend.plan(stage.access, stage.input);
    expect(planned).toMatchObject({ live: { state: 'Waiting' } });
    expect(planned.refusal).toBeUndefined();
  });

  it('says that runs of a CronJob under way go on', async () => {
    stage = await kubernetesStage(CRON, { cronjobs: [{ ...cron, running: ['nightly-embeddings-1'] }] });
    const planned = await cronJobSuspend.plan(stage.access, stage.input);
    expect(planned.effect).toContain('1 run under way goes on');
    await cronJobSuspend.run(stage.access, planned, 'key');
    expect(await cronJobSuspend.verify(stage.access, planned)).toMatchObject({
      outcome: 'reached',
      said: expect.stringContaining('1 run under way goes on'),
    });
  });
});
