/** The local client has one current user. Its page belongs to whoever its configuration says; we say who. */
import * as z from 'zod';
import { TEAMS_PEOPLE, type TeamsPerson } from '../sample-org/teams.ts';

const Members = z.looseObject({ members: z.array(z.string()) });
const User = z.looseObject({ id: z.string() });
const Config = z.looseObject({
  config: z.looseObject({
    currentUser: User,
    users: z.array(User),
    groupChats: z.array(Members),
    teams: z.array(Members),
  }),
});

/** Whose page it is, by the name it is asked under: jon.localhost is Jon's. Undefined for names that are not ours. */
export function personOf(host: string | undefined): TeamsPerson | undefined {
  const [, key, name] = /^(?:([a-z]+)\.)?(localhost|127\.0\.0\.1)(?::\d+)?$/i.exec(host ?? '') ?? [];
  if (!name) return undefined;
  return key ? TEAMS_PEOPLE.find((person) => person.key === key.toLowerCase()) : TEAMS_PEOPLE[0];
}

/** The personal chat is hers alone. */
export function isCurrent(person: TeamsPerson): boolean {
  return person.key === TEAMS_PEOPLE[0]?.key;
}

/** The same configuration with another current user; what is no such configuration stays as it is. */
export function seenBy(config: unknown, person: TeamsPerson): unknown {
  const parsed = Config.safeParse(config);
  if (!parsed.success) return config;
  const { currentUser, users, groupChats, teams } = parsed.data.config;
  const other = users.find(({ id }) => id === person.userId);
  if (!other) return config;
  const swap = (id: string) => (id === other.id ? currentUser.id : id);
  const withOther = <T extends z.infer<typeof Members>>(place: T): T => ({
    ...place,
    members: place.members.map(swap),
  });
  return {
    ...parsed.data,
    config: {
      ...parsed.data.config,
      currentUser: other,
      users: users.map((user) => (user.id === other.id ? currentUser : user)),
      groupChats: groupChats.map(withOther),
      teams: teams.map(withOther),
    },
  };
}
