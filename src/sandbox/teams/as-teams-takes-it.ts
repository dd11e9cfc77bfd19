/** What Teams takes and Microsoft's local client does not, put in the way the client takes it. */
import { TEAMS_PEOPLE } from '../sample-org/teams.ts';

/** Under every card of full width, or with a picture that can be enlarged, it says that it cannot show that. */
export function withoutWarnings(json: string): string {
  const warned = (key: string, value: unknown) =>
    (key === 'width' && value === 'Full') || key === 'allowExpand';
  const keep = (key: string, value: unknown) => (warned(key, value) ? undefined : value);
  return json && JSON.stringify(JSON.parse(json, keep));
}

/** It knows people by its own id only, where Teams takes the one of Microsoft Entra ID too. */
export function withOwnIds(text: string): string {
  return TEAMS_PEOPLE.reduce((result, { entraId, userId }) => result.replaceAll(entraId, userId), text);
}
