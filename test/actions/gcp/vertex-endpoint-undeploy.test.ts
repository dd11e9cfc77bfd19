import { describe, expect, it } from 'vitest';
import { vertexEndpointUndeploy } from '../../../src/actions/gcp/vertex-endpoint-undeploy.ts';
import type { Planned } from '../../../src/actions/types.ts';
import { testAction } from '../../contracts/action.ts';
import { type GcpStage, held, openStage } from './stage.ts';

const PATH = 'projects/702946158330/locations/europe-west4/endpoints/7391046285530218496';
const ID = `//aiplatform.googleapis.com/${PATH}`;
const MODELS = 'projects/702946158330/locations/europe-west4/models';

const BIG = {
  id: '4411',
  model: `${MODELS}/88`,
  modelVersionId: '3',
  displayName: 'bert-v3',
  serviceAccount: 'serve@acme-ml-dev.iam.gserviceaccount.com',
  dedicatedResources: {
    machineSpec: { machineType: 'g2-standard-12', acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 },
    minReplicaCount: 1,
    maxReplicaCount: 4,
    autoscalingMetricSpecs: [
      { metricName: 'aiplatform.googleapis.com/prediction/online/cpu/utilization', target: 70 },
    ],
  },
};
const SMALL = {
  id: '4412',
  model: `${MODELS}/89`,
  displayName: 'bert-v4',
  automaticResources: { minReplicaCount: 1 },
};
const IDLE = { id: '4413', model: `${MODELS}/90`, displayName: 'bert-v5', enableAccessLogging: true };

interface Options {
  readonly models?: readonly Readonly<Record<string, unknown>>[];
  readonly split?: Readonly<Record<string, number>>;
  readonly lag?: number;
  readonly scarce?: boolean;
}

function stage({
  models = [BIG],
  split = { 4411: 100 },
  lag,
  scarce = false,
}: Options = {}): Promise<GcpStage> {
  const place = { project: 'acme-ml-dev', location: 'europe-west4' };
  return openStage(
    ID,
    {
      projects: [{ id: 'acme-ml-dev', number: '702946158330' }],
      endpoints: [
        {
          ...place,
          id: '7391046285530218496',
          displayName: 'bert',
          deployedModels: models,
          trafficSplit: split,
          scarce,
          createdAt: new Date('2026-10-01T00:00:00Z'),
        },
      ],
    },
    lag === undefined ? {} : { lag },
  );
}

/** Models and traffic, without the moment at which they were deployed. */
function settings(at: GcpStage) {
  const { deployedModels, trafficSplit } = held(at, '/7391046285530218496');
  return {
    models: (deployedModels as Record<string, unknown>[])
      .map(({ createTime, ...model }) => model)
      .sort((a, b) => String(a.displayName).localeCompare(String(b.displayName))),
    trafficSplit,
  };
}

const stored = ({ live, ...planned }: Planned) => JSON.parse(JSON.stringify(planned)) as Planned;

testAction<GcpStage>(vertexEndpointUndeploy, {
  stage: () => stage(),
  gone: ({ cloud }) => cloud.remove('7391046285530218496'),
  already: async (at) => {
    at.cloud.byHand(`/v1/${PATH}:undeployModel`, { deployedModelId: '4411' });
    at.settle();
  },
  refused: {
    'is being changed': {
      put: (at) => at.cloud.byHand(`/v1/${PATH}:deployModel`, { deployedModel: SMALL }),
      words: /being deployed at this moment/,
    },
  },
  elsewhere: async (at) => {
    at.cloud.byHand(`/v1/${PATH}:deployModel`, { deployedModel: SMALL });
    at.settle();
  },
  settings,
  permissionOf: ({ operation }) => PERMISSIONS[operation] ?? operation,
});

const PERMISSIONS: Readonly<Record<string, string>> = {
  'aiplatform.operations.get': 'aiplatform.endpoints.get',
  'aiplatform.endpoints.undeployModel': 'aiplatform.endpoints.undeploy',
  'aiplatform.endpoints.deployModel': 'aiplatform.endpoints.deploy',
};

describe('gcp.vertex-endpoint-undeploy', () => {
  it('undeploys several models one after the other, and brings back machines and traffic', async () => {
    const models = [BIG, SMALL, IDLE];
    const at = await stage({ models, split: { 4411: 80, 4412: 20 }, lag: 15 });
    const before = settings(at);
    const planned = await vertexEndpointUndeploy.plan(at.access, at.input);
    expect(planned.calls.map((call) => call.split(' ')[1])).toEqual(['4413', '4412', '4411']);
    expect(planned.effect).toContain('bert-v3 on 1 to 4 × g2-standard-12 with 1 × NVIDIA_L4');

    await vertexEndpointUndeploy.run(at.access, stored(planned), 'k');
    at.settle();
    expect(settings(at)).toEqual({ models: [], trafficSplit: undefined });
    expect(await vertexEndpointUndeploy.verify(at.access, stored(planned))).toMatchObject({
      outcome: 'reached',
    });

    await vertexEndpointUndeploy.undo?.run(at.access, stored(planned), 'u');
    at.settle();
    expect(settings(at)).toEqual(before);
    expect(await vertexEndpointUndeploy.undo?.verify(at.access, stored(planned))).toMatchObject({
      outcome: 'reached',
    });
    await at.cloud.close();
  });

  it('goes on where it was stopped half-way', async () => {
    const at = await stage({ models: [BIG, SMALL], split: { 4411: 80, 4412: 20 }, lag: 15 });
    const planned = stored(await vertexEndpointUndeploy.plan(at.access, at.input));
    at.cloud.fail({ kind: 'denied', operation: 'aiplatform.operations.get', times: 1 });
    await expect(vertexEndpointUndeploy.run(at.access, planned, 'k')).rejects.toThrow(/permission/);
    at.settle();
    expect(await vertexEndpointUndeploy.verify(at.access, planned)).toMatchObject({ outcome: 'elsewhere' });
    await vertexEndpointUndeploy.run(at.access, planned, 'k');
    at.settle();
    expect(await vertexEndpointUndeploy.verify(at.access, planned)).toMatchObject({ outcome: 'reached' });
    await at.cloud.close();
  });

  it("deploys under an id of its own what Google had named, once, and pins the model's version", async () => {
    const at = await stage({
      models: [{ ...BIG, id: '6103941220489363456' }],
      split: { '6103941220489363456': 100 },
    });
    const planned = stored(await vertexEndpointUndeploy.plan(at.access, at.input));
    await vertexEndpointUndeploy.run(at.access, planned, 'k');
    at.settle();
    for (const _ of [1, 2]) await vertexEndpointUndeploy.undo?.run(at.access, planned, 'u');
    at.settle();
    await vertexEndpointUndeploy.undo?.run(at.access, planned, 'u');
    at.settle();
    const { models, trafficSplit } = settings(at);
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ model: BIG.model, modelVersionId: '3' });
    expect(String(models[0]?.id)).toMatch(/^\d{10}$/);
    expect(trafficSplit).toEqual({ [String(models[0]?.id)]: 100 });
    expect(await vertexEndpointUndeploy.undo?.verify(at.access, planned)).toMatchObject({
      outcome: 'reached',
    });
    await at.cloud.close();
  });

  it('says why it could not be deployed again', async () => {
    const at = await stage({ scarce: true });
    const planned = stored(await vertexEndpointUndeploy.plan(at.access, at.input));
    await vertexEndpointUndeploy.run(at.access, planned, 'k');
    at.settle();
    await vertexEndpointUndeploy.undo?.run(at.access, planned, 'u');
    expect(await vertexEndpointUndeploy.undo?.verify(at.access, planned)).toMatchObject({
      outcome: 'moving',
    });
    at.settle();
    expect(await vertexEndpointUndeploy.undo?.verify(at.access, planned)).toMatchObject({
      outcome: 'unchanged',
      said: expect.stringMatching(/no model deployed \(its last change failed: The following quotas/),
    });
    await at.cloud.close();
  });
});
