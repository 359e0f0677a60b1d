import type { AudienceUseOf } from '../../money/programme/audiences.ts';
import { loadRules } from './rules.ts';

/** A rule that gives its members an account manager keeps a segment. */
export const managerUse: AudienceUseOf = async ({ db }, segmentId) => {
  const { rules } = await loadRules(db.fresh);
  return rules.some((rule) => rule.segmentId === segmentId)
    ? 'A rule gives its members an account manager.'
    : null;
};
