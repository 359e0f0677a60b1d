import type { AudiencesOf } from '../../money/programme/audiences.ts';
import { rulesOf } from './definition.ts';
import { loadSegments } from './list-versions.ts';
import { allNamed } from './references.ts';

/** The segments as what other rooms may be for, with what they ask. */
export const listAskedAudiences: AudiencesOf = async ({ db }) => {
  const { segments } = await loadSegments(db);
  const groups = new Map([...segments].map(([id, { group }]) => [id, group]));
  return [...segments.values()].map(({ id, name, group }) => {
    const named = [...allNamed(group, groups)].flatMap((one) => groups.get(one) ?? []);
    const rules = [group, ...named].flatMap((one) => rulesOf(one));
    return { id, name, fields: [...new Set(rules.map(({ rule }) => rule.field))] };
  });
};
