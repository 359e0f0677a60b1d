import type { OwnFieldUsesOf } from '../../people/own-fields/own-field-uses.ts';
import { rulesOf } from './definition.ts';
import { loadSegments } from './list-versions.ts';

/** Which segments ask by an own field, and by which values of it. */
export const listOwnFieldUses: OwnFieldUsesOf = async ({ db }, key) => {
  const { segments } = await loadSegments(db.fresh);
  return [...segments.values()].flatMap(({ id, group }) => {
    const rules = rulesOf(group).filter(({ rule }) => rule.field === `own.${key}`);
    return rules.length === 0
      ? []
      : [{ segmentId: id, values: rules.flatMap(({ rule }) => [rule.value ?? []].flat().map(String)) }];
  });
};
