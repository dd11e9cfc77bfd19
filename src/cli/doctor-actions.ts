/** Opens the way to each account under actions.accounts for doctor, as an action would; nothing there is read or changed. */
import { openAnthropic } from '../actions/anthropic/client.ts';
import { connectEc2 } from '../actions/aws/connect.ts';
import { explain } from '../actions/aws/errors.ts';
import { addressOf } from '../actions/azure/address.ts';
import { tokenFor } from '../actions/azure/token.ts';
import { credentialsFor } from '../actions/gcp/credentials.ts';
import { baseOf } from '../actions/gcp/endpoints.ts';
import { connect } from '../actions/kubernetes/connect.ts';
import { openKeys } from '../actions/litellm/client.ts';
import { openOpenAi } from '../actions/openai/client.ts';
import type { ActionAccess } from '../actions/types.ts';
import { openWebhook } from '../actions/webhook/client.ts';
import { createSlackDirectory } from '../chat/slack/directory.ts';
import { type Environment, readVariable } from '../config.ts';
import type { ActionsToCheck } from '../flows/doctor.ts';
import { createActionParts } from '../threads/action-parts.ts';

export interface DoctorActionsOptions {
  /** The clock, milliseconds since the epoch. */
  readonly now: () => number;
  /** Clouds are not even asked to sign us in. */
  readonly offline: boolean;
  readonly slack?: Environment['slack'];
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function actionsToCheck({ now, offline, slack }: DoctorActionsOptions): ActionsToCheck {
  const { access } = createActionParts({ now, log: silent });
  return {
    variable: (name) => readVariable(name),
    reach: (account, signal) => reach(access(account, signal), offline),
    directories: { ...(slack && { slack: createSlackDirectory(slack, { log: silent }) }) },
  };
}

/** Throws what an action would throw before its first call. */
async function reach(access: ActionAccess, offline: boolean): Promise<string> {
  switch (access.connection.provider) {
    case 'aws':
      return reachAws(access, offline);
    case 'gcp': {
      const base = baseOf(access, 'compute', 'global');
      if (offline) return `${base.url}; ${UNASKED}`;
      await credentialsFor(access, base);
      return `There are credentials for ${new URL(base.url).host}.`;
    }
    case 'azure': {
      const { url, audience } = addressOf(access);
      if (offline || audience === undefined) return `${url}; ${UNASKED}`;
      await tokenFor(access, audience);
      return `There is a token for ${new URL(url).host}.`;
    }
    case 'kubernetes':
      await connect(access);
      return access.connection.context === undefined
        ? 'There is a way to the cluster.'
        : `There is a context ${access.connection.context}.`;
    case 'litellm':
      openKeys(access);
      return SET;
    case 'openai':
      openOpenAi(access);
      return SET;
    case 'anthropic':
      openAnthropic(access);
      return SET;
    case 'webhook':
      openWebhook(access);
      return 'The address and the secret are set.';
  }
}

const UNASKED = 'whether it takes our credentials was not asked.';
const SET = 'The address and the key are set.';

const SIGN_IN = {
  permission: 'sts:AssumeRole',
  operation: 'AssumeRole',
  task: 'let us in',
  write: false,
} as const;

/** Resolves the credentials as the SDK would for a call; with a role, the role is assumed. */
async function reachAws(access: ActionAccess, offline: boolean): Promise<string> {
  const { role, regions } = access.connection;
  const { client } = await connectEc2(access, regions[0] ?? 'us-east-1');
  try {
    if (offline) return `${role ?? 'The credentials of this process'}: ${UNASKED}`;
    await client.config.credentials();
    return role === undefined ? 'There are credentials.' : `${role} can be assumed.`;
  } catch (error) {
    throw explain(error, SIGN_IN, access).said;
  } finally {
    client.destroy();
  }
}
