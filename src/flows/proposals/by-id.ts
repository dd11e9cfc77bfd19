/** Resources that people name by their id instead of by what they belong to. */
import { webhookFor } from '../../analysis/policy/allow-list.ts';
import { recognise } from '../../analysis/resources/recognise.ts';
import type { Settings } from '../../core/settings.ts';

/** Forms that nothing else is called in, whether something can be done with them or not. */
const ID_FORM = /^(?:arn:|\/\/|\/subscriptions\/|projects\/|k8s:\/\/|litellm:|webhook:|i-[0-9a-f]{8,17}$)/i;

/** Whether somebody means one resource by this. */
export function isResourceId(text: string, { actions }: Pick<Settings, 'actions'>): boolean {
  if (/\s/.test(text)) return false;
  return ID_FORM.test(text) || recognise(text).known || webhookFor(text, actions.accounts) !== undefined;
}
