/** Issues in Jira: Cloud by e-mail and API token, Data Center by personal access token. */
import type { IntegrationSettings } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { type Answered, parsed, post, refused, secretOf } from './http.ts';
import type { Notifier, NotifyAccess, TicketNotice } from './types.ts';

type Tickets = NonNullable<IntegrationSettings['tickets']>;

const WHO = 'Jira';
/** Jira refuses longer summaries. */
const SUMMARY = 255;

/** A repetition looks for the label first, so that a lost answer makes no second issue. */
export function createJira(tickets: Tickets, { variable }: NotifyAccess): Notifier {
  const { url, project = '', issueType, userVariable, keyVariable } = tickets;
  const site = url.replace(/\/+$/, '');
  const cloud = userVariable !== undefined;

  function headers(): Record<string, string> {
    const token = secretOf(variable, keyVariable, 'the API token of Jira');
    if (userVariable === undefined) return { authorization: `Bearer ${token}` };
    const user = secretOf(variable, userVariable, 'the e-mail of the API token of Jira');
    return { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` };
  }

  function call(path: string, body: unknown, reads: boolean): Promise<Answered> {
    const address = `${site}/rest/api/${cloud ? 3 : 2}/${path}`;
    return post({ who: WHO, url: address, body: JSON.stringify(body), headers: headers(), reads });
  }

  async function find(label: string): Promise<string | undefined> {
    const jql = `project = "${project}" AND labels = "${label}" ORDER BY created ASC`;
    const answer = await call(cloud ? 'search/jql' : 'search', { jql, fields: ['key'], maxResults: 1 }, true);
    if (answer.status !== 200) throw refused(WHO, answer, saidBy(answer.text));
    const issues = parsed(answer.text)?.issues;
    return Array.isArray(issues) ? keyOf(issues[0]) : undefined;
  }

  return {
    async send(_channel, body, { mayBeThere }) {
      const { label, title, paragraphs } = JSON.parse(body) as TicketNotice;
      const there = mayBeThere ? await find(label).catch(cannotLook) : undefined;
      if (there !== undefined) return { id: `${site}/browse/${there}` };
      const fields = {
        project: { key: project },
        issuetype: { name: issueType },
        summary: title.replace(/\s+/g, ' ').slice(0, SUMMARY),
        description: cloud ? documentOf(paragraphs) : paragraphs.join('\n\n'),
        labels: ['pennywatch', label],
      };
      const answer = await call('issue', { fields }, false);
      const made = answer.status === 201 ? keyOf(parsed(answer.text)) : undefined;
      if (made === undefined) throw refused(WHO, answer, saidBy(answer.text));
      return { id: `${site}/browse/${made}` };
    },
  };
}

/** Still nobody knows whether it is there. */
function cannotLook(cause: unknown): never {
  throw new AppError('UPSTREAM', 'Whether the ticket was made could not be looked up in Jira.', {
    hint: cause instanceof Error ? cause.message : 'It is tried again later.',
    cause,
    uncertain: true,
  });
}

/** Atlassian Document Format: paragraphs of plain text, in which nothing is markup. */
function documentOf(paragraphs: readonly string[]): Record<string, unknown> {
  const content = paragraphs
    .filter((text) => text.trim() !== '')
    .map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
  return { type: 'doc', version: 1, content };
}

/** Keys are checked: one becomes part of an address. */
function keyOf(issue: unknown): string | undefined {
  if (typeof issue !== 'object' || issue === null || !('key' in issue)) return undefined;
  return typeof issue.key === 'string' && /^[A-Z][A-Z0-9_]*-\d+$/i.test(issue.key) ? issue.key : undefined;
}

function saidBy(text: string): string | undefined {
  const answer = parsed(text);
  if (!answer) return undefined;
  const messages = Array.isArray(answer.errorMessages) ? answer.errorMessages.map(String) : [];
  const fields =
    typeof answer.errors === 'object' && answer.errors !== null
      ? Object.entries(answer.errors).map(([field, said]) => `${field}: ${String(said)}`)
      : [];
  return [...messages, ...fields].join('; ').slice(0, 300) || undefined;
}
