/** Deployments and StatefulSets go to zero replicas and back. */
import { afterEach, describe, expect, it } from 'vitest';
import { deploymentScale } from '../../../src/actions/kubernetes/deployment-scale.ts';
import { statefulSetScale } from '../../../src/actions/kubernetes/statefulset-scale.ts';
import { testAction } from '../../contracts/action.ts';
import { inputFor, type KubernetesStage, kubernetesStage } from './stage.ts';

const kinds = [
  {
    action: deploymentScale,
    kind: 'Deployment',
    plural: 'deployments',
    id: 'k8s://ml-west/search/deployment/ranker',
  },
  {
    action: statefulSetScale,
    kind: 'StatefulSet',
    plural: 'statefulsets',
    id: 'ml-west/search/statefulset:ranker',
  },
] as const;
const seed = { namespace: 'search', name: 'ranker', replicas: 3, gpus: 2, labels: { team: 'search' } };

for (const { action, kind, plural, id } of kinds) {
  const object = ({ cloud }: KubernetesStage) => cloud.object(`${plural}/search/ranker`);
  const setReplicas = (stage: KubernetesStage, replicas: number) => {
    Object.assign(object(stage)?.spec ?? {}, { replicas });
    Object.assign(object(stage)?.status ?? {}, { replicas, readyReplicas: replicas });
  };
  testAction<KubernetesStage>(action, {
    stage: () => kubernetesStage(id, { [plural]: [seed] }),
    gone: ({ cloud }) => cloud.remove(`${plural}/search/ranker`),
    already: (stage) => setReplicas(stage, 0),
    elsewhere: (stage) => setReplicas(stage, 5),
    refused: {
      'a controller has it': {
        put(stage) {
          const owner = {
            apiVersion: 'v1',
            kind: 'InferenceService',
            name: 'ranker',
            uid: 'u',
            controller: true,
          };
          Object.assign(object(stage)?.metadata ?? {}, { ownerReferences: [owner] });
        },
        words: /belongs to InferenceService ranker/,
      },
    },
    settings: (stage) => object(stage)?.spec.replicas,
    permissionOf: ({ operation }) => operation,
  });

  describe(`scaling a ${kind} to zero`, () => {
    let stage: KubernetesStage;
    afterEach(() => stage.cloud.close());
    const open = async (more: Parameters<typeof kubernetesStage>[1] = {}) => {
      stage = await kubernetesStage(id, { [plural]: [seed], ...more });
      return stage;
    };
    const target = { kind, name: 'ranker' };
    const autoscaler = { namespace: 'search', name: 'ranker-hpa', target, least: 2, most: 9 };

    it('shows what it is and what it asks for', async () => {
      const { access, input } = await open();
      const { live } = await action.plan(access, input);
      expect(live).toMatchObject({ state: 'running', tags: { team: 'search' } });
      expect(live?.details).toContainEqual({ label: 'Replicas', value: '3, 3 ready' });
      expect(live?.details).toContainEqual({ label: 'GPUs per pod', value: '2' });
    });

    it('says that a plain autoscaler rests at zero', async () => {
      const { access, input } = await open({ autoscalers: [autoscaler] });
      const planned = await action.plan(access, input);
      expect(planned.refusal).toBeUndefined();
      expect(planned.effect).toContain('ranker-hpa (2 to 9) rests');
    });

    it.each([
      ['one of KEDA', { owner: { kind: 'ScaledObject', name: 'ranker' } }],
      ['one that may scale from zero', { least: 0 }],
    ])('refuses with an autoscaler that would start it again: %s', async (_name, more) => {
      const { access, input } = await open({ autoscalers: [{ ...autoscaler, ...more }] });
      expect((await action.plan(access, input)).refusal).toMatch(/ranker-hpa, which would start it again/);
    });

    it('does not mind the autoscaler of another workload', async () => {
      const other = { ...autoscaler, target: { kind, name: 'ranker-2' }, least: 0 };
      const { access, input } = await open({ autoscalers: [other] });
      expect((await action.plan(access, input)).effect).not.toContain('rests');
    });

    it('never touches the namespaces of Kubernetes itself, nor looks', async () => {
      const { access, cloud } = await open();
      const input = inputFor(id.replace('search', 'kube-system'));
      expect((await action.plan(access, input)).refusal).toMatch(/part of the cluster itself/);
      expect(cloud.calls).toEqual([]);
    });

    it('reads again when the object changed between reading and scaling', async () => {
      const { access, input, cloud } = await open();
      const planned = await action.plan(access, input);
      let moved = 0;
      const restless: typeof access = {
        ...access,
        // The signal is asked before every call: a moment to change the object in.
        get signal() {
          const metadata = cloud.object(`${plural}/search/ranker`)?.metadata;
          const reading = cloud.calls.filter(({ operation }) => operation.startsWith('get')).length;
          if (metadata && reading >= 2 && moved === 0) {
            moved++;
            metadata.resourceVersion = '9999';
          }
          return access.signal;
        },
      };
      await action.run(restless, planned, 'key');
      expect(cloud.calls.map(({ status }) => status)).toContain(409);
      expect(object(stage)?.spec.replicas).toBe(0);
    });

    it('leaves alone what somebody scaled up meanwhile', async () => {
      const { access, input } = await open();
      const planned = await action.plan(access, input);
      await action.run(access, planned, 'key');
      setReplicas(stage, 7);
      await expect(action.undo?.run(access, planned, 'key-2')).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('has 7 replicas now'),
      });
      expect(object(stage)?.spec.replicas).toBe(7);
    });

    it('knows the protecting tag in the form that labels allow, and who keeps it', async () => {
      const labels = { 'pennywatch/protect': 'true', 'argocd.argoproj.io/instance': 'search' };
      const { access, input } = await open({ [plural]: [{ ...seed, labels }] });
      const planned = await action.plan(access, input);
      expect(planned.live?.tags).toMatchObject({ 'pennywatch:protect': 'true' });
      expect(planned.effect).toContain('Argo CD looks after it');
    });
  });
}
