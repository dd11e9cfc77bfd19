/** What can be done with workloads of Kubernetes. */
import type { ProviderAction } from '../types.ts';
import { cronJobSuspend } from './cronjob-suspend.ts';
import { deploymentScale } from './deployment-scale.ts';
import { jobSuspend } from './job-suspend.ts';
import { statefulSetScale } from './statefulset-scale.ts';

export const kubernetesActions: readonly ProviderAction[] = [
  deploymentScale,
  statefulSetScale,
  jobSuspend,
  cronJobSuspend,
];
