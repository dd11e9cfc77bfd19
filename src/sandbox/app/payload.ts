/** The fields every interactive payload has in common. */
import { appId, findPerson, handleOf, teamDomain } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';

/** Kept from Slack's early days; apps are told to verify the signature instead. */
export const VERIFICATION_TOKEN = 'sandbox';

export function payloadBase(state: WorkspaceState, type: string, personId: string): Record<string, unknown> {
  const person = findPerson(state, personId);
  if (!person) throw new Refusal('user_not_found');
  const handle = handleOf(person);
  return {
    type,
    user: { id: person.id, username: handle, name: handle, team_id: state.seed.teamId },
    api_app_id: appId(state),
    token: VERIFICATION_TOKEN,
    team: { id: state.seed.teamId, domain: teamDomain(state) },
    enterprise: null,
    is_enterprise_install: false,
  };
}
