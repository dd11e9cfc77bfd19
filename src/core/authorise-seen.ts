/** What acts on money or machines needs somebody whom their platform knows as an active member of ours. Pure. */
import type { Seen } from './actor.ts';
import { type Change, type Permission, platformTitle, workspaceWord } from './refusals.ts';

const ACTING = [
  'propose',
  'proposal-decision',
  'undo',
  'anomaly',
  'ttl',
] as const satisfies readonly Change['kind'][];

/** Whether a change acts on money or machines. */
export function isActing({ kind }: Pick<Change, 'kind'>): boolean {
  return ACTING.some((acting) => acting === kind);
}

/** The refusal of somebody who is not there as a member; undefined for whom nothing speaks against. */
export function refuseSeen(
  who: { readonly platform?: string; readonly seen?: Seen },
  { kind }: Pick<Change, 'kind'>,
): Permission | undefined {
  const platform = platformTitle(who.platform);
  switch (who.seen?.state) {
    case undefined:
    case 'active':
      return undefined;
    case 'silent':
      // What runs or brings back something waits until it is certain; the rest goes by what pennywatch.yaml says.
      return kind === 'proposal-decision' || kind === 'undo'
        ? no(`${platform} doesn't say who you are just now.`, 'Try again in a minute. Nothing was changed.')
        : undefined;
    case 'deactivated':
      return no(
        `Your account in ${platform} is deactivated, so you can change nothing.`,
        `Ask an admin of ${platform} to activate it again.`,
      );
    case 'guest':
      return no(
        `You are a guest in ${platform}: guests may look but change nothing here.`,
        'Ask a member of the team to do it.',
      );
    case 'bot':
      return no("Apps and bots can't do this: only people can.", 'Ask a member of the team to do it.');
    case 'foreign':
      return no(
        `You belong to another ${workspaceWord(who.platform)}, so you can change nothing in this one.`,
        `Ask a member of this ${workspaceWord(who.platform)} to do it.`,
      );
    case 'unknown':
      return no(`${platform} doesn't know you.`, 'Ask a member of the team to do it.');
  }
}

function no(reason: string, hint: string): Permission {
  return { allowed: false, reason, hint };
}
