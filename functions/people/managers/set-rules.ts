import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { managerRuleLists } from '../../../db/schema/index.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { listAudiences } from '../../money/programme/audience.ts';
import { findMember } from './open-manager.ts';
import { loadRules, MANAGER_FIELD, type ManagerRule, writeRules } from './rules.ts';
import { workRules } from './work-rules.ts';

const RULES_MAX = 50;

const input = z.strictObject({
  rules: z
    .array(z.strictObject({ segmentId: z.string().max(100), manager: z.string().trim().max(254) }))
    .max(RULES_MAX),
});

const insertList = insertInto(managerRuleLists);

/**
 * Says which segments go to whom: of several that an account is in, the first in the list. What was given by hand stays. The
 * same list changes nothing.
 * @throws {AppError} `validation_failed` (paths `rules.N.segmentId`, `rules.N.manager`), `forbidden`
 */
export async function setManagerRules(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { rules: wanted } = parseInput(input, typed);
  const [audiences, members] = await Promise.all([
    listAudiences(ctx),
    Promise.all(wanted.map(({ manager }) => findMember(ctx.db.fresh, { who: manager }))),
  ]);
  const fieldsOf = new Map(audiences.map(({ id, fields }) => [id, fields]));
  const errors = wanted.flatMap(({ segmentId }, at): FieldError[] => {
    const wrong = (field: string, code: string, message: string) => ({
      path: `rules.${at}.${field}`,
      code,
      message,
    });
    const fields = fieldsOf.get(segmentId);
    const member = members[at];
    return [
      ...(fields === undefined ? [wrong('segmentId', 'unknown_segment', 'names no segment there is')] : []),
      ...(fields?.includes(MANAGER_FIELD)
        ? [wrong('segmentId', 'circular', 'asks who the account manager is, which the rule would decide')]
        : []),
      ...(wanted.findIndex((other) => other.segmentId === segmentId) < at
        ? [wrong('segmentId', 'repeated', 'stands in the list before')]
        : []),
      ...(member === null || member === undefined
        ? [wrong('manager', 'unknown', 'is nobody who works here')]
        : []),
      ...(member?.role === 'analyst'
        ? [wrong('manager', 'only_reads', 'only reads, and has no customers')]
        : []),
    ];
  });
  refuseFields(errors);
  const rules = wanted.map(({ segmentId }, at) => ({ segmentId, staffId: members[at]?.id ?? '' }));
  await retrying(ctx, { subject: 'list of rules' }, async () => {
    const before = await loadRules(ctx.db.fresh);
    if (writeRules(before.rules) === writeRules(rules)) return;
    const revision = before.revision + 1;
    await writeDecision(ctx, {
      rows: [insertList({ revision, rules: writeRules(rules), at: ctx.now(), actor: actorName(ctx.actor) })],
      audit: {
        kind: 'manager.rules-set',
        subjectKind: 'setting',
        subjectId: 'managerRules',
        detail: changesOf(told(before.rules), told(rules)),
      },
    });
  });
  await workRules(ctx, { stepsMax: 10 });
}

/** For the log: the order of the segments, and to whom each goes, by the id of a member. */
const told = (rules: readonly ManagerRule[]) => ({
  order: rules.map(({ segmentId }) => segmentId).join(', ') || null,
  ...Object.fromEntries(rules.map(({ segmentId, staffId }) => [`segment ${segmentId}`, staffId])),
});
