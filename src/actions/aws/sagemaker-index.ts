/** Operations on SageMaker's jobs, notebooks and endpoints. For endpoints the milder one comes first. */
import type { ProviderAction } from '../types.ts';
import { sagemakerEndpointDelete } from './sagemaker-endpoint-delete.ts';
import { sagemakerEndpointScale } from './sagemaker-endpoint-scale.ts';
import { sagemakerNotebookStop } from './sagemaker-notebook-stop.ts';
import { sagemakerProcessingStop } from './sagemaker-processing-stop.ts';
import { sagemakerTrainingStop } from './sagemaker-training-stop.ts';
import { sagemakerTuningStop } from './sagemaker-tuning-stop.ts';

export const sagemakerActions: readonly ProviderAction[] = [
  sagemakerTrainingStop,
  sagemakerProcessingStop,
  sagemakerTuningStop,
  sagemakerNotebookStop,
  sagemakerEndpointScale,
  sagemakerEndpointDelete,
];
