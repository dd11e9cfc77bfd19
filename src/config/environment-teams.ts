/** The variables that connect Microsoft Teams, as the Azure Bot resource and its app registration call them. */
import * as z from 'zod';
import { field, text } from '../core/field.ts';
import { isEntraId } from './check.ts';

export const APP_TYPES = ['SingleTenant', 'MultiTenant', 'UserAssignedMsi'] as const;

export interface TeamsEnvironment {
  /** Absent only where `local` is set. */
  readonly appId?: string;
  /** Absent with a managed identity. */
  readonly appPassword?: string;
  readonly appType: (typeof APP_TYPES)[number];
  readonly tenantId?: string;
  /** Tenants whose people are served; never empty unless `local`. */
  readonly tenants: readonly string[];
  /** No credentials and no proof of who sends: only for a client on this machine. */
  readonly local?: boolean;
  readonly nativeCharts?: boolean;
  /** Of a local client: whether it shows people views of their own. The demo's does. */
  readonly ownViews?: boolean;
  /** Microsoft's own; tests have theirs. */
  readonly endpoints?: { readonly login: string; readonly openId: string; readonly graph: string };
}

const guid = (what: string) => text(what, isEntraId).transform((id) => id.toLowerCase());

export const teamsVariables = {
  MicrosoftAppId: field(guid('the Application (client) ID of the app registration').optional(), {
    type: 'text',
    meaning: 'Application (client) ID of the Azure Bot. Switches Teams on.',
  }),
  MicrosoftAppPassword: field(
    text(
      "a client secret's Value (not its Secret ID)",
      (value) => /^\S{8,}$/.test(value) && !isEntraId(value),
    ).optional(),
    {
      type: 'secret',
      meaning: "Value of the app registration's client secret. Not needed with UserAssignedMsi.",
    },
  ),
  MicrosoftAppType: field(
    z.enum(APP_TYPES, { error: `one of ${APP_TYPES.join(', ')}` }).default('SingleTenant'),
    {
      type: APP_TYPES.join(' | '),
      fallback: 'SingleTenant',
      meaning: 'Type of the Azure Bot, as its Configuration page says.',
    },
  ),
  MicrosoftAppTenantId: field(guid('the Directory (tenant) ID').optional(), {
    type: 'text',
    meaning: 'Directory (tenant) ID. Its people are served.',
  }),
  PENNYWATCH_TEAMS_TENANTS: field(
    text('tenant ids with commas between them', (value) =>
      value.split(',').every((id) => isEntraId(id.trim())),
    )
      .transform((value) => value.split(',').map((id) => id.trim().toLowerCase()))
      .optional(),
    {
      type: 'list of tenant ids',
      fallback: 'MicrosoftAppTenantId',
      meaning:
        'Tenants whose people are served, where it is more than one. E-mails count for people of `MicrosoftAppTenantId` (else of the first); the others are known by their ids in pennywatch.yaml.',
    },
  ),
  PENNYWATCH_TEAMS_CHARTS: field(
    z.enum(['picture', 'native'], { error: 'picture or native' }).default('picture'),
    {
      type: 'picture | native',
      fallback: 'picture',
      meaning:
        'native: Teams draws simple charts itself, and shows the picture where it cannot. What only the picture has (averages, budget lines, bands) is then missing.',
    },
  ),
  PENNYWATCH_TEAMS_LOCAL: field(z.enum(['true', 'false'], { error: 'true or false' }).optional(), {
    type: 'true | false',
    fallback: 'false',
    meaning:
      'Teams without credentials, for a local client such as the Microsoft 365 Agents Playground: only this machine is answered, and only where MicrosoftAppId is not set.',
  }),
};

const Values = z.object(teamsVariables);

/** Undefined where Teams is not set up; `problems` says what is missing, by variable. */
export function toTeams(values: z.infer<typeof Values>): {
  readonly teams?: TeamsEnvironment;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
} {
  const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId } = values;
  const { PENNYWATCH_TEAMS_TENANTS, PENNYWATCH_TEAMS_LOCAL } = values;
  const local = PENNYWATCH_TEAMS_LOCAL === 'true';
  const problem = (path: string, message: string) => ({ problems: [{ path, message }] });
  if (local && MicrosoftAppId)
    return problem('PENNYWATCH_TEAMS_LOCAL', 'found true beside MicrosoftAppId, expected only one of them');
  const tenants = PENNYWATCH_TEAMS_TENANTS ?? (MicrosoftAppTenantId ? [MicrosoftAppTenantId] : []);
  const common = {
    appType: MicrosoftAppType,
    ...(values.PENNYWATCH_TEAMS_CHARTS === 'native' && { nativeCharts: true }),
    tenants,
    ...(MicrosoftAppTenantId && { tenantId: MicrosoftAppTenantId }),
  };
  if (local) return { teams: { ...common, local }, problems: [] };
  if (!MicrosoftAppId) return { problems: [] };
  if (!MicrosoftAppPassword && MicrosoftAppType !== 'UserAssignedMsi')
    return problem('MicrosoftAppPassword', 'found nothing beside MicrosoftAppId, expected a client secret');
  if (!MicrosoftAppTenantId && MicrosoftAppType !== 'MultiTenant')
    return problem('MicrosoftAppTenantId', 'found nothing beside MicrosoftAppId, expected the tenant id');
  if (tenants.length === 0)
    return problem(
      'PENNYWATCH_TEAMS_TENANTS',
      'found nothing, expected the tenants whose people are served: a MultiTenant bot could be installed by anybody',
    );
  return {
    teams: {
      ...common,
      appId: MicrosoftAppId,
      ...(MicrosoftAppPassword && { appPassword: MicrosoftAppPassword }),
    },
    problems: [],
  };
}
