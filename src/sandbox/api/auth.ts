/** api.test and auth.test. */
import { botId, teamDomain } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { type Method, textArgument } from './method.ts';

export const apiTest: Method = {
  run(_state, args) {
    const error = textArgument(args, 'error');
    if (error) throw new Refusal(error);
    const { token: _, ...echo } = args;
    return { args: echo };
  },
};

export const authTest: Method = {
  run(state) {
    const { teamId, teamName, botUserId, botName } = state.seed;
    return {
      url: `https://${teamDomain(state)}.slack.com/`,
      team: teamName,
      user: botName.toLowerCase(),
      team_id: teamId,
      user_id: botUserId,
      bot_id: botId(state),
      is_enterprise_install: false,
    };
  },
};
