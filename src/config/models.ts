/** Checks models: one meaning per name and alias, teams and owners that exist. */
import { closest, fold } from './closest.ts';
import type { Part, Said } from './draft.ts';
import { checkOwner, memberEmails } from './people.ts';
import { found, mismatch } from './problem.ts';
import { type Place, repeated } from './repeated.ts';
import type { Finding } from './shape.ts';

export function checkModels(root: Part, place: Place): Finding[] {
  const models = root.list('models');
  const teams = root.list('teams').flatMap((team) => team.said('name')?.text ?? []);
  return [
    ...repeated(
      models.flatMap((model) => model.said('name') ?? []),
      'model',
      place,
    ),
    ...clashingAliases(models, place),
    ...models.flatMap((model) => checkOwner(model.said('owner'), memberEmails(root))),
    ...models.flatMap((model) => checkTeam(model.said('team'), teams)),
  ];
}

function checkTeam(team: Said | undefined, teams: readonly string[]): Finding[] {
  if (!team || teams.some((name) => fold(name) === fold(team.text))) return [];
  return [
    {
      path: team.path,
      message: mismatch(team.text, 'the name of a team in teams', closest(team.text, teams)),
    },
  ];
}

/** An alias may mean one model only. Repeating a model's own name is harmless. */
function clashingAliases(models: readonly Part[], place: Place): Finding[] {
  const owners = new Map<string, { model: number; said: Said }>();
  models.forEach((model, index) => {
    const said = model.said('name');
    if (said && !owners.has(fold(said.text))) owners.set(fold(said.text), { model: index, said });
  });
  return models.flatMap((model, index) =>
    model.saidList('aliases').flatMap((said) => {
      const owner = owners.get(fold(said.text));
      if (!owner) owners.set(fold(said.text), { model: index, said });
      if (!owner || owner.model === index) return [];
      const name = models[owner.model]?.said('name')?.text;
      const message = `found ${found(said.text)}, which already means model ${found(name)} (${place(owner.said.path)}), expected each alias to mean one model`;
      return [{ path: said.path, message }];
    }),
  );
}
