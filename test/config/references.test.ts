import { describe, expect, it } from 'vitest';
import { mistakesIn } from './config-folder.ts';

const TEAM = `teams:
  - name: search
    members: [{ name: Mira Chen, email: mira@lumen.example, slack: U0MIRA }]
models:
  - { name: bert, team: search, aliases: [bert-base] }
`;

function line(number: number, text: string): string[] {
  return [`pennywatch.yaml:${number}  ${text}`];
}

describe('teams and people', () => {
  it('a duplicate team, whatever its case', () => {
    expect(mistakesIn('teams:\n  - name: search\n  - name: " SEARCH "\n')).toEqual(
      line(
        3,
        'teams[1].name: found a second team "SEARCH" (the first is on line 2), expected each team once',
      ),
    );
  });

  it('an owner who is no member, with the nearest e-mail', () => {
    expect(mistakesIn(TEAM.replace('    members', '    owner: mirra@lumen.example\n    members'))).toEqual(
      line(
        3,
        'teams[0].owner: found "mirra@lumen.example", expected the e-mail of a member in teams[].members – did you mean "mira@lumen.example"?',
      ),
    );
  });

  it('one Slack id on two people', () => {
    const second = '  - { name: ads, members: [{ name: Jon, email: jon@lumen.example, slack: U0MIRA }] }\n';
    expect(mistakesIn(TEAM.replace('models:', `${second}models:`))).toEqual(
      line(
        4,
        'teams[1].members[0].slack: found "U0MIRA", expected each Slack id on one person – mira@lumen.example has it on line 3',
      ),
    );
  });

  it('one Teams id on two people, whatever its case', () => {
    const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const second = `  - { name: ads, members: [{ name: Jon, email: jon@lumen.example, teams: ${id.toUpperCase()} }] }\n`;
    expect(
      mistakesIn(TEAM.replace('slack: U0MIRA', `teams: ${id}`).replace('models:', `${second}models:`)),
    ).toEqual(
      line(
        4,
        `teams[1].members[0].teams: found "${id.toUpperCase()}", expected each Microsoft Teams id on one person – mira@lumen.example has it on line 3`,
      ),
    );
  });

  it('a home that the team has no channel in', () => {
    const homed = (channel: string) =>
      TEAM.replace('    members', `    home: teams\n    channel: ${channel}\n    members`);
    expect(mistakesIn(homed('{ teams: "19:abc@thread.tacv2" }'))).toEqual([]);
    expect(mistakesIn(homed('{ slack: C0SEARCH }'))).toEqual(
      line(
        3,
        'teams[0].home: found "teams", expected a platform that the team has a channel in: add channel.teams, or name another home',
      ),
    );
  });

  it('a person in two teams is fine, but not under two names', () => {
    const twice = (name: string) =>
      TEAM.replace(
        'models:',
        `  - { name: ads, members: [{ name: ${name}, email: Mira@lumen.example }] }\nmodels:`,
      );
    expect(mistakesIn(twice('Mira Chen'))).toEqual([]);
    expect(mistakesIn(twice('Mary'))).toEqual(
      line(
        4,
        'teams[1].members[0].name: found "Mary", expected "Mira Chen" for mira@lumen.example, as on line 3',
      ),
    );
  });
});

describe('models', () => {
  it.each([
    [
      '{ name: BERT }',
      'models[1].name: found a second model "BERT" (the first is on line 5), expected each model once',
    ],
    [
      '{ name: x, aliases: [Bert-Base] }',
      'models[1].aliases[0]: found "Bert-Base", which already means model "bert" (on line 5), expected each alias to mean one model',
    ],
    [
      '{ name: x, aliases: bert }',
      'models[1].aliases: found "bert", which already means model "bert" (on line 5), expected each alias to mean one model',
    ],
    [
      '{ name: x, team: serch }',
      'models[1].team: found "serch", expected the name of a team in teams – did you mean "search"?',
    ],
    [
      '{ name: x, owner: nobody }',
      'models[1].owner: found "nobody", expected the e-mail of a member, or a user group such as "@ml-leads"',
    ],
  ])('%s', (model, expected) => {
    expect(mistakesIn(`${TEAM}  - ${model}\n`)).toEqual(line(6, expected));
  });

  it('an owner may be a user group, and an alias may repeat its own model', () => {
    expect(mistakesIn(`${TEAM}  - { name: x, owner: "@ml-leads", aliases: [X, x-large] }\n`)).toEqual([]);
  });
});

describe('budgets', () => {
  const budget = (scope: string) =>
    `${TEAM}budgets:\n  - { scope: "${scope}", amount: 5, period: monthly }\n`;

  it.each([
    ['model:brt', 'found "model:brt", expected a model in models – did you mean "model:bert"?'],
    [
      'model:brt/training',
      'found "model:brt/training", expected a model in models – did you mean "model:bert/training"?',
    ],
    [
      'model:bert/trainning',
      'found "model:bert/trainning", expected a model in models – did you mean "model:bert/training"?',
    ],
    ['team:serch', 'found "team:serch", expected a team in teams – did you mean "team:search"?'],
    [
      'environment:production',
      'found "environment:production", expected environment:dev, environment:staging, environment:prod',
    ],
    [
      'bert',
      'found "bert", expected org, team:NAME, model:NAME, model:NAME/training, service:NAME, provider:NAME, environment:NAME, feature:NAME or experiment:NAME',
    ],
  ])('%s', (scope, expected) => {
    expect(mistakesIn(budget(scope))).toEqual(line(7, `budgets[0].scope: ${expected}`));
  });

  it.each([
    'org',
    'model:bert',
    'model:BERT-base/inference',
    'team:Search',
    'service:Amazon SageMaker',
    'feature:chat',
  ])('%s is fine', (scope) => {
    expect(mistakesIn(budget(scope))).toEqual([]);
  });

  it('two for one scope and period, even by an alias', () => {
    const two = `${budget('model:bert')}  - { scope: "model:bert-base", amount: 7, period: monthly }\n`;
    expect(mistakesIn(two)).toEqual(
      line(
        8,
        'budgets[1].scope: found a second monthly budget for "model:bert-base" (the first is on line 7), expected one budget for each scope and period',
      ),
    );
    expect(mistakesIn(two.replace('7, period: monthly', '7, period: yearly'))).toEqual([]);
  });
});

describe('allocation rules', () => {
  const rule = (text: string) => `allocation:\n  rules:\n    - ${text}\n`;

  it.each([
    [
      '{ name: a, match: {}, set: { team: x } }',
      'match: found no condition, expected at least one, for example ServiceName: Amazon SageMaker',
    ],
    [
      '{ name: a, match: { RegionId: x }, set: {} }',
      'set: found nothing to set, expected at least one of team, model, modelVersion, stage, environment, feature, costCenter, experiment',
    ],
    [
      '{ name: a, match: { RegionId: x } }',
      'set: found nothing, expected a mapping with team, model, modelVersion, stage, environment, feature, costCenter, experiment',
    ],
    [
      '{ name: a, match: { RegionId: [] }, set: { team: x } }',
      'match.RegionId: found a list, expected text or a list of at least one text',
    ],
    [
      '{ name: a, match: { Servicename: x }, set: { team: x } }',
      'match.Servicename: found "Servicename", expected a FOCUS column or tags.KEY – did you mean "ServiceName"?',
    ],
    [
      '{ name: a, match: { tag.app: x }, set: { team: x } }',
      'match.tag.app: found "tag.app", expected a FOCUS column or tags.KEY – did you mean "tags.app"?',
    ],
    [
      '{ name: a, match: { RegionId: x }, set: { stage: trainig } }',
      'set.stage: found "trainig", expected one of training, inference, data, other – did you mean "training"?',
    ],
    [
      '{ name: a, match: { RegionId: x }, set: { environment: Prod } }',
      'set.environment: found "Prod", expected one of dev, staging, prod – did you mean "prod"?',
    ],
  ])('%s', (text, expected) => {
    expect(mistakesIn(rule(text))).toEqual(line(3, `allocation.rules[0].${expected}`));
  });

  it('two of one name', () => {
    const one = '    - { name: a, match: { RegionId: x }, set: { team: x } }\n';
    expect(mistakesIn(`allocation:\n  rules:\n${one}${one}`)).toEqual(
      line(
        4,
        'allocation.rules[1].name: found a second rule "a" (the first is on line 3), expected each rule once',
      ),
    );
  });
});

describe('dimensions and rates', () => {
  it('stage and environment have fixed values', () => {
    expect(mistakesIn('dimensions:\n  stage:\n    values: { trainin: [train] }\n')).toEqual(
      line(
        3,
        'dimensions.stage.values.trainin: found "trainin", expected one of training, inference, data, other – did you mean "training"?',
      ),
    );
  });

  it('a spelling means one value', () => {
    expect(mistakesIn('dimensions:\n  team:\n    values:\n      search: [s]\n      sales: [S]\n')).toEqual(
      line(
        5,
        'dimensions.team.values.sales[0]: found "S", which already means "search" (on line 4), expected each spelling to mean one value',
      ),
    );
  });

  it('a rate is between two currencies, one a day', () => {
    const rate = (day: string, to: string) => `  - { date: ${day}, from: EUR, to: ${to}, rate: 1.1 }\n`;
    expect(mistakesIn(`fx:\n${rate('2025-01-01', 'eur')}`)).toEqual(
      line(2, 'fx[0].to: found "eur", expected another currency than from ("EUR")'),
    );
    expect(
      mistakesIn(`fx:\n${rate('2025-01-01', 'USD')}${rate('2025-01-02', 'USD')}${rate('2025-01-01', 'USD')}`),
    ).toEqual(
      line(
        4,
        'fx[2].date: found a second rate from EUR to USD on 2025-01-01 (the first is on line 2), expected one',
      ),
    );
  });
});
