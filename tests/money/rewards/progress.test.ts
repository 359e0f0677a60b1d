import { expect, it } from 'vitest';
import { progressOf } from '../../../functions/money/rewards/progress.ts';
import { aProgramme, aStanding, aVersion, steps } from './builders.ts';

const programme = aProgramme([
  aVersion(1, { id: 'lifetime', name: 'For ever' }),
  aVersion(1, { id: 'quarterly', scheme: steps, period: 'quarter' }),
  aVersion(1, { id: 'later', from: '2027-01-01' }),
]);

const march = { now: Date.parse('2026-03-31T12:00:00Z'), standing: aStanding() };

it('tells for each running rule how far the next target is in the period of today', () => {
  const totals = new Map([
    ['lifetime@1/2000-01-01', { spend: 15_000n }],
    ['quarterly@1/2025-10-01', { spend: 90_000n }],
  ]);
  expect(progressOf(programme, totals, march)).toEqual([
    {
      ruleId: 'lifetime',
      ruleName: 'For ever',
      version: 1,
      period: { start: '2000-01-01', end: null },
      spend: 15_000n,
      reached: 500n,
      nextTarget: 20_000n,
      missing: 5_000n,
      pays: 500n,
    },
    {
      ruleId: 'quarterly',
      ruleName: 'Money back',
      version: 1,
      period: { start: '2026-01-01', end: '2026-04-01' },
      spend: 0n,
      reached: 0n,
      nextTarget: 10_000n,
      missing: 10_000n,
      pays: 500n,
    },
  ]);
});

it('names no next target when the last is reached', () => {
  const totals = new Map([['quarterly@1/2026-01-01', { spend: 25_000n }]]);
  const [, quarterly] = progressOf(programme, totals, march);
  expect(quarterly).toMatchObject({ reached: 2_000n, nextTarget: null, missing: null, pays: null });
});

it('tells of rules for the club to those who are in it', () => {
  const forClub = aProgramme([aVersion(1, { id: 'extra', audience: 'club' })]);
  const { now } = march;
  const shown = (club: { since: number; until: number | null }[]) =>
    progressOf(forClub, new Map(), { now, standing: aStanding({ club }) }).map(({ ruleId }) => ruleId);
  expect(shown([])).toEqual([]);
  expect(shown([{ since: now, until: null }])).toEqual(['extra']);
  expect(shown([{ since: 0, until: now }])).toEqual([]);
});
