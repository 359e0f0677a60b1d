import { Temporal } from 'temporal-polyfill';
import { insertInto } from '../../db/query.ts';
import {
  accountForecasts,
  accountSpend,
  accounts,
  attentionSayings,
  cases,
  clubLevels,
  consents,
  consentTexts,
  customers,
  feedback,
  history,
  lots,
  memberships,
  orderLines,
  orders,
  ownFields,
  ownFieldValues,
  periodTotals,
  profileAnswers,
  referrals,
  suppressions,
  surveyAnswers,
  surveyFinishes,
  surveyInvitations,
  surveys,
  surveyVersions,
  vouchers,
} from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { attentionLists } from '../../functions/insight/attention/lists.ts';
import { setProgramme } from '../../functions/money/programme/set-programme.ts';
import { createRandom } from '../bench/shop.ts';
import { rulesOfWorld, yearBegun } from './plain-missing.ts';

export const zone = 'Europe/Kyiv';
export const noon = Date.UTC(2026, 2, 1, 12);
const DAY_MS = 86_400_000;

type Pick = <Item>(items: readonly Item[]) => Item;
interface Dice {
  below: (count: number) => number;
  pick: Pick;
  /** Once in so many times. */
  one: (of: number) => boolean;
}

function diceOf(seed: number): Dice {
  const below = createRandom(seed);
  const pick: Pick = (items) => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick');
    return item;
  };
  return { below, pick, one: (of) => below(of) === 0 };
}

/** Writes rows of some accounts of every kind with whatever segments ask about, by chance: the tables alone. */
export async function fillSegmentWorld(ctx: Context, seed: number, count = 30): Promise<void> {
  const dice = diceOf(seed);
  await setProgramme(ctx, { currency: 'EUR', timeZone: zone, rules: rulesOfWorld });
  await ctx.db.write(shared());
  const people: { id: string; rootId: string }[] = [];
  for (let at = 0; at < count; at += 1) {
    const { statements, persons } = anAccount(dice, `r${String(at).padStart(3, '0')}`, people);
    people.push(...persons);
    await ctx.db.write(statements);
  }
}

const put = {
  account: insertInto(accounts),
  customer: insertInto(customers),
  membership: insertInto(memberships),
  history: insertInto(history),
  order: insertInto(orders),
  line: insertInto(orderLines),
  spend: insertInto(accountSpend),
  total: insertInto(periodTotals),
  consent: insertInto(consents),
  answer: insertInto(profileAnswers),
  own: insertInto(ownFieldValues),
  lot: insertInto(lots),
  voucher: insertInto(vouchers),
  feedback: insertInto(feedback),
  case: insertInto(cases),
  invitation: insertInto(surveyInvitations),
  given: insertInto(surveyAnswers),
  finish: insertInto(surveyFinishes),
  referral: insertInto(referrals),
  suppression: insertInto(suppressions),
  forecast: insertInto(accountForecasts),
  saying: insertInto(attentionSayings),
};

const done = { at: noon, actor: 'system:test' };

const asked = { text: { en: 'What do you say?' }, isRequired: false };
/** What an answer to the survey may have beside its first question, and the steps of each. */
const partsAsked: Readonly<Record<string, readonly number[]>> = {
  'trust.care': [2, 4, 7],
  'trust.integrity': [2, 4, 6],
  'trust.worth': [1, 4, 7],
  'wants.price.want': [1, 4, 5],
  'wants.price.get': [1, 4, 5],
  'wants.taste.want': [2, 5],
  'wants.taste.get': [2, 5],
};

function shared(): Statement[] {
  const field = insertInto(ownFields);
  const level = insertInto(clubLevels);
  const names = JSON.stringify({ en: 'It' });
  const one = { ...done, names, choices: '[]', customers: 'nothing' as const };
  return [
    field({ ...one, key: 'note', kind: 'text' }),
    field({ ...one, key: 'size', kind: 'number' }),
    field({ ...one, key: 'since', kind: 'day' }),
    field({ ...one, key: 'tea', kind: 'choice', choices: '["Green","Black"]' }),
    field({ ...one, key: 'wrap', kind: 'yes_no' }),
    level({ ...done, key: 'a', fromMinor: 0n, names }),
    level({ ...done, key: 'b', fromMinor: 300n, names }),
    put.customer({ id: 'somebody', email: null, createdAt: 0 }),
    insertInto(consentTexts)({ version: 'v1', kind: 'news', language: 'en', text: 'News', firstShownAt: 0 }),
    insertInto(consentTexts)({
      version: 't1',
      kind: 'terms',
      language: 'en',
      text: 'Terms',
      firstShownAt: 0,
    }),
    insertInto(surveys)({ id: 's1', name: 'How', createdAt: 0, createdBy: 'x' }),
    insertInto(surveyVersions)({
      ...{ surveyId: 's1', version: 1, ...done },
      definition: JSON.stringify({
        ...{ title: { en: 'How' }, trigger: { kind: 'by_hand' } },
        questions: [
          { id: 'again', kind: 'nps', ...asked },
          { id: 'words', kind: 'text', ...asked },
          { id: 'trust', kind: 'trust', ...asked },
          { id: 'wants', kind: 'topics', ...asked, topics: [{ id: 'price' }, { id: 'taste' }] },
        ],
      }),
    }),
  ];
}

/** Midnights of the zone among them, and days on which its clock changes. */
const moment = (dice: Dice, daysMax = 420) =>
  noon -
  dice.below(daysMax) * DAY_MS -
  dice.pick([0, 0, DAY_MS / 2 + 7_200_000, DAY_MS / 2 + 7_200_001, 3_600_000]);

function anAccount(dice: Dice, rootId: string, others: readonly { id: string; rootId: string }[]) {
  const kind = dice.pick(['personal', 'personal', 'household', 'company'] as const);
  const isPersonal = kind === 'personal';
  const persons = Array.from({ length: isPersonal ? 1 : dice.below(4) }, (_, at) => ({
    id: `${rootId}p${at}`,
    rootId,
  }));
  const orderRows = Array.from({ length: dice.pick([0, 1, 1, 2, 3, 5]) }, (_, at) =>
    anOrder(dice, { rootId, id: `${rootId}o${at}`, hasDepartment: kind === 'company' && dice.one(2) }),
  );
  const base = { ...blank, rootId, historySeq: 0, createdAt: moment(dice) };
  const owner = isPersonal ? `${rootId}p0` : null;
  const inClub = dice.one(3);
  const firstPlacedAt =
    orderRows.length === 0 ? null : Math.min(...orderRows.map(({ placedAt }) => placedAt));
  const signedUpAt = dice.one(2) ? moment(dice) : null;
  const root = put.account({
    ...base,
    id: rootId,
    kind: isPersonal ? 'personal' : 'shared',
    form: isPersonal ? null : kind,
    name: isPersonal ? '' : `Name ${rootId}`,
    ownerId: owner,
    historySeq: 1,
    ...{ firstPlacedAt, signedUpAt },
    balanceMinor: 0n,
    clubSpans: inClub ? spans(dice) : null,
    withdrawnAt: dice.one(12) ? noon : null,
  });
  const department = put.account({
    ...{ ...base, id: `${rootId}d`, kind: 'department', name: 'Paris', form: null, ownerId: null },
  });
  return {
    persons,
    statements: [
      root,
      ...(kind === 'company' ? [department] : []),
      ...persons.flatMap((person) => aPerson(dice, person, kind === 'company' && dice.one(2))),
      ...orderRows.flatMap(({ statements }) => statements),
      ...sums(rootId, orderRows),
      ...credit(dice, rootId),
      ...counted(dice, rootId, [firstPlacedAt, signedUpAt]),
      ...foretold(dice, rootId),
      ...said(dice, rootId),
      ...told(dice, rootId, persons),
      ...recommended(dice, persons[0], others),
      put.history({
        ...done,
        accountId: rootId,
        seq: 1,
        kind: 'claimed',
        detail: '{}',
        programmeRevision: 1,
      }),
    ],
  };
}

const blank = {
  firstPlacedAt: null,
  signedUpAt: null,
  ledgerSeq: 0,
  ledgerHash: '',
  balanceMinor: 0n,
  settledRevision: 1,
};

function spans(dice: Dice): string {
  const since = moment(dice);
  const until = dice.one(2) ? since + dice.below(100) * DAY_MS : null;
  const again = until === null || dice.one(2) ? [] : [[until + DAY_MS, null]];
  return JSON.stringify([[since, until], ...again]);
}

function aPerson(
  dice: Dice,
  { id, rootId }: { id: string; rootId: string },
  isInDepartment: boolean,
): Statement[] {
  const email = dice.one(6) ? null : `${id}@example.com`;
  const answers = { customerId: id, at: noon };
  return [
    put.customer({
      ...{ id, email, name: dice.pick([null, 'Ann Lee', 'Олена', 'ann']), createdAt: moment(dice) },
      language: dice.pick([null, 'en', 'uk']),
      claimedAt: dice.one(2) ? moment(dice) : null,
      withdrawnAt: dice.one(10) ? noon : null,
    }),
    put.membership({
      ...{ accountId: isInDepartment ? `${rootId}d` : rootId, customerId: id, since: 0 },
      until: dice.one(8) ? noon : null,
    }),
    ...Array.from({ length: dice.below(4) }, (_, at) =>
      put.consent({
        ...{ ...done, id: `${id}c${at}`, customerId: id, isGiven: dice.one(2), source: 'settings' },
        ...(dice.one(2) ? { kind: 'news', version: 'v1' } : { kind: 'terms', version: 't1' }),
      }),
    ),
    ...(dice.one(2)
      ? [put.answer({ ...answers, question: 'interests', answer: dice.pick([null, 'tea', 'чай, Ann']) })]
      : []),
    ...(dice.one(2)
      ? [
          put.answer({
            ...answers,
            question: 'birthday',
            answer: dice.pick([null, '02-29', '03-01', '03-08', '02-28', '12-31']),
          }),
        ]
      : []),
    ...own(dice, id),
    ...(email !== null && dice.one(4)
      ? [
          put.suppression({
            id: `${id}x`,
            address: email,
            reason: 'bounced',
            eventId: 'e',
            at: 0,
            liftedAt: null,
          }),
        ]
      : []),
  ];
}

const ownValues: Readonly<Record<string, readonly string[]>> = {
  note: ['Ann', 'ann likes tea', 'чай'],
  size: ['42', '42.5', '-3', '0.1'],
  since: ['2026-02-28', '2026-03-01'],
  tea: ['Green', 'Black'],
  wrap: ['yes', 'no'],
};

function own(dice: Dice, customerId: string): Statement[] {
  return Object.entries(ownValues).flatMap(([fieldKey, values]) =>
    dice.one(2) ? [put.own({ ...done, customerId, fieldKey, value: dice.pick(values) })] : [],
  );
}

interface MadeOrder {
  placedAt: number;
  currency: string;
  net: bigint;
  isCancelled: boolean;
  statements: Statement[];
}

function anOrder(
  dice: Dice,
  { rootId, id, hasDepartment }: { rootId: string; id: string; hasDepartment: boolean },
): MadeOrder {
  // Some were told ahead: of later today, and of days to come.
  const placedAt = dice.one(8) ? noon + dice.pick([1, DAY_MS / 4, DAY_MS, 9 * DAY_MS]) : moment(dice);
  const currency = dice.pick(['EUR', 'EUR', 'EUR', 'USD']);
  const lines = Array.from({ length: 1 + dice.below(3) }, (_, position) => {
    const totalMinor = BigInt(dice.pick([0, 100, 100, 250]));
    const discountMinor = totalMinor === 100n && dice.one(4) ? 100n : 0n;
    const refundedMinor = dice.one(3) ? totalMinor - discountMinor : 0n;
    return put.line({
      ...{ orderId: id, position, lineId: `${position}`, quantityMilli: 1000, isGiftCard: false },
      ...{ totalMinor, discountMinor, refundedMinor, sku: dice.pick([null, 'A', 'B']) },
      ...{ product: dice.pick([null, 'Tea', 'Cup']), category: dice.pick([null, 'Drinks', 'Things']) },
    });
  });
  const sum = (column: number) => lines.reduce((all, { args }) => all + BigInt(args[column] ?? 0), 0n);
  const [totalMinor, discountMinor, refundedMinor] = [sum(7), sum(8), sum(9)];
  const isCancelled = dice.one(8);
  const row = put.order({
    ...{ id, source: dice.pick(['web', 'till']), number: id, rootId, placedAt, currency },
    ...{ accountId: hasDepartment ? `${rootId}d` : rootId, customerId: 'somebody' },
    placedOn: dice.one(3) ? dayOf(placedAt, zone) : null,
    ...{ totalMinor, discountMinor, refundedMinor, isCancelled, isHeld: false },
    ...{ lineCount: lines.length, status: 'delivered', statusAt: placedAt, recordedAt: placedAt },
  });
  return {
    ...{ placedAt, currency, isCancelled, net: totalMinor - discountMinor - refundedMinor },
    statements: [row, ...lines],
  };
}

function sums(rootId: string, made: readonly MadeOrder[]): Statement[] {
  const standing = made.filter(({ isCancelled }) => !isCancelled);
  return [...Map.groupBy(standing, ({ currency }) => currency)].map(([currency, own]) =>
    put.spend({
      ...{ rootId, currency, orderCount: own.length },
      spendMinor: own.reduce((all, { net }) => all + net, 0n),
    }),
  );
}

/** What was counted under rules in some periods, all of it settled. */
function counted(dice: Dice, rootId: string, joined: readonly (number | null)[]): Statement[] {
  const known = joined.filter((at) => at !== null);
  const day = Temporal.PlainDate.from(dayOf(known.length === 0 ? noon : Math.min(...known), zone));
  const years = ['2024-12-31', '2025-08-13', '2026-03-01'].map((one) =>
    String(yearBegun(day, Temporal.PlainDate.from(one))),
  );
  const starts: [string, string][] = [
    ['thirds', '2025-06-01'],
    ...[...new Set(years)].map((start): [string, string] => ['steps', start]),
    ...['2026-02-01', '2026-03-01'].map((start): [string, string] => ['bands', start]),
  ];
  return starts.flatMap(([ruleId, periodStart]) => {
    const spendMinor = BigInt(dice.pick([0, 50, 100, 250, 400, 500, 700]));
    if (dice.one(3)) return [];
    return [
      put.total({
        ...{ rootId, ruleId, version: 1, periodStart, periodEnd: null, postedMinor: 0n },
        ...{ spendMinor, settledMinor: spendMinor },
      }),
    ];
  });
}

function credit(dice: Dice, accountId: string): Statement[] {
  const rows = Array.from({ length: dice.below(3) }, (_, at) => {
    const remainingMinor = BigInt(dice.pick([0, 50, 100]));
    const expiresAt = dice.pick([null, noon - 1, noon + DAY_MS, noon + 9 * DAY_MS]);
    return {
      remainingMinor,
      statement: put.lot({
        ...{
          accountId,
          seq: at + 1,
          amountMinor: 100n,
          remainingMinor,
          expiredMinor: 0n,
          datedAt: 0,
          expiresAt,
        },
      }),
    };
  });
  const balance = rows.reduce((all, { remainingMinor }) => all + remainingMinor, 0n);
  return [
    ...rows.map(({ statement }) => statement),
    {
      sql: 'UPDATE accounts SET balance_minor = ? WHERE id = ?',
      args: [rows.length === 0 && dice.one(3) ? -70n : balance, accountId],
    },
    ...(dice.one(3)
      ? [
          put.voucher({
            ...{
              code: `V${accountId}`,
              accountId,
              entrySeq: 1,
              taken: '[]',
              amountMinor: 5n,
              minimumMinor: 0n,
              returnsMinor: 0n,
            },
            ...{ currency: 'EUR', issuedAt: 0, expiresAt: dice.pick([null, noon - 1, noon + 1]) },
          }),
        ]
      : []),
  ];
}

function told(dice: Dice, rootId: string, persons: readonly { id: string }[]): Statement[] {
  const [person] = persons;
  if (person === undefined) return [];
  const written = Array.from({ length: dice.below(3) }, (_, at) => ({
    id: `${rootId}f${at}`,
    at: moment(dice, 60),
  }));
  return [
    ...written.flatMap(({ id, at }) => [
      put.feedback({
        ...{
          id,
          reference: id,
          kind: 'praise',
          customerId: person.id,
          accountId: rootId,
          rootId,
          text: 'Good',
        },
        ...{ wantsReply: false, source: 'portal', at, actor: 'customer' },
      }),
      ...(dice.one(2)
        ? [
            put.case({
              ...{ feedbackId: id, openedAt: at, changedAt: at, eventSeq: 0 },
              state: dice.pick(['open', 'answered', 'waiting', 'resolved', 'closed'] as const),
            }),
          ]
        : []),
    ]),
    ...Array.from({ length: dice.below(4) }, (_, at) =>
      anAnswer(dice, { rootId, customerId: dice.pick(persons).id, at }),
    ).flat(),
  ];
}

function anAnswer(
  dice: Dice,
  { rootId, customerId, at }: { rootId: string; customerId: string; at: number },
): Statement[] {
  const id = `${rootId}i${at}`;
  const when = moment(dice, 500);
  return [
    put.invitation({
      ...{ id, surveyId: 's1', version: 1, customerId, rootId, occasion: `import ${id}` },
      reason: dice.pick(['hand', 'season', 'delivery'] as const),
      ...{ tokenHash: id, isRegular: false, isMember: false, at: when, actor: 'x' },
    }),
    put.given({
      invitationId: id,
      questionId: 'again',
      surveyId: 's1',
      value: dice.pick([3, 8, 9, 10]),
      at: when,
    }),
    ...Object.entries(partsAsked).flatMap(([questionId, steps]) =>
      dice.one(3)
        ? []
        : [put.given({ invitationId: id, questionId, surveyId: 's1', value: dice.pick(steps), at: when })],
    ),
    ...(dice.one(4)
      ? []
      : [put.finish({ invitationId: id, surveyId: 's1', customerId, rootId, language: 'en', at: when })]),
  ];
}

function recommended(
  dice: Dice,
  friend: { id: string; rootId: string } | undefined,
  others: readonly { id: string; rootId: string }[],
): Statement[] {
  if (friend === undefined || others.length === 0 || !dice.one(2)) return [];
  const referrer = dice.pick(others);
  return [
    put.referral({
      ...{ id: `${friend.id}t`, code: 'C', referrerId: referrer.id, referrerRootId: referrer.rootId },
      ...{
        friendId: friend.id,
        friendRootId: friend.rootId,
        via: 'link',
        toldAt: 0,
        ownMinor: 1n,
        friendMinor: 1n,
      },
      ...{ minimumMinor: 0n, currency: 'EUR', waitingDays: 0, stepSeq: 0, lookedSeq: 0, lookedAt: 0 },
      state: dice.pick(['joined', 'ordered', 'rewarded', 'declined'] as const),
      ...{ recordedAt: 0, actor: 'x' },
    }),
  ];
}

function said(dice: Dice, rootId: string): Statement[] {
  return Array.from({ length: dice.pick([0, 1, 2, 4]) }, (_, at) =>
    put.saying({
      ...{ id: `${rootId}l${at}`, rootId, departmentId: `${at}`, list: dice.pick(attentionLists) },
      ...{
        saidOn: '2026-02-01',
        leftOn: dice.pick([null, null, '2026-02-20']),
        reasons: '[]',
        valueMinor: 0n,
      },
      outcome: dice.pick([null, null, 'thanked'] as const),
    }),
  );
}

function foretold(dice: Dice, accountId: string): Statement[] {
  if (dice.one(3)) return [];
  return [
    put.forecast({
      ...{ accountId, day: dice.pick(['2026-02-28', '2026-03-01']), alivePermille: dice.pick([0, 421, 999]) },
      ...{ orders30Milli: dice.pick([null, 100]), orders90Milli: dice.pick([null, 42_500]) },
      ...{ orders365Milli: dice.pick([null, 42_000]), nextDays: dice.pick([null, 1, 8, 31]) },
    }),
  ];
}
