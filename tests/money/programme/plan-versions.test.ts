import { expect, test } from 'vitest';
import {
  planVersions,
  type Usage,
  type VersionsPlan,
} from '../../../functions/money/programme/plan-versions.ts';
import type { ProgrammeFile } from '../../../functions/money/rewards/programme.ts';
import type { Programme, Rule, RuleVersion } from '../../../functions/money/rewards/types.ts';
import { aRule, aVersion, steps } from '../rewards/builders.ts';

/** The morning of 11 March in Kyiv, still the tenth in UTC. */
const now = Date.parse('2026-03-10T23:00:00Z');
const half = { kind: 'every', spend: 10_000n, back: 250n } as const;

function aFile(rules: Rule[], parts: Partial<ProgrammeFile> = {}): ProgrammeFile {
  return { currency: 'EUR', timeZone: 'Europe/Kyiv', debt: 'carry', rules, ...parts };
}

function inForce(...versions: RuleVersion[]): Programme {
  return { revision: 1, currency: 'EUR', timeZone: 'Europe/Kyiv', debt: 'carry', versions };
}

/** The last counted order was placed on 5 March, unless told otherwise. */
function used(isUsed = true, lastPlacedAt: number | null = Date.parse('2026-03-05T12:00:00Z')): Usage {
  return { isUsed: () => isUsed, lastPlacedAt: () => lastPlacedAt };
}

const unused = used(false, null);
const told = ({ rules }: VersionsPlan) =>
  rules.map(({ id, version, change }) => `${id}@${version} ${change}`);
const kept = ({ versions }: VersionsPlan) =>
  versions.map(({ rule, version, until }) => `${rule.id}@${version} ${rule.from} ${until}`);
const writes = ({ writes: all }: VersionsPlan) =>
  all.map((write) => {
    if (write.kind === 'end') return `end ${write.ruleId} ${write.until}`;
    if (write.kind === 'drop') return `drop ${write.ruleId}@${write.version}`;
    if (write.kind === 'place') return `place ${write.ruleId} ${write.position}`;
    return `insert ${write.rule.id}@${write.version} ${write.position}`;
  });

const changed = { scheme: half, from: '2026-03-06' };

test.each<
  [string, Programme | null, Rule[], Usage, { rules: string[]; versions: string[]; writes: string[] }]
>([
  [
    'the first programme',
    null,
    [aRule()],
    unused,
    {
      rules: ['back@1 added'],
      versions: ['back@1 2000-01-01 null'],
      writes: ['insert back@1 0', 'place back 0'],
    },
  ],
  [
    'the same again',
    inForce(aVersion(1)),
    [aRule()],
    used(),
    { rules: ['back@1 unchanged'], versions: ['back@1 2000-01-01 null'], writes: ['place back 0'] },
  ],
  [
    'another name, which keeps the version',
    inForce(aVersion(1), aVersion(2, { from: '2026-01-01' })),
    [aRule({ name: 'Bonus', from: '2026-01-01' })],
    used(),
    {
      rules: ['back@2 renamed'],
      versions: ['back@1 2000-01-01 null', 'back@2 2026-01-01 null'],
      writes: ['place back 0'],
    },
  ],
  [
    'a change of a rule that nothing was counted under: it is replaced',
    inForce(aVersion(1)),
    [aRule(changed)],
    unused,
    {
      rules: ['back@1 changed'],
      versions: ['back@1 2026-03-06 null'],
      writes: ['drop back@1', 'insert back@1 0', 'place back 0'],
    },
  ],
  [
    'a change of a used rule: the next version follows it',
    inForce(aVersion(1)),
    [aRule(changed)],
    used(),
    {
      rules: ['back@2 changed'],
      versions: ['back@1 2000-01-01 null', 'back@2 2026-03-06 null'],
      writes: ['insert back@2 0', 'place back 0'],
    },
  ],
  [
    'a change of an unused second version: the first stays',
    inForce(aVersion(2, { scheme: steps, from: '2026-02-01' }), aVersion(1)),
    [aRule(changed)],
    { isUsed: (_id, version) => version === 1, lastPlacedAt: () => null },
    {
      rules: ['back@2 changed'],
      versions: ['back@1 2000-01-01 null', 'back@2 2026-03-06 null'],
      writes: ['drop back@2', 'insert back@2 0', 'place back 0'],
    },
  ],
  [
    'a rule that had ended, taken up again: a version of its own',
    inForce(aVersion(1, {}, '2026-02-01')),
    [aRule({ from: '2026-03-06' })],
    used(),
    {
      rules: ['back@2 changed'],
      versions: ['back@1 2000-01-01 2026-02-01', 'back@2 2026-03-06 null'],
      writes: ['insert back@2 0', 'place back 0'],
    },
  ],
  [
    'another rule beside, before the first',
    inForce(aVersion(1)),
    [aRule({ id: 'more' }), aRule()],
    used(),
    {
      rules: ['more@1 added', 'back@1 unchanged'],
      versions: ['more@1 2000-01-01 null', 'back@1 2000-01-01 null'],
      writes: ['insert more@1 0', 'place more 0', 'place back 1'],
    },
  ],
  [
    'a used rule that is missing: it ends with the business day',
    inForce(aVersion(1)),
    [],
    used(),
    { rules: ['back@1 ended'], versions: ['back@1 2000-01-01 2026-03-12'], writes: ['end back 2026-03-12'] },
  ],
  [
    'an unused rule that is missing: it is dropped',
    inForce(aVersion(1)),
    [],
    unused,
    { rules: ['back@1 ended'], versions: [], writes: ['drop back@1', 'end back 2026-03-12'] },
  ],
  [
    'a rule that is missing and had ended: nothing more',
    inForce(aVersion(1, {}, '2026-02-01')),
    [],
    used(),
    { rules: [], versions: ['back@1 2000-01-01 2026-02-01'], writes: [] },
  ],
])('a programme follows the one in force: %s', (_name, current, rules, usage, expected) => {
  const plan = planVersions(current, aFile(rules), usage, now);
  expect({ rules: told(plan), versions: kept(plan), writes: writes(plan) }).toEqual(expected);
  expect(plan.errors).toEqual([]);
});

test.each<[string, string, RuleVersion[], Usage, string | null]>([
  ['the day after the last counted order', '2026-03-06', [aVersion(1)], used(), null],
  ['the day of the last counted order', '2026-03-05', [aVersion(1)], used(), '2026-03-06'],
  [
    'that day by the clock of Kyiv, where it is the next already',
    '2026-03-06',
    [aVersion(1)],
    used(true, Date.parse('2026-03-05T23:00:00Z')),
    '2026-03-07',
  ],
  ['the day after the first day of the earlier version', '2000-01-02', [aVersion(1)], used(true, null), null],
  ['the first day of the earlier version', '2000-01-01', [aVersion(1)], used(true, null), '2000-01-02'],
  [
    'the day on which the earlier version ended',
    '2026-02-01',
    [aVersion(1, {}, '2026-02-01')],
    used(true, null),
    null,
  ],
  ['a day before that', '2026-01-31', [aVersion(1, {}, '2026-02-01')], used(true, null), '2026-02-01'],
  ['any day, while nothing was counted', '1997-01-01', [aVersion(1)], unused, null],
])('a changed rule begins on %s', (_name, from, versions, usage, earliest) => {
  const { errors } = planVersions(inForce(...versions), aFile([aRule({ scheme: half, from })]), usage, now);
  expect(errors).toMatchObject(
    earliest === null
      ? []
      : [
          {
            path: 'rules.0.from',
            code: 'from_in_the_past',
            message: expect.stringContaining(`back: from has to be ${earliest} or later`),
          },
        ],
  );
});

test('the error names the place of the rule in the file', () => {
  const rules = [aRule({ id: 'more' }), aRule({ scheme: half })];
  const { errors } = planVersions(inForce(aVersion(1)), aFile(rules), used(), now);
  expect(errors.map(({ path }) => path)).toEqual(['rules.1.from']);
});

const two = [aVersion(1), aVersion(1, { id: 'more' })];
const [back, more] = [aRule(), aRule({ id: 'more' })];

test.each<[string, Programme | null, ProgrammeFile, boolean]>([
  ['the same', inForce(...two), aFile([back, more]), false],
  ['none before', null, aFile([]), true],
  ['the rules in another order', inForce(...two), aFile([more, back]), true],
  ['a name', inForce(...two), aFile([aRule({ name: 'Bonus' }), more]), true],
  ['a rule more', inForce(aVersion(1)), aFile([back, more]), true],
  ['a rule less', inForce(...two), aFile([back]), true],
  ['the policy of debts', inForce(...two), aFile([back, more], { debt: 'forgive' }), true],
  ['the currency', inForce(...two), aFile([back, more], { currency: 'USD' }), true],
  ['the time zone', inForce(...two), aFile([back, more], { timeZone: 'UTC' }), true],
  [
    'the same beside a rule that had ended',
    inForce(aVersion(1, { id: 'old' }, '2026-01-01'), ...two),
    aFile([back, more]),
    false,
  ],
])('what changes a programme: %s', (_name, current, file, expected) => {
  expect(planVersions(current, file, used(), now).isChanged).toBe(expected);
});
