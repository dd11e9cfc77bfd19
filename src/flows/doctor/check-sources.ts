/** Would polling a configured source work now? Asks the other side. */
import type { SourceSettings } from '../../core/settings.ts';
import { failed } from './guard.ts';
import type { DoctorCheck, SourcesToCheck } from './types.ts';

/** Credentials, rights and tables of one source; one that does not answer in `patience` milliseconds has failed. */
export async function checkSource(
  source: SourceSettings,
  part: SourcesToCheck,
  patience: number,
): Promise<DoctorCheck> {
  const named = { id: `source-${source.name}-access`, title: `${source.name} answers` };
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const said = `It did not answer within ${patience / 1000} seconds.`;
    timer = setTimeout(() => reject(new Error(said)), patience);
  });
  try {
    const about = part.about(source.kind);
    const [variables, price] = [variableWords(about.variables, part), priceWords(about.requestPrice)];
    const checks = await Promise.race([part.check(source), silence]);
    const wrong = checks.filter(({ ok }) => !ok);
    const said = (wrong.length > 0 ? wrong : checks).map((check) => sentence(check.said));
    const hints = [...new Set(wrong.flatMap(({ hint }) => hint ?? []))];
    const mend = [...hints, `What it must be granted: pennywatch permissions ${source.name}`].join('\n');
    return {
      ...named,
      status: wrong.length > 0 ? 'fail' : 'ok',
      detail: [...said, wrong.length > 0 ? variables : '', price].filter((part) => part !== '').join(' '),
      ...(wrong.length > 0 && { mend }),
    };
  } catch (error) {
    return {
      mend: `What it must be granted: pennywatch permissions ${source.name}`,
      ...failed(named, error),
    };
  } finally {
    clearTimeout(timer);
  }
}

/** Names only: what a variable holds is nobody's business here. */
function variableWords(variables: Readonly<Record<string, string>>, part: SourcesToCheck): string {
  const names = Object.keys(variables);
  const isSet = (name: string) => part.variable(name) !== undefined;
  const words = [
    ...listed('set', names.filter(isSet)),
    ...listed(
      'not set',
      names.filter((name) => !isSet(name)),
    ),
  ];
  return words.length > 0 ? `Variables ${words.join('; ')}.` : '';
}

function listed(what: string, names: readonly string[]): string[] {
  return names.length > 0 ? [`${what}: ${names.join(', ')}`] : [];
}

function priceWords(price: string | undefined): string {
  return price === undefined ? '' : `(Each request of this check costs $${price}; --offline asks nothing.)`;
}

function sentence(said: string): string {
  return /[.!?]$/.test(said) ? said : `${said}.`;
}
