/** OpenAI's Admin API for one organization: address, admin key, refusals in words, projects and their lists. */
import type { ZodType } from 'zod';
import { AppError } from '../../core/errors.ts';
import { type AdminApi, openAdmin } from '../admin-api.ts';
import { type ActionAnswer, type ActionRequest, at, type Explained } from '../http.ts';
import type { ActionAccess, PermissionNeed } from '../types.ts';
import { Project } from './schema.ts';

/** Scopes of a restricted admin key, as OpenAI names them. */
export const READ = 'api.management.read';
export const WRITE = 'api.management.write';

const PAGES = 50;

export function openOpenAi(access: ActionAccess): AdminApi {
  return openAdmin(access, {
    vendor: 'OpenAI',
    keyVariable: 'OPENAI_ADMIN_KEY',
    keyPrefix: 'sk-admin-',
    addressVariable: 'OPENAI_BASE_URL',
    standard: 'https://api.openai.com',
    prefix: '/v1',
    headers: (key) => ({ authorization: `Bearer ${key}` }),
    grant: (variable) =>
      `${variable} must hold an admin key of the organization with "Management: Write" (see \`pennywatch permissions actions --provider openai\`).`,
    explain: missingScope,
  });
}

/** OpenAI names the scope that a restricted key lacks, with 401 or 403. */
function missingScope({ status, body }: ActionAnswer, { doing }: ActionRequest): Explained | undefined {
  const message = at(body, ['error', 'message']);
  if (![401, 403].includes(status) || typeof message !== 'string') return undefined;
  const scopes = /Missing scopes?: ([a-z_.]+(?:, ?[a-z_.]+)*)/.exec(message)?.[1]?.replace(/\.$/, '');
  return scopes === undefined
    ? undefined
    : {
        message: `OpenAI refused to ${doing}: the permission ${scopes} is missing.`,
        hint: 'Make an admin key with "Management: Write" (see `pennywatch permissions actions --provider openai`).',
      };
}

/** What reading needs. */
export function reads(...paths: readonly string[]): PermissionNeed {
  return { permission: READ, for: 'plan', resources: paths };
}

export function projectPath(project: string): string {
  return `/organization/projects/${encodeURIComponent(project)}`;
}

/** Undefined when there is none, or it belongs to another organization. */
export function readProject(api: AdminApi, project: string): Promise<Project | undefined> {
  return api.read(
    { path: projectPath(project), doing: `read the project ${project}`, permission: READ },
    Project,
  );
}

/** All items of a list, page by page; undefined for 404. Throws LIMIT when there is no end to them. */
export async function readAll<T>(
  api: AdminApi,
  list: { readonly path: string; readonly doing: string },
  shape: ZodType<{ readonly items: readonly T[]; readonly last: string | undefined }>,
): Promise<T[] | undefined> {
  const all: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await api.read({ ...list, query: { limit: 100, after }, permission: READ }, shape);
    if (!answer) return undefined;
    all.push(...answer.items);
    if (answer.last === undefined) return all;
    after = answer.last;
  }
  throw new AppError(
    'LIMIT',
    `OpenAI's list does not end after ${PAGES} pages, when asked to ${list.doing}.`,
    {
      hint: 'Nothing was changed.',
    },
  );
}
