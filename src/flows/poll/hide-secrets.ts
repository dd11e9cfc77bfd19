/** Keeps the secrets that a poll was given out of everything it says. */
import { redact } from '../../core/secret.ts';
import type { Access } from '../../sources/types.ts';

const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|CONNECTION|CREDENTIAL|SAS/i;
/** Shorter ones would blot out words that only look alike. */
const SHORTEST = 8;

export interface Hiding {
  /** The environment, remembering which secrets were read. */
  readonly variable: Access['variable'];
  /** The text without any of them, nor anything that looks like a secret. */
  hide(text: string): string;
}

export function hideSecrets(variable: Access['variable']): Hiding {
  const secrets = new Set<string>();
  return {
    variable(name) {
      const value = variable(name);
      if (value && value.length >= SHORTEST && SECRET_NAME.test(name)) secrets.add(value);
      return value;
    },
    hide: (text) => redact([...secrets].reduce((said, secret) => said.replaceAll(secret, '…'), text)),
  };
}
