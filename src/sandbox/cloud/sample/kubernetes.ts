/** The sample organisation's cluster: what the platform team runs for everybody on the nodes of its bill. */
import type { KubernetesResources } from '../kubernetes/index.ts';

export const CLUSTER = 'ml-platform';

const DAY_MS = 86_400_000;

export function sampleKubernetes(now: number): KubernetesResources {
  const createdAt = (days: number) => new Date(now - days * DAY_MS).toISOString();
  const labels = (team: string, environment: string) => ({ team, environment });
  return {
    deployments: [
      {
        namespace: 'search',
        name: 'ranker-canary',
        replicas: 3,
        gpus: 1,
        createdAt: createdAt(19),
        labels: labels('search', 'dev'),
      },
      {
        namespace: 'platform',
        name: 'feature-gateway',
        replicas: 6,
        createdAt: createdAt(210),
        labels: labels('platform', 'prod'),
      },
      {
        namespace: 'platform',
        name: 'mlflow',
        replicas: 2,
        createdAt: createdAt(380),
        labels: labels('platform', 'prod'),
      },
    ],
    statefulsets: [
      {
        namespace: 'platform',
        name: 'feature-cache',
        replicas: 3,
        createdAt: createdAt(210),
        labels: labels('platform', 'prod'),
      },
    ],
    cronjobs: [
      {
        namespace: 'growth',
        name: 'campaign-scores',
        schedule: '0 5 * * *',
        createdAt: createdAt(96),
        labels: labels('growth', 'prod'),
      },
    ],
    autoscalers: [
      {
        namespace: 'platform',
        name: 'feature-gateway',
        target: { kind: 'Deployment', name: 'feature-gateway' },
        least: 4,
        most: 12,
      },
    ],
  };
}
