/** What Azure says when it refuses, in words and with what to do about it. */
import { AppError } from '../../core/errors.ts';

const SIGN_IN: Readonly<Record<string, { said: string; hint: string }>> = {
  AADSTS7000222: {
    said: 'the client secret has expired',
    hint: 'Make a new client secret for the app registration and set AZURE_CLIENT_SECRET.',
  },
  AADSTS7000215: {
    said: 'the client secret is wrong',
    hint: "Set AZURE_CLIENT_SECRET to the secret's value, not to its id.",
  },
  AADSTS700016: {
    said: 'the app registration is not known in this tenant',
    hint: 'Check AZURE_CLIENT_ID and AZURE_TENANT_ID.',
  },
  AADSTS90002: { said: 'the tenant does not exist', hint: 'Check AZURE_TENANT_ID.' },
  AADSTS900023: { said: 'the tenant is neither an id nor a domain', hint: 'Check AZURE_TENANT_ID.' },
  AADSTS7000112: {
    said: 'the app registration is switched off',
    hint: 'Enable the enterprise application in Microsoft Entra ID.',
  },
  AADSTS700024: {
    said: "the signed request is not within its valid time: this machine's clock is wrong",
    hint: 'Set the clock (NTP) and try again.',
  },
  AADSTS500011: {
    said: 'Azure Resource Manager is not known there',
    hint: 'Check baseUrl and AZURE_AUTHORITY_HOST: they must belong to the same cloud.',
  },
};
/** Sign-in is overloaded or hurt for a moment. */
const PASSING = ['AADSTS90033', 'AADSTS90006', 'AADSTS50196', 'AADSTS90055'];

/** A refusal as AppError; as text when it may pass. The secret never gets into either. */
export function loginError(error: unknown, secret: string | undefined): AppError | string {
  if (error instanceof AppError) return error;
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  const shown = (secret ? message.replaceAll(secret, '***') : message).slice(0, 200);
  const code = /AADSTS\d+/.exec(message)?.[0];
  if (code && !PASSING.includes(code)) {
    const known = SIGN_IN[code];
    return new AppError(
      'UPSTREAM',
      `Microsoft Entra ID refused to sign in: ${known?.said ?? shown} (${code}).`,
      {
        hint: known?.hint ?? 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
      },
    );
  }
  // The chain of credentials found nothing on this machine; with a secret the same name means no connection.
  if (!secret && error instanceof Error && /CredentialUnavailable|AggregateAuthentication/.test(error.name))
    return new AppError('CONFIG', 'There is nothing to sign in to Azure with.', {
      hint: 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or run on a machine with a managed identity.',
    });
  // The library's own words name a page about itself.
  if (/^\W*(network_error|endpoints_resolution_error|openid_config_error)\b/.test(message))
    return 'no connection to the sign-in address';
  return shown;
}

/** What to do about a refusal of the Query API. */
export function mend(scope: string, status: number, body: unknown): string {
  const { code, message } = armError(body);
  if (status === 401 && !isRoleMissing(body))
    return "Azure did not take the access token: check the tenant (AZURE_TENANT_ID), whether the app's secret was revoked, and this machine's clock.";
  if (status === 403 || isRoleMissing(body))
    return `Give the app the role "Cost Management Reader" on ${scope}; \`pennywatch permissions azure-cost-management\` prints the command. New roles take some minutes.`;
  if (status === 404 || /NotFound/i.test(code))
    return `Check the scope ${scope}: it does not exist, or not in this tenant.`;
  if (status === 422 || /not supported|offer|agreement|cost management (is )?(not|supports)/i.test(message))
    return `Cost Management has no cost of ${scope} by this API (classic offers and some partner subscriptions): use a billing account as the scope, or a FOCUS export in a storage account (focus-bucket).`;
  if (/aggregation|'?(Cost|PreTaxCost)'? (is|are) not/i.test(message))
    return 'Not every agreement knows both amounts: write the other one of Cost and PreTaxCost as amount.';
  if (/grouping/i.test(message)) return 'Leave the dimension out that it names, or set groupings to 2.';
  return `Check the scope ${scope}, dimensions, tags and apiVersion in pennywatch.yaml.`;
}

/** Whether the app lacks its role: the Query API says so with 401, though the token is good. */
export function isRoleMissing(body: unknown): boolean {
  return /^(RBACAccessDenied|AuthorizationFailed)$/i.test(armError(body).code);
}

/** Whether this agreement has no amortized cost ("Invalid definition type 'AmortizedCost'; valid values: …"). */
export function isTypeRefusal(error: unknown): boolean {
  return (
    error instanceof AppError && /refused: HTTP 400 .*definition type 'AmortizedCost'/.test(error.message)
  );
}

/** Whether the query asked for a grouping that this scope does not take. */
export function isGroupingRefusal(status: number, body: unknown): boolean {
  return status === 400 && /grouping/i.test(armError(body).message);
}

function armError(body: unknown): { code: string; message: string } {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  const textOf = (key: 'code' | 'message') => {
    const value =
      typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: textOf('code'), message: textOf('message') };
}
