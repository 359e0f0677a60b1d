import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { type HospitalityState, type LimitPassed, limitsPassed, stateOf } from './limits.ts';
import type { HospitalityRow } from './queries.ts';
import type { HospitalityAnswer } from './schema.ts';

/** An entry of the register, where it stands, and which limits it passes. */
export interface HospitalityEntry extends HospitalityRow {
  state: HospitalityState;
  passed: LimitPassed[];
}

/** The same as an actor may read it: what it was for and why it was decided are no analyst's. */
export function toShown({ actor }: Pick<Context, 'actor'>, row: HospitalityRow): HospitalityEntry {
  const entry = toEntry(row);
  return mayReadPrivate(actor)
    ? entry
    : { ...entry, purpose: '', decisionReason: null, withdrawnReason: null };
}

export function toEntry(row: HospitalityRow): HospitalityEntry {
  const limits = { actMinor: row.actLimitMinor, yearMinor: row.yearLimitMinor };
  return { ...row, state: stateOf(row), passed: limitsPassed(limits, row) };
}

export function toAnswer(entry: HospitalityEntry): HospitalityAnswer {
  const { id, kind, customerId, giver, purpose, day, state, passed, currency } = entry;
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  return {
    ...{ id, kind, customerId, giver, purpose, day, state, passed },
    worth: money(entry.worthMinor),
    limits: {
      act: money(entry.actLimitMinor),
      year: money(entry.yearLimitMinor),
      yearBefore: money(entry.yearBeforeMinor),
    },
    decided:
      entry.decidedAt === null
        ? null
        : {
            by: entry.decidedBy ?? '',
            at: instantText(Number(entry.decidedAt)),
            reason: entry.decisionReason,
            isAlone: entry.isAlone,
          },
    withdrawn:
      entry.withdrawnAt === null
        ? null
        : {
            by: entry.withdrawnBy ?? '',
            at: instantText(Number(entry.withdrawnAt)),
            reason: entry.withdrawnReason ?? '',
          },
  };
}
