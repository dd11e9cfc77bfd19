/** Compute instances are stopped and started; clusters scale by themselves. */
import { afterEach, describe, expect, it } from 'vitest';
import { amlComputeStop } from '../../../src/actions/azure/aml-compute-stop.ts';
import { testAction } from '../../contracts/action.ts';
import { type AzureStage, azureStage, placed, WORKSPACE } from './stage.ts';

const ID = `${WORKSPACE}/computes/ci-mira`;
const instance = { ...placed, workspace: 'wrenfield-ml', name: 'ci-mira', size: 'Standard_NC6s_v3' };
const own = ({ cloud }: AzureStage) => cloud.resource(ID)?.properties.properties as { state: string };

testAction<AzureStage>(amlComputeStop, {
  stage: () => azureStage(ID, { computes: [instance] }),
  gone: ({ cloud }) => cloud.remove(ID),
  already: (stage) => void Object.assign(own(stage), { state: 'Stopped' }),
  elsewhere: (stage) => void Object.assign(own(stage), { state: 'Restarting' }),
  refused: {
    'it is being set up': {
      put: (stage) => void Object.assign(own(stage), { state: 'SettingUp' }),
      words: /is SettingUp/,
    },
    'it is a cluster': {
      put({ cloud }) {
        Object.assign(cloud.resource(ID)?.properties ?? {}, {
          computeType: 'AmlCompute',
          properties: { currentNodeCount: 3, scaleSettings: { minNodeCount: 2, maxNodeCount: 8 } },
        });
      },
      words: /cluster \(3 nodes\).*keeps 2 even when idle/,
    },
    'it is an attached cluster': {
      put: ({ cloud }) =>
        void Object.assign(cloud.resource(ID)?.properties ?? {}, { computeType: 'Kubernetes' }),
      words: /type Kubernetes/,
    },
  },
  settings: (stage) => own(stage).state,
  permissionOf: ({ operation }) => operation,
});

describe('stopping a compute instance', () => {
  let stage: AzureStage;
  afterEach(() => stage.cloud.close());

  it('tells what is lost and what starts it again', async () => {
    const seed = { ...instance, state: 'JobRunning', startedBySchedule: true, createdBy: 'Mira Chen' };
    stage = await azureStage(ID, { computes: [seed] });
    const { effect, live } = await amlComputeStop.plan(stage.access, stage.input);
    expect(effect).toContain('A job runs on it');
    expect(effect).toContain('Its own schedule will start it again.');
    expect(live?.details).toContainEqual({ label: 'Created by', value: 'Mira Chen' });
  });

  it('sends people of an idle cluster to the job', async () => {
    const nodes = { now: 4, least: 0, most: 8 };
    stage = await azureStage(ID, { computes: [{ ...instance, nodes }] });
    const { refusal } = await amlComputeStop.plan(stage.access, stage.input);
    expect(refusal).toContain('cancel that job');
  });
});
