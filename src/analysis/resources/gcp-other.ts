/** Why nothing can be done with a resource of Google Cloud that is none of those with an action. */

const VERTEX: Readonly<Record<string, string>> = {
  publishers:
    'is a model of the Model Garden that is billed by use: nothing of it runs that could be stopped. Its quota can be lowered in the console.',
  trainingPipelines:
    'is a training pipeline: cancel the custom job that it started, or the pipeline in the console.',
  hyperparameterTuningJobs:
    'is a hyperparameter tuning job: it has to be cancelled in the console, with all its trials.',
  pipelineJobs: 'is a pipeline run: it has to be cancelled in the console, with all its steps.',
  batchPredictionJobs: 'is a batch prediction job: it has to be cancelled in the console.',
  models:
    'is a model of the registry: it costs something only where it is deployed, so undeploy it from its endpoint.',
  deploymentResourcePools: 'is a pool that several endpoints share: undeploy its models from each of them.',
  persistentResources: 'is a persistent resource: it can only be deleted, which is not done from here.',
  indexEndpoints: 'is an index endpoint of Vector Search: undeploying an index is not done from here.',
  notebookRuntimes: 'is a Colab Enterprise runtime, which stops by itself when it is idle.',
};

const COMPUTE: Readonly<Record<string, string>> = {
  disks: 'is a disk: it costs as long as it exists, and data is never deleted from here.',
  snapshots: 'is a snapshot: it costs as long as it exists, and data is never deleted from here.',
  images: 'is an image: it costs as long as it exists, and data is never deleted from here.',
  addresses: 'is a reserved address: releasing it cannot be undone, so it is not done from here.',
  reservations: 'is a reservation: it is paid for whether it is used or not.',
  commitments: 'is a commitment: it is paid for whether it is used or not.',
  instanceGroupManagers:
    'is a managed instance group: scaling it is not done from here, and its instances would be made again if they were stopped.',
};

const SERVICES: Readonly<Record<string, string>> = {
  storage:
    'is a bucket or an object in Cloud Storage: it costs as long as it exists, and data is never deleted from here.',
  bigquery:
    'is data of BigQuery: it costs as long as it exists or is queried, and data is never deleted from here.',
  run: 'is a Cloud Run service, which scales to zero by itself.',
  tpu: 'is a TPU: stopping it is not done from here.',
  dataproc: 'is a Dataproc cluster: it has to be stopped as a whole in the console.',
  sqladmin: 'is a Cloud SQL instance: databases are not stopped from here.',
  file: 'is a Filestore instance: it costs as long as it exists, and data is never deleted from here.',
};

/** A whole sentence. `path` begins with "projects" for most services. */
export function whyNotGcp(service: string | undefined, path: readonly string[], resourceId: string): string {
  const shown = `"${resourceId.slice(0, 120)}"`;
  const collection = path.length > 3 ? (path[4] ?? '') : '';
  if (service === 'aiplatform' || (service === undefined && collection in VERTEX))
    return `${shown} ${VERTEX[collection] ?? 'is a resource of Vertex AI for which there is no action: custom jobs can be cancelled, endpoints undeployed.'}`;
  if (service === 'compute')
    return `${shown} ${COMPUTE[collection] ?? COMPUTE[path[3] ?? ''] ?? 'is a resource of Compute Engine for which there is no action: instances can be stopped.'}`;
  if (service === 'container')
    return path.includes('clusters') && !path.includes('nodePools')
      ? `${shown} is a whole Kubernetes cluster: its node pools can be resized to zero one by one.`
      : `${shown} is a resource of Kubernetes Engine for which there is no action: node pools can be resized.`;
  if (service === 'notebooks')
    return `${shown} is ${collection === 'runtimes' ? 'a managed notebook of the old kind' : 'a resource of Workbench'} for which there is no action: Workbench instances can be stopped.`;
  if (service === undefined) return `${shown} is a name of Google Cloud that does not say what it is of.`;
  return `${shown} ${SERVICES[service] ?? `is a resource of ${service}.googleapis.com, for which there is no action.`}`;
}
