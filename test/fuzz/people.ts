/** Who sends payloads in the fuzzed workspace, and what Slack says of each. */
import { JON, LENA, MIRA, TOMAS } from '../commands/workbench.ts';

/** A member of team search with an account that Slack describes; what is not said is as usual. */
export const VIEWER = { name: 'Eve Viewer', email: 'eve@x.example', slack: 'U0VIEWER' };
export const GONE = { name: 'Dean Gone', email: 'dean@x.example', slack: 'U0GONE01' };
export const FOREIGN = { name: 'Fay Foreign', email: 'fay@x.example', slack: 'U0FOREIGN' };

/** Their payloads may change what is theirs to change. */
export const PRIVILEGED = [MIRA, TOMAS, LENA, JON].map(({ slack }) => slack);

/** Nothing they send may change anything. */
export const POWERLESS = [
  VIEWER.slack,
  GONE.slack,
  FOREIGN.slack,
  'U0NOBODY',
  'U0GUEST1',
  'U0BOT001',
  'U0UNKNOWN',
];

/** What users.info answers; undefined for somebody Slack does not know. */
export function slackSays(id: string): Readonly<Record<string, unknown>> | undefined {
  switch (id) {
    case GONE.slack:
      return { deleted: true, profile: { email: GONE.email } };
    case FOREIGN.slack:
      return { team_id: 'T9', is_stranger: true, profile: { email: FOREIGN.email } };
    case 'U0GUEST1':
      return { is_restricted: true, profile: { email: MIRA.email } };
    case 'U0BOT001':
      return { is_bot: true, profile: { email: JON.email } };
    case 'U0UNKNOWN':
      return undefined;
    default:
      return [...PRIVILEGED, ...POWERLESS, 'UB'].includes(id) ? {} : undefined;
  }
}
