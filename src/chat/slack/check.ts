/** Whether the Slack credentials work and allow what we call, in words. */
import { AppError } from '../../core/errors.ts';
import type { SlackApi } from './api.ts';
import { requiredScopes } from './scopes.ts';

export interface CheckResult {
  readonly ok: boolean;
  readonly detail: string;
  readonly mend?: string;
}

export async function checkSlack(api: SlackApi, mode: 'http' | 'socket'): Promise<CheckResult> {
  try {
    const { team, user, scopes } = await api.whoAmI();
    const who = `Connected to ${team || 'the workspace'} as ${user || 'the bot'} (${mode === 'socket' ? 'Socket Mode' : 'HTTP'})`;
    if (!scopes) return { ok: true, detail: `${who}; Slack did not say which scopes the token has.` };
    const missing = requiredScopes.filter((scope) => !scopes.includes(scope));
    if (missing.length === 0)
      return { ok: true, detail: `${who}; all ${requiredScopes.length} scopes are granted.` };
    return {
      ok: false,
      detail: `${who}, but ${missing.length === 1 ? 'a scope is' : 'scopes are'} missing: ${missing.join(', ')}.`,
      mend: 'Add what is missing under OAuth & Permissions → Bot Token Scopes (or paste templates/install/slack-manifest.yaml again) and reinstall the app.',
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, detail: error.message, ...(error.hint ? { mend: error.hint } : {}) };
  }
}
