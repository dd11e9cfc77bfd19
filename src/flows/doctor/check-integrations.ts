/** Can pagers, webhooks and the ticket system be told: are their secrets set? */
import type { IntegrationSettings } from '../../core/action.ts';
import type { DoctorCheck } from './types.ts';

const NAMED = { id: 'integrations', title: 'Integrations' };

interface Secret {
  readonly whose: string;
  readonly variable: string;
}

/** One check when there are integrations, none otherwise. Only whether a variable is set is looked at. */
export function checkIntegrations(
  integrations: IntegrationSettings,
  variable: (name: string) => string | undefined,
): DoctorCheck[] {
  const secrets = secretsOf(integrations);
  if (secrets.length === 0) return [];
  const missing = secrets.filter((one) => variable(one.variable) === undefined);
  if (missing.length === 0)
    return [
      {
        ...NAMED,
        status: 'ok',
        detail: `The secrets are set of ${[...new Set(secrets.map(({ whose }) => whose))].join(', ')}.`,
      },
    ];
  return [
    {
      ...NAMED,
      status: 'fail',
      detail: `${missing.map(({ whose, variable: name }) => `${name} is not set: ${whose} cannot be told`).join('; ')}.`,
      mend: 'Set the variable for the server and start it again, or take the entry out of integrations in pennywatch.yaml.',
    },
  ];
}

function secretsOf({ pagerDuty, webhooks, tickets }: IntegrationSettings): Secret[] {
  const system = tickets?.kind === 'jira' ? 'Jira' : 'the ticket webhook';
  return [
    ...(pagerDuty ? [{ whose: 'PagerDuty', variable: pagerDuty.keyVariable }] : []),
    ...webhooks.map(({ name, keyVariable }) => ({ whose: `the webhook ${name}`, variable: keyVariable })),
    ...(tickets ? [{ whose: system, variable: tickets.keyVariable }] : []),
    ...(tickets?.userVariable ? [{ whose: system, variable: tickets.userVariable }] : []),
  ];
}
