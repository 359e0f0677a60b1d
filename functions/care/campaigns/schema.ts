import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { instantAnswer, instantText, listAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { hashOf, newId } from '../../ground/platform/ids.ts';
import { instant, minor, positiveMoney } from '../../ground/platform/input.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { type CampaignContentInput, campaignKinds, controlShares, languagesOf } from './content/content.ts';
import type { Campaign } from './get-campaign.ts';
import type { CampaignProgress } from './get-progress.ts';
import type { CampaignResult } from './result/get-result.ts';

/** By language; another key is refused. */
const texts = z
  .strictObject(Object.fromEntries(locales.map((language) => [language, z.string().max(5000).optional()])))
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([language, text]) => (text === undefined ? [] : [[language, text]])),
    ),
  )
  .meta({ examples: [{ en: 'The new tea is here.' }] });
const link = z
  .string()
  .max(2000)
  .meta({ examples: ['https://shop.example/new'] });

/** A part of a campaign, as programs write it. */
const blockInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), texts, formal: texts.default({}) }),
  z.strictObject({ kind: z.literal('button'), texts, link }),
  z.strictObject({ kind: z.literal('product'), texts, lines: texts.default({}), link }),
  z.strictObject({ kind: z.literal('voucher'), texts: texts.default({}) }),
  z.strictObject({ kind: z.literal('event'), eventId: z.string().max(64) }),
  z.strictObject({ kind: z.literal('survey'), surveyId: z.string().max(64) }),
]);

/** `POST /campaigns` */
export const createCampaignInput = z.strictObject({
  name: z.string().min(1).max(120).meta({ description: 'What the team calls it.' }),
  kind: z.enum(campaignKinds).meta({
    description:
      '`news` goes to who agreed to news; `sales`, too, but to the group `premium` only where they asked for offers; `service` to everybody, for what they have to know.',
  }),
  segment: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .meta({ description: 'The id of a segment; null for everybody.' }),
  controlPercent: z
    .int()
    .default(0)
    .meta({ description: `How many of a hundred accounts are held back: ${controlShares.join(', ')}.` }),
  windowDays: z.int().default(30).meta({ description: 'How many days count for the result.' }),
  sender: z.string().max(64).nullable().default(null).meta({
    description:
      '`manager` for each reader’s own account manager, the id of one of the team, or null for the business.',
  }),
  subject: texts.meta({ description: 'By language; it goes out in these.' }),
  voucher: z
    .strictObject({ amount: positiveMoney, days: z.int() })
    .nullable()
    .default(null)
    .meta({ description: 'What each account gets, in the currency of the business.' }),
  blocks: z.array(blockInput).max(30),
});

export const createCampaignExample = {
  name: 'First flush 2026',
  kind: 'news',
  controlPercent: 20,
  subject: { en: 'The first flush is here' },
  blocks: [
    { kind: 'text', texts: { en: 'We have tasted forty teas and kept three.' } },
    { kind: 'button', texts: { en: 'See them' }, link: 'https://shop.example/first-flush' },
  ],
};

export function toContent({
  segment,
  voucher,
  blocks,
  ...rest
}: z.output<typeof createCampaignInput>): CampaignContentInput {
  return {
    ...rest,
    segmentId: segment,
    voucher: voucher === null ? null : { amountMinor: minor(voucher.amount), days: voucher.days },
    blocks: blocks.map((block) => {
      const placed = { ...block, id: newBlockId() };
      return placed.kind === 'product' ? { ...placed, picture: null } : placed;
    }),
  };
}

export const newBlockId = () => Buffer.from(hashOf(newId()), 'base64url').toString('hex').slice(0, 8);

/** `POST /campaigns/{id}/schedule` */
export const scheduleInput = z.strictObject({
  seq: z.int().meta({ description: 'As read: another one means that it was changed since.' }),
  at: instant.nullable().default(null).meta({ description: 'When it goes out; at once without it.' }),
});
export const scheduleExample = { seq: 1, at: '2026-03-05T09:00:00Z' };

export const campaignAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(campaignKinds),
    state: z.enum(['draft', 'scheduled', 'sending', 'sent', 'stopped']),
    seq: z.int(),
    segment: z.string().nullable(),
    controlPercent: z.int(),
    windowDays: z.int(),
    languages: z.array(z.string()),
    sendAt: instantAnswer.nullable(),
    startedAt: instantAnswer.nullable(),
    endedAt: instantAnswer.nullable(),
    createdAt: instantAnswer,
  })
  .meta({ id: 'Campaign' });
export type CampaignAnswer = z.output<typeof campaignAnswer>;
export const campaignsAnswer = listAnswer(campaignAnswer);

const counted = z.array(z.object({ reason: z.string(), people: z.int() }));

export const campaignResultAnswer = z
  .object({
    progress: z.object({
      told: z.int(),
      held: z.int(),
      sent: z.int(),
      waiting: z.int(),
      failed: z.int(),
      skipped: counted.meta({
        description: 'Who could not be told when it was their turn; they count on neither side.',
      }),
      withheld: counted.meta({ description: 'Mails that were let be when they would have left.' }),
    }),
    until: z
      .string()
      .nullable()
      .meta({ format: 'date', description: 'The last day that counts.', examples: ['2026-03-30'] }),
    isOver: z.boolean(),
    told: sideAnswer(),
    held: sideAnswer(),
    effect: z
      .object({
        state: z.enum(['told', 'cannot_tell', 'too_few']),
        perAccount: moneyAnswer.nullable().meta({ description: 'Signed.' }),
        from: moneyAnswer.nullable(),
        to: moneyAnswer.nullable(),
      })
      .nullable()
      .meta({
        description:
          'Net spend per account, told less held back, with a 95 % interval; null without a share held back.',
      }),
    vouchers: z.object({ given: z.int(), used: z.int(), paid: moneyAnswer.nullable() }).nullable(),
  })
  .meta({ id: 'CampaignResult' });
export type CampaignResultAnswer = z.output<typeof campaignResultAnswer>;

function sideAnswer() {
  return z.object({ accounts: z.int(), bought: z.int(), spend: moneyAnswer.nullable() });
}

export function toCampaignAnswer(campaign: Campaign): CampaignAnswer {
  const { id, name, state, actSeq, content, sendAt, startedAt, endedAt, at } = campaign;
  const time = (moment: number | null) => (moment === null ? null : instantText(moment));
  return {
    ...{ id, name, state, kind: content.kind, seq: actSeq, segment: content.segmentId },
    ...{
      controlPercent: content.controlPercent,
      windowDays: content.windowDays,
      languages: languagesOf(content),
    },
    ...{
      sendAt: time(sendAt),
      startedAt: time(startedAt),
      endedAt: time(endedAt),
      createdAt: instantText(at),
    },
  };
}

export function toResultAnswer(
  { currency, until, isOver, told, held, effect, vouchers }: CampaignResult,
  progress: CampaignProgress,
): CampaignResultAnswer {
  const money = (sum: bigint) => (currency === null ? null : toMoneyJson(sum, currency));
  const rounded = (value: number | undefined) =>
    value === undefined ? null : money(BigInt(Math.round(value)));
  const side = ({ accounts, bought, spendMinor }: CampaignResult['told']) => ({
    accounts,
    bought,
    spend: money(spendMinor),
  });
  return {
    progress: { ...progress, skipped: [...progress.skipped], withheld: [...progress.withheld] },
    ...{ until, isOver, told: side(told), held: side(held) },
    effect:
      effect === null
        ? null
        : {
            state: effect.state,
            perAccount: rounded(effect.estimate?.difference),
            from: rounded(effect.estimate?.from),
            to: rounded(effect.estimate?.to),
          },
    vouchers:
      vouchers === null
        ? null
        : { given: vouchers.given, used: vouchers.used, paid: money(vouchers.paidMinor) },
  };
}
